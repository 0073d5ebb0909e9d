"""Key observations about a table, computed: sentences with the numbers they are made of.

Nothing here is canned: each sentence follows from the heads, the bin width and the
view at hand, and a table with fewer scores says less.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
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

#: The columns of an interval.
_ENDS = ("heads_low", "heads_high")

Kind = Literal["shape", "trend", "absent", "dominant", "effect", "count", "borderline", "limits"]


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
        ends = intervals[["start", view.column, *_ENDS]]
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
    by_name: dict[str, list[_Bin]] = {}
    for name, bins in zip(binned[view.column].tolist(), _bins(binned), strict=True):
        by_name.setdefault(name, []).append(bins)
    found = []
    for name, label in _named(view).items():
        if name not in shares:
            continue
        correlation = spearman_trend(shares.index, shares[name])
        moves = movement(shares[name], correlation)
        found.append((_trend(by_name[name], label, moves), correlation))
    found.sort(key=lambda pair: -abs(pair[1].rho) if pair[1] else 1)
    return [observation for observation, _ in found]


def layer_shares(heads: pd.DataFrame, by: str = "category") -> pd.DataFrame:
    """Each segment's share of every layer's heads: layers x segments, 0..1."""
    layers, row = np.unique(heads["layer"].to_numpy(), return_inverse=True)
    names, column = np.unique(heads[by].to_numpy(object), return_inverse=True)
    counts = np.zeros((len(layers), len(names)))
    np.add.at(counts, (row, column), 1)
    index, columns = pd.Index(layers, name="layer"), pd.Index(names, name=by)
    return pd.DataFrame(counts / counts.sum(axis=1, keepdims=True), index, columns)


class _Bin(NamedTuple):
    """One segment's part of a bin."""

    name: str
    heads: int
    share: float
    percent: str
    low: float
    high: float


def _bins(binned: pd.DataFrame) -> list[_Bin]:
    """A row each: dozens are looked at one by one, for which a data frame is slow."""
    with_ends = binned.reindex(columns=["bin", "heads", "share", "percent", *_ENDS])
    return [
        _Bin(*row) for row in zip(*(with_ends[name].tolist() for name in with_ends), strict=True)
    ]


def _trend(own: list[_Bin], label: str, moves: str) -> Observation:
    most = max(one.share for one in own)
    peak = [one for one in own if one.share == most]
    heads = counted(sum(one.heads for one in own))
    told = f"{_peak(peak, len(own))}{_doubt(own, peak)}"
    return Observation("trend", f"{label} ({heads}): {moves}; {told}.")


def _doubt(own: list[_Bin], peak: list[_Bin]) -> str:
    """The interval of a single peak, and which bins may have as large a share."""
    if len(peak) != 1 or len(own) == 1 or pd.isna(peak[0].low):
        return ""
    top = peak[0]
    least = top.low * top.share / top.heads
    near = [
        one.name
        for one in own
        if one is not top and one.heads > 0 and one.high * one.share / one.heads >= least
    ]
    low, high = int(top.low), int(top.high)
    said = f", 95% interval {low} to {high}" if low < high else ""
    return f"{said}, not clearly more than in {named_bins(near)}" if near else said


def _peak(peak: list[_Bin], bins: int) -> str:
    first = peak[0]
    if bins == 1:
        return f"{first.percent} of all heads"
    if len(peak) == bins:
        return f"{first.percent} of every bin"
    if len(peak) > 1:
        counts = {one.heads for one in peak}  # a cut last bin has fewer heads
        much = f"{counted(counts.pop())} each" if len(counts) == 1 else first.percent
        return f"most in {named_bins([one.name for one in peak])}, {much}"
    total = round(first.heads / first.share)
    return f"most in {first.name}, {first.heads} of {total} heads ({first.percent})"


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
    errors = [heads[f"{name}_se"] for name in SCORES if f"{name}_se" in heads]
    if not any(own.notna().any() for own in errors):
        return [
            Observation(
                "borderline",
                "How many heads are borderline cannot be said: no standard errors are known.",
            )
        ]
    count = int(heads["borderline"].sum())
    if not count:
        none = "The head is not" if len(heads) == 1 else f"None of the {len(heads):,} heads is"
        return [
            Observation(
                "borderline",
                f"{none} borderline: no category could flip within two standard errors.",
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
