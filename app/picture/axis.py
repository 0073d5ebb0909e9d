"""Where an axis has its ticks."""

from math import ceil, floor, log10

#: Steps that people count in, within a power of ten.
_STEPS = (1, 2, 5, 10)


def ticks(top: float, most: int = 6) -> list[int]:
    """Round whole numbers from 0 to at most ``top``, evenly spaced, at most ``most`` + 1.

    >>> ticks(72 * 1.04), ticks(1), ticks(100)
    ([0, 20, 40, 60], [0, 1], [0, 20, 40, 60, 80, 100])
    """
    rough = max(top / most, 1.0)
    power = 10 ** floor(log10(rough))
    step = ceil(next(power * nice for nice in _STEPS if power * nice >= rough))
    return list(range(0, floor(top) + 1, step))
