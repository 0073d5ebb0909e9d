"""Two tables side by side by relative depth: shares of heads, or of their attention.

Models differ in their number of layers, so bins are equal shares of the depth: a layer
belongs to the bin that contains its middle. With no more bins than layers, each has a layer; one
whose layers have no attention has no shares.
"""

import pandas as pd

from app.views.view import View
from cache.grid import grid_of
from headstrata.errors import UserError


def relative_bins(layers: int, width: int, other_layers: int) -> int:
    """The number of aligned bins for a width in layers, at most one per layer."""
    return min(-(-layers // width), layers, other_layers)


def align(
    one: pd.DataFrame,
    other: pd.DataFrame,
    bins: int,
    view: View,
    layers: tuple[int, int] | None = None,
) -> pd.DataFrame:
    """Shares per bin of relative depth in two tables, and their differences.

    Args:
        one: A head table as the view labels it.
        other: Another; it may have other numbers of layers and heads.
        bins: How many equal shares of the depth.
        view: Says what the shares are of.
        layers: How many each has; by default as the rows tell.

    Returns:
        One row per bin and segment, in drawing order: ``bin`` (``0-25%``), ``start``,
        ``stop`` (0..1), the view's column, for each side ``share_…`` (0..1; of the
        bin's heads, or of their attention; missing where it has no heads), and ``difference``
        (share of the other minus share of the one).

    Raises:
        UserError: More bins than layers in one of the tables, or fewer than one.
    """
    deep = layers or (grid_of(one["layer"]).layers, grid_of(other["layer"]).layers)
    if not 1 <= bins <= min(deep):
        raise UserError(f"{bins} bins of depth are not between 1 and {min(deep)} layers")
    shares = {"share_one": _by_depth(one, bins, view, deep[0])}
    shares["share_other"] = _by_depth(other, bins, view, deep[1])
    every = pd.MultiIndex.from_product([range(bins), list(view.labels)])
    joined = pd.DataFrame(shares, index=every).rename_axis(["place", view.column]).reset_index()
    joined["difference"] = joined["share_other"] - joined["share_one"]
    joined.insert(0, "bin", [f"{i / bins:.0%}-{(i + 1) / bins:.0%}" for i in joined["place"]])
    joined.insert(1, "start", joined["place"] / bins)
    joined.insert(2, "stop", (joined["place"] + 1) / bins)
    return joined.drop(columns="place")


def _by_depth(heads: pd.DataFrame, bins: int, view: View, layers: int) -> pd.Series:
    """Shares; index (bin number, segment)."""
    # floor(bins * (layer + 1/2) / layers), in whole numbers
    place = (2 * heads["layer"].astype(int) + 1) * bins // (2 * layers)
    return pd.Series(
        {
            (number, segment): share
            for number, inside in heads.groupby(place)
            for segment, share in view.shares(inside).items()
        }
    )
