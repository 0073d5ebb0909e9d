"""The ranked heads as plain data: a Dash component for each of some thousand cells is slow."""

from typing import Any

from app.views.head_filter import SORTABLE, HeadFilter
from app.views.measures import DIGITS
from cache.store import Table
from vocabulary.evidence import MEASURES
from vocabulary.taxonomy import SCORES

#: What heads can be ranked by; measures where the table has them.
COLUMNS = SORTABLE
#: More rows than these are for the file.
MOST = 6400


def label(column: str) -> str:
    """What a column is called."""
    if column in MEASURES:
        return MEASURES[column].label
    return SCORES[column].label if column in SCORES else column.capitalize()


def build(table: Table, wanted: HeadFilter, rows: int, t: str) -> dict[str, Any]:
    """The first ranked heads, and how many there are.

    Args:
        table: With the thresholds of ``t`` on it.
        wanted: Which heads, by which column.
        rows: How many heads are told of at most.
        t: What-if thresholds as in a link; empty for the defaults.

    Returns:
        ``rows``: layer, head, category and the columns' values (three decimals, None where
        nobody measured) of each head; ``columns``: the ranked one first; ``query``: of the file.
    """
    heads = wanted.rows(table.heads)
    ranked = (wanted.sort or COLUMNS[0]).removeprefix("-")
    known = [name for name in COLUMNS if name == ranked or table.heads[name].notna().any()]
    columns = sorted(known, key=lambda name: name != ranked)
    shown = heads.head(min(rows, MOST))
    values = shown[columns].astype(float).round(DIGITS)
    return {
        "found": len(heads),
        "total": len(table.heads),
        "sort": wanted.sort,
        "columns": [{"value": name, "label": label(name)} for name in columns],
        "rows": [
            [layer, head, category, *(None if x != x else x for x in numbers)]  # noqa: PLR0124
            for layer, head, category, numbers in zip(
                shown["layer"].tolist(),
                shown["head"].tolist(),
                shown["category"].tolist(),
                values.to_numpy().tolist(),
                strict=True,
            )
        ],
        "most": MOST,
        "query": {"model": table.name, **wanted.query(), **({"t": t} if t else {})},
    }
