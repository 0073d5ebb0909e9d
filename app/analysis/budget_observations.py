"""Key observations about the attention budget, computed from the masses.

Where the attention goes in each bin, how that moves with depth, and how many heads give most
of theirs to one place. Nothing depends on thresholds: a budget has none.
"""

from typing import Any

import numpy as np
import pandas as pd

from app.analysis.observations import Observation
from app.analysis.phrases import counted, joined, led, movement, named_bins
from app.analysis.rank import spearman
from app.views.budget import budget_by_bin
from cache.schema import BUDGET
from vocabulary.taxonomy import BUDGET as DESTINATIONS

#: Destinations that are drawn as 0.0 % everywhere are named together.
_NOTHING = 0.0005
#: From this share on a head gives most of its attention to one destination.
_MOST = 0.5


def observe_budget(heads: pd.DataFrame, width: int) -> list[Observation]:
    """What is worth saying about a table's attention budget, in reading order.

    Args:
        heads: A head table with measured masses.
        width: Layers per bin.

    Returns:
        What takes the largest share of each bin, trends with depth (strongest first),
        destinations without attention, heads that give most of theirs to one destination.

    Raises:
        UserError: The width is out of range, or the table has no budget.
    """
    binned = budget_by_bin(heads, width)
    whole = budget_by_bin(heads, int(heads["layer"].max()) + 1)
    return [
        *_largest(binned),
        *_trends(heads, binned, whole[whole["share"] >= _NOTHING]),
        *_nothing(whole.loc[whole["share"] < _NOTHING, "label"].tolist()),
        _concentration(heads),
    ]


def _largest(binned: pd.DataFrame) -> list[Observation]:
    """One sentence for each destination that takes the largest share of some bin."""
    first = binned.loc[binned.groupby("start")["share"].idxmax()]
    count = len(first)
    found = []
    for label, own in first.groupby("label", sort=False):
        places = list(zip(own["bin"], own["percent"], strict=True))
        found.append(
            Observation(
                "dominant",
                f"{label} takes the largest share of the attention in {led(places, count)}.",
                {"bins": len(places), "of": count},
                str(own["destination"].iloc[0]),
                tuple(own["bin"]),
            )
        )
    return sorted(found, key=lambda observation: -observation.numbers["bins"])


def _trends(heads: pd.DataFrame, binned: pd.DataFrame, whole: pd.DataFrame) -> list[Observation]:
    by_layer = budget_by_bin(heads, 1).pivot_table(
        index="start", columns="destination", values="share"
    )
    found = [
        _trend(total, binned[binned["destination"] == total["destination"]], by_layer)
        for total in whole.to_dict("records")
    ]
    return sorted(found, key=lambda observation: -abs(observation.numbers.get("rho", 0)))


def _trend(total: dict[Any, Any], own: pd.DataFrame, by_layer: pd.DataFrame) -> Observation:
    shares = by_layer[total["destination"]]
    correlation = spearman(by_layer.index, shares)
    largest = int(own["share"].to_numpy().argmax())
    peak = own[own["percent"] == own["percent"].iloc[largest]]
    numbers = {"share": float(total["share"]), "peak_share": float(peak["share"].max())}
    if correlation:
        numbers |= correlation.numbers
    return Observation(
        "trend",
        f"{total['label']} ({total['percent']} of all attention): "
        f"{movement(shares, correlation)}{_peak(peak, len(own))}.",
        numbers,
        total["destination"],
        tuple(peak["bin"]),
    )


def _peak(peak: pd.DataFrame, bins: int) -> str:
    percent = peak["percent"].iloc[0]
    if bins == 1:
        return ""
    if len(peak) == bins:
        return f"; {percent} in every bin"
    each = " each" if len(peak) > 1 else ""
    return f"; most in {named_bins(peak['bin'].tolist())}, {percent}{each}"


def _nothing(labels: list[str]) -> list[Observation]:
    if not labels:
        return []
    return [
        Observation(
            "absent",
            f"Less than 0.05% of the attention goes to: {', '.join(labels)}.",
            {"segments": len(labels)},
        )
    ]


def _concentration(heads: pd.DataFrame) -> Observation:
    """How many heads give more than half of their attention to one destination, and to which.

    Everything else is no destination: it is what the seven named ones leave.
    """
    named = [name for name in BUDGET if name != "mass_other"]
    masses = heads[named]
    values = masses.to_numpy(dtype=np.float64)
    largest = values.argmax(axis=1)[values.max(axis=1) > _MOST]
    size, count = len(masses), len(largest)
    if not count:
        return Observation(
            "count",
            f"None of the {counted(size)} gives more than half of its attention to one of the "
            f"{len(named)} named destinations.",
            {"heads": 0, "of": size},
        )
    by_place = np.bincount(largest, minlength=len(named))
    parts = [
        f"{by_place[place]:,} to {DESTINATIONS[named[place]]}"
        for place in np.argsort(-by_place, kind="stable")
        if by_place[place]
    ]
    gives = "gives more than half of its" if count == 1 else "give more than half of their"
    return Observation(
        "count",
        f"{count:,} of {counted(size)} ({count / size:.1%}) {gives} attention to one named "
        f"destination: {joined(parts)}.",
        {"heads": count, "of": size, "share": count / size},
    )
