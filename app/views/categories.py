"""The views by what a head attends to: its category, or its category's group."""

from collections.abc import Callable, Collection

import pandas as pd

from app.views.segments import Segment, segment_of
from app.views.view import View
from cache.bins import NOT_MEASURED, bin_heads, segments
from cache.store import Table
from vocabulary.taxonomy import CATEGORIES, GROUPS, RULED_SCORES, Category, Group


def _segment(one: Category | Group, sentence: str) -> Segment:
    optional = (isinstance(one, Category) and one.optional) or one.name == NOT_MEASURED
    return segment_of(one, sentence, optional=optional)


def _binned(column: str) -> Callable[[Table, int], pd.DataFrame]:
    """A function that bins by the names in the table's own provenance."""

    def binned(table: Table, width: int) -> pd.DataFrame:
        order = segments(table.heads, table.provenance.taxonomy.categories, column)
        return bin_heads(table.heads, width, column, order, table.grid)

    return binned


def _category_measured(name: str, scores: Collection[str]) -> bool:
    """A rule needs its score; a category without a rule those that every table has."""
    if name == NOT_MEASURED:
        return True
    own = CATEGORIES[name].score if name in CATEGORIES else None
    return all(score in scores for score in ([own] if own else RULED_SCORES))


def _group_measured(name: str, scores: Collection[str]) -> bool:
    """Whether some category of the group can be told."""
    return any(_category_measured(c.name, scores) for c in CATEGORIES.values() if c.group == name)


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
    is_measured=_category_measured,
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
    is_measured=_group_measured,
    # the index of each category's group
    browser={"of": [list(GROUPS).index(c.group) for c in CATEGORIES.values()]},
)
