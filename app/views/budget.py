"""The view of the attention budget: how heads divide their attention on natural text.

It needs no thresholds and no labels: the masses of a head add up to 1 by construction
(disjoint destinations, in the order of ``taxonomy.BUDGET``), and so do their means over the
heads of a bin.
"""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from app.views.packing import SCORE_UNIT, pack
from app.views.segments import segment_of
from app.views.view import View
from app.views.words import counted, joined
from cache.bins import bin_name, layer_bins
from cache.grid import Grid, Ints, grid_of
from cache.percent import percent_of
from cache.schema import budget, destinations
from cache.store import Table
from headstrata.errors import UserError
from vocabulary.budget import DESTINATIONS
from vocabulary.taxonomy import BUDGET

#: Each layer's attention is shared out in so many whole parts, once: what is drawn, exported
#: and compared are sums of them, so that all agree in every bin of every width.
PARTS = 10**6
#: A head with a larger share than this gives most of its attention to one destination.
_MOST = 0.5


def has_budget(heads: pd.DataFrame) -> bool:
    """Whether every head's budget was measured (not so in published tables).

    A mean over some of a bin's heads would not be a share of the bin's attention.
    """
    return bool(budget(heads).notna().all(axis=None))


def budget_by_bin(heads: pd.DataFrame, width: int = 1, grid: Grid | None = None) -> pd.DataFrame:
    """The mean budget of each bin's heads.

    Args:
        heads: A head table with every head's masses measured.
        width: Layers per bin (1: one bin a layer).
        grid: Which row is which head; by default as the rows tell.

    Returns:
        Columns ``bin``, ``start``, ``stop``, ``destination``, ``label``, ``heads``
        (heads in the bin), ``share`` (0..1; a bin's add up to 1) and
        ``percent`` (as drawn: rounded each by itself).

    Raises:
        UserError: The width is out of range, or the table has no budget.
    """
    grid = grid or grid_of(heads["layer"])
    bins = layer_bins(grid.layers, width)
    if not has_budget(heads):
        raise UserError(
            "this table has no attention budget: of some or all of its heads nobody published "
            "where the rest of the attention goes; classify the model to see it"
        )
    weighted = _weighted(heads["layer"], budget(heads), grid)
    rows, there = [], destinations(heads)
    for start, stop in bins:
        place = {"bin": bin_name(start, stop), "start": start, "stop": stop}
        place["heads"] = grid.heads_in(start, stop)
        rows += [place | row for row in listed(weighted[start:stop].sum(axis=0), there)]
    columns = ["bin", "start", "stop", "destination", "label", "heads", "share", "percent"]
    return pd.DataFrame(rows)[columns]


def listed(parts: Ints, there: Collection[str]) -> list[dict[str, object]]:
    """One row a destination: ``destination``, ``label``, ``share``, ``percent``.

    Args:
        parts: Whole numbers, shape (9,).
        there: The destinations to list (``cache.schema.destinations``).
    """
    total = int(parts.sum())
    return [
        {
            "destination": destination.name,
            "label": destination.label,
            "share": part / total if total else np.nan,
            "percent": percent_of(part, total),
        }
        for destination, part in zip(DESTINATIONS.values(), parts.tolist(), strict=True)
        if destination.name in there
    ]


def layer_parts(layer: ArrayLike, masses: pd.DataFrame, layers: int) -> Ints:
    """The mean budget of each layer's heads in whole parts of ``PARTS``.

    Args:
        layer: Of each head, shape (heads,).
        masses: Measured, shape (heads, 9).
        layers: How many there are.

    Returns:
        Shape (layers, 9); a layer's add up to exactly ``PARTS``, by largest remainder, and
        are zero where it has no heads.
    """
    place = np.asarray(layer, dtype=np.int64)
    sums = np.zeros((layers, masses.shape[1]))
    np.add.at(sums, place, _whole(masses))
    heads = np.bincount(place, minlength=layers)
    means = PARTS * sums / np.maximum(heads, 1)[:, None]
    parts = np.floor(means).astype(np.int64)
    short = np.where(heads > 0, PARTS - parts.sum(axis=1), 0)
    order = np.argsort(parts - means, axis=1, kind="stable")  # the largest remainder first
    ranks = np.argsort(order, axis=1, kind="stable")
    return np.asarray(parts + (ranks < short[:, None]))


def _weighted(layer: pd.Series, masses: pd.DataFrame, grid: Grid) -> Ints:
    """Each layer's parts times its number of heads, shape (layers, 9): a bin's are their sums."""
    heads = np.array([grid.heads_in(one, one + 1) for one in range(grid.layers)])
    weighted: Ints = layer_parts(layer, masses, grid.layers) * heads[:, None]
    return weighted


def _whole(masses: pd.DataFrame) -> NDArray[np.float64]:
    """Each head's masses, shape (heads, 9), so that they add up to 1."""
    values = masses.to_numpy(np.float64).clip(0)  # 16-bit sums can dip a little below 0
    return np.asarray(values / values.sum(axis=1, keepdims=True))


def pack_budget(layer: pd.Series, masses: pd.DataFrame, layers: int) -> dict[str, str]:
    """Mean masses of each layer, and where each head sends most.

    Args:
        layer: Shape (heads,).
        masses: Shape (heads, 9).
        layers: How many there are.

    Returns:
        ``layers``: layers x 9 numbers of 4 digits (``layer_parts``); ``top``: one digit a
        head; ``share``: that destination's share in thousandths, two digits a head.
    """
    values = _whole(masses)
    return {
        "layers": _pack_layers(layer, masses, layers),
        "top": pack(values.argmax(axis=1), 1),
        "share": pack(values.max(axis=1), 2, SCORE_UNIT),
    }


def _pack_layers(layer: pd.Series, masses: pd.DataFrame, layers: int) -> str:
    return pack(layer_parts(layer, masses, layers).ravel(), 4)


def remarks(heads: pd.DataFrame) -> list[str]:
    """How many heads give more than half of their attention to one destination, and to which.

    Everything else is no destination: it is what the named ones leave.
    """
    named = [name for name in destinations(heads) if name != "mass_other"]
    values = budget(heads)[named].to_numpy(dtype=np.float64)
    largest = values.argmax(axis=1)[values.max(axis=1) > _MOST]
    size, count = len(values), len(largest)
    if not count:
        return [
            f"None of the {counted(size)} gives more than half of its attention to one of the "
            f"{len(named)} named destinations."
        ]
    by_place = np.bincount(largest, minlength=len(named))
    parts = [
        f"{by_place[place]:,} to {BUDGET[named[place]]}"
        for place in np.argsort(-by_place, kind="stable")
        if by_place[place]
    ]
    gives = "gives more than half of its" if count == 1 else "give more than half of their"
    return [
        f"{count:,} of {counted(size)} ({percent_of(count, size)}) {gives} attention to one named "
        f"destination: {joined(parts)}."
    ]


def _parts(heads: pd.DataFrame) -> dict[str, int]:
    """Destination to whole parts, over some whole layers' heads."""
    grid = grid_of(heads["layer"])
    sums = _weighted(heads["layer"], budget(heads), grid).sum(axis=0)
    return dict(zip(BUDGET, sums.tolist(), strict=True))


def _packed(table: Table) -> dict[str, str]:
    heads = table.heads
    return pack_budget(heads["layer"], budget(heads), table.grid.layers)


def _packed_shares(heads: pd.DataFrame, layers: int) -> dict[str, str]:
    return {"masses": _pack_layers(heads["layer"], budget(heads), layers)}


def _lacking(titles: Sequence[str], published: bool) -> str:
    verb = "have" if len(titles) > 1 else "has"
    why = ": nobody published where the rest of the attention goes" if published else ""
    return f"{joined(list(titles))} {verb} no attention budget{why}."


BUDGET_VIEW = View(
    name="budget",
    label="Budget",
    control="show",
    noun="destination",
    plural="Attention budgets",
    by="destination of attention",
    column="destination",
    segments=tuple(segment_of(d, optional=d.optional) for d in DESTINATIONS.values()),
    binned=lambda table, width: budget_by_bin(table.heads, width, table.grid),
    guide="Under Budget a segment is a share of the heads' attention instead",
    named_as="the heads with a budget",
    untouched="a budget",
    has=lambda table: has_budget(table.heads),
    lacking=_lacking,
    measured_parts=_parts,
    shared="attention",
    compared="Shares of the attention on natural text, on average over a bin's heads.",
    pack=_packed,
    pack_shares=_packed_shares,
    remarks=remarks,
    hover="<b>%{customdata[2]}</b> of the bin's attention; the largest share of "
    "%{customdata[1]} heads%{customdata[3]}",
)
