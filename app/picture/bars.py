"""The stacked bars as numbers: what the page's own script counts, from the binned table."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from app.views.segments import Segment
from app.views.view import View
from cache.bins import NOT_MEASURED
from cache.store import Table

GAP = 0.16
"""Of a bin's width, between two bars; as ``assets/chart/geometry.js``."""
TEXT_HEIGHT, TEXT_PADDING = 15, 6
"""px that a percentage takes in a segment; as ``assets/chart/bars.js``."""
_HEADROOM = 1.04
"""The axis over the tallest bar, where it counts heads."""


@dataclass(frozen=True)
class Part:
    """A segment of a bar, in the unit of the y axis."""

    segment: Segment
    below: float
    value: float
    percent: str
    borderline: float = 0.0
    """What part of it is of heads that could be in another segment."""


@dataclass(frozen=True)
class Bar:
    """A bin of layers, start to stop - 1."""

    name: str
    start: int
    stop: int
    parts: list[Part]


def left_out(table: Table, view: View, unmeasured: bool) -> int:
    """How many heads are not drawn: those that nobody measured.

    Unless they are asked for, or there are no others; as ``assets/views/drawn.js``.
    """
    if unmeasured or NOT_MEASURED not in view.labels:
        return 0
    missing = int((table.heads[view.column] == NOT_MEASURED).sum())
    return missing if missing < len(table.heads) else 0


def shown(
    table: Table, view: View, unmeasured: bool = True, only: Collection[str] = ()
) -> list[str]:
    """Names of the segments that are drawn.

    Args:
        table: As it is drawn.
        view: What a bar is divided by.
        unmeasured: Whether heads that nobody measured are drawn (``left_out``).
        only: Segments that are seen alone; empty: all.
    """
    missing = left_out(table, view, unmeasured)
    names = (segment.name for segment in view.segments)
    return [
        name
        for name in names
        if (not only or name in only) and not (missing and name == NOT_MEASURED)
    ]


def bars_of(
    table: Table, width: int, view: View, percent: bool, drawn: Collection[str]
) -> list[Bar]:
    """A bar a bin: numbers of heads, or shares of 100.

    Args:
        table: As it is drawn.
        width: Layers a bin.
        view: What a bar is divided by.
        percent: Whether it is as high as its share.
        drawn: Names of the segments that are drawn (``shown``).

    Raises:
        UserError: The width is out of range.
    """
    by_name = {segment.name: segment for segment in view.segments}
    doubtful = _borderline(table, width, view)
    bars = []
    binned = view.binned(table, width).fillna({"share": 0.0})  # no share: a bin without heads
    binned = binned[binned[view.column].isin(list(drawn))]
    for _, rows in binned.groupby("start"):
        first = rows.iloc[0]
        parts: list[Part] = []
        below = 0.0
        for row in rows.to_dict("records"):
            value = 100 * row["share"] if percent else float(row["heads"])
            doubt = doubtful[row["start"] // width, row[view.column]]
            part = value * doubt / row["heads"] if doubt else 0.0
            parts.append(Part(by_name[row[view.column]], below, value, row["percent"], part))
            below += value
        bars.append(Bar(first["bin"], first["start"], first["stop"], parts))
    return bars


def _borderline(table: Table, width: int, view: View) -> Counter[tuple[int, str]]:
    """Borderline heads by bin and segment, in views by what a head attends to."""
    if view.column not in ("category", "group"):
        return Counter()
    own = table.heads[table.heads["borderline"]]
    return Counter(zip((own["layer"] // width).tolist(), own[view.column].tolist(), strict=True))


def axis_top(bars: list[Bar], percent: bool, whole: bool = True) -> float:
    """Where the y axis ends; ``whole``: shares make 100 % in every bar."""
    tallest = max(sum(part.value for part in bar.parts) for bar in bars)
    return 100.0 if percent and whole else max(tallest, 1.0) * _HEADROOM
