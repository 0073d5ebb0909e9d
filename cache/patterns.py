"""Attention patterns beside a table: small pictures, read one head at a time.

``patterns/NAME.parquet`` has one row a head and one row group a layer that has heads: the lower
triangle of the attention on each stored prompt as bytes (255 is weight 1), a column a prompt. The
tokens of each prompt are in the file's metadata. A file may lack any prompt: older ones have only
those of the two probes. The names are those of ``vocabulary.prompts``. A further column has what
each head reads (``cache.reads``).
"""

import io
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from cache import digest
from cache.files import Files, is_access_error, one_line
from cache.grid import Grid
from cache.reads import HeadReads
from cache.store import BadTableError, check_name
from cache.versions import Record, standing
from headstrata.errors import ObstacleError, UserError

Bytes = NDArray[np.uint8]
Place = tuple[int, int]
"""A head: its layer, and its number within the layer."""

#: Tokens of a pattern's prompt, BOS included.
PATTERN_LENGTH = 64
_METADATA_KEY = b"headstrata_patterns"
#: Checksums of the metadata and of each layer; older files have none.
_CHECKSUM_KEY = b"headstrata_patterns_crc32"
#: The column of what each head reads; no prompt has this name.
_READS = "reads"
#: Raised whenever what is in the file changes its meaning (see ``cache.versions``).
_VERSION = 1
#: Of a file whose layers differ in their heads: a reader of version 1 takes its row groups for
#: layers, and would show another layer's heads.
_UNEVEN_VERSION = 2


@dataclass(frozen=True)
class Pattern:
    """One head on one prompt of T tokens."""

    tokens: list[str]
    weights: Bytes
    """(T, T) query by key, zero above the diagonal; 255 is weight 1."""


class HeadPatterns(dict[str, Pattern]):
    """One head's patterns by the prompt's name: ``repeated``, ``natural``, ``ioi`` and so on."""

    skipped: Mapping[str, str]
    """Prompts that the model's tokenizer has no tokens for, and why; older files do not say."""
    reads: HeadReads | None
    """Tokens that it reads most, and examples; older files have none."""

    def __init__(
        self,
        drawn: Mapping[str, Pattern],
        skipped: Mapping[str, str],
        reads: HeadReads | None = None,
    ) -> None:
        super().__init__(drawn)
        self.skipped, self.reads = skipped, reads


def path_of(name: str) -> str:
    """Where a table's patterns are in the store."""
    return f"patterns/{check_name(name)}.parquet"


def encode(  # noqa: PLR0913, PLR0917 - what the file holds
    tokens: Mapping[str, Sequence[str]],
    weights: Mapping[str, Bytes],
    grid: Grid,
    run_key: str | None = None,
    skipped: Mapping[str, str] | None = None,
    reads: Sequence[HeadReads] | None = None,
) -> bytes:
    """A patterns file.

    Args:
        tokens: By prompt, the texts of its T tokens.
        weights: By prompt, (G, T, T) bytes.
        grid: Which of the G rows is which head.
        run_key: The ``run_key`` of the table's provenance.
        skipped: Prompts that the tokenizer has no tokens for, and why.
        reads: What each of the G heads reads; None: it was not measured.
    """
    layer, head = (column.astype(np.int16) for column in grid.columns)
    columns: dict[str, pa.Array] = {"layer": pa.array(layer), "head": pa.array(head)}
    for prompt, drawn in weights.items():
        rows, keys = np.tril_indices(drawn.shape[-1])
        triangles = drawn[:, rows, keys]
        columns[prompt] = pa.array([row.tobytes() for row in triangles], pa.binary())
    if reads is not None:
        columns[_READS] = pa.array([one.encode() for one in reads], pa.binary())
    said: dict[str, object] = {
        "version": _VERSION,
        "run_key": run_key,
        "tokens": {prompt: list(t) for prompt, t in tokens.items()},
        "skipped": dict(skipped or {}),
    }
    if grid.heads_by_layer is not None:
        said |= {"version": _UNEVEN_VERSION, "heads_by_layer": grid.heads_by_layer}
    about = json.dumps(said).encode()
    table = pa.table(columns)
    layers = [
        table.slice(grid.first_row(layer), grid.heads_in(layer, layer + 1))
        for layer in sorted(grid.attending)
    ]
    checksums = {"about": digest.crc32([about]), "layers": [_checksum(rows) for rows in layers]}
    metadata = {_METADATA_KEY: about, _CHECKSUM_KEY: json.dumps(checksums)}
    buffer = io.BytesIO()
    with pq.ParquetWriter(
        buffer,
        table.schema.with_metadata(metadata),
        compression="zstd",
        use_dictionary=False,
        write_page_checksum=True,
    ) as writer:
        for rows in layers:  # a row group each
            writer.write_table(rows)
    return buffer.getvalue()


def write(  # noqa: PLR0913, PLR0917 - what the file holds, and where
    store: Files,
    name: str,
    tokens: Mapping[str, Sequence[str]],
    weights: Mapping[str, Bytes],
    grid: Grid,
    run_key: str | None = None,
) -> None:
    """Put a table's patterns in place (arguments as ``encode``)."""
    store.put(path_of(name), encode(tokens, weights, grid, run_key))


def read_head(
    store: Files, name: str, layer: int, head: int, run_key: str | None = None
) -> HeadPatterns | None:
    """One head's patterns on all prompts (``read_heads``)."""
    found = read_heads(store, name, [(layer, head)], run_key)
    return None if found is None else found[layer, head]


def read_heads(
    store: Files,
    name: str,
    places: Collection[Place],
    run_key: str | None = None,
    prompt: str | None = None,
) -> dict[Place, HeadPatterns] | None:
    """The patterns of some heads; None where the table has none.

    Only the file's footer and the row groups of their layers are read.

    Args:
        store: Where the table is (``Store.home``).
        name: The table's name.
        places: Layer (from 0) and head (from 0, within its layer) of each.
        run_key: The ``run_key`` of the table's provenance: patterns of another run, which
            was written before or after the table, are ignored. None, as in older tables:
            patterns of any run are returned.
        prompt: Those on this prompt only; nobody has any if it is not stored.

    Raises:
        UserError: Not a table name, or there is no such head.
        BadTableError: The file is cut short, foreign or of a version that is not read.
        ObstacleError: It cannot be read now; nothing is known of its bytes.
    """
    handle = store.open(path_of(name))
    if handle is None:
        return None
    with handle:
        return _read_heads(handle, name, places, run_key, prompt)


def of_head(
    data: bytes, name: str, layer: int, head: int, run_key: str | None = None
) -> HeadPatterns | None:
    """One head's patterns from a file's content (``encode``); otherwise as ``read_head``."""
    found = _read_heads(io.BytesIO(data), name, [(layer, head)], run_key, None)
    return None if found is None else found[layer, head]


def _read_heads(
    handle: IO[bytes], name: str, places: Collection[Place], run_key: str | None, prompt: str | None
) -> dict[Place, HeadPatterns] | None:
    try:
        # buffered: the columns of a layer, which lie side by side, are one request to the store
        found = pq.ParquetFile(handle, pre_buffer=True, page_checksum_verification=True)
        file = _File(found, name)
        if run_key is not None and file.about.get("run_key") != run_key:
            return None
        layers = {layer: file.layer(layer) for layer in dict.fromkeys(at for at, _ in places)}
        return {place: file.head(layers[place[0]], place[1], prompt) for place in places}
    except UserError:
        raise
    except Exception as error:  # with damaged bytes a reader can raise anything
        if is_access_error(error):
            raise _not_read(name, error) from None
        raise BadTableError(
            f"the patterns of {name!r} cannot be read ({type(error).__name__}); classify the "
            "model again"
        ) from None


def _not_read(name: str, error: Exception) -> ObstacleError:
    return ObstacleError(
        f"the patterns of {name!r} cannot be read now ({one_line(error)}); try again"
    )


class _File:
    """An open patterns file.

    Raises:
        BadTableError: It is of a version that is not read.
    """

    def __init__(self, file: pq.ParquetFile, name: str) -> None:
        self.file, self.name = file, name
        metadata = file.schema_arrow.metadata or {}
        self.raw = metadata.get(_METADATA_KEY, b"{}")
        self.about: Record = json.loads(self.raw)
        self.checksums = json.loads(metadata.get(_CHECKSUM_KEY, b"null"))
        _check_readable(name, self.about)

    def layer(self, layer: int) -> pa.Table:
        """A layer's rows.

        Raises:
            UserError: There is no such layer, or it has no attention.
            BadTableError: They are damaged.
        """
        name = self.name
        # without it all layers have some
        by_layer = self.about.get("heads_by_layer") or [1] * self.file.num_row_groups
        if not 0 <= layer < len(by_layer):
            raise UserError(f"{name} has no layer {layer}; its layers are 0 to {len(by_layer) - 1}")
        if not by_layer[layer]:
            raise UserError(f"{name} has no heads in layer {layer}, which has no attention")
        place = sum(heads > 0 for heads in by_layer[:layer])
        group = self.file.read_row_group(place)
        if self.checksums is not None and (digest.crc32([self.raw]), _checksum(group)) != (
            self.checksums["about"],
            self.checksums["layers"][place],
        ):
            raise BadTableError(f"the patterns of {name!r} are damaged; classify the model again")
        return group

    def head(self, rows: pa.Table, head: int, prompt: str | None) -> HeadPatterns:
        """One of a layer's heads.

        Raises:
            UserError: There is no such head.
        """
        if not 0 <= head < rows.num_rows:
            raise UserError(
                f"{self.name} has no head {head}; its heads are 0 to {rows.num_rows - 1}"
            )
        drawn = {
            name: Pattern(tokens, _square(rows.column(name)[head].as_py(), len(tokens)))
            for name, tokens in self.about["tokens"].items()
            if prompt in (None, name)
        }
        told = rows.column(_READS)[head].as_py() if _READS in rows.column_names else None
        reads = None if told is None else HeadReads.decode(told)
        return HeadPatterns(drawn, self.about.get("skipped", {}), reads)


def _check_readable(name: str, about: Record) -> None:
    """Refuse patterns of a version that is not read."""
    state = standing(about, "version", _UNEVEN_VERSION, oldest=_VERSION)
    if state == "newer":
        raise BadTableError(
            f"the patterns of {name!r} were made by a newer version of Headstrata: update "
            "Headstrata to read them"
        )
    if state == "unreadable":
        raise BadTableError(f"the patterns of {name!r} have another format; classify it again")


def _checksum(layer: pa.Table) -> int:
    """Over one layer's rows: which heads, and their triangles."""
    return digest.crc32(
        value if isinstance(value, bytes) else f"{name}:{value}".encode()
        for name in layer.column_names
        for value in layer.column(name).to_pylist()
    )


def _square(triangle: bytes, length: int) -> Bytes:
    """The lower triangle's bytes as a (T, T) matrix."""
    square = np.zeros((length, length), dtype=np.uint8)
    square[np.tril_indices(length)] = np.frombuffer(triangle, dtype=np.uint8)
    return square
