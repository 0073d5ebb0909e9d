"""The attention budget: how the heads of a bin share out their attention on natural text.

No thresholds and no labels: the eight masses of a head add up to 1 by construction
(disjoint destinations, in the order of ``taxonomy.BUDGET``), so their means over the
heads of a bin do too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.analysis.phrases import decimals
from cache.bins import check_width, tenths_of_percent
from cache.schema import BUDGET
from headstrata.errors import UserError
from vocabulary.rules import limit
from vocabulary.taxonomy import BUDGET as DESTINATIONS
from vocabulary.taxonomy import CATEGORIES, THRESHOLDS

Floats = NDArray[np.float64]

#: Each destination is drawn in the colour of the category that lives on it.
_LIKE = {
    "mass_first": "first_token",
    "mass_current": "current_token",
    "mass_previous": "previous_token",
    "mass_repeat": "duplicate_token",
    "mass_after_repeat": "induction",
    "mass_local": "local_window",
    "mass_delimiter": "delimiter",
    "mass_other": "broad",
}
#: Masses below this share are not worth a word in a sentence.
_WORTH_SAYING = 0.05
#: The last digit of a drawn percentage (a little less, for sums of floats).
_TENTH = 0.099
#: Steps of the integer arithmetic that rounds shares: far finer than a tenth of a per cent.
_STEPS = 10**9


@dataclass(frozen=True)
class Destination:
    """Where attention goes, as a chart draws it."""

    name: str
    label: str
    colour: str
    pattern: str


def destinations() -> list[Destination]:
    """The eight destinations in drawing order, bottom first."""
    return [
        Destination(
            name,
            f"{text[0].upper()}{text[1:]}",
            CATEGORIES[_LIKE[name]].colour,
            CATEGORIES[_LIKE[name]].pattern,
        )
        for name, text in DESTINATIONS.items()
    ]


def has_budget(heads: pd.DataFrame) -> bool:
    """Whether every head's budget was measured (published tables have none).

    A mean over some of a bin's heads would be no share of the bin's attention.
    """
    return bool(heads[list(BUDGET)].notna().all(axis=None))


def budget_by_bin(heads: pd.DataFrame, width: int = 1) -> pd.DataFrame:
    """The mean budget of each bin's heads.

    Args:
        heads: A head table with every head's masses measured.
        width: Layers per bin (1: one bin a layer).

    Returns:
        Columns ``bin``, ``start``, ``stop``, ``destination``, ``label``, ``heads``
        (heads in the bin), ``share`` (0..1; a bin's add up to 1) and
        ``percent`` (as drawn; a bin's add up to exactly 100.0).

    Raises:
        UserError: The width is out of range, or the table has no budget.
    """
    layers = int(heads["layer"].max()) + 1
    check_width(width, layers)
    if not has_budget(heads):
        raise UserError(
            "this table has no attention budget: of some or all of its heads nobody published "
            "where the rest of the attention goes; classify the model to see it"
        )
    rows = []
    for start in range(0, layers, width):
        stop = min(start + width, layers)
        inside = heads[(heads["layer"] >= start) & (heads["layer"] < stop)]
        for row in drawn(inside[list(BUDGET)].to_numpy(dtype=np.float64).mean(axis=0)):
            row |= {"bin": f"[{start}, {stop})", "start": start, "stop": stop}
            rows.append(row | {"heads": len(inside)})
    columns = ["bin", "start", "stop", "destination", "label", "heads", "share", "percent"]
    return pd.DataFrame(rows)[columns]


def head_budget(head: pd.Series) -> pd.DataFrame | None:
    """One head's budget: ``destination``, ``label``, ``share``, ``percent``; None: not measured."""
    masses = head[list(BUDGET)].to_numpy(dtype=np.float64)
    return None if np.isnan(masses).any() else pd.DataFrame(drawn(masses))


def describe_mixed(head: pd.Series, thresholds: Mapping[str, float] = THRESHOLDS) -> str:
    """What a head without a name of its own is made of, in one or two sentences.

    Args:
        head: A row of a head table.
        thresholds: All thresholds in force.
    """
    budget = head_budget(head)
    if budget is None:
        return "Its attention budget was not measured."
    tenths = budget["percent"].str.rstrip("%").astype(float)
    other = budget["destination"] == "mass_other"
    told = ~other & (budget["share"] >= _WORTH_SAYING)
    small, rest = tenths[~other & ~told].sum(), tenths[other].sum()
    by_size = budget[told].sort_values("share", ascending=False, kind="stable")
    parts = [
        f"{percent} to {_lower(label)}"
        for percent, label in zip(by_size["percent"], by_size["label"], strict=True)
    ]
    if small >= _TENTH:
        parts.append(f"{small:.1f}% to places that get less than {_WORTH_SAYING:.0%} each")
    if rest >= _TENTH:
        parts.append(f"{rest:.1f}% to {DESTINATIONS['mass_other']}")
    return f"On natural text it gives {_joined(parts)}.{_nearest_name(head, thresholds)}"


def drawn(masses: Floats) -> list[dict[str, object]]:
    """A stacked bar that adds up to 100.0 % from masses of shape (8,).

    Returns:
        One row a destination: ``destination``, ``label``, ``share``, ``percent``.
    """
    whole = np.clip(masses, 0, None)  # 16-bit sums can dip a little below 0
    shares = whole / whole.sum()
    tenths = tenths_of_percent(np.rint(shares * _STEPS).astype(np.int64))
    return [
        {
            "destination": part.name,
            "label": part.label,
            "share": float(share),
            "percent": f"{tenth / 10:.1f}%",
        }
        for part, share, tenth in zip(destinations(), shares, tenths, strict=True)
    ]


def _nearest_name(head: pd.Series, thresholds: Mapping[str, float]) -> str:
    rival = head.get("runner_up")
    if head["category"] not in ("mixed", "unclassified") or rival not in thresholds:
        return ""
    category = CATEGORIES[str(rival)]
    wanted = limit(category.name, thresholds, head.get("delimiter_base_rate", np.nan))
    return (
        f" The nearest name is “{category.label}”: its score is "
        f"{decimals(float(head[str(category.score)]))}, the threshold {decimals(float(wanted))}."
    )


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _lower(label: str) -> str:
    return f"{label[0].lower()}{label[1:]}"
