"""Key observations about a view that does not count heads, such as the attention budget.

Which segment has the largest share of each bin, how the shares change with depth, and which
segments have none.
"""

from typing import Any

import pandas as pd

from app.analysis.observations import Observation
from app.analysis.phrases import led, movement, named_bins
from app.analysis.rank import spearman_trend
from app.views.view import View
from cache.store import Table

#: Segments that are drawn as 0.0 % everywhere are named together.
_NOTHING = 0.0005


def observe_shares(table: Table, width: int, view: View) -> list[Observation]:
    """The observations about a table's shares, in reading order.

    Args:
        table: One that has the view.
        width: Layers per bin.
        view: One that does not count heads.

    Returns:
        What takes the largest share of each bin, trends with depth (strongest first),
        segments without a share.

    Raises:
        UserError: The width is out of range, or the table has no such view.
    """
    binned = _with_heads(view.binned(table, width))
    whole = view.binned(table, table.provenance.layers)
    return [
        *_largest(binned, view),
        *_trends(table, binned, whole[whole["share"] >= _NOTHING], view),
        *_nothing(whole.loc[whole["share"] < _NOTHING, "label"].tolist(), view),
    ]


def _with_heads(binned: pd.DataFrame) -> pd.DataFrame:
    """Without the bins of layers that have no attention."""
    return binned[binned["share"].notna()]


def _largest(binned: pd.DataFrame, view: View) -> list[Observation]:
    """One sentence for each segment that takes the largest share of some bin."""
    first = binned.loc[binned.groupby("start")["share"].idxmax()]
    count = len(first)
    found: list[tuple[int, Observation]] = []
    for label, own in first.groupby("label", sort=False):
        places = list(zip(own["bin"], own["percent"], strict=True))
        said = f"{label} takes the largest share of the {view.shared} in {led(places, count)}."
        found.append((len(places), Observation("dominant", said)))
    return [observation for _, observation in sorted(found, key=lambda pair: -pair[0])]


def _trends(
    table: Table, binned: pd.DataFrame, whole: pd.DataFrame, view: View
) -> list[Observation]:
    layers = _with_heads(view.binned(table, 1))
    by_layer = layers.pivot_table(index="start", columns=view.column, values="share")
    found: list[tuple[float, Observation]] = []
    for total in whole.to_dict("records"):
        shares = by_layer[total[view.column]]
        correlation = spearman_trend(by_layer.index, shares)
        moves = movement(shares, correlation)
        own = binned[binned[view.column] == total[view.column]]
        found.append(
            (abs(correlation.rho) if correlation else 0.0, _trend(total, own, moves, view))
        )
    return [observation for _, observation in sorted(found, key=lambda pair: -pair[0])]


def _trend(total: dict[Any, Any], own: pd.DataFrame, moves: str, view: View) -> Observation:
    largest = int(own["share"].to_numpy().argmax())
    peak = own[own["percent"] == own["percent"].iloc[largest]]
    said = f"{total['label']} ({total['percent']} of all {view.shared})"
    return Observation("trend", f"{said}: {moves}{_peak(peak, len(own))}.")


def _peak(peak: pd.DataFrame, bins: int) -> str:
    percent = peak["percent"].iloc[0]
    if bins == 1:
        return ""
    if len(peak) == bins:
        return f"; {percent} in every bin"
    each = " each" if len(peak) > 1 else ""
    return f"; most in {named_bins(peak['bin'].tolist())}, {percent}{each}"


def _nothing(labels: list[str], view: View) -> list[Observation]:
    if not labels:
        return []
    return [
        Observation(
            "absent",
            f"Less than 0.05% of the {view.shared} goes to: {', '.join(labels)}.",
        )
    ]
