"""From scores to one category a head: plain numpy on a table of scores.

What a head does when its trigger is there (first tier: induction, duplicate,
previous, current, local, delimiter) beats what it does at rest (second tier:
first token, then learned sink, then broad, then long range), because a sink or a broad pattern
is how most heads idle. Within the first tier the largest score/threshold wins. The same code
serves the worker and the page's what-if thresholds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from headstrata.errors import UserError
from vocabulary.taxonomy import (
    CATEGORIES,
    DELIMITER_LIFT,
    FIRST_TIER,
    MIXED_SHARE,
    RULED_SCORES,
    SECOND_TIER,
    THRESHOLDS,
)

Floats = NDArray[np.float64]

#: Columns of every ratio matrix below: first tier, then second tier in its order.
RULED = FIRST_TIER + SECOND_TIER
_MIXED, _UNCLASSIFIED, _NOT_MEASURED = len(RULED), len(RULED) + 1, len(RULED) + 2
NAMES = np.array([*RULED, "mixed", "unclassified", "not_measured"], dtype=object)
_LOCAL = RULED.index("local_window")
_NEAR = [RULED.index("previous_token"), RULED.index("current_token")]
#: Rules without which a head is not measured; the others ask for what most models lack.
_REQUIRED = [i for i, n in enumerate(RULED) if CATEGORIES[n].score in RULED_SCORES]


@dataclass(frozen=True)
class Verdict:
    """The rules' answer for N heads; every field has shape (N,)."""

    category: NDArray[np.object_]
    runner_up: NDArray[np.object_]
    """The nearest rival's name; None for ``not_measured`` heads."""
    margin: Floats
    """Difference of the two score/threshold ratios (>= 0; NaN if not measured)."""
    borderline: NDArray[np.bool_]
    """Whether the category could flip within ``z`` standard errors."""


def categorise(
    scores: Mapping[str, ArrayLike] | Any,
    thresholds: Mapping[str, float] = THRESHOLDS,
    z: float = 2.0,
) -> Verdict:
    """Put every head in exactly one category.

    Args:
        scores: Columns (arrays of shape (N,)): each rule's score, its standard
            error as ``<score>_se`` and ``delimiter_base_rate``. A missing value
            (NaN) or a missing column means that nobody measured it.
        thresholds: Category name to threshold; all of ``taxonomy.THRESHOLDS``.
        z: How many standard errors a category must survive not to be borderline.

    Raises:
        UserError: An unknown category or a threshold outside (0, 1].
    """
    ratios, errors = ratios_of(scores, thresholds)
    winner = decide(ratios)
    runner_up, margin = _runner_up(ratios, winner)
    rivals = NAMES[runner_up]
    rivals[runner_up < 0] = None
    return Verdict(NAMES[winner], rivals, margin, borderline(ratios, errors, winner, z))


def verdict_columns(
    scores: Mapping[str, ArrayLike] | Any, thresholds: Mapping[str, float] = THRESHOLDS
) -> dict[str, NDArray[Any]]:
    """The verdict as the head table has it, arguments as ``categorise``.

    Returns:
        ``category``, ``group``, ``runner_up``, ``margin``, ``borderline``, each of shape (N,).
    """
    verdict = categorise(scores, thresholds)
    return {
        "category": verdict.category,
        "group": groups(verdict.category),
        "runner_up": verdict.runner_up,
        "margin": verdict.margin,
        "borderline": verdict.borderline,
    }


def limit(
    category: str, thresholds: Mapping[str, float], base_rate: ArrayLike = np.nan
) -> Floats | float:
    """What a score must reach for its category.

    Args:
        category: One with a threshold.
        thresholds: Category name to threshold.
        base_rate: The text's share of delimiters, any shape; NaN where nobody measured it.
            A delimiter head must beat it by ``DELIMITER_LIFT``, too.

    Returns:
        Of the shape of ``base_rate`` for delimiters, else one number.
    """
    if category != "delimiter":
        return thresholds[category]
    lifted: Floats = DELIMITER_LIFT * np.asarray(base_rate, dtype=np.float64)
    return np.fmax(thresholds[category], lifted)


def groups(category: ArrayLike) -> NDArray[np.object_]:
    """The group of each category name."""
    return np.array([CATEGORIES[name].group for name in np.asarray(category)], dtype=object)


def _all_limits(thresholds: Mapping[str, float]) -> dict[str, float]:
    """The default thresholds with the given ones over them."""
    for name, value in thresholds.items():
        if name not in THRESHOLDS:
            raise UserError(f"no threshold named {name!r}; there are: {', '.join(THRESHOLDS)}")
        if not 0 < value <= 1:
            raise UserError(f"threshold {name}={value} must be above 0 and at most 1")
    return {**THRESHOLDS, **thresholds}


def ratios_of(scores: Any, thresholds: Mapping[str, float]) -> tuple[Floats, Floats]:
    """score/threshold and its standard error, both (N, len(RULED)); NaN: not measured.

    Args:
        scores: As ``categorise``.
        thresholds: As ``categorise``.

    Raises:
        UserError: As ``categorise``.
    """
    limits = _all_limits(thresholds)
    columns, errors = [], []
    size = len(np.asarray(scores[CATEGORIES[RULED[0]].score or ""]))
    for name in RULED:
        score = CATEGORIES[name].score or ""
        wanted = limit(name, limits, _column(scores, "delimiter_base_rate", size))
        columns.append(_column(scores, score, size) / wanted)
        errors.append(np.nan_to_num(_column(scores, f"{score}_se", size)) / wanted)
    return np.stack(columns, axis=1), np.nan_to_num(np.stack(errors, axis=1))


def _column(scores: Any, name: str, size: int) -> Floats:
    if name not in scores:
        return np.full(size, np.nan)
    return np.asarray(scores[name], dtype=np.float64)


def _eligible(ratios: Floats) -> Floats:
    """First-tier ratios (N, 6) with -inf where a rule may not compete.

    ``local_window`` contains the previous token, so it counts only for a head
    that neither previous_token nor current_token claims.
    """
    first = np.where(np.isnan(ratios), -np.inf, ratios)[:, : len(FIRST_TIER)].copy()
    claimed_near = (first[:, _NEAR] >= 1).any(axis=1)
    first[claimed_near, _LOCAL] = -np.inf
    return first


def decide(ratios: Floats) -> NDArray[np.intp]:
    """Index into ``NAMES`` of each head's category, from ratios (N, len(RULED))."""
    known = np.where(np.isnan(ratios), -np.inf, ratios)
    first = _eligible(ratios)
    best = known.max(axis=1)
    winner = np.where(best >= MIXED_SHARE, _MIXED, _UNCLASSIFIED)
    winner = np.where(np.isnan(ratios[:, _REQUIRED]).any(axis=1), _NOT_MEASURED, winner)
    for index in reversed(range(len(FIRST_TIER), len(RULED))):  # in the tier's order
        winner = np.where(known[:, index] >= 1, index, winner)
    return np.where(first.max(axis=1) >= 1, first.argmax(axis=1), winner)


def _runner_up(ratios: Floats, winner: NDArray[np.intp]) -> tuple[NDArray[np.intp], Floats]:
    """The nearest rival (index, -1 for none) and by how much it loses.

    A winner's rivals are the rules that come before it or stand in its tier:
    those that beat it if they rise. A head without a winner is measured against
    the rule that comes nearest to its threshold.
    """
    rows = np.arange(len(ratios))
    rivals = np.where(np.isnan(ratios), -np.inf, ratios)
    rivals[:, : len(FIRST_TIER)] = _eligible(ratios)
    ruled = winner < len(RULED)
    own = np.where(ruled, rivals[rows, np.minimum(winner, len(RULED) - 1)], 1.0)
    rivals[rows[ruled], winner[ruled]] = -np.inf
    for index in range(len(FIRST_TIER), len(RULED)):
        rivals[ruled & (winner < index), index] = -np.inf
    rival = rivals.argmax(axis=1)
    margin = own - rivals[rows, rival]
    nobody = (winner == _NOT_MEASURED) | ~np.isfinite(margin)
    return np.where(nobody, -1, rival), np.where(nobody, np.nan, margin)


def borderline(
    ratios: Floats, errors: Floats, winner: NDArray[np.intp], z: float
) -> NDArray[np.bool_]:
    """Whether one score, or the winner and one rival together, can flip the category.

    Each score is moved by z standard errors up and down; and for each rival the
    pair is moved towards each other along the likeliest way, z joint standard
    errors in all.
    """
    rows = np.arange(len(ratios))
    flips = np.zeros(len(ratios), dtype=bool)
    own = np.minimum(winner, len(RULED) - 1)
    own_error = np.where(winner < len(RULED), errors[rows, own], 0.0)
    for index in range(len(RULED)):
        error = errors[:, index]
        joint = np.hypot(error, own_error)
        safe = np.where(joint > 0, joint, 1.0)
        for rise, fall in (
            (z * error, 0.0),
            (-z * error, 0.0),
            (z * error**2 / safe, z * own_error**2 / safe),
        ):
            moved = ratios.copy()
            moved[rows, own] -= np.where(own == index, 0.0, fall)
            moved[:, index] += rise
            flips |= decide(moved) != winner
    return flips
