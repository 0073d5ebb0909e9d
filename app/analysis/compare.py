"""Two tables side by side by relative depth: shares of heads, or of their attention.

Models differ in depth, so bins are equal shares of it: a layer belongs to the bin
that holds its middle. With no more bins than layers, no bin is empty.
"""

from typing import Any

import numpy as np
import pandas as pd

from app.analysis.budget import drawn
from app.analysis.taxonomies import DESTINATION, Taxonomy
from cache.bins import tenths_of_percent
from cache.schema import BUDGET
from headstrata.errors import UserError


def relative_bins(layers: int, width: int, other_layers: int) -> int:
    """How many aligned bins a slider's width in layers means, at most one a layer."""
    return min(-(-layers // width), layers, other_layers)


def align(one: pd.DataFrame, other: pd.DataFrame, bins: int, taxonomy: Taxonomy) -> pd.DataFrame:
    """Shares per bin of relative depth in two tables, and their differences.

    Args:
        one: A head table with the taxonomy's column; for the budget, with measured masses.
        other: Another; it may have other numbers of layers and heads.
        bins: How many equal shares of the depth.
        taxonomy: Which names the heads go by.

    Returns:
        One row a bin and segment, in drawing order: ``bin`` (``0-25%``), ``start``,
        ``stop`` (0..1), the taxonomy's column, and for each side ``layers_…`` (``[0, 12)``),
        ``heads_…`` (in a budget all of the bin's), ``share_…`` (0..1; of the bin's heads,
        or of their attention), ``percent_…`` (as drawn); ``difference`` (share of the other
        minus share of the one).

    Raises:
        UserError: More bins than layers in one of the tables, or fewer than one.
    """
    shallow = min(_layers(one), _layers(other))
    if not 1 <= bins <= shallow:
        raise UserError(f"{bins} bins of depth are not between 1 and {shallow} layers")
    left = _by_depth(one, bins, taxonomy).add_suffix("_one")
    right = _by_depth(other, bins, taxonomy).add_suffix("_other")
    joined = left.join(right).reset_index(names=["place", taxonomy.by])
    joined["difference"] = joined["share_other"] - joined["share_one"]
    joined.insert(0, "bin", [f"{i / bins:.0%}-{(i + 1) / bins:.0%}" for i in joined["place"]])
    joined.insert(1, "start", joined["place"] / bins)
    joined.insert(2, "stop", (joined["place"] + 1) / bins)
    return joined.drop(columns="place")


def _layers(heads: pd.DataFrame) -> int:
    return int(heads["layer"].max()) + 1


def _by_depth(heads: pd.DataFrame, bins: int, taxonomy: Taxonomy) -> pd.DataFrame:
    """Columns layers, heads, share, percent; index (bin number, segment)."""
    # floor(bins * (layer + 1/2) / layers), in whole numbers
    place = (2 * heads["layer"].astype(int) + 1) * bins // (2 * _layers(heads))
    amounts = _attention if taxonomy.by == DESTINATION else _heads
    rows = {}
    for number, inside in heads.groupby(place):
        span = f"[{inside['layer'].min()}, {inside['layer'].max() + 1})"
        for segment, *own in amounts(inside, taxonomy):
            rows[number, segment] = (span, *own)
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["layers", "heads", "share", "percent"]
    ).set_axis(pd.MultiIndex.from_tuples(list(rows)))


def _heads(inside: pd.DataFrame, taxonomy: Taxonomy) -> list[tuple[Any, ...]]:
    """Segment, heads, share and drawn percentage of one bin."""
    counts = inside[taxonomy.by].value_counts().reindex(list(taxonomy.labels), fill_value=0)
    tenths = tenths_of_percent(counts.to_numpy())
    return [
        (segment, count, count / len(inside), f"{tenth / 10:.1f}%")
        for (segment, count), tenth in zip(counts.items(), tenths, strict=True)
    ]


def _attention(inside: pd.DataFrame, _: Taxonomy) -> list[tuple[Any, ...]]:
    """Destination, heads, share of their attention and drawn percentage of one bin."""
    masses = inside[list(BUDGET)].to_numpy(dtype=np.float64).mean(axis=0)
    return [
        (row["destination"], len(inside), row["share"], row["percent"]) for row in drawn(masses)
    ]
