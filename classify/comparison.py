"""Compares published scores with the same scores measured here, head by head."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from cache.grid import head_name
from headstrata.errors import UserError
from vocabulary.taxonomy import SCORES

#: The paper's threshold for induction and previous-token heads.
THRESHOLD = 0.4
#: Rounding error of the published scores: smaller differences mean nothing.
ROUNDING = 5e-5
MEASURED = ("induction", "previous_token")


@dataclass(frozen=True)
class Comparison:
    """One score, measured here and published, over all heads of a model."""

    score: str
    heads: int
    rho: float
    """Spearman's rank correlation; NaN if one side is constant."""
    largest: float
    """The largest absolute difference."""
    where: tuple[int, int]
    """The head (layer, head) with the largest difference."""
    disagreeing: pd.DataFrame
    """Heads on different sides of the threshold: layer, head, measured, published."""


def compare_scores(measured: pd.DataFrame, published: pd.DataFrame, score: str) -> Comparison:
    """Compare one score head by head.

    Args:
        measured: Columns layer, head and the score.
        published: The same of the same heads.
        score: ``induction`` or ``previous_token``.

    Raises:
        UserError: The two do not have the same heads.
    """
    key = ["layer", "head"]
    both = measured[[*key, score]].merge(
        published[[*key, score]], on=key, suffixes=("_measured", "_published")
    )
    if not len(both) == len(measured) == len(published):
        raise UserError(
            f"the model has {len(measured)} heads, the published table {len(published)}, and "
            f"they share {len(both)}: they are not the same model"
        )
    both.columns = [*key, "measured", "published"]
    difference = (both["measured"] - both["published"]).abs()
    apart = (both["measured"] >= THRESHOLD) != (both["published"] >= THRESHOLD)
    apart &= difference > ROUNDING  # 0.39997 is published as 0.4
    worst = int(difference.to_numpy().argmax())
    return Comparison(
        score=score,
        heads=len(both),
        rho=float(both["measured"].rank().corr(both["published"].rank())),
        largest=float(difference.max()),
        where=pairs(both)[worst],
        disagreeing=both[apart].reset_index(drop=True),
    )


def describe(found: Comparison) -> list[str]:
    """A comparison in lines of text."""
    apart = found.disagreeing
    exact = ", within the rounding of the published figures" if found.largest <= ROUNDING else ""
    return [
        f"  {SCORES[found.score].label}: Spearman's rho {found.rho:.4f} over "
        f"{found.heads:,} heads; largest difference {found.largest:.4f} at "
        f"{head_name(*found.where)}{exact}; heads that disagree at {THRESHOLD}: {len(apart)}",
        *(
            f"    {head_name(*place)}: {here:.4f} here, {there:.4f} published"
            for place, here, there in zip(
                pairs(apart), apart["measured"], apart["published"], strict=True
            )
        ),
    ]


def conclude(compared: Sequence[Comparison]) -> str:
    """The result of all comparisons in one sentence."""
    apart = sum(len(found.disagreeing) for found in compared)
    if apart:
        plural = "verdict differs" if apart == 1 else "verdicts differ"
        return (
            f"{apart} {plural} at {THRESHOLD}: these are not the weights that the paper scored, "
            "or not the same computation."
        )
    if all(found.largest <= ROUNDING for found in compared):
        return "All scores are the published ones, up to their rounding."
    return f"The same heads reach {THRESHOLD}; the scores differ by more than their rounding."


def pairs(heads: pd.DataFrame) -> list[tuple[int, int]]:
    """(layer, head) of each row."""
    return list(zip(heads["layer"].astype(int), heads["head"].astype(int), strict=True))
