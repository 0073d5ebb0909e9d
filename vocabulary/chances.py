"""How likely each head is in each category, given the standard errors of its scores.

A score is a mean over prompts, so its true value lies around it like a normal number with
its standard error. Scores are drawn so, each by itself, and put through the very rules that
name heads: the share of draws that name a category is its chance. Heads that no four
standard errors can flip are not drawn.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vocabulary.rules import NAMES, RULED, Floats, borderline, decide, ratios_of
from vocabulary.taxonomy import THRESHOLDS

#: Draws of each head: a chance of a half is then known to 2 %.
DRAWS = 500
#: Heads whose category holds so many standard errors are certain: a normal number is beyond
#: them once in 16,000.
CERTAIN = 4.0
_SEED = 0


def chances(
    scores: Mapping[str, ArrayLike] | Any, thresholds: Mapping[str, float] = THRESHOLDS
) -> tuple[NDArray[np.intp], Floats]:
    """The chances of the heads that are not certain.

    Args:
        scores: As ``rules.categorise``; a missing standard error counts as none.
        thresholds: As ``rules.categorise``.

    Returns:
        Rows of these heads, shape (M,), and their chances, shape (M, len(NAMES)): of each
        category in the order of ``rules.NAMES``; a row adds up to 1. The same for the same
        scores: the random numbers are fixed.

    Raises:
        UserError: An unknown category or a threshold outside (0, 1].
    """
    ratios, errors = ratios_of(scores, thresholds)
    rows = np.flatnonzero(borderline(ratios, errors, decide(ratios), CERTAIN))
    ratios, errors = ratios[rows], errors[rows]
    noise = np.random.default_rng(_SEED).standard_normal((DRAWS, len(rows), len(RULED)))
    drawn = decide((ratios + noise * errors).reshape(-1, len(RULED)))  # (DRAWS * M,)
    places = np.tile(np.arange(len(rows)), DRAWS) * len(NAMES) + drawn
    counts = np.bincount(places, minlength=len(rows) * len(NAMES))
    return rows, counts.reshape(len(rows), len(NAMES)) / DRAWS
