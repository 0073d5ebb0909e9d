"""Attention patterns beside a table: small pictures, read one head at a time.

``patterns/NAME.parquet`` has one row a head and one row group a layer: the lower
triangle of each probe's attention as bytes (255 is weight 1). The tokens of each
probe's prompt are in the file's metadata. GPT-2 XL's 1,200 heads take about 5 MB.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from cache import digest
from cache.files import is_access_error, one_line
from cache.grid import Grid
from cache.store import BadTableError, Store, check_name
from cache.versions import Record, standing
from headstrata.errors import ObstacleError, UserError

Bytes = NDArray[np.uint8]

#: Tokens of a pattern's prompt, BOS included.
PATTERN_LENGTH = 64
_METADATA_KEY = b"headstrata_patterns"
#: Checksums of the metadata and of each layer; older files have none.
_CHECKSUM_KEY = b"headstrata_patterns_crc32"
#: Raised whenever what is in the file changes its meaning (see ``cache.versions``).
_VERSION = 1


@dataclass(frozen=True)
class Pattern:
    """One head on one prompt of T tokens."""

    tokens: list[str]
    weights: Bytes
    """(T, T) query by key, zero above the diagonal; 255 is weight 1."""


HeadPatterns = dict[str, Pattern]
"""By probe: ``repeated``, ``natural``."""


def path_of(name: str) -> str:
    """Where a table's patterns are in the store."""
    return f"patterns/{check_name(name)}.parquet"


def encode(
    tokens: Mapping[str, Sequence[str]], weights: Mapping[str, Bytes], run_key: str | None = None
) -> bytes:
    """A patterns file.

    Args:
        tokens: Per probe, the texts of the T tokens.
        weights: Per probe, (L, H, T, T) bytes.
        run_key: The ``run_key`` of the table's provenance.
    """
    grid = Grid(*next(iter(weights.values())).shape[:2])
    layer, head = (column.astype(np.int16) for column in grid.columns)
    columns: dict[str, pa.Array] = {"layer": pa.array(layer), "head": pa.array(head)}
    for probe, drawn in weights.items():
        rows, keys = np.tril_indices(drawn.shape[-1])
        triangles = drawn.reshape(grid.size, *drawn.shape[2:])[:, rows, keys]
        columns[probe] = pa.array([row.tobytes() for row in triangles], pa.binary())
    about = json.dumps(
        {
            "version": _VERSION,
            "run_key": run_key,
            "tokens": {probe: list(t) for probe, t in tokens.items()},
        }
    ).encode()
    table = pa.table(columns)
    checksums = {
        "about": digest.crc32([about]),
        "layers": [
            _checksum(table.slice(grid.first_row(layer), grid.heads_in(layer, layer + 1)))
            for layer in range(grid.layers)
        ],
    }
    metadata = {_METADATA_KEY: about, _CHECKSUM_KEY: json.dumps(checksums)}
    buffer = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata(metadata),
        buffer,
        row_group_size=grid.heads_in(0, 1),
        compression="zstd",
        use_dictionary=False,
        write_page_checksum=True,
    )
    return buffer.getvalue()


def write(
    store: Store,
    name: str,
    tokens: Mapping[str, Sequence[str]],
    weights: Mapping[str, Bytes],
    run_key: str | None = None,
) -> None:
    """Put a table's patterns in place (arguments as ``encode``)."""
    store.put(path_of(name), encode(tokens, weights, run_key))


def read_head(
    store: Store, name: str, layer: int, head: int, run_key: str | None = None
) -> HeadPatterns | None:
    """One head's patterns; None where the table has none.

    Only the file's footer and one row group are read.

    Args:
        store: Where the table is.
        name: The table's name.
        layer: From 0.
        head: From 0, within its layer.
        run_key: The ``run_key`` of the table's provenance: patterns of another run, which
            was written before or after the table, are ignored. None, as in older tables:
            patterns of any run are returned.

    Raises:
        UserError: Not a table name, or there is no such head.
        BadTableError: The file is cut short, foreign or of a version that is not read.
        ObstacleError: It cannot be read now; nothing is known of its bytes.
    """
    try:
        handle = store.filesystem.open(f"{store.root}/{path_of(name)}", "rb")
    except FileNotFoundError:
        return None
    except UserError:
        raise
    except Exception as error:  # each file system has its own error types
        raise _not_read(name, error) from None
    try:
        with handle:
            file = pq.ParquetFile(handle, page_checksum_verification=True)
            return _read(file, name, layer, head, run_key)
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


def _read(
    file: pq.ParquetFile, name: str, layer: int, head: int, run_key: str | None
) -> HeadPatterns | None:
    metadata = file.schema_arrow.metadata or {}
    raw = metadata.get(_METADATA_KEY, b"{}")
    about, checksums = json.loads(raw), json.loads(metadata.get(_CHECKSUM_KEY, b"null"))
    _check_readable(name, about)
    if run_key is not None and about.get("run_key") != run_key:
        return None
    if not 0 <= layer < file.num_row_groups:
        raise UserError(
            f"{name} has no layer {layer}; its layers are 0 to {file.num_row_groups - 1}"
        )
    group = file.read_row_group(layer)
    if checksums is not None and (digest.crc32([raw]), _checksum(group)) != (
        checksums["about"],
        checksums["layers"][layer],
    ):
        raise BadTableError(f"the patterns of {name!r} are damaged; classify the model again")
    if not 0 <= head < group.num_rows:
        raise UserError(f"{name} has no head {head}; its heads are 0 to {group.num_rows - 1}")
    return {
        probe: Pattern(tokens, _square(group.column(probe)[head].as_py(), len(tokens)))
        for probe, tokens in about["tokens"].items()
    }


def _check_readable(name: str, about: Record) -> None:
    """Refuse patterns of a version that is not read."""
    state = standing(about, "version", _VERSION, oldest=_VERSION)
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
