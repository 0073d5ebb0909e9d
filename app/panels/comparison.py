"""Two tables side by side: what the browser draws, and the differences in words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from app.analysis.compare import (
    Agreement,
    agree,
    align,
    is_same_model,
    relative_bins,
    shared_scores,
)
from app.analysis.taxonomies import TAXONOMIES, Taxonomy
from app.page.payload import SCORE_UNIT, pack
from cache.store import Table
from classify.taxonomy import CATEGORIES, SCORES
from headstrata.errors import UserError

#: Heads that disagree are named up to this many.
NAMED = 20
#: A head's place in the scatter's data: layer times this, plus its number in the layer.
_PLACES = 216


@dataclass(frozen=True)
class Difference:
    """One segment in both tables."""

    name: str
    label: str
    heads: tuple[int, int]
    shares: tuple[float, float]
    """Of all heads, 0..1."""
    widest: tuple[str, float]
    """The bin of depth where the shares differ most, and by how much (other minus one)."""

    @property
    def step(self) -> float:
        """Share in the other table minus share in the one, -1..1."""
        return self.shares[1] - self.shares[0]


def names(one: Table, other: Table) -> tuple[str, str]:
    """What to call the two: by title, or where that is the same by where they come from."""
    titles = one.provenance.title, other.provenance.title
    if titles[0] != titles[1]:
        return titles
    sources = one.provenance.source, other.provenance.source
    if sources[0] != sources[1]:
        return f"{titles[0]} ({sources[0]})", f"{titles[1]} ({sources[1]})"
    return f"{titles[0]} ({one.name})", f"{titles[1]} ({other.name})"


def differences(
    one: Table, other: Table, width: int, taxonomy: str
) -> tuple[int, list[Difference]]:
    """How many aligned bins a bin width means, and every segment's difference, widest first.

    Raises:
        UserError: The width or the taxonomy is not one that can be had.
    """
    known = _taxonomy(taxonomy)
    layers = one.provenance.layers, other.provenance.layers
    if not 1 <= width <= layers[0]:
        raise UserError(f"bin width {width} is not between 1 and {layers[0]} layers")
    bins = relative_bins(layers[0], width, layers[1])
    aligned = align(one.heads, other.heads, bins, known)
    found = [
        _difference(name, label, aligned[aligned[known.by] == name], one, other)
        for name, label in known.labels.items()
    ]
    told = [d for d in found if any(d.heads)]
    return bins, sorted(told, key=lambda d: -abs(d.step))


def _difference(name: str, label: str, own: pd.DataFrame, one: Table, other: Table) -> Difference:
    counts = int(own["heads_one"].sum()), int(own["heads_other"].sum())
    widest = own.iloc[int(own["difference"].abs().to_numpy().argmax())]
    return Difference(
        name,
        label,
        counts,
        (counts[0] / len(one.heads), counts[1] / len(other.heads)),
        (str(widest["bin"]), float(widest["difference"])),
    )


def _taxonomy(name: str) -> Taxonomy:
    if name not in ("detailed", "grouped"):
        raise UserError(f"taxonomy {name[:60]!r} is not one of detailed, grouped")
    return TAXONOMIES[name]


def incomplete(one: Table, other: Table, called: tuple[str, str]) -> str:
    """What must be said when a table lacks scores that the other has; empty otherwise."""
    lacking = [
        f"{name} has {len(table.provenance.scores)} of the {len(SCORES)} scores"
        for name, table in zip(called, (one, other), strict=True)
        if len(table.provenance.scores) < len(SCORES)
    ]
    if not lacking:
        return ""
    return (
        f"{' and '.join(lacking)}: heads that the others would name are not measured there, "
        "so only shares of categories with a score in both tables can be set side by side."
    )


def comparable(found: Sequence[Difference], one: Table, other: Table) -> list[Difference]:
    """The segments that both tables could name a head after."""
    tables = one.provenance.scores, other.provenance.scores
    if all(len(scores) == len(SCORES) for scores in tables):
        return list(found)
    both = set(tables[0]) & set(tables[1])
    return [d for d in found if d.name in CATEGORIES and CATEGORIES[d.name].score in both]


def summary(found: Sequence[Difference], called: tuple[str, str]) -> str:
    """The widest differences in words, of segments that can be compared."""
    if not found:
        return "No category has its score in both tables."
    moved = [d for d in found if abs(d.step) >= 0.0005]
    if not moved:
        return f"{called[0]} and {called[1]} have the same shares of every category."
    parts = [
        f"{d.label} {100 * d.shares[0]:.1f}% against {100 * d.shares[1]:.1f}%" for d in moved[:3]
    ]
    return f"The widest differences over all layers, {called[0]} against {called[1]}: " + (
        f"{'; '.join(parts)}."
    )


def points(step: float) -> str:
    """A difference of shares in percentage points: ``+3.1 pp``."""
    tenths = round(1000 * step) / 10
    return "0" if not tenths else f"{'+' if tenths > 0 else '−'}{abs(tenths):.1f} pp"


def agreement(one: Table, other: Table, score: str | None) -> tuple[list[str], Agreement | None]:
    """For two tables of one model: the scores that both have, and the agreement on one.

    Raises:
        UserError: The score is not one that both have.
    """
    if not is_same_model(one.provenance, other.provenance):
        return [], None
    shared = shared_scores(one.heads, other.heads)
    if not shared:
        return [], None
    if score not in (None, *shared):
        raise UserError(f"score {str(score)[:60]!r} is not one of {', '.join(shared)}")
    return shared, agree(one.heads, other.heads, score or shared[0])


def pack_pairs(found: Agreement, called: tuple[str, str], label: str) -> dict[str, Any]:
    """The scatter's data for the browser."""
    pairs = found.pairs
    order = {name: float(i) for i, name in enumerate(CATEGORIES)}
    return {
        "score": label,
        "names": list(called),
        "places": pack(pairs["layer"].astype(int) * _PLACES + pairs["head"], 3),
        "one": pack(pairs["one"], 2, SCORE_UNIT),
        "other": pack(pairs["other"], 2, SCORE_UNIT),
        "categories": [pack(pairs[f"category_{side}"].map(order), 1) for side in ("one", "other")],
    }
