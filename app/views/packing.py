"""Packs numbers into short texts for the browser: ``assets/table/payload.js`` reads them.

A column is one text of fixed-width numbers in base 36, in layer-major order, so that
GPT-2 XL's 1,200 heads take 13 KB.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from cache.grid import Grid

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
#: Stands for a missing number.
MISSING = "~"
#: Scores and standard errors are sent in thousandths, margins in hundredths.
SCORE_UNIT, MARGIN_UNIT = 1e-3, 1e-2
#: Digits of a margin: in units of the smallest threshold, .001, it reaches 1,000.
MARGIN_WIDTH = 4


def pack(numbers: ArrayLike, width: int, unit: float = 1.0) -> str:
    """Numbers >= 0 in multiples of ``unit``, each ``width`` base-36 digits (capped).

    Args:
        numbers: Shape (N,); NaN becomes ``MISSING``.
        width: 1 (up to 35), 2 (up to 1,295), 3 (46,655) or 4 (1,679,615).
        unit: What one step means.
    """
    steps = np.asarray(numbers, dtype=np.float64) / unit
    whole = np.clip(np.nan_to_num(np.rint(steps)), 0, 36**width - 1).astype(int)
    return "".join(
        MISSING * width if np.isnan(step) else _digits(int(number), width)
        for step, number in zip(steps, whole, strict=True)
    )


def pack_grid(grid: Grid) -> dict[str, Any]:
    """A table's grid as ``assets/views/grid.js`` reads it: ``heads`` is of a layer.

    Where layers differ, ``heads`` is the most that one has, and ``heads_by_layer`` is there.
    """
    packed: dict[str, Any] = {"layers": grid.layers, "heads": grid.most_heads}
    if grid.heads_by_layer is not None:
        packed["heads_by_layer"] = grid.heads_by_layer
    return packed


def _digits(number: int, width: int) -> str:
    text = ""
    for _ in range(width):
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text
