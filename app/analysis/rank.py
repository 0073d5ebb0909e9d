"""Spearman's rank correlation with a confidence interval, without scipy.

scipy would add 100 MB to the web image for this alone; a test compares the two.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

#: Standard normal quantile of a two-sided 95 % interval.
_Z95 = 1.959964
#: With fewer pairs the interval's approximation is too poor to be shown.
LEAST_PAIRS = 10
#: With neighbours so alike that fewer independent pairs would do, likewise.
LEAST_WORTH = 5
#: Of squared ranks: what a straight line leaves of a perfect order, in floating point.
_NOTHING = 1e-9


@dataclass(frozen=True)
class Correlation:
    """Spearman's rho over ``n`` pairs; the interval is None below ``LEAST_PAIRS``."""

    rho: float
    n: int
    interval: tuple[float, float] | None
    worth: float = math.inf
    """As many independent pairs tell as much, where neighbours are alike; infinite: not asked."""

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
    ranks = _ranks(x, y)
    n = ranks.shape[1]
    if n < 3 or (ranks.min(axis=1) == ranks.max(axis=1)).any():
        return None
    rho = float(np.clip(np.corrcoef(ranks[0], ranks[1])[0, 1], -1, 1))
    return Correlation(rho, n, _interval(rho, n) if n >= LEAST_PAIRS else None)


def spearman_trend(depth: ArrayLike, values: ArrayLike) -> Correlation | None:
    """Spearman's rho of a series with its place, when neighbours are alike.

    Neighbouring layers are no independent draws: with 48 of them the interval of ``spearman``
    would be too short. So the number of layers is replaced in it by n (1 - r) / (1 + r), r the
    lag-1 autocorrelation of what the straight line through the ranks leaves (Santer et al. 2000,
    J. Geophys. Res. 105:7337-7356); no interval is given below ``LEAST_WORTH``.

    Args:
        depth: Shape (n,), in order.
        values: Shape (n,).

    Returns:
        As ``spearman``.
    """
    found = spearman(depth, values)
    if found is None:
        return None
    across, up = _ranks(depth, values)
    left = up - np.polyval(np.polyfit(across, up, 1), across)
    spread = float(left @ left)
    alike = max(0.0, float(left[1:] @ left[:-1]) / spread) if spread > _NOTHING else 0.0
    worth = found.n * (1 - alike) / (1 + alike)
    enough = found.interval is not None and worth >= LEAST_WORTH
    return Correlation(
        found.rho, found.n, _interval(found.rho, found.n, worth) if enough else None, worth
    )


def _ranks(x: ArrayLike, y: ArrayLike) -> Floats:
    """Both series' ranks from 1, ties at their average, without pairs that lack one: (2, n)."""
    pairs = np.array([np.asarray(x, np.float64), np.asarray(y, np.float64)])
    return np.array([_ranked(one) for one in pairs[:, ~np.isnan(pairs).any(axis=0)]])


def _ranked(values: Floats) -> Floats:
    _, place, ties = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = (np.cumsum(ties) - (ties - 1) / 2)[place]
    return ranks


def _interval(rho: float, n: int, worth: float | None = None) -> tuple[float, float]:
    largest = 1 - 12 / (n * (n**2 - 1))  # 1 - 6 * sum(d^2) / (n (n^2 - 1)), one swap: d^2 = 2
    held = max(-largest, min(largest, rho))
    error = math.sqrt((1 + held**2 / 2) / ((worth or n) - 3))
    low, high = (math.tanh(math.atanh(held) + step * _Z95 * error) for step in (-1, 1))
    return min(low, rho), max(high, rho)
