"""Downloads as bytes with a file name: the same for the page, the API and ``export``.

A CSV starts with its header row, so that ``pd.read_csv(url)`` works; the
provenance travels in the parquet file's metadata.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from app.views.budget import budget_by_bin
from app.views.extras import with_operations
from app.views.operations import FAMILIES
from app.views.thresholds import apply, normal
from cache.bins import bin_heads, segments
from cache.store import Table, encode, encode_bins
from headstrata.errors import UserError

MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}
#: What the bins of each taxonomy count: a column of the (labelled) head table; the
#: budget's bins have a row for each destination of their heads' attention.
TAXONOMIES = {
    "detailed": "category",
    "grouped": "group",
    "operations": "family",
    "budget": "destination",
}
#: What a head table may be asked for by; the columns of all others are in it anyway.
HEAD_TAXONOMIES = ("detailed", "operations")
#: What no threshold of ours has a part in.
_UNTOUCHED = {"operations", "budget"}


@dataclass(frozen=True)
class Download:
    """A file as it is sent."""

    data: bytes
    filename: str
    mimetype: str


def heads(
    table: Table, file_format: str, taxonomy: str = "detailed", thresholds: str | None = None
) -> Download:
    """The head table: one row a head, layer-major.

    Args:
        table: As stored.
        file_format: csv, parquet or json.
        taxonomy: ``operations`` adds the columns with what each head implements.
        thresholds: What-if thresholds as a link writes them. With any, a column
            ``thresholds``, the file's name and the provenance say so.

    Raises:
        UserError: The format, the taxonomy or the thresholds are not ones that can be had.
    """
    check_format(file_format)
    check_head_taxonomy(taxonomy)
    shown = apply(table, thresholds)
    rows = with_operations(shown) if taxonomy == "operations" else shown.heads
    rows = _marked(rows, normal(thresholds))
    if file_format == "parquet":
        data = encode(rows, shown.provenance)
    else:
        data = _ENCODERS[file_format](rows)
    return Download(
        data, _filename(f"{table.name}-heads", thresholds, file_format), MIMETYPES[file_format]
    )


def bins(
    table: Table, width: int, taxonomy: str, file_format: str, thresholds: str | None = None
) -> Download:
    """The binned table: heads per bin of ``width`` layers and category, group or family.

    Thresholds are told as ``heads`` tells them, but not where they change nothing: in
    operations and in the budget.

    Raises:
        UserError: The width, the taxonomy, the thresholds or the format is not one that
            can be had.
    """
    check_format(file_format)
    given = normal(thresholds)  # nonsense is refused, wherever it would change nothing too
    told = "" if taxonomy in _UNTOUCHED else given
    shown = apply(table, told)
    rows = _marked(binned(shown, width, taxonomy), told)
    if file_format == "parquet":
        data = encode_bins(rows, shown.provenance)
    else:
        data = _ENCODERS[file_format](rows)
    stem = f"{table.name}-bins-{width}-{taxonomy}"
    return Download(data, _filename(stem, told, file_format), MIMETYPES[file_format])


def _marked(rows: pd.DataFrame, thresholds: str) -> pd.DataFrame:
    """Rows that say which changed thresholds they were made with, if any."""
    return rows.assign(thresholds=thresholds) if thresholds else rows


def _filename(stem: str, thresholds: str | None, file_format: str) -> str:
    made_with = normal(thresholds).replace(":", "-").replace(",", "_")
    return f"{stem}-t-{made_with}.{file_format}" if made_with else f"{stem}.{file_format}"


def binned(table: Table, width: int, taxonomy: str) -> pd.DataFrame:
    """The binned table with every category (or group, or family) the table can name.

    Raises:
        UserError: The width or the taxonomy is not one that can be had.
    """
    by = column_of(taxonomy)
    if taxonomy == "budget":
        return budget_by_bin(table.heads, width)
    if taxonomy == "operations":
        return bin_heads(with_operations(table), width, by, list(FAMILIES))
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


def check_head_taxonomy(taxonomy: str) -> str:
    """The taxonomy itself.

    Raises:
        UserError: Not one that a head table comes in.
    """
    if taxonomy not in HEAD_TAXONOMIES:
        raise UserError(
            f"taxonomy {taxonomy[:60]!r} of a head table is not one of "
            f"{', '.join(HEAD_TAXONOMIES)}; /api/bins counts by the others"
        )
    return taxonomy


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


def _json(table: pd.DataFrame) -> bytes:
    """A list of rows; missing values are null, 0.78 stays 0.78 (not 0.7799999714)."""
    narrow = table.select_dtypes("float32").columns
    wide = table.assign(**{name: table[name].astype(str).astype("float64") for name in narrow})
    text = wide.to_json(orient="records", double_precision=15, lines=False)
    return f"{text}\n".encode()


_ENCODERS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": _csv,
    "json": _json,
}
