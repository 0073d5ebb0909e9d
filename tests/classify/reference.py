"""The scores by their definitions, in plain loops over float64 attention.

Written from the definitions alone; nothing of the engine is used.
"""

from itertools import pairwise
from math import log, sqrt

import numpy as np


def mean(values):
    """Of those that are numbers; NaN: there are none."""
    known = [value for value in values if not np.isnan(value)]
    return sum(known) / len(known) if known else np.nan


def lowest(q, window, chunk=None):
    """The first key that query q reaches, in a window of that many keys or in its chunk."""
    return q // chunk * chunk if chunk else max(0, q - window + 1)


def repeated_scores(attention, window, chunk=None):
    """induction and duplicate_token of one head on one prompt: A is (T, T)."""
    n = (len(attention) - 1) // 2
    found = {}
    for name, distance in (("induction", n - 1), ("duplicate_token", n)):
        found[name] = mean(
            [
                attention[q, q - distance]
                for q in range(n + 1, 2 * n + 1)
                if q - distance >= lowest(q, window, chunk)
            ]
        )
    return found


def standard_error(values):
    """Of the mean of numbers, widened by Hall's second-order term (1992) at two of them,
    with the ten-thousandth below which no error is claimed.

    P(|t| <= x) = 2 Phi(x) - 1 + 2/n q(x) phi(x), so x must grow by -q(x)/n; q is for the
    standard deviation with divisor n, which is 1/(2n) smaller than the one with n - 1.
    """
    n, x = len(values), 2.0
    mean = sum(values) / n
    moment = {k: sum((v - mean) ** k for v in values) / n for k in (2, 3, 4)}
    if np.isnan(mean):
        return np.nan
    if moment[2] == 0:
        return 0.0001
    skewness = moment[3] / moment[2] ** 1.5
    kurtosis = moment[4] / moment[2] ** 2 - 3
    q = x * (kurtosis * (x**2 - 3) / 12 - skewness**2 * (x**4 + 2 * x**2 - 3) / 18 - (x**2 + 3) / 4)
    widened = sqrt(moment[2] / (n - 1)) * (1 - (q / x + 0.5) / n)
    return sqrt(widened**2 + 0.0001**2)


def natural_scores(attention, tokens, delimiter, window, chunk=None, *, sink=False):
    """All natural scores of one head; ``window``: a query reaches that many keys."""
    rows = [
        _row(attention[q], tokens, delimiter, q, lowest(q, window, chunk), sink=sink)
        for q in range(16, len(tokens))
    ]
    return {name: mean([row[name] for row in rows]) for name in rows[0]}


def first_token_value(attention, written, window, chunk=None):
    """The first token's share of what one head writes; ``written`` is (T, hidden), what it would
    write of each token if it attended to nothing else."""
    shares = []
    for q in range(16, len(attention)):
        low = lowest(q, window, chunk)
        weighted = [attention[q, k] * np.linalg.norm(written[k]) for k in range(low, q + 1)]
        shares.append(weighted[0] / sum(weighted) if low == 0 and sum(weighted) > 0 else np.nan)
    return mean(shares)


def _row(a, tokens, delimiter, q, low, *, sink):
    keys = range(low, q + 1)
    inner = [k for k in keys if k > 0]
    outcomes = [a[k] for k in keys]
    if sink:
        outcomes.append(1 - sum(outcomes))
    entropy = -sum(p * log(p) for p in outcomes if p > 0)
    row = {
        "previous_token": a[q - 1] if low < q else np.nan,
        "current_token": a[q],
        "local_window": sum(a[q - d] for d in range(1, 6)),
        "delimiter": sum(a[k] for k in inner if delimiter[k]),
        "first_token": a[0] if low == 0 else np.nan,
        "entropy": entropy / log(len(outcomes)) if len(outcomes) > 1 else np.nan,
        "mean_distance": sum(a[k] * (q - k) for k in keys) / (q - low) if low < q else np.nan,
        "mass_sink": outcomes[-1] if sink else np.nan,
        "delimiter_base_rate": sum(bool(delimiter[k]) for k in inner) / len(inner),
    }
    masses = dict.fromkeys(
        ("first", "current", "previous", "repeat", "after_repeat", "local", "delimiter"), 0.0
    )
    for k in keys:
        place = _destination(tokens, delimiter, q, k)
        if place is not None:
            masses[place] += a[k]
    row |= {f"mass_{name}": mass for name, mass in masses.items()}
    row["mass_other"] = 1 - sum(masses.values()) - (outcomes[-1] if sink else 0)
    row["long_range"] = row["mass_other"]
    followed = any(_destination(tokens, delimiter, q, k) == "after_repeat" for k in keys)
    row["natural_induction"] = masses["after_repeat"] if followed else np.nan
    ends = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 10**9]
    for near, far in pairwise(ends):
        row[f"distance_{near}"] = sum(a[k] for k in inner if near <= q - k < far)
    return row


def _destination(tokens, delimiter, q, k):
    """The first destination of the attention budget that key k is, seen from query q."""
    conditions = {
        "first": k == 0,
        "current": k == q,
        "previous": k == q - 1,
        "repeat": tokens[k] == tokens[q],
        "after_repeat": k > 0 and tokens[k - 1] == tokens[q],
        "local": q - k <= 5,
        "delimiter": delimiter[k],
    }
    return next((place for place, holds in conditions.items() if holds), None)
