"""What a head reads on natural text, in sentences; nothing where nobody measured it."""

from typing import Any

import pandas as pd

from app.views.words import decimals
from cache.provenance import Provenance
from vocabulary.taxonomy import DISTANCES, THRESHOLDS

#: From this share on a head is said to do something with what followed an earlier copy.
_FOLLOWS = 0.2
#: A head rests on the first token if of what it writes less than this part of its attention
#: there comes from it: a convention.
_RESTS = 0.5


def of_head(row: "pd.Series[Any]") -> list[str]:
    """The sentences about one head: how far back it reads, whether it rests, what it follows."""
    return [*_far(row), *_rests(row), *_follows(row)]


def lacking(row: "pd.Series[Any]", record: Provenance) -> str:
    """What a computed table lacks of this, and the command that adds it; empty: nothing."""
    if record.source != "computed" or _has(row, *DISTANCES):
        return ""
    return (
        "— This table was made before distances, tokens and examples were measured: "
        "headstrata classify MODEL --replace measures them."
    )


def distances(row: "pd.Series[Any]") -> list[tuple[str, float]]:
    """How far back its attention lies, nearest first: ``4–7 back`` and the share, 0..1.

    The shares are of the attention past the first token and add up to 1; an empty list where
    it has none, or nobody measured it.
    """
    if not _has(row, *DISTANCES):
        return []
    shares = [max(0.0, float(row[name])) for name in DISTANCES]
    whole = sum(shares)
    if whole <= 0:
        return []
    names = (_bin(low, high) for low, high in DISTANCES.values())
    return [(name, share / whole) for name, share in zip(names, shares, strict=True)]


def _bin(low: int, high: int | None) -> str:
    if high is None:
        return f"{low} back or more"
    if low == high:
        return f"{low} back" if low else "itself"
    return f"{low}–{high} back"


def _far(row: "pd.Series[Any]") -> list[str]:
    below = 0.0
    for (_, share), (low, high) in zip(distances(row), DISTANCES.values(), strict=False):
        below += share
        if below >= 0.5:
            tokens = "token" if high == 1 else "tokens"
            where = f"at most {high} {tokens} back" if high else f"{low} tokens back or more"
            told = "on the current token itself" if high == 0 else where
            return [f"Half of its attention past the first token lies {told}."]
    return []


def _rests(row: "pd.Series[Any]") -> list[str]:
    if not _has(row, "first_token", "first_token_value"):
        return []
    attention, written = float(row["first_token"]), float(row["first_token_value"])
    if attention < THRESHOLDS["first_token"]:
        return []
    rests = written < _RESTS * attention
    said = "so it rests there" if rests else "so it does not only rest there: it reads it, too"
    return [
        f"It gives {decimals(attention)} of its attention to the first token, from which "
        f"{decimals(written)} of what it writes comes, {said}."
    ]


def _follows(row: "pd.Series[Any]") -> list[str]:
    if not _has(row, "natural_induction") or float(row["natural_induction"]) < _FOLLOWS:
        return []
    value, error = float(row["natural_induction"]), float(row["natural_induction_se"])
    return [
        f"Where the current token has an earlier copy, {decimals(value)} ± {decimals(error)} of "
        "its attention goes to what followed one, on natural text."
    ]


def _has(row: "pd.Series[Any]", *names: str) -> bool:
    return all(name in row and bool(pd.notna(row[name])) for name in names)
