"""Percentages as they are printed: the nearest rounding to one digit, halves away from zero.

In whole numbers, so that every program that divides part by total prints the same:
``assets/table/`` does the same sum.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def tenths_of_percent(parts: ArrayLike, total: int) -> NDArray[np.int64]:
    """Shares in tenths of a per cent.

    Args:
        parts: Whole numbers from 0 to ``total``, any shape.
        total: At least 1.

    Returns:
        Of the same shape. Rounded one by one: they may add up to 999 or 1001.
    """
    return (2000 * np.asarray(parts, dtype=np.int64) + total) // (2 * total)


def percent_of(part: int, total: int) -> str:
    """``4.4%`` for 2 of 45; a dash of nothing at all."""
    return percent_text(int(tenths_of_percent(part, total))) if total else "–"


def percent_text(in_tenths: int) -> str:
    """``4.4%`` for 44 tenths."""
    return f"{in_tenths // 10}.{in_tenths % 10}%"
