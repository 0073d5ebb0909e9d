"""A view: one way to look at a table, with everything that page, API and analysis need.

Most views count heads by name (category, group, operation); the others show how something
else, such as attention, is divided among the segments.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from app.views.packing import pack
from app.views.segments import Segment
from cache.store import Table

#: The hover text of a bar below its segment's sentence, for views that count heads. The
#: browser fills in bin, heads, share of the bin, its interval and the strongest heads.
COUNTED = (
    "<b>%{customdata[1]}</b> heads, %{customdata[2]} of the bin%{customdata[5]}%{customdata[3]}"
)


def stored(table: Table) -> pd.DataFrame:
    """The head table unchanged: for views whose column is in every table."""
    return table.heads


def always(_: Table) -> bool:
    """True: for views that every table has."""
    return True


@dataclass(frozen=True)
class View:
    """One way to look at a table."""

    name: str
    """In links, in the API, in file names."""
    label: str
    """On the page's control."""
    control: Literal["taxonomy", "show"]
    """The page's control that selects it; also the key in links."""
    noun: str
    """What a segment is: ``category``."""
    plural: str
    """Several segments, at the start of a sentence: ``Categories``."""
    by: str
    """What heads are counted by, in full: ``group of categories``."""
    column: str
    """The binned table's column; if heads are counted, also the labelled head table's."""
    segments: tuple[Segment, ...]
    """In drawing order, bottom first."""
    binned: Callable[[Table, int], pd.DataFrame]
    """The binned table (``cache.bins``) for a width in layers; raises UserError."""
    guide: str = ""
    """What the page's reading guide says about it."""
    unnamed: frozenset[str] = frozenset()
    """Segments of heads without a name: observations do not describe their trends."""
    named_as: str = ""
    """How the other heads are called when only they are compared."""
    compared: str = ""
    """What a comparison says about the shares, where they are not of the number of heads."""
    same_model: str = ""
    """What a comparison says where both tables are of one model, so that they cannot differ."""
    untouched: str = ""
    """Its name in the note that thresholds do not affect it; empty: they do."""
    citations: tuple[str, ...] = ()
    has: Callable[[Table], bool] = always
    """Whether a table can be shown under this view."""
    lacking: Callable[[Sequence[str], bool], str] = lambda *_: ""
    """A sentence: why the tables of these titles (published or not) cannot be shown."""
    is_measured: Callable[[str, Collection[str]], bool] = lambda *_: True
    """Whether heads of a segment can be told in a table with these scores: if not, a count of
    none is no zero."""
    labelled: Callable[[Table], pd.DataFrame] = stored
    """The head table with ``column`` (and the view's further columns)."""
    measured_parts: Callable[[pd.DataFrame], dict[str, int]] | None = None
    """Segment to whole parts of what is shared out, over the heads of some whole layers; None:
    heads are counted."""
    shared: str = "heads"
    """What the shares are of."""
    pack: Callable[[Table], dict[str, str]] | None = None
    """What the browser needs to draw it in addition to the table, packed; None: nothing."""
    pack_shares: Callable[[pd.DataFrame, int], dict[str, str]] | None = None
    """What the browser needs to bin a second table (its heads, its number of layers); None: the
    segment of each head."""
    remarks: Callable[[pd.DataFrame], list[str]] = lambda _: []
    """Further sentences about the (labelled) heads for the observations."""
    hover: str = COUNTED
    """See ``COUNTED``."""
    browser: Mapping[str, Any] = field(default_factory=dict)
    """Further definitions for the browser, sent once with the page."""

    @property
    def counts_heads(self) -> bool:
        """Whether a bar's height is a number of heads."""
        return self.measured_parts is None

    @property
    def labels(self) -> dict[str, str]:
        """Segment name to label, in drawing order."""
        return {segment.name: segment.label for segment in self.segments}

    def parts(self, heads: pd.DataFrame) -> tuple[dict[str, int], int]:
        """Each segment's whole parts over some whole layers' (labelled) heads, and all parts."""
        if self.measured_parts is not None:
            found = self.measured_parts(heads)
            return found, sum(found.values())
        counts = heads[self.column].value_counts()
        return {name: int(counts.get(name, 0)) for name in self.labels}, len(heads)

    def shares(self, heads: pd.DataFrame) -> dict[str, float]:
        """Each segment's share, 0..1, over the (labelled) heads of some whole layers."""
        parts, total = self.parts(heads)
        return {name: part / total for name, part in parts.items()}

    def packed(self, heads: pd.DataFrame, layers: int) -> dict[str, str]:
        """What the browser needs to bin a second table.

        Args:
            heads: All (labelled) heads of the table.
            layers: Number of layers of the table.
        """
        if self.pack_shares is not None:
            return self.pack_shares(heads, layers)
        order = {name: float(place) for place, name in enumerate(self.labels)}
        return {"index": pack(heads[self.column].map(order), 1)}
