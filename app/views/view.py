"""A view: one way to look at a table, with all that page, API and analysis ask of it.

Most views count heads under a name (their category, their group, what they write); one
that does not shares out something else among its segments, such as attention.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from app.views.packing import pack
from app.views.segments import Segment
from cache.store import Table

#: The lines of a bar's hover under its segment's sentence, for bars that count heads; the
#: browser fills in bin, heads, share of the bin and the strongest heads.
COUNTED = "<b>%{customdata[1]}</b> heads, %{customdata[2]} of the bin%{customdata[3]}"


def stored(table: Table) -> pd.DataFrame:
    """The head table as it is: for views whose column is in every table."""
    return table.heads


def always(_: Table) -> bool:
    """For views that every table has."""
    return True


@dataclass(frozen=True)
class View:
    """One way to look at a table."""

    name: str
    """In links, in the API, in file names."""
    label: str
    """On the page's control."""
    control: Literal["taxonomy", "show"]
    """The page's control, and so the key of a link, that chooses it."""
    noun: str
    """What a segment is: ``category``."""
    plural: str
    """Several segments, as a sentence begins: ``Categories``."""
    by: str
    """What the segments go by, in full: ``group of categories``."""
    column: str
    """Of the binned table; also of the labelled head table, where heads are counted."""
    segments: tuple[Segment, ...]
    """In drawing order, bottom first."""
    binned: Callable[[Table, int], pd.DataFrame]
    """The binned table (``cache.bins``) for a width in layers; UserError if it cannot be had."""
    guide: str = ""
    """What the page's reading guide says of it."""
    unnamed: frozenset[str] = frozenset()
    """Segments that stand for heads without a name: no trend of theirs is worth a sentence."""
    named_as: str = ""
    """What to call the other heads, where only they are compared."""
    untouched: str = ""
    """What is told when thresholds were changed and do not touch it; empty: they move it."""
    citations: tuple[str, ...] = ()
    has: Callable[[Table], bool] = always
    """Whether a table can be shown so."""
    lacking: Callable[[Sequence[str], bool], str] = lambda *_: ""
    """Why the tables of these titles (all published, or not) cannot be shown so, a sentence."""
    labelled: Callable[[Table], pd.DataFrame] = stored
    """The head table with ``column`` (and what else the view knows of a head)."""
    measured_parts: Callable[[pd.DataFrame], dict[str, int]] | None = None
    """Segment to whole parts of what is shared out, over some whole layers' heads; None: heads
    are counted."""
    shared: str = "heads"
    """What the shares are of."""
    pack: Callable[[Table], dict[str, str]] | None = None
    """What the browser needs beside the table to draw it, packed; None: nothing."""
    pack_shares: Callable[[pd.DataFrame, int], dict[str, str]] | None = None
    """What the browser bins a second table (its heads, its layers) from; None: the segment of
    each head."""
    remarks: Callable[[pd.DataFrame], list[str]] = lambda _: []
    """Further sentences about the (labelled) heads for the observations."""
    hover: str = COUNTED
    """See ``COUNTED``."""
    browser: Mapping[str, Any] = field(default_factory=dict)
    """What else the browser must know of the view, sent once with the page."""

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
        """Each segment's share, 0..1, over some whole layers' (labelled) heads."""
        parts, total = self.parts(heads)
        return {name: part / total for name, part in parts.items()}

    def packed(self, heads: pd.DataFrame, layers: int) -> dict[str, str]:
        """What the browser bins a second table's (labelled) heads from.

        Args:
            heads: Of the whole table.
            layers: How many it has.
        """
        if self.pack_shares is not None:
            return self.pack_shares(heads, layers)
        order = {name: float(place) for place, name in enumerate(self.labels)}
        return {"index": pack(heads[self.column].map(order), 1)}
