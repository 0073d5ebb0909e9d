"""Files of other versions: which are read, and how an older table becomes one of today's.

A file says the version of its format, and a newer one also from which version on a reader
understands it (``min_reader_version``). So a reader takes a newer file that only says more
than it knows, and refuses one whose numbers it would misread.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from cache import schema

Record = dict[str, Any]
"""A provenance as it stands in a file."""
Standing = Literal["readable", "unreadable", "newer"]


@dataclass(frozen=True)
class Migration:
    """How a table of one schema version becomes one of the next."""

    record: Callable[[Record], Record] = lambda record: record
    """The provenance of the next version; also applied alone, where tables are listed."""
    heads: Callable[[pd.DataFrame, Record], pd.DataFrame] = lambda heads, _: heads
    """The rows of the next version, from the rows and provenance of this one."""


#: By the schema version that it starts from: one entry for each older version that is read.
MIGRATIONS: dict[int, Migration] = {}


def standing(record: Record, key: str, known: int, oldest: int) -> Standing:
    """Whether a file can be read.

    Args:
        record: What the file says of itself.
        key: Where its version is; ``min_reader_version`` is the oldest version whose readers
            understand it (without it: its own).
        known: The version that is written today.
        oldest: The oldest version that is read.

    Returns:
        ``newer``: only a newer reader understands it; ``unreadable``: no version, or one
        that is too old.
    """
    version = _version(record.get(key))
    reader = _version(record.get("min_reader_version")) or version
    if version < oldest:
        return "unreadable"
    return "readable" if min(version, reader) <= known else "newer"


def newest() -> int:
    """The newest schema version that is read."""
    return max(schema.SCHEMA_VERSION, schema.UNEVEN_VERSION)


def table_standing(record: Record) -> Standing:
    """Whether a table with this provenance can be read."""
    oldest = min(MIGRATIONS, default=schema.SCHEMA_VERSION)
    return standing(record, "schema_version", newest(), oldest)


def migrate_record(record: Record) -> Record:
    """A readable table's provenance as one of today's version; a newer one is left as it is."""
    while record["schema_version"] < schema.SCHEMA_VERSION:
        record = _next(record)
    return record


def migrate_heads(heads: pd.DataFrame, record: Record) -> pd.DataFrame:
    """A readable table's rows as today's version has them.

    Args:
        heads: As stored.
        record: The provenance as stored.
    """
    while record["schema_version"] < schema.SCHEMA_VERSION:
        heads = MIGRATIONS[record["schema_version"]].heads(heads, record)
        record = _next(record)
    return heads


def _next(record: Record) -> Record:
    """The provenance of the next version, which says itself who can read it."""
    version = record["schema_version"]
    migrated = {**MIGRATIONS[version].record(record), "schema_version": version + 1}
    migrated.pop("min_reader_version", None)
    return migrated


def _version(value: object) -> int:
    """A version as it stands in a file; 0: none at all."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
