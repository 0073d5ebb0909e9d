"""Two tables side by side: in which view, how far they differ, and that in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from app.analysis.agreement import Agreement, agree, is_same_model, shared_scores
from app.analysis.compare import align, relative_bins
from app.analysis.protocol import same_definition
from app.views.catalogue import VIEWS, find
from app.views.categories import DETAILED
from app.views.view import View
from cache.percent import percent_of
from cache.pins import FEWEST
from cache.provenance import Provenance
from cache.store import Table
from headstrata.errors import UserError
from vocabulary.rules import limit
from vocabulary.taxonomy import CATEGORIES, REQUIRED_SCORES, SCORES

#: Heads that disagree are named up to this many.
NAMED = 20
#: Shares that differ by less are drawn the same.
_SAME = 0.0005
_ALL_LAYERS = "0%-100%"


@dataclass(frozen=True)
class Pair:
    """Two tables in the view that both have."""

    one: Table
    other: Table
    view: View
    missing: tuple[str, ...] = ()
    """Why it is not the view that was asked for, in sentences."""

    @property
    def called(self) -> tuple[str, str]:
        """What to call the two."""
        return names(self.one, self.other)

    @property
    def heads(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Both head tables with the view's column."""
        return self.view.labelled(self.one), self.view.labelled(self.other)


@dataclass(frozen=True)
class Difference:
    """One segment in both tables."""

    name: str
    label: str
    shares: tuple[float, float]
    """Of all heads, or of their attention, 0..1."""
    percents: tuple[str, str]
    """The same as printed."""
    widest: tuple[str, float]
    """The bin of depth where the shares differ most, and by how much (other minus one)."""

    @property
    def step(self) -> float:
        """Share in the other table minus share in the one, -1..1."""
        return self.shares[1] - self.shares[0]


def names(one: Table, other: Table) -> tuple[str, str]:
    """What to call the two: by title; where that is the same by source, or by name."""
    titles = one.provenance.title, other.provenance.title
    if titles[0] != titles[1]:
        return titles
    sources = one.provenance.source, other.provenance.source
    if sources[0] != sources[1]:
        return f"{titles[0]} ({sources[0]})", f"{titles[1]} ({sources[1]})"
    return one.name, other.name


def moved(table: Table, pin: str) -> str:
    """That a link was made for another table of this name; empty where it was not.

    Args:
        table: What is here under the name.
        pin: The start of the hash that the link names (empty: none).
    """
    if table.sha256.startswith(pin.lower()):
        return ""
    return (
        f"The link was made for another table named {table.name} (hash {pin[:FEWEST]}…), which is "
        f"not here any more: this one was computed again, {table.provenance.computed_at:%Y-%m-%d}, "
        "and its figures may differ."
    )


def pair(one: Table, other: Table, taxonomy: str, show: str = "") -> Pair:
    """Both tables in the wanted view, or else in the nearest one that both have.

    Args:
        one: The shown table.
        other: The second one.
        taxonomy: The page's taxonomy.
        show: The page's ``show``; ``budget`` asks for the attention budget.

    Raises:
        UserError: There is no such taxonomy.
    """
    missing: list[str] = []
    wanted = [view for view in VIEWS.values() if view.control == "show" and view.name == show]
    wanted += [find(taxonomy), DETAILED]
    for view in wanted:
        lacking = [t for t in (one, other) if not view.has(t)]
        if not lacking:
            instead = f" {view.plural} are compared instead." if missing else ""
            said = tuple(missing[:-1]) + tuple(f"{text}{instead}" for text in missing[-1:])
            return Pair(one, other, view, said)
        missing.append(_lacks(view, lacking, names(one, other), one))
    raise AssertionError("every table has categories")


def _lacks(view: View, lacking: list[Table], called: tuple[str, str], one: Table) -> str:
    """Which table has no such view, and why."""
    who = [called[0] if table is one else called[1] for table in lacking]
    published = all(table.provenance.source == "published" for table in lacking)
    return view.lacking(who, published)


def differences(both: Pair, width: int) -> tuple[int, list[Difference]]:
    """How many aligned bins a bin width means, and every segment's difference, widest first.

    Raises:
        UserError: The width is not one that can be had.
    """
    layers = both.one.provenance.layers, both.other.provenance.layers
    if not 1 <= width <= layers[0]:
        raise UserError(f"bin width {width} is not between 1 and {layers[0]} layers")
    bins = relative_bins(layers[0], width, layers[1])
    one, other = both.heads
    aligned = align(one, other, bins, both.view, layers)
    (here, of_one), (there, of_other) = both.view.parts(one), both.view.parts(other)
    found = [
        Difference(
            name,
            label,
            (here[name] / of_one, there[name] / of_other),
            (percent_of(here[name], of_one), percent_of(there[name], of_other)),
            _widest(aligned[aligned[both.view.column] == name]),
        )
        for name, label in both.view.labels.items()
    ]
    told = [d for d in found if any(d.shares)]
    return bins, sorted(told, key=lambda d: -abs(d.step))


def _widest(own: pd.DataFrame) -> tuple[str, float]:
    own = own[own["difference"].notna()]
    if own.empty:  # no bin has heads in both
        return _ALL_LAYERS, 0.0
    at = int(own["difference"].abs().to_numpy().argmax())
    return str(own["bin"].iloc[at]), float(own["difference"].iloc[at])


def incomplete(both: Pair) -> str:
    """What must be said when a table lacks scores that the other has; empty otherwise."""
    if both.view.untouched:
        return ""
    return " ".join(filter(None, (_unruled(both), _unmeasured(both))))


def _unruled(both: Pair) -> str:
    """What must be said when one table's rules are older than a category of the other."""
    one, other = (table.provenance.taxonomy.thresholds for table in (both.one, both.other))
    new = [name for name in CATEGORIES if (name in one) != (name in other)]
    if not new or both.view is not DETAILED:
        return ""
    older = both.called[0] if new[0] in other else both.called[1]
    labels = " and ".join(CATEGORIES[name].label for name in new)
    return (
        f"{older} was named by older rules, without {labels}: heads with that name in the other "
        "table may have no name there, so neither is set side by side."
    )


def _unmeasured(both: Pair) -> str:
    """What must be said when a table lacks scores that the other has."""
    lacking = [
        f"{name} has {table.provenance.describe_scores()}"
        for name, table in zip(both.called, (both.one, both.other), strict=True)
        if not set(REQUIRED_SCORES) <= set(table.provenance.measured)
    ]
    if not lacking:
        return ""
    return (
        f"{' and '.join(lacking)}: heads that the others would name are not measured there, "
        "so a share is set beside the other's only where both tables have its score, defined alike."
    )


def comparable(found: Sequence[Difference], both: Pair) -> list[Difference]:
    """The segments that both tables could name a head after, by one definition of its score.

    A group, or a category that rests on no score of its own, needs every score. A category
    that only one table's rules know is not set against nothing, nor are the heads that these
    rules leave without a name.
    """
    if both.view.untouched:
        return list(found)
    records = both.one.provenance, both.other.provenance
    found = [d for d in found if _ruled_alike(d.name, records)]
    shared = {
        name
        for name in records[0].scores
        if name in records[1].scores and name in SCORES and same_definition(*records, name)
    }
    if set(REQUIRED_SCORES) <= shared:
        return list(found)
    return [d for d in found if d.name in CATEGORIES and CATEGORIES[d.name].score in shared]


def _ruled_alike(name: str, records: tuple[Provenance, Provenance]) -> bool:
    """Whether both tables' rules would call the same head so, as far as scores go; any group."""
    one, other = (record.taxonomy for record in records)
    if name not in one.categories and name not in other.categories:
        return True
    if name in one.thresholds or name in other.thresholds:
        return name in one.thresholds and name in other.thresholds
    return one.thresholds.keys() == other.thresholds.keys()


def summary(found: Sequence[Difference], both: Pair) -> str:
    """The widest differences in words, of segments that can be compared."""
    one, other = both.called
    what = both.view.noun
    if not found:
        return f"No {what} can be set side by side."
    moved = [d for d in found if abs(d.step) >= _SAME]
    if not moved:
        return f"{one} and {other} have the same shares of every {what} over all layers."
    parts = [f"{d.label} {d.percents[0]} against {d.percents[1]}" for d in moved[:3]]
    widest = max(found, key=lambda d: abs(d.widest[1]))
    place, step = widest.widest
    said = f"The widest differences over all layers, {one} against {other}: {'; '.join(parts)}."
    if place == _ALL_LAYERS:
        return said
    return (
        f"{said} The widest in one bin: {widest.label} at {depth(place)} of the depth, "
        f"{points(step)}."
    )


def depth(place: str) -> str:
    """``0%-25%`` as the charts write it: ``0–25%``."""
    start, stop = place.split("-")
    return f"{start.rstrip('%')}–{stop}"


def points(step: float) -> str:
    """A difference of shares in percentage points: ``+3.1 pp``.

    The nearest tenth, halves away from zero; ``assets/compare/`` does the same sum.
    """
    tenths = math.floor(1000 * abs(step) + 0.5)
    return f"{'+' if step > 0 else '−'}{tenths / 10:.1f} pp" if tenths else "0"


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
    chosen = score or shared[0]
    here, there = threshold_of(one, chosen), threshold_of(other, chosen)
    thresholds = None if here is None or there is None else (here, there)
    return shared, agree(one.heads, other.heads, chosen, thresholds)


def threshold_of(table: Table, score: str) -> float | None:
    """What a score must reach in a table to name a head; None: no category rests on it."""
    thresholds = table.provenance.taxonomy.thresholds
    base_rate = table.heads["delimiter_base_rate"].max()  # the text's: the same for every head
    return next(
        (
            float(limit(c.name, thresholds, base_rate))
            for c in CATEGORIES.values()
            if c.score == score and c.name in thresholds
        ),
        None,
    )
