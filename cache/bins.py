"""The binned table: heads per bin of layers and category, from a head table."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cache.grid import Grid, grid_of
from cache.percent import percent_of
from headstrata.errors import UserError
from vocabulary.taxonomy import CATEGORIES

#: The category (and group) of heads of which scores are missing.
NOT_MEASURED = "not_measured"
_OPTIONAL = {category.name for category in CATEGORIES.values() if category.optional}


def check_width(width: int, layers: int) -> int:
    """The width itself.

    Raises:
        UserError: It is not between 1 and the number of layers.
    """
    if not 1 <= width <= layers:
        raise UserError(f"bin width {width} is not between 1 and {layers} layers")
    return width


def segments(heads: pd.DataFrame, categories: Mapping[str, str], by: str) -> list[str]:
    """Every segment that bins of this table list, in drawing order.

    Args:
        heads: A head table.
        categories: Category to group, in drawing order (from the provenance).
        by: ``category`` or ``group``.

    Returns:
        All names; one that most models cannot have (``learned_sink``, ``not_measured``) only
        if some head has it.
    """
    names = dict.fromkeys(categories if by == "category" else categories.values())
    present = set(heads[by])
    return [name for name in names if name not in _OPTIONAL or name in present]


def layer_bins(layers: int, width: int) -> list[tuple[int, int]]:
    """Half-open bins of layers, the last one cut at the number of layers.

    Raises:
        UserError: The width is out of range.
    """
    check_width(width, layers)
    return [(start, min(start + width, layers)) for start in range(0, layers, width)]


def bin_name(start: int, stop: int) -> str:
    """How a bin is written: ``[0, 12)``."""
    return f"[{start}, {stop})"


def bin_heads(
    heads: pd.DataFrame,
    width: int,
    by: str = "category",
    order: Sequence[str] = (),
    grid: Grid | None = None,
) -> pd.DataFrame:
    """Count heads per half-open bin of layers and category.

    Args:
        heads: A head table.
        width: Layers per bin; the last bin is cut at the number of layers.
        by: The column that names the segment (``category`` or ``group``).
        order: Every segment to list, in drawing order, zeros too.
        grid: Which row is which head; by default as the rows tell.

    Returns:
        Columns ``bin``, ``start``, ``stop``, ``by``, ``heads``, ``share`` (of the
        bin's heads, 0..1) and ``percent`` (as drawn: rounded each by itself, so a
        bin's may add up to 99.9 or 100.1); a bin without heads has no share.

    Raises:
        UserError: The width is out of range, or a segment is missing in ``order``.
    """
    grid = grid or grid_of(heads["layer"])
    bins = layer_bins(grid.layers, width)
    segments = list(order) or list(dict.fromkeys(heads[by]))
    if missing := sorted(set(heads[by]) - set(segments)):
        raise UserError(f"these {by} names are not in the order: {missing}")
    counts = np.zeros((len(bins), len(segments)), dtype=np.int64)
    places = heads[by].map({name: place for place, name in enumerate(segments)})
    np.add.at(counts, (heads["layer"].to_numpy() // width, places.to_numpy(np.int64)), 1)
    rows = []
    for (start, stop), own in zip(bins, counts.tolist(), strict=True):
        total = grid.heads_in(start, stop)
        for segment, count in zip(segments, own, strict=True):
            rows.append(
                {
                    "bin": bin_name(start, stop),
                    "start": start,
                    "stop": stop,
                    by: segment,
                    "heads": count,
                    "share": count / total if total else np.nan,
                    "percent": percent_of(count, total),
                }
            )
    return pd.DataFrame(rows)
