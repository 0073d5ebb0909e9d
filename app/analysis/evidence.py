"""What a head writes and how much it matters, in sentences; nothing where nobody measured it."""

from typing import Any

import numpy as np
import pandas as pd

from app.views.view import View
from app.views.words import counted, joined, signed
from cache.provenance import Provenance
from vocabulary.evidence import MEASURES, SIGN_ERRORS, writing

_TEXT = {"effect_repeated": "repeated text", "effect_natural": "natural text"}
#: Segments that a sentence names at most.
_MOST = 3
#: How often a head without effect is beyond two standard errors.
_CHANCE = 0.05


def of_head(row: "pd.Series[Any]") -> list[str]:
    """The sentences about one head: what it writes, then its effects."""
    return [*_written(row), *(told for name in _TEXT for told in _effect(row, name))]


def lacking(row: "pd.Series[Any]", record: Provenance) -> str:
    """What was not measured of a head, and why or the command that adds it; empty: nothing."""
    missing = [measure.label for name, measure in MEASURES.items() if not _has(row, name)]
    if not missing:
        return ""
    if record.evidence and record.evidence.notes:
        why = "; ".join(record.evidence.notes)
        return f"— {why[0].upper()}{why[1:].rstrip('.')}."
    labels = [missing[0], *(f"{label[0].lower()}{label[1:]}" for label in missing[1:])]
    are, them = ("is", "it") if len(missing) == 1 else ("are", "them")
    return (
        f"— {joined(labels)} {are} not measured: headstrata classify MODEL --evidence measures "
        f"{them}."
    )


def of_table(heads: pd.DataFrame, view: View) -> list[str]:
    """Which segments have the effects, and how many heads differ from none.

    Args:
        heads: A head table, as the view labels it.
        view: What the heads are counted under.
    """
    return [told for name in _TEXT for told in _effects(heads, name, view)]


def _written(row: "pd.Series[Any]") -> list[str]:
    if not _has(row, "copying"):
        return []
    value, error = float(row["copying"]), float(row["copying_se"])
    size = f"{signed(value)} ± {error:.2f} standard deviations of the logits of all tokens"
    does = writing(value, error)
    if does == "copies":
        return [f"It copies: it makes the token that it attends to likelier ({size})."]
    if does == "suppresses":
        return [f"It suppresses: it makes the token that it attends to less likely ({size})."]
    return [
        f"It neither copies nor suppresses the token that it attends to ({size}); it may write "
        "something else."
    ]


def _effect(row: "pd.Series[Any]", name: str) -> list[str]:
    if not _has(row, name):
        return []
    value, error = float(row[name]), float(row[f"{name}_se"])
    if value == error == 0:
        return [f"Without it the loss on {_TEXT[name]} is exactly the same."]
    if abs(value) <= SIGN_ERRORS * error:
        return [
            f"No effect on the loss on {_TEXT[name]} is seen: "
            f"{signed(value, 3)} ± {error:.3f} nats per token."
        ]
    moves = "rises" if value > 0 else "falls"
    return [
        f"Without it the loss on {_TEXT[name]} {moves} by {abs(value):.3f} ± {error:.3f} nats per "
        "token."
    ]


def _has(row: "pd.Series[Any]", name: str) -> bool:
    return name in row and bool(pd.notna(row[name]))


def _effects(heads: pd.DataFrame, name: str, view: View) -> list[str]:
    sign = MEASURES[name].sign
    if name not in heads or sign not in heads or heads[name].isna().all():
        return []
    known = heads[heads[name].notna()]
    signs = known[sign].value_counts()
    helps, hurts = (int(signs.get(one, 0)) for one in ("positive", "negative"))
    chance = round(_CHANCE * len(known))
    counts = (
        f"{helps + hurts:,} of {counted(len(known))} change the loss on {_TEXT[name]} beyond "
        f"{SIGN_ERRORS:g} standard errors when each is ablated alone ({helps:,} help, {hurts:,} "
        f"hurt); chance alone would give about {chance:,}."
    )
    return [counts, *_sums(known, name, view)]


def _sums(known: pd.DataFrame, name: str, view: View) -> list[str]:
    """The segments with the largest sums that are more than their errors explain."""
    sums: dict[str, tuple[float, int]] = {}
    for segment, inside in known.groupby(view.column):
        total = float(inside[name].sum())
        error = float(np.hypot.reduce(inside[f"{name}_se"]))
        if segment in view.labels and abs(total) > SIGN_ERRORS * error:
            sums[view.labels[str(segment)]] = total, len(inside)
    if not sums:
        return []
    largest = sorted(sums.items(), key=lambda one: -abs(one[1][0]))[:_MOST]
    parts = [f"{label} {signed(total)} ({counted(size)})" for label, (total, size) in largest]
    return [
        f"Effects on {_TEXT[name]}, in nats per token: {joined(parts)}, of "
        f"{signed(float(known[name].sum()))} in all. Such sums are no shares of the loss: "
        "heads in series are each counted whole."
    ]
