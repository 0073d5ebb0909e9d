"""Key observations about a table, computed: sentences with the numbers they are made of.

Nothing here is canned: each sentence follows from the heads, the bin width and the
view at hand, and a table with fewer scores says less.
"""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from app.analysis.phrases import led, movement, named_bins
from app.analysis.rank import spearman_trend
from app.views.view import View
from app.views.words import counted
from cache.bins import bin_heads, bin_name, layer_bins
from cache.grid import Grid, grid_of
from cache.percent import percent_of
from cache.schema import SCORES
from vocabulary.taxonomy import REQUIRED_SCORES

Kind = Literal["shape", "trend", "absent", "dominant", "count", "borderline", "limits"]


@dataclass(frozen=True)
class Observation:
    """One sentence, and of which kind it is."""

    kind: Kind
    sentence: str


def observe_heads(
    heads: pd.DataFrame,
    width: int,
    view: View,
    grid: Grid | None = None,
    intervals: pd.DataFrame | None = None,
) -> list[Observation]:
    """The observations about a table, in reading order.

    Args:
        heads: A head table (after what-if thresholds, if any), as the view labels it.
        width: Layers per bin.
        view: What the heads are counted under.
        grid: Which row is which head; by default as the rows tell.
        intervals: The binned table with ``heads_low`` and ``heads_high``, where they are known.

    Returns:
        What cannot be said, trends with depth (strongest first), absent segments, who
        leads each bin, borderline heads.

    Raises:
        UserError: The width is out of range.
    """
    # a table of a newer version may have names without a label: counted, but not told
    order = dict.fromkeys([*view.labels, *heads[view.column]])
    grid = grid or grid_of(heads["layer"])
    binned = bin_heads(heads, width, view.column, list(order), grid)
    if intervals is not None and "heads_low" in intervals:
        ends = intervals[["start", view.column, "heads_low", "heads_high"]]
        binned = binned.merge(ends, on=["start", view.column], how="left")
    binned = binned[binned["share"].notna()]  # nothing is told of a bin without heads
    partial = _limits(heads, view)
    return [
        *partial,
        *_trends(heads, binned, view),
        *([] if partial else _absent(heads, view)),
        *([] if partial else _dominant(heads, binned, view)),
        *(_borderline(heads, width, grid) if not view.untouched else []),
    ]


def _limits(heads: pd.DataFrame, view: View) -> list[Observation]:
    """Which observations are impossible because scores are missing."""
    measured = [n for n in REQUIRED_SCORES if n in heads and heads[n].notna().any()]
    if len(measured) == len(REQUIRED_SCORES) or view.untouched:
        return []
    count = int(heads[view.column].isin(view.unnamed).sum())
    return [
        Observation(
            "limits",
            f"Only {len(measured)} of the {len(REQUIRED_SCORES)} scores are known: nothing can be "
            f"said of {count:,} of the {len(heads):,} heads, and a head that has a name here "
            "might be named after another score if all were measured.",
        )
    ]


def _trends(heads: pd.DataFrame, binned: pd.DataFrame, view: View) -> list[Observation]:
    shares = layer_shares(heads, view.column)
    found = []
    for name, label in _named(view).items():
        if name not in shares:
            continue
        own = binned[binned[view.column] == name]
        correlation = spearman_trend(shares.index, shares[name])
        moves = movement(shares[name], correlation)
        found.append((_trend(own, label, moves), correlation))
    found.sort(key=lambda pair: -abs(pair[1].rho) if pair[1] else 1)
    return [observation for observation, _ in found]


def layer_shares(heads: pd.DataFrame, by: str = "category") -> pd.DataFrame:
    """Each segment's share of every layer's heads: layers x segments, 0..1."""
    return pd.crosstab(heads["layer"], heads[by], normalize="index")


def _trend(own: pd.DataFrame, label: str, moves: str) -> Observation:
    peak = own[own["share"] == own["share"].max()]
    heads = counted(int(own["heads"].sum()))
    told = f"{_peak(peak, len(own))}{_doubt(own, peak)}"
    return Observation("trend", f"{label} ({heads}): {moves}; {told}.")


def _doubt(own: pd.DataFrame, peak: pd.DataFrame) -> str:
    """The interval of a single peak, and which bins may have as large a share."""
    if "heads_low" not in own or len(peak) != 1 or len(own) == 1:
        return ""
    top = peak.iloc[0]
    if pd.isna(top["heads_low"]):
        return ""
    others = own[own["bin"] != top["bin"]]
    rows = others[others["heads"] > 0]
    least = top["heads_low"] * top["share"] / top["heads"]
    near = rows[rows["heads_high"] * rows["share"] / rows["heads"] >= least]
    low, high = int(top["heads_low"]), int(top["heads_high"])
    said = f", 95% interval {low} to {high}" if low < high else ""
    return (
        f"{said}, not clearly more than in {named_bins(near['bin'].tolist())}"
        if len(near)
        else said
    )


def _peak(peak: pd.DataFrame, bins: int) -> str:
    first = peak.iloc[0]
    if bins == 1:
        return f"{first['percent']} of all heads"
    if len(peak) == bins:
        return f"{first['percent']} of every bin"
    if len(peak) > 1:
        counts = {int(count) for count in peak["heads"]}  # a cut last bin has fewer heads
        much = f"{counted(counts.pop())} each" if len(counts) == 1 else f"{first['percent']}"
        return f"most in {named_bins(peak['bin'].tolist())}, {much}"
    total = round(first["heads"] / first["share"])
    return f"most in {first['bin']}, {first['heads']} of {total} heads ({first['percent']})"


def _absent(heads: pd.DataFrame, view: View) -> list[Observation]:
    present = set(heads[view.column])
    absent = [label for name, label in _named(view).items() if name not in present]
    if not absent:
        return []
    return [Observation("absent", f"No head is in: {', '.join(absent)}.")]


def _dominant(heads: pd.DataFrame, binned: pd.DataFrame, view: View) -> list[Observation]:
    """One sentence for each segment that leads some bin; ties lead together."""
    named = _named(view)
    leading: dict[str, list[tuple[str, str]]] = {}
    for place, inside in binned[binned[view.column].isin(list(named))].groupby("bin", sort=False):
        most = int(inside["heads"].max())
        leaders = inside[(inside["heads"] == most) & (most > 0)]
        for name, percent in zip(leaders[view.column], leaders["percent"], strict=True):
            leading.setdefault(name, []).append((str(place), percent))
    complete = not heads[view.column].isin(view.unnamed).any()
    among = "" if complete else f" among {view.named_as}"
    count = binned["bin"].nunique()
    return [
        Observation("dominant", f"{named[name]} leads{among} in {led(places, count)}.")
        for name, places in sorted(leading.items(), key=lambda item: -len(item[1]))
    ]


def _borderline(heads: pd.DataFrame, width: int, grid: Grid) -> list[Observation]:
    errors = [f"{name}_se" for name in SCORES if f"{name}_se" in heads]
    if not errors or not heads[errors].notna().any(axis=None):
        return [
            Observation(
                "borderline",
                "How many heads are borderline cannot be said: no standard errors are known.",
            )
        ]
    count = int(heads["borderline"].sum())
    if not count:
        return [
            Observation(
                "borderline",
                f"None of the {len(heads):,} heads is borderline: no category could flip within "
                "two standard errors.",
            )
        ]
    per_bin = heads[heads["borderline"]].groupby(heads["layer"] // width)["head"].count()
    fullest = per_bin[per_bin == per_bin.max()].index
    known = layer_bins(grid.layers, width)
    bins = [bin_name(*known[place]) for place in fullest]
    return [
        Observation(
            "borderline",
            f"{count:,} of {len(heads):,} heads ({percent_of(count, len(heads))}) are borderline: "
            "the category could flip within two standard errors. Most are in "
            f"{named_bins(bins)} ({per_bin.max()}{' each' if len(bins) > 1 else ''}).",
        )
    ]


def _named(view: View) -> dict[str, str]:
    """Name to label of the segments that the observations describe."""
    return {n: label for n, label in view.labels.items() if n not in view.unnamed}
