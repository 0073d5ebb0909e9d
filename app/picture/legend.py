"""What the colours mean, with how many heads there are of each."""

from dataclasses import dataclass
from typing import Any

from app.views.segments import Segment
from app.views.view import View
from cache.store import Table

_UNKNOWN = "–"


@dataclass(frozen=True)
class Entry:
    """A segment with its number of heads or, where none are counted, its share."""

    segment: Segment
    amount: str
    percent: str
    none: bool
    """Whether nothing is in it."""
    heads: int = 0
    """Its number of heads; 0 where none are counted."""

    @property
    def unknown(self) -> bool:
        """Whether nobody measured whether there are any."""
        return self.amount == _UNKNOWN

    @property
    def text(self) -> str:
        """Label and amount."""
        return f"{self.segment.label}  {self.amount}"


def legend_of(table: Table, view: View) -> list[Entry]:
    """The segments of the table in drawing order."""
    by_name = {segment.name: segment for segment in view.segments}
    return [
        Entry(
            segment,
            _amount(row, view, table),
            row["percent"],
            not row["share"],
            row["heads"] if view.counts_heads else 0,
        )
        for row in view.binned(table, table.provenance.layers).to_dict("records")
        if (segment := by_name[row[view.column]])
    ]


def not_measured(legend: list[Entry]) -> str:
    """``8 not measured``: what stands for all segments that are unknown; empty: none is."""
    unknown = sum(entry.unknown for entry in legend)
    return f"{unknown} not measured" if unknown else ""


def described(table: Table, view: View, legend: list[Entry]) -> str:
    """The picture in words."""
    record = table.provenance
    counts = ", ".join(f"{entry.segment.label} {entry.amount}" for entry in reversed(legend))
    return (
        f"Stacked bars: the attention heads of {record.title} ({record.grid.size:,}) in "
        f"{record.layers} layers, by {view.by}. All layers: {counts}."
    )


def _amount(row: dict[Any, Any], view: View, table: Table) -> str:
    if not view.counts_heads:
        return str(row["percent"])
    measured = view.is_measured(row[view.column], table.provenance.scores)
    return f"{row['heads']:,}" if row["heads"] or measured else _UNKNOWN
