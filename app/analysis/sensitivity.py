"""How many heads a category has under each threshold of its own: does it depend on 0.4?"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from headstrata.errors import UserError
from vocabulary.rules import NAMES, decide, ratios_of
from vocabulary.taxonomy import THRESHOLDS

#: The thresholds that are tried: .01, .02, … 1.00, as a slider has them.
STEPS = tuple(step / 100 for step in range(1, 101))


def curve(heads: pd.DataFrame, category: str, thresholds: Mapping[str, float]) -> list[int]:
    """Heads in a category under each of ``STEPS``, by the rules that named the table's heads.

    Args:
        heads: A head table.
        category: One that a threshold decides.
        thresholds: All others; the category's own makes no difference.

    Raises:
        UserError: No threshold decides the category.
    """
    if category not in THRESHOLDS:
        allowed = ", ".join(THRESHOLDS)
        raise UserError(f"sensitivity {category[:60]!r} is not one of {allowed}")
    known = {name: value for name, value in thresholds.items() if name in THRESHOLDS}
    place = list(NAMES).index(category)
    counts = []
    for step in STEPS:
        ratios, _ = ratios_of(heads, {**known, category: step})
        counts.append(int(np.count_nonzero(decide(ratios) == place)))
    return counts
