"""Spearman's rank correlation with a confidence interval, without scipy.

scipy would add 100 MB to the web image for this alone; a test compares the two.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

#: Standard normal quantile of a two-sided 95 % interval.
_Z95 = 1.959964
#: With fewer pairs the interval's approximation is too poor to be shown.
LEAST_PAIRS = 10


@dataclass(frozen=True)
class Correlation:
    """Spearman's rho over ``n`` pairs; the interval is None below ``LEAST_PAIRS``."""

    rho: float
    n: int
    interval: tuple[float, float] | None

    @property
    def is_clear(self) -> bool:
        """Whether the 95 % interval does not contain zero."""
        return self.interval is not None and (self.interval[0] > 0 or self.interval[1] < 0)


def spearman(x: ArrayLike, y: ArrayLike) -> Correlation | None:
    """Spearman's rho of two series with average ranks for ties.

    The 95 % interval is Fisher's z with the standard error sqrt((1 + rho^2 / 2) / (n - 3))
    of Bonett and Wright 2000 (Psychometrika 65:23-28): it is closed-form, so it costs
    nothing while a slider is dragged and gives the same sentence every time, and it keeps
    its coverage at large rho, where the bootstrap's percentile interval is too short for
    the few dozen layers that a model has. At rho = +-1, where z is infinite, the next
    smaller rho that n distinct ranks can have stands in, so that the interval is not a point.

    Args:
        x: Shape (n,); pairs with a missing value are left out.
        y: Shape (n,).

    Returns:
        None if there are fewer than three pairs or one series is constant.
    """
    pairs = pd.DataFrame({"x": np.asarray(x, np.float64), "y": np.asarray(y, np.float64)})
    ranks = pairs.dropna().rank()
    n = len(ranks)
    if n < 3 or (ranks.nunique() < 2).any():
        return None
    rho = float(np.clip(np.corrcoef(ranks["x"], ranks["y"])[0, 1], -1, 1))
    return Correlation(rho, n, _interval(rho, n) if n >= LEAST_PAIRS else None)


def _interval(rho: float, n: int) -> tuple[float, float]:
    largest = 1 - 12 / (n * (n**2 - 1))  # 1 - 6 * sum(d^2) / (n (n^2 - 1)), one swap: d^2 = 2
    held = max(-largest, min(largest, rho))
    error = math.sqrt((1 + held**2 / 2) / (n - 3))
    low, high = (math.tanh(math.atanh(held) + step * _Z95 * error) for step in (-1, 1))
    return min(low, rho), max(high, rho)
