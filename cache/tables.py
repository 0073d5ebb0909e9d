"""Head tables as parquet files: rows, provenance, and digests of both."""

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import ValidationError

from cache import digest, schema, versions
from cache.files import File, is_access_error, one_line
from cache.grid import Grid
from cache.provenance import DIGEST_KEY, METADATA_KEY, Provenance
from headstrata.errors import ObstacleError, UserError
from vocabulary import taxonomy
from vocabulary.taxonomy import Category, Group

#: The tables of published scores that ship with Headstrata.
PUBLISHED = Path(__file__).parent / "published"
PUBLISHED_SUFFIX = "-published"

_AGAIN = "classify the model again"


class NotFoundError(UserError):
    """No table of that name."""


class BadTableError(UserError):
    """A table that is cut short, damaged, foreign, or of a version that is not read."""


@dataclass(frozen=True)
class Table:
    """A head table with its provenance."""

    name: str
    heads: pd.DataFrame
    provenance: Provenance

    @property
    def grid(self) -> Grid:
        """Which row is which head."""
        return self.provenance.grid

    @property
    def categories(self) -> dict[str, Category]:
        """Every category that the table may name, in drawing order; of newer ones a stand-in."""
        declared = self.provenance.taxonomy.categories
        return {name: taxonomy.category_named(name, group) for name, group in declared.items()}

    @property
    def groups(self) -> dict[str, Group]:
        """Every group that the table may name, in drawing order; of newer ones a stand-in."""
        declared = dict.fromkeys(self.provenance.taxonomy.categories.values())
        return {name: taxonomy.group_named(name) for name in declared}


@dataclass(frozen=True)
class Entry:
    """A table in the list, without its rows."""

    name: str
    provenance: Provenance
    stamp: str
    """Changes whenever the table is written again."""


@dataclass(frozen=True)
class Problem:
    """A file in the cache that cannot be used, and why."""

    name: str
    reason: str


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Computed tables first, the newest first; then published ones, the largest model first."""
    newest_first = sorted(entries, key=lambda e: e.provenance.computed_at, reverse=True)
    return sorted(newest_first, key=_published_order)


def _published_order(entry: Entry) -> int:
    """0 for a computed table; published ones follow, those with most heads first."""
    record = entry.provenance
    return 0 if record.source == "computed" else 1_000_000_000 - record.grid.size


def encode(heads: pd.DataFrame, provenance: Provenance) -> bytes:
    """The table as a parquet file with its provenance in the metadata, and digests of both."""
    table = pa.Table.from_pandas(heads, preserve_index=False)
    record = provenance.model_dump_json().encode()
    digests = {
        "provenance": digest.of_bytes(record),
        # As it will be read: missing values can have several representations before.
        "heads": digest.of_frame(table.to_pandas()),
    }
    metadata = {
        **(table.schema.metadata or {}),
        METADATA_KEY: record,
        DIGEST_KEY: json.dumps(digests).encode(),
    }
    buffer = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata(metadata),
        buffer,
        compression="zstd",
        write_page_checksum=True,
    )
    return buffer.getvalue()


def encode_bins(binned: pd.DataFrame, provenance: Provenance) -> bytes:
    """A binned table as a parquet file, with its head table's provenance in the metadata."""
    table = pa.Table.from_pandas(binned, preserve_index=False)
    record = {METADATA_KEY: provenance.model_dump_json().encode()}
    buffer = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata({**(table.schema.metadata or {}), **record}), buffer
    )
    return buffer.getvalue()


def check(heads: pd.DataFrame, provenance: Provenance) -> None:
    """Check a table against the contract.

    Raises:
        UserError: Says what breaks it.
    """
    schema.check(heads, provenance.grid, provenance.taxonomy.categories)


def read_entry(file: File) -> Entry:
    """A table's entry in the list, from its footer alone.

    Raises:
        NotFoundError: It was removed since it was listed.
        BadTableError: Not a parquet file, not one of ours, or of a version that is not read.
        ObstacleError: It cannot be read now; nothing is known of its bytes.
    """
    _check_is_file(file)
    try:
        with file.filesystem.open(file.path, "rb") as handle:
            footer = _footer(file.name, handle)
    except UserError:
        raise
    except Exception as error:  # each file system has its own kinds of errors
        raise _not_read(file, error) from None
    record = _record(file.name, footer)
    return Entry(file.name, _provenance(file.name, record, footer.num_rows), file.stamp)


def read_table(file: File) -> Table:
    """A table with its rows, checked against the contract.

    Raises:
        NotFoundError: It was removed since it was listed.
        BadTableError: The file is cut short, damaged, foreign or of a version that is not read.
        ObstacleError: It cannot be read now; nothing is known of its bytes.
    """
    _check_is_file(file)
    name = file.name
    try:
        # All bytes in one read, so that rows and provenance are of the same file even if it
        # is replaced meanwhile, and so that every later error is due to damaged bytes.
        data = pa.py_buffer(file.filesystem.cat_file(file.path))
    except Exception as error:  # each file system has its own kinds of errors
        raise _not_read(file, error) from None
    footer = _footer(name, pa.BufferReader(data))
    record = _record(name, footer)
    provenance = _provenance(name, record, footer.num_rows)
    heads = _rows(name, pa.BufferReader(data))
    try:
        heads = schema.complete(versions.migrate_heads(heads, record))
        check(heads, provenance)
    except UserError as error:
        raise BadTableError(f"table {name!r} is refused: {error}") from None
    return Table(name, heads, provenance)


def _check_is_file(file: File) -> None:
    if not file.is_file:
        raise BadTableError(f"table {file.name!r} is not a file; remove it")


def _not_read(file: File, error: Exception) -> UserError:
    """The error for a file that cannot be read now; the table itself may be good."""
    if isinstance(error, FileNotFoundError):
        return NotFoundError(f"table {file.name!r} was removed from the cache")
    return ObstacleError(f"table {file.name!r} cannot be read now ({one_line(error)}); try again")


def _footer(name: str, handle: Any) -> pq.FileMetaData:
    try:
        return pq.read_metadata(handle)
    except Exception as error:  # damaged bytes break readers in any way
        if is_access_error(error):
            raise
        raise BadTableError(
            f"table {name!r} is not a whole parquet file ({one_line(error)}); {_AGAIN}"
        ) from None


def _rows(name: str, handle: Any) -> pd.DataFrame:
    try:
        table = pq.read_table(handle, page_checksum_verification=True)
        heads: pd.DataFrame = table.to_pandas()
        whole = _is_as_written(table.schema.metadata or {}, "heads", heads)
    except Exception as error:  # damaged bytes break readers in any way
        said = one_line(error).rstrip(".")
        raise BadTableError(f"table {name!r} cannot be read ({said}); {_AGAIN}") from None
    if not whole:
        raise BadTableError(f"table {name!r} is damaged: its rows are not those written; {_AGAIN}")
    return heads


def _record(name: str, footer: pq.FileMetaData) -> versions.Record:
    """The provenance in a parquet file's footer, as it was written."""
    metadata = footer.metadata or {}
    raw = metadata.get(METADATA_KEY)
    if raw is None:
        raise BadTableError(f"table {name!r} was not written by Headstrata; remove the file")
    try:
        whole = _is_as_written(metadata, "provenance", raw)
        record = json.loads(raw)
    except (ValueError, KeyError, TypeError, RecursionError):  # or the digests are damaged
        whole, record = False, None
    if not whole or not isinstance(record, dict):
        raise BadTableError(
            f"table {name!r} is damaged: its provenance is not the one written; {_AGAIN}"
        )
    _check_readable(name, record)
    return record


def _check_readable(name: str, record: versions.Record) -> None:
    """Refuse a table of a version that is not read."""
    standing, found = versions.table_standing(record), record.get("schema_version", "none")
    if standing == "newer":
        raise BadTableError(
            f"table {name!r} was made by a newer version of Headstrata (schema version {found}; "
            f"this one reads {schema.SCHEMA_VERSION}): update Headstrata to read it"
        )
    if standing == "unreadable":
        raise BadTableError(
            f"table {name!r} has schema version {str(found)[:20]}, this Headstrata reads "
            f"{schema.SCHEMA_VERSION}; {_AGAIN}"
        )


def _provenance(name: str, record: versions.Record, rows: int) -> Provenance:
    """The provenance of a readable table; ``rows`` is how many heads its file holds."""
    try:
        provenance = Provenance.model_validate(versions.migrate_record(record))
    except ValidationError as error:
        first = error.errors()[0]
        raise BadTableError(
            f"table {name!r} has a damaged provenance ({'.'.join(map(str, first['loc']))}: "
            f"{first['msg']}); {_AGAIN}"
        ) from None
    if rows != provenance.grid.size:
        raise BadTableError(
            f"table {name!r} has {rows} rows, but its {provenance.layers} layers have "
            f"{provenance.grid.size} heads; {_AGAIN}"
        )
    return provenance


def _is_as_written(
    metadata: Mapping[bytes, bytes], part: Literal["provenance", "heads"], found: Any
) -> bool:
    """Whether a part has the digest that is in its file; older files have none."""
    raw = metadata.get(DIGEST_KEY)
    if raw is None:
        return True
    now = digest.of_bytes(found) if isinstance(found, bytes) else digest.of_frame(found)
    return bool(json.loads(raw)[part] == now)
