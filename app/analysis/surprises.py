"""Heads that surprise: their pattern score and their effect do not go together."""

import math
from dataclasses import dataclass

import pandas as pd

from app.views.measures import EFFECTS
from vocabulary.evidence import MEASURES, SIGN_ERRORS
from vocabulary.taxonomy import CATEGORIES, SCORES

#: Heads that a list names.
MOST = 10
#: A large effect is among this part of the heads.
_LARGEST = 0.1
_ERRORS = f"{SIGN_ERRORS:g} standard errors"


@dataclass(frozen=True)
class Surprise:
    """Some heads, and by which rule they are listed."""

    title: str
    rule: str
    heads: list[tuple[int, int]]
    """Layer and head, at most ``MOST``."""
    found: int
    """How many follow the rule."""


def surprises(heads: pd.DataFrame, one: str, other: str) -> list[Surprise]:
    """The heads that a score and an effect tell apart.

    Args:
        heads: A head table, under the thresholds that are asked about.
        one: A score or a measure.
        other: Likewise.

    Returns:
        Two lists; none unless one is a score and the other an effect that the table has.
    """
    score, effect = (one, other) if one in SCORES else (other, one)
    if score not in SCORES or effect not in EFFECTS:
        return []
    sign = MEASURES[effect].sign
    if sign is None or sign not in heads or heads[sign].isna().all():
        return []
    return [_without_effect(heads, score, sign), _without_name(heads, effect, sign)]


def _without_effect(heads: pd.DataFrame, score: str, sign: str) -> Surprise:
    """Heads that the score named, whose effect may be 0; the highest score first."""
    named = [c.name for c in CATEGORIES.values() if c.score == score]
    rows = heads[heads["category"].isin(named) & (heads[sign] == "zero")]
    labels = " or ".join(CATEGORIES[name].label for name in named)
    rule = (
        f"Named {labels} for a high score, but the effect is not distinguishable from 0 (within "
        f"{_ERRORS}); the highest score first."
    )
    return _surprise("A name, no effect", rule, rows.sort_values(score, ascending=False))


def _without_name(heads: pd.DataFrame, effect: str, sign: str) -> Surprise:
    """Heads that no rule names, with one of the largest effects; the largest first."""
    sizes = heads[effect].abs()
    largest = sizes.nlargest(math.ceil(_LARGEST * sizes.notna().sum())).index
    unnamed = [c.name for c in CATEGORIES.values() if c.score is None]
    differs = heads[sign].isin(["positive", "negative"])
    rows = heads[differs & heads.index.isin(largest) & heads["category"].isin(unnamed)]
    labels = ", ".join(CATEGORIES[name].label for name in unnamed)
    rule = (
        f"No rule names them ({labels}), but the effect differs from 0 by more than {_ERRORS} and "
        f"is among the largest {_LARGEST:.0%} of all heads either way; the largest first."
    )
    order = sizes[rows.index].sort_values(ascending=False).index
    return _surprise("No name, a large effect", rule, rows.loc[order])


def _surprise(title: str, rule: str, rows: pd.DataFrame) -> Surprise:
    first = rows.head(MOST)
    places = list(zip(first["layer"].tolist(), first["head"].tolist(), strict=True))
    return Surprise(title, rule, places, len(rows))
