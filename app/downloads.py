"""Downloads as bytes with a file name: the same for the page, the API and ``export``.

A CSV starts with its header row, so that ``pd.read_csv(url)`` works; the
provenance travels in the parquet file's metadata.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from app.analysis.compare import relative_bins
from app.analysis.compared_effects import effects_by_depth, effects_by_layers
from app.views.catalogue import VIEWS, find
from app.views.categories import DETAILED
from app.views.head_filter import HeadFilter
from app.views.intervals import with_intervals
from app.views.thresholds import apply, normal
from app.views.view import stored
from cache.store import Table, encode, encode_bins
from headstrata.errors import UserError

MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}
#: The views under which a head table can be downloaded: those that add columns to it.
HEAD_VIEWS = [
    view.name for view in VIEWS.values() if view is DETAILED or view.labelled is not stored
]
#: Of what is summed over tables, so that no one's provenance is its own.
SUMMED_FORMATS = ["json", "csv"]
#: Every head, layer after layer.
ALL = HeadFilter()


@dataclass(frozen=True)
class Download:
    """A file for download."""

    data: bytes
    filename: str
    mimetype: str


def heads(
    table: Table,
    file_format: str,
    taxonomy: str = "detailed",
    thresholds: str | None = None,
    wanted: HeadFilter = ALL,
) -> Download:
    """The head table: one row per head, layer-major.

    Args:
        table: As stored.
        file_format: csv, parquet or json.
        taxonomy: A view that adds columns, such as ``operations``: what each head implements.
        thresholds: What-if thresholds as in a link. If there are any, a column
            ``thresholds``, the file's name and the provenance name them.
        wanted: Which heads, in which order; of some only the file's name and the provenance
            say so. Categories are those under the thresholds.

    Raises:
        UserError: The format, the taxonomy or the thresholds are not valid.
    """
    check_format(file_format)
    check_head_taxonomy(taxonomy)
    shown = wanted.shown(apply(table, thresholds))
    rows = _marked(VIEWS[taxonomy].labelled(shown), normal(thresholds))
    stem = f"{table.name}-heads-some" if wanted else f"{table.name}-heads"
    if file_format == "parquet":
        data = encode(rows, shown.provenance)
    else:
        data = _ENCODERS[file_format](rows)
    return Download(data, _filename(stem, thresholds, file_format), MIMETYPES[file_format])


def bins(
    table: Table, width: int, taxonomy: str, file_format: str, thresholds: str | None = None
) -> Download:
    """The binned table: heads (or shares of attention) per bin of ``width`` layers.

    Thresholds are named as in ``heads``, but not if they do not affect the view.

    Raises:
        UserError: The width, the taxonomy, the thresholds or the format is not valid.
    """
    check_format(file_format)
    given = normal(thresholds)  # also raises where thresholds do not affect the view
    told = "" if find(taxonomy).untouched else given
    shown = apply(table, told)
    rows = _marked(binned(shown, width, taxonomy), told)
    if file_format == "parquet":
        data = encode_bins(rows, shown.provenance)
    else:
        data = _ENCODERS[file_format](rows)
    stem = f"{table.name}-bins-{width}-{taxonomy}"
    return Download(data, _filename(stem, told, file_format), MIMETYPES[file_format])


def effects(
    tables: Sequence[Table], width: int, file_format: str, thresholds: str | None = None
) -> Download:
    """The summed effects of each category by layers of a table, or by depth of two side by side.

    Args:
        tables: One or two, as stored.
        width: Layers of the first table to a bin; of two, bins are equal shares of the depth.
        file_format: json or csv.
        thresholds: As in ``heads``.

    Raises:
        UserError: A value is not valid, or the tables have no effect in common.
    """
    check_format(file_format, SUMMED_FORMATS)
    layers = [table.provenance.layers for table in tables]
    shown = [apply(table, thresholds) for table in tables]
    if len(shown) == 1:
        found = effects_by_layers(shown[0], width)
    else:
        found = effects_by_depth(shown, relative_bins(layers[0], width, layers[-1]))
    data = _ENCODERS[file_format](_marked(found, normal(thresholds)))
    stem = "-and-".join(dict.fromkeys(table.name for table in tables))
    name = _filename(f"{stem}-effects-{width}", thresholds, file_format)
    return Download(data, name, MIMETYPES[file_format])


def _marked(rows: pd.DataFrame, thresholds: str) -> pd.DataFrame:
    """The rows with a column that names the changed thresholds, if any."""
    return rows.assign(thresholds=thresholds) if thresholds else rows


def _filename(stem: str, thresholds: str | None, file_format: str) -> str:
    made_with = normal(thresholds).replace(":", "-").replace(",", "_")
    return f"{stem}-t-{made_with}.{file_format}" if made_with else f"{stem}.{file_format}"


def binned(table: Table, width: int, taxonomy: str) -> pd.DataFrame:
    """The binned table with every segment that the view can have in this table.

    Raises:
        UserError: The width or the view is not valid.
    """
    view = find(taxonomy)
    return with_intervals(view.binned(table, width), table, view.column)


def check_head_taxonomy(taxonomy: str) -> str:
    """The taxonomy itself.

    Raises:
        UserError: A head table cannot be downloaded under this view.
    """
    if taxonomy not in HEAD_VIEWS:
        raise UserError(
            f"taxonomy {taxonomy[:60]!r} of a head table is not one of "
            f"{', '.join(HEAD_VIEWS)}; /api/bins counts by the others"
        )
    return taxonomy


def check_format(file_format: str, allowed: Collection[str] = tuple(MIMETYPES)) -> str:
    """The format itself.

    Raises:
        UserError: No such format.
    """
    if file_format not in allowed:
        raise UserError(f"format {file_format[:60]!r} is not one of {', '.join(allowed)}")
    return file_format


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False).encode()


def _json(table: pd.DataFrame) -> bytes:
    """A list of rows; missing values are null, 0.78 stays 0.78 (not 0.7799999714)."""
    narrow = table.select_dtypes(["float32", "float16"]).columns
    wide = table.assign(**{name: table[name].astype(str).astype("float64") for name in narrow})
    # columns that no schema knows may hold anything, such as bytes that are no text
    other: list[str] = list(table.select_dtypes("object", exclude="str").columns)
    for name in other:
        wide[name] = table[name].map(lambda v: v.hex() if isinstance(v, bytes) else v)
    text = wide.to_json(orient="records", double_precision=15, date_format="iso", lines=False)
    return f"{text}\n".encode()


_ENCODERS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": _csv,
    "json": _json,
}
