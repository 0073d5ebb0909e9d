"""Downloads as bytes with a file name: the same for the page, the API and ``export``.

A CSV starts with its header row, so that ``pd.read_csv(url)`` works; the
provenance travels in the parquet file's metadata.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from cache.bins import bin_heads, segments
from cache.store import Table, encode
from headstrata.errors import UserError

MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}
#: What the bins of each taxonomy count: a column of the head table.
TAXONOMIES = {"detailed": "category", "grouped": "group"}


@dataclass(frozen=True)
class Download:
    """A file as it is sent."""

    data: bytes
    filename: str
    mimetype: str


def heads(table: Table, file_format: str) -> Download:
    """The head table: one row a head, layer-major.

    Raises:
        UserError: The format is unknown.
    """
    check_format(file_format)
    if file_format == "parquet":
        data = encode(table.heads, table.provenance)
    else:
        data = _ENCODERS[file_format](table.heads)
    return Download(data, f"{table.name}-heads.{file_format}", MIMETYPES[file_format])


def bins(table: Table, width: int, taxonomy: str, file_format: str) -> Download:
    """The binned table: heads per bin of ``width`` layers and category or group.

    Raises:
        UserError: The width, the taxonomy or the format is not one that can be had.
    """
    check_format(file_format)
    data = _ENCODERS[file_format](binned(table, width, taxonomy))
    stem = f"{table.name}-bins-{width}-{taxonomy}"
    return Download(data, f"{stem}.{file_format}", MIMETYPES[file_format])


def binned(table: Table, width: int, taxonomy: str) -> pd.DataFrame:
    """The binned table with every category (or group) the table can name.

    Raises:
        UserError: The width or the taxonomy is not one that can be had.
    """
    by = column_of(taxonomy)
    order = segments(table.heads, table.provenance.taxonomy.categories, by)
    return bin_heads(table.heads, width, by, order)


def column_of(taxonomy: str) -> str:
    """The head table's column that a taxonomy counts.

    Raises:
        UserError: No such taxonomy.
    """
    if taxonomy not in TAXONOMIES:
        raise UserError(f"taxonomy {taxonomy[:60]!r} is not one of {', '.join(TAXONOMIES)}")
    return TAXONOMIES[taxonomy]


def check_format(file_format: str) -> str:
    """The format itself.

    Raises:
        UserError: No such format.
    """
    if file_format not in MIMETYPES:
        raise UserError(f"format {file_format[:60]!r} is not one of {', '.join(MIMETYPES)}")
    return file_format


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False).encode()


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()


def _json(table: pd.DataFrame) -> bytes:
    """A list of rows; missing values are null, 0.78 stays 0.78 (not 0.7799999714)."""
    narrow = table.select_dtypes("float32").columns
    wide = table.assign(**{name: table[name].astype(str).astype("float64") for name in narrow})
    text = wide.to_json(orient="records", double_precision=15, lines=False)
    return f"{text}\n".encode()


_ENCODERS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": _csv,
    "parquet": _parquet,
    "json": _json,
}
