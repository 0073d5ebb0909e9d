"""Between which numbers a bin's count of heads lies, given the scores' standard errors.

Heads near a threshold are the ones that move a count. Each has a chance of being in a
category (``vocabulary.chances``); taken as independent, the number of heads in a bin's
segment is a sum of coins of different chances (Poisson binomial), whose distribution is
reckoned exactly. ``assets/views/intervals.js`` does the same sum.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from app.views.packing import pack
from cache.schema import SCORES
from cache.store import Table
from vocabulary.chances import chances
from vocabulary.rules import NAMES
from vocabulary.taxonomy import CATEGORIES, TAXONOMY_VERSION, THRESHOLDS

#: What an interval leaves out at each end: together 5 %.
TAIL = 0.025
#: Chances are told in thousandths, on the page and here.
_PARTS = 1000


def near_thresholds(table: Table) -> pd.DataFrame | None:
    """The heads that are not certain, with their chances.

    Returns:
        Columns ``row`` (of the head table), ``category`` and ``chance`` (whole thousandths,
        above 0), by row; None if no standard error is known, or if other rules than ours
        named the heads.
    """
    heads, record = table.heads, table.provenance.taxonomy
    errors = [f"{name}_se" for name in SCORES if f"{name}_se" in heads]
    if record.version != TAXONOMY_VERSION or not heads[errors].notna().any(axis=None):
        return None
    known = {name: value for name, value in record.thresholds.items() if name in THRESHOLDS}
    rows, found = chances(heads, known)
    parts = np.rint(_PARTS * found).astype(int)
    at, category = np.nonzero(parts)
    return pd.DataFrame(
        {
            "row": rows[at],
            "category": np.asarray(NAMES)[category],
            "chance": parts[at, category],
        }
    )


def packed(table: Table) -> str | None:
    """The same for the browser: row (3 digits), category (1), chance in thousandths (2)."""
    near = near_thresholds(table)
    if near is None:
        return None
    place = near["category"].map({name: at for at, name in enumerate(CATEGORIES)})
    parts = (
        pack([row], 3) + pack([at], 1) + pack([chance], 2)
        for row, at, chance in zip(near["row"], place, near["chance"], strict=True)
    )
    return "".join(parts)


def with_intervals(binned: pd.DataFrame, table: Table, by: str) -> pd.DataFrame:
    """The binned table with ``heads_low`` and ``heads_high``, the 95 % interval of ``heads``.

    Args:
        binned: Counts of ``category`` or ``group``; of other columns it is returned as it is.
        table: Whose heads they are.
        by: The column that names the segment.
    """
    if by not in ("category", "group"):
        return binned
    near = near_thresholds(table)
    if near is None:
        nothing = pd.array([None] * len(binned), dtype="Int64")
        return binned.assign(heads_low=nothing, heads_high=nothing)
    heads = table.heads
    if by == "group":
        groups = {name: category.group for name, category in CATEGORIES.items()}
        near = near.assign(category=near["category"].map(groups))
        sums = near.groupby(["row", "category"])["chance"].sum()
        near = pd.DataFrame({"chance": sums}).reset_index()
        near["chance"] = near["chance"].clip(upper=_PARTS)  # each was rounded by itself
    starts = np.unique(binned["start"])
    bins = starts[np.searchsorted(starts, heads["layer"], side="right") - 1]
    own = near["chance"].groupby([bins[near["row"]], near["category"]]).agg(list).to_dict()
    rows = near["row"].unique()
    unsure = Counter(zip(bins[rows], heads[by].iloc[rows], strict=True))
    ends = []
    for start, name, count in zip(binned["start"], binned[by], binned["heads"], strict=True):
        place = (start, name)
        ends.append(count_interval(own.get(place, []), count - unsure[place], count))
    low, high = (pd.array(end, dtype="Int64") for end in zip(*ends, strict=True))
    return binned.assign(heads_low=low, heads_high=high)


def count_interval(chances: Sequence[int], certain: int, drawn: int) -> tuple[int, int]:
    """Between which numbers a count lies in 95 of 100 cases.

    Args:
        chances: Of each head that may be one of them, in thousandths.
        certain: Heads that are ones in any case.
        drawn: The count that the stored scores give; always inside.
    """
    ways = [1.0]  # ways[k]: the probability of k of the heads so far
    for part in chances:
        chance = part / _PARTS
        more = [way * chance for way in ways]
        less = [way * (1 - chance) for way in ways]
        ways = [a + b for a, b in zip([*less, 0.0], [0.0, *more], strict=True)]
    low, high, below = None, len(ways) - 1, 0.0
    for count, way in enumerate(ways):
        below += way
        if low is None and below > TAIL:
            low = count
        if below >= 1 - TAIL:
            high = count
            break
    return min(certain + (low or 0), drawn), max(certain + high, drawn)
