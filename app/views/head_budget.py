"""One head's attention budget, and a description of heads without a category of their own."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from app.views.budget import PARTS, layer_parts, listed
from app.views.words import decimals, joined
from cache.grid import Ints
from cache.percent import percent_of, tenths_of_percent
from cache.schema import budget, destinations
from vocabulary.rules import limit
from vocabulary.taxonomy import BUDGET, CATEGORIES, THRESHOLDS

#: Masses below this share are not named in a sentence.
_WORTH_SAYING = 0.05


def head_budget(head: pd.Series) -> pd.DataFrame | None:
    """One head's budget: ``destination``, ``label``, ``share``, ``percent``; None: not measured."""
    parts = _parts(head)
    return None if parts is None else pd.DataFrame(listed(parts, destinations(_row(head))))


def _parts(head: pd.Series) -> Ints | None:
    """A head's budget in whole parts of ``PARTS``, shape (9,); None: not measured."""
    masses = budget(_row(head))
    if masses.isna().any(axis=None):
        return None
    return np.asarray(layer_parts([0], masses, 1)[0])


def _row(head: pd.Series) -> pd.DataFrame:
    """The head's masses as a table of one row."""
    return head.reindex(list(BUDGET)).astype(np.float64).to_frame().T


def describe_mixed(head: pd.Series, thresholds: Mapping[str, float] = THRESHOLDS) -> str:
    """Where a mixed or unclassified head's attention goes, in one or two sentences.

    Args:
        head: A row of a head table.
        thresholds: All thresholds in force.
    """
    parts = _parts(head)
    if parts is None:
        return "Its attention budget was not measured."
    named = {name: int(part) for name, part in zip(BUDGET, parts, strict=True)}
    rest = named.pop("mass_other")
    told = {name: part for name, part in named.items() if part >= _WORTH_SAYING * PARTS}
    small = sum(named.values()) - sum(told.values())
    by_size = sorted(told, key=lambda name: -told[name])
    said = [f"{percent_of(told[name], PARTS)} to {BUDGET[name]}" for name in by_size]
    for part, where in (
        (small, f"places that get less than {_WORTH_SAYING:.0%} each"),
        (rest, BUDGET["mass_other"]),
    ):
        if tenths_of_percent(part, PARTS):
            said.append(f"{percent_of(part, PARTS)} to {where}")
    return f"On natural text it gives {joined(said)}.{_nearest_name(head, thresholds)}"


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
