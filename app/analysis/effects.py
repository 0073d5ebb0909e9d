"""How much the heads of each category matter in each bin of layers: their effects, summed.

Positive and negative effects are summed apart, so that what helps does not hide what harms. Effects
do not add up to a loss: heads back one another up. A sum is told as a sum.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.views.measures import EFFECTS
from app.views.words import counted, joined, nats
from cache.bins import layer_bins
from cache.grid import Grid, grid_of, head_name
from cache.provenance import Provenance
from headstrata.errors import UserError
from vocabulary.evidence import APART, MEASURES, SIGN_ERRORS, by_chance, chance_beyond
from vocabulary.taxonomy import CATEGORIES

#: Heads that are named of a category in a bin, the largest effects.
STRONGEST = 3


@dataclass(frozen=True)
class Weight:
    """The effects of one category's heads in one bin, or in all."""

    heads: int
    """With a measured effect."""
    above: float
    """Sum of the positive effects, in nats per token."""
    below: float
    """Sum of the negative effects (<= 0)."""
    differing: int
    """Heads whose effect differs from 0 at two standard errors."""
    strongest: list[str]
    """Names and effects of the largest, either way."""


@dataclass(frozen=True)
class Weighed:
    """A table's effects by bin and category."""

    bins: list[tuple[int, int]]
    """Half-open, in layers."""
    categories: dict[str, list[Weight]]
    """A weight a bin, of each category that has measured heads, in drawing order."""
    totals: dict[str, Weight]
    """Over all layers."""
    total: Weight
    """Of all heads."""
    apart: bool
    """Whether more heads differ from 0 than chance makes plausible; else all may be noise."""
    sentences: list[str]


def weigh(
    heads: pd.DataFrame,
    effect: str,
    width: int,
    grid: Grid | None = None,
    prompts: int | None = None,
) -> Weighed:
    """The summed effects of each category in each bin.

    Args:
        heads: A head table, under the thresholds that are asked about.
        effect: A measure that is an effect.
        width: Layers a bin.
        grid: Which row is which head; by default as the rows tell.
        prompts: How many the effects are means over (``prompts_of``): the fewer, the more heads
            without an effect lie beyond two standard errors. By default many.

    Raises:
        UserError: It is no effect, the table lacks it, or the width is out of range.
    """
    if effect not in EFFECTS:
        raise UserError(f"effect {effect[:60]!r} is not one of {', '.join(EFFECTS)}")
    if effect not in heads or heads[effect].isna().all():
        raise UserError(
            f"this table lacks {effect}: headstrata classify MODEL --evidence measures it"
        )
    bins = layer_bins((grid or grid_of(heads["layer"])).layers, width)
    known = heads[heads[effect].notna()]
    present = set(known["category"])
    named = [name for name in CATEGORIES if name in present]
    own = {name: known[known["category"] == name] for name in named}
    totals = {name: _weight(rows, effect) for name, rows in own.items()}
    total = _weight(known, effect)
    rate = chance_beyond(prompts)
    apart = by_chance(total.differing, total.heads, rate) < APART
    return Weighed(
        bins,
        {
            name: [
                _weight(rows[rows["layer"].between(start, stop - 1)], effect)
                for start, stop in bins
            ]
            for name, rows in own.items()
        },
        totals,
        total,
        apart,
        [*(_led(totals, total) if apart else []), _distinct(known, effect, total, rate, apart)],
    )


def prompts_of(record: Provenance, effect: str) -> int | None:
    """How many prompts an effect is a mean over; None: nobody says."""
    told = record.evidence.effects if record.evidence else []
    probe = MEASURES[effect].probe
    return next((one.prompts for one in told if one.probe == probe), None)


def _weight(rows: pd.DataFrame, effect: str) -> Weight:
    values = rows[effect].to_numpy(np.float64)
    first = rows.iloc[np.argsort(-np.abs(values), kind="stable")[:STRONGEST]]
    return Weight(
        heads=len(rows),
        above=float(values[values > 0].sum()),
        below=float(values[values < 0].sum()),
        differing=int(_differs(rows, effect).sum()),
        strongest=[
            f"{head_name(layer, head)} {nats(value, signed=True)}"
            for layer, head, value in zip(
                first["layer"].tolist(), first["head"].tolist(), first[effect].tolist(), strict=True
            )
        ],
    )


def _differs(rows: pd.DataFrame, effect: str) -> pd.Series:
    return rows[MEASURES[effect].sign].isin(["positive", "negative"])


def _led(totals: dict[str, Weight], total: Weight) -> list[str]:
    """Which categories have the largest sums above and below the axis."""
    said = []
    up = sorted(totals, key=lambda name: -totals[name].above)[:2]
    down = min(totals, key=lambda name: totals[name].below)
    if total.above > 0:
        first, *further = [name for name in up if totals[name].above > 0]
        rest = "".join(f", {_of(name, totals)} {nats(totals[name].above)}" for name in further)
        said.append(
            f"{_carrying(first, totals)} {nats(totals[first].above)} of the "
            f"{nats(total.above)} nats above the axis{rest}."
        )
    if total.below < 0:
        said.append(
            f"Below it, where the loss falls without the head, {_carrying(down, totals)} "
            f"{nats(totals[down].below)} of {nats(total.below)}."
        )
    return said


def _carrying(name: str, totals: dict[str, Weight]) -> str:
    """``Previous token heads (3) carry``."""
    return f"{_of(name, totals)} {'carries' if totals[name].heads == 1 else 'carry'}"


def _of(name: str, totals: dict[str, Weight]) -> str:
    """``Previous token heads (3)``."""
    noun = "head" if totals[name].heads == 1 else "heads"
    return f"{CATEGORIES[name].label} {noun} ({totals[name].heads:,})"


def _distinct(known: pd.DataFrame, effect: str, total: Weight, rate: float, apart: bool) -> str:
    """How many heads differ from 0, and how much of the sums is theirs: the rest may be noise."""
    sure = _weight(known[_differs(known, effect)], effect)
    sums = [
        f"{nats(part)} of the {nats(whole)} nats {side}"
        for part, whole, side in (
            (sure.above, total.above, "above"),
            (sure.below, total.below, "below"),
        )
        if whole
    ]
    differ = (
        f"{sure.heads:,} of {counted(total.heads)} differ from 0 at {SIGN_ERRORS:g} standard errors"
    )
    chance = f"chance alone would give about {round(rate * total.heads):,}"
    if not apart:  # who carries how much would be told of noise
        return f"{differ}, and {chance}: all the sums may be noise."
    return f"{differ} ({chance}); they make {joined(sums)}, the rest may be noise."
