"""The ways to look at heads that the page offers: which column, which names, in which words.

Three count heads under a name; the budget shares out their attention instead, and no head
has a ``destination``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.views.budget import destinations
from app.views.operations import FAMILIES, NO_OPERATION
from vocabulary.operations import OPERATIONS_CITATION
from vocabulary.taxonomy import CATEGORIES, GROUPS

#: What the budget divides instead of heads; no column of a head table.
DESTINATION = "destination"


@dataclass(frozen=True)
class Taxonomy:
    """One way to name heads."""

    name: str
    by: str
    """The column of the (labelled) head table; ``DESTINATION`` for the budget."""
    labels: Mapping[str, str]
    """Segment name to label, in drawing order, bottom first."""
    unnamed: frozenset[str]
    """Segments that stand for heads without a name: no trend of theirs is worth a sentence."""
    named_as: str
    """What to call the other heads, where only they are compared."""
    citations: tuple[str, ...] = ()


TAXONOMIES: dict[str, Taxonomy] = {
    taxonomy.name: taxonomy
    for taxonomy in (
        Taxonomy(
            "detailed",
            "category",
            {name: category.label for name, category in CATEGORIES.items()},
            frozenset({"not_measured"}),
            "the heads with a name",
        ),
        Taxonomy(
            "grouped",
            "group",
            {name: group.label for name, group in GROUPS.items()},
            frozenset({"not_measured"}),
            "the heads with a name",
        ),
        Taxonomy(
            "operations",
            "family",
            {name: family.label for name, family in FAMILIES.items()},
            frozenset({NO_OPERATION}),
            "the heads with an operation",
            (OPERATIONS_CITATION,),
        ),
        Taxonomy(
            "budget",
            DESTINATION,
            {part.name: part.label for part in destinations()},
            frozenset(),
            "the heads with a budget",
        ),
    )
}
