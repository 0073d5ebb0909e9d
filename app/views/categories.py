"""The views by what a head attends to: its category, or its category's group."""

from collections.abc import Callable

import pandas as pd

from app.views.segments import Segment, dark_colours, ink
from app.views.view import View
from cache.bins import bin_heads, segments
from cache.store import Table
from vocabulary.taxonomy import CATEGORIES, GROUPS, Category, Group


def _segment(one: Category | Group, sentence: str) -> Segment:
    return Segment(
        one.name,
        one.label,
        sentence,
        one.colour,
        ink(one.colour),
        one.pattern,
        *dark_colours(one),
    )


def _binned(column: str) -> Callable[[Table, int], pd.DataFrame]:
    """A function that bins by the names in the table's own provenance."""

    def binned(table: Table, width: int) -> pd.DataFrame:
        order = segments(table.heads, table.provenance.taxonomy.categories, column)
        return bin_heads(table.heads, width, column, order, table.grid)

    return binned


DETAILED = View(
    name="detailed",
    label="Detailed",
    control="taxonomy",
    noun="category",
    plural="Categories",
    by="category",
    column="category",
    segments=tuple(_segment(c, c.sentence) for c in CATEGORIES.values()),
    binned=_binned("category"),
    unnamed=frozenset({"not_measured"}),
    named_as="the heads with a name",
)
GROUPED = View(
    name="grouped",
    label="Grouped",
    control="taxonomy",
    noun="group",
    plural="Groups of categories",
    by="group of categories",
    column="group",
    segments=tuple(
        _segment(g, f"{g.sentence[0].upper()}{g.sentence[1:]}.") for g in GROUPS.values()
    ),
    binned=_binned("group"),
    unnamed=frozenset({"not_measured"}),
    named_as="the heads with a name",
    # the index of each category's group
    browser={"of": [list(GROUPS).index(c.group) for c in CATEGORIES.values()]},
)
