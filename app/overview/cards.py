"""A table in the overview: what stands at its picture, and how it is found and sorted."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.overview.depth import binned, paths, reach
from app.overview.query import SORTS, Asked
from app.views.view import View
from cache.bins import NOT_MEASURED
from cache.counts import Counts
from cache.percent import percent_of
from cache.provenance import Provenance
from cache.tables import Entry


@dataclass(frozen=True)
class Card:
    """One table under one view."""

    name: str
    record: Provenance
    counts: Mapping[str, list[int]]
    """Segment to its heads in each layer."""
    view: View
    rank: int
    """Its place among all by date, the newest first."""

    @property
    def total(self) -> int:
        """All heads."""
        return self.record.grid.size

    @cached_property
    def heads(self) -> dict[str, int]:
        """Segment to its heads in all layers, in drawing order."""
        return {name: sum(self.counts[name]) for name in self.view.labels if name in self.counts}

    @property
    def shape(self) -> str:
        """``30 layers × 9 heads``."""
        layers = f"{self.record.layers:,} {'layer' if self.record.layers == 1 else 'layers'}"
        if self.record.heads_by_layer:
            return f"{layers}, {self.total:,} heads"
        return f"{layers} × {self.record.heads} {'head' if self.record.heads == 1 else 'heads'}"

    @property
    def source(self) -> str:
        """``computed 2026-11-22``."""
        return f"{self.record.source} {self.record.computed_at:%Y-%m-%d}"

    @property
    def scores(self) -> str:
        """``2 of 9 scores``."""
        return self.record.describe_scores().replace("of the", "of")

    @property
    def unknown(self) -> int:
        """Heads that nobody measured fully."""
        return self.heads.get(NOT_MEASURED, 0)

    @property
    def found_by(self) -> str:
        """What a search looks at, folded."""
        return folded(f"{self.record.title} {self.name} {self.record.model} {self.source}")

    def share(self, segment: str) -> float:
        """A segment's share of all heads, 0..1; -1: nobody measured it."""
        count = self.heads.get(segment, 0)
        if not count and not self.view.is_measured(segment, self.record.scores):
            return -1.0
        return count / self.total

    def share_text(self, segment: str) -> str:
        """``2.2%``, or a dash where nobody measured it."""
        count = self.heads.get(segment, 0)
        return percent_of(count, self.total) if self.share(segment) >= 0 else "–"

    def paths(self, bins: int) -> dict[str, str]:
        """The bars of each segment as an SVG path."""
        return paths(self.counts, list(self.view.labels), self.record.layers, bins)

    def reach(self, bins: int) -> str:
        """Which share of a bin is drawn at the most: ``9.3%``."""
        return percent_of(*reach(binned(self.counts, self.record.layers, bins)))

    @property
    def described(self) -> str:
        """The picture in words: each segment with its heads, the largest first."""
        by_size = sorted(self.heads.items(), key=lambda one: -one[1])
        said = ", ".join(f"{self.view.labels[name]} {heads:,}" for name, heads in by_size)
        return f"{self.total:,} heads: {said}"

    @property
    def packed(self) -> dict[str, Any]:
        """What the browser needs to draw, find and sort it."""
        unmeasured = [name for name in self.view.labels if self.share(name) < 0]
        return {
            "layers": self.record.layers,
            "rank": self.rank,
            "title": f"{folded(self.record.title)} {self.name}",
            "find": self.found_by,
            "counts": self.counts,
            **({"unmeasured": unmeasured} if unmeasured else {}),
        }


def build(entries: Iterable[Entry], counts: Mapping[str, Counts], view: View) -> list[Card]:
    """A card for each table whose counts are known and that the view can draw."""
    newest = sorted(entries, key=lambda entry: entry.provenance.computed_at, reverse=True)
    return [
        Card(entry.name, entry.provenance, drawn, view, rank)
        for rank, entry in enumerate(newest)
        if (drawn := _by_segment(counts.get(entry.name), entry.provenance, view))
    ]


def undrawable(entry: Entry, counts: Counts, view: View) -> str:
    """Why a table has no card though it can be read; empty: it has one."""
    if _by_segment(counts, entry.provenance, view):
        return ""
    return "it has categories that only a newer version knows: update Headstrata to see it here"


def _by_segment(
    counts: Counts | None, record: Provenance, view: View
) -> dict[str, list[int]] | None:
    """Heads in each layer by the view's segments; None: not known, or a segment is not."""
    found: dict[str, list[int]] = {}
    for category, own in (counts or {}).items():
        name = category if view.column == "category" else record.taxonomy.categories[category]
        if name not in view.labels:
            return None
        found[name] = [a + b for a, b in zip(found.get(name, [0] * len(own)), own, strict=True)]
    return found or None


def order(cards: list[Card], asked: Asked) -> list[Card]:
    """The cards as the address wants them sorted; equal ones the newest first."""
    if asked.sort == "name":
        return sorted(cards, key=lambda card: f"{folded(card.record.title)} {card.name}")
    if asked.sort == "layers":
        return sorted(cards, key=lambda card: -card.record.layers)
    if asked.sort in SORTS:
        return sorted(cards, key=lambda card: card.rank)
    return sorted(cards, key=lambda card: -card.share(asked.sort))


def found(card: Card, q: str) -> bool:
    """Whether every word of a search is in the table's names or source."""
    return all(word in card.found_by for word in folded(q).split())


def folded(text: str) -> str:
    """Small letters without accents: ``Ünï Mödel`` is ``uni model``."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(one for one in apart if not unicodedata.category(one).startswith("M")).lower()
