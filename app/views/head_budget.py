"""One head's attention budget, and a description of heads without a category of their own."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from app.views.budget import drawn
from app.views.words import decimals, joined
from vocabulary.rules import limit
from vocabulary.taxonomy import BUDGET, CATEGORIES, THRESHOLDS

#: Masses below this share are not named in a sentence.
_WORTH_SAYING = 0.05
#: The last digit of a drawn percentage (a little less, for sums of floats).
_TENTH = 0.099


def head_budget(head: pd.Series) -> pd.DataFrame | None:
    """One head's budget: ``destination``, ``label``, ``share``, ``percent``; None: not measured."""
    masses = head[list(BUDGET)].to_numpy(dtype=np.float64)
    return None if np.isnan(masses).any() else pd.DataFrame(drawn(masses))


def describe_mixed(head: pd.Series, thresholds: Mapping[str, float] = THRESHOLDS) -> str:
    """Where a mixed or unclassified head's attention goes, in one or two sentences.

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
        parts.append(f"{rest:.1f}% to {BUDGET['mass_other']}")
    return f"On natural text it gives {joined(parts)}.{_nearest_name(head, thresholds)}"


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


def _lower(label: str) -> str:
    return f"{label[0].lower()}{label[1:]}"
