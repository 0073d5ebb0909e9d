"""Heads like this one: the nearest heads in score space, in this table and in others.

A score is measured in units of its threshold, so that a step of 1 is "from nothing
to a name" on every axis: the same units in which the rules pick a category and its
margin. Raw scores would let entropy, which spans 0..1 on most heads, outweigh the
scores that a name hangs on; dividing by a table's own spread would make distances
depend on which other heads are in it, and blow up scores that hardly vary. Scores
without a threshold are left out. The distance is the root of the mean square, so
that it keeps its scale when a table has fewer scores.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cache.grid import head_name
from headstrata.errors import UserError
from vocabulary.taxonomy import CATEGORIES, THRESHOLDS

#: Each score that a threshold is set on, and that threshold.
AXES: dict[str, float] = {
    str(CATEGORIES[name].score): threshold for name, threshold in THRESHOLDS.items()
}

COLUMNS = ["table", "layer", "head", "category", "distance", "scores"]


def nearest_heads(
    tables: Mapping[str, pd.DataFrame], table: str, layer: int, head: int, count: int = 5
) -> pd.DataFrame:
    """The heads most like one head, in every table.

    Args:
        tables: Table name to head table.
        table: The name of the head's own table.
        layer: Its layer.
        head: Its number within the layer.
        count: How many from each table.

    Returns:
        ``table``, ``layer``, ``head``, ``category``, ``distance`` (in thresholds) and
        ``scores`` (how many scores both have: a distance over two says less than one
        over eight); the head's own table first, then the others, nearest first in each.
        Tables that share no score with the head are left out.

    Raises:
        UserError: There is no such head.
    """
    own = tables[table]
    row = own[(own["layer"] == layer) & (own["head"] == head)]
    if row.empty:
        raise UserError(f"no head {head_name(layer, head)} in {table}")
    order = [table, *(name for name in tables if name != table)]
    found = [_nearest(row, tables[name], count, name, own=name == table) for name in order]
    return pd.concat([part for part in found if len(part)] or [pd.DataFrame(columns=COLUMNS)])[
        COLUMNS
    ].reset_index(drop=True)


def _nearest(
    row: pd.DataFrame, others: pd.DataFrame, count: int, name: str, *, own: bool
) -> pd.DataFrame:
    """The nearest heads of one table; empty if no score is shared."""
    axes = [axis for axis in AXES if row[axis].notna().all() and others[axis].notna().any()]
    if own:
        others = others.drop(row.index)
    others = others.dropna(subset=axes)
    if not axes or others.empty:
        return pd.DataFrame(columns=COLUMNS)
    distance = np.sqrt(((_scaled(others, axes) - _scaled(row, axes)) ** 2).mean(axis=1))
    nearest = np.argsort(distance, kind="stable")[:count]
    return others.iloc[nearest][["layer", "head", "category"]].assign(
        table=name, distance=distance[nearest], scores=len(axes)
    )


def _scaled(heads: pd.DataFrame, axes: list[str]) -> NDArray[np.float64]:
    """Scores in units of their thresholds, (heads, axes)."""
    scaled: NDArray[np.float64] = heads[axes].to_numpy(np.float64) / [AXES[a] for a in axes]
    return scaled
