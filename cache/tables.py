"""Head tables as parquet files: rows, provenance, and digests of both."""

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import ValidationError

from cache import digest, schema, versions
from cache.files import File, one_line, within
from cache.grid import Grid
from cache.provenance import DIGEST_KEY, METADATA_KEY, Provenance
from headstrata.errors import ObstacleError, UserError
from vocabulary import taxonomy
from vocabulary.taxonomy import Category, Group

#: The tables of published scores that ship with Headstrata.
PUBLISHED = Path(__file__).parent / "published"
#: Computed tables that ship with it, and their patterns, in a cache's folders.
SHIPPED = Path(__file__).parent / "shipped"
PUBLISHED_SUFFIX = "-published"

#: Where pandas keeps ``df.attrs``:
#: https://github.com/pandas-dev/pandas/blob/v3.0.0/pandas/io/parquet.py
_PANDAS_KEY = b"PANDAS_ATTRS"
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
    stored_sha256: str = field(default="", compare=False)
    """The digest of the rows in its file; empty for a table that is in none."""

    @property
    def sha256(self) -> str:
        """The digest of its rows, as they were stored: what a citation and a link name it by."""
        return self.stored_sha256 or digest.of_frame(self.heads)

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
    shipped: bool = False
    """Whether it ships with Headstrata; else it is the cache's own."""


@dataclass(frozen=True)
class Problem:
    """A file in the cache that cannot be used, and why."""

    name: str
    reason: str


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Computed tables, then published ones.

    Of the computed ones the cache's own come before those that ship, the newest first; of
    the published ones the largest model comes first.
    """
    newest_first = sorted(entries, key=lambda e: e.provenance.computed_at, reverse=True)
    return sorted(newest_first, key=_place)


def _place(entry: Entry) -> tuple[bool, int]:
    record = entry.provenance
    if record.source == "published":
        return True, -record.grid.size
    return False, int(entry.shipped)


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
        _PANDAS_KEY: _attrs(record),
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
    record = provenance.model_dump_json().encode()
    told = {METADATA_KEY: record, _PANDAS_KEY: _attrs(record)}
    buffer = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **told}), buffer)
    return buffer.getvalue()


def _attrs(record: bytes) -> bytes:
    """The provenance where ``pd.read_parquet`` looks for ``df.attrs``."""
    return json.dumps({"provenance": json.loads(record)}).encode()


def check(heads: pd.DataFrame, provenance: Provenance) -> None:
    """Check a table against the contract.

    Raises:
        UserError: Says what breaks it.
    """
    schema.check(heads, provenance.grid, provenance.taxonomy.categories)


def decode_entry(file: File, data: bytes) -> Entry:
    """A table's entry in the list, from its footer alone.

    Args:
        file: As listed.
        data: Its content, or the end of it that holds the footer.

    Raises:
        BadTableError: Not a parquet file, not one of ours, or of a version that is not read.
    """
    footer = _footer(file.name, pa.BufferReader(data))
    record = _record(file.name, footer)
    provenance = _provenance(file.name, record, footer.num_rows)
    return Entry(file.name, provenance, file.stamp, file.shipped)


def read_table(file: File) -> Table:
    """A table with its rows, checked against the contract.

    Raises:
        NotFoundError: It was removed since it was listed.
        BadTableError: The file is cut short, damaged, foreign or of a version that is not read.
        ObstacleError: It cannot be read now; nothing is known of its bytes.
    """
    check_is_file(file)
    try:
        # All bytes in one read, so that rows and provenance are of the same file even if it
        # is replaced meanwhile, and so that every later error is due to damaged bytes.
        data = file.filesystem.cat_file(file.path, **within(file.filesystem))
    except Exception as error:  # each file system has its own kinds of errors
        raise not_read(file, error) from None
    return decode(file.name, data)


def decode(name: str, data: bytes) -> Table:
    """A table from a file's content (``encode``), checked against the contract.

    Raises:
        BadTableError: The file is cut short, damaged, foreign or of a version that is not read.
    """
    footer = _footer(name, pa.BufferReader(data))
    record = _record(name, footer)
    provenance = _provenance(name, record, footer.num_rows)
    heads = _rows(name, pa.BufferReader(data))
    stored = _digests(footer.metadata or {}).get("heads") or digest.of_frame(heads)
    try:
        heads = schema.complete(versions.migrate_heads(heads, record))
        check(heads, provenance)
    except UserError as error:
        raise BadTableError(f"table {name!r} is refused: {error}") from None
    return Table(name, heads, provenance, stored)


def check_is_file(file: File) -> None:
    """Refuse a folder, and a pipe, which would block.

    Raises:
        BadTableError: It is no file.
    """
    if not file.is_file:
        raise BadTableError(f"table {file.name!r} is not a file; remove it")


def not_read(file: File, error: Exception) -> UserError:
    """The error for a file that cannot be read now; the table itself may be good."""
    if isinstance(error, FileNotFoundError):
        return NotFoundError(f"table {file.name!r} was removed from the cache")
    return ObstacleError(f"table {file.name!r} cannot be read now ({one_line(error)}); try again")


def _footer(name: str, handle: pa.BufferReader) -> pq.FileMetaData:
    try:
        return pq.read_metadata(handle)
    except Exception as error:  # damaged bytes break readers in any way
        raise BadTableError(
            f"table {name!r} is not a whole parquet file ({one_line(error)}); {_AGAIN}"
        ) from None


def _rows(name: str, handle: pa.BufferReader) -> pd.DataFrame:
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
            f"this one reads {versions.newest()}): update Headstrata to read it"
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
    if DIGEST_KEY not in metadata:
        return True
    now = digest.of_bytes(found) if isinstance(found, bytes) else digest.of_frame(found)
    return bool(_digests(metadata)[part] == now)


def _digests(metadata: Mapping[bytes, bytes]) -> dict[str, str]:
    """The digests of the parts of a file, as it tells them."""
    found: dict[str, str] = json.loads(metadata.get(DIGEST_KEY, b"{}"))
    return found
