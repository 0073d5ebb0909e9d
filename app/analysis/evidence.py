"""What a head writes and how much it matters, in sentences; nothing where nobody measured it."""

from typing import Any, Literal

import pandas as pd

from app.analysis.effects import prompts_of
from app.views.view import View
from app.views.words import counted, joined, nats, signed
from cache.provenance import Provenance
from vocabulary.evidence import APART, MEASURES, SIGN_ERRORS, by_chance, chance_beyond, writing

_TEXT = {"effect_repeated": "repeated text", "effect_natural": "natural text"}
#: Segments that a sentence names at most.
_MOST = 3
#: A sentence and its kind: who carries the effects, or how many heads have one.
Told = tuple[Literal["effect", "count"], str]


def of_head(row: "pd.Series[Any]") -> list[str]:
    """The sentences about one head: what it writes, then its effects."""
    return [*_written(row), *(told for name in _TEXT for told in _effect(row, name))]


def lacking(row: "pd.Series[Any]", record: Provenance) -> str:
    """What was not measured of a head, and why or the command that adds it; empty: nothing."""
    missing = [measure.label for name, measure in MEASURES.items() if not _has(row, name)]
    if not missing:
        return ""
    evidence = record.evidence
    silent = evidence is not None and evidence.copying_tokens and not _has(row, "copying")
    if silent:
        missing.remove(MEASURES["copying"].label)
    told = "— It writes nothing: what it copies cannot be told." if silent else ""
    if not missing:
        return told
    if evidence and evidence.notes:
        why = "; ".join(evidence.notes)
        return f"{told} — {why[0].upper()}{why[1:].rstrip('.')}.".strip()
    labels = [missing[0], *(f"{label[0].lower()}{label[1:]}" for label in missing[1:])]
    are, them = ("is", "it") if len(missing) == 1 else ("are", "them")
    return (
        f"{told} — {joined(labels)} {are} not measured: headstrata classify MODEL --evidence "
        f"measures {them}."
    ).strip()


def of_table(heads: pd.DataFrame, view: View, record: Provenance | None = None) -> list[Told]:
    """Which segments have the effects, and how many heads differ from none.

    Args:
        heads: A head table, as the view labels it.
        view: What the heads are counted under.
        record: The table's; it tells how many prompts there were.
    """
    return [told for name in _TEXT for told in _effects(heads, name, view, record)]


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


def _effects(heads: pd.DataFrame, name: str, view: View, record: Provenance | None) -> list[Told]:
    sign = MEASURES[name].sign
    if name not in heads or sign not in heads or heads[name].isna().all():
        return []
    known = heads[heads[name].notna()]
    signs = known[sign].value_counts()
    helps, hurts = (int(signs.get(one, 0)) for one in ("positive", "negative"))
    rate = chance_beyond(prompts_of(record, name) if record else None)
    counts = (
        f"{helps + hurts:,} of {counted(len(known))} change the loss on {_TEXT[name]} beyond "
        f"{SIGN_ERRORS:g} standard errors when each is ablated alone ({helps:,} help, {hurts:,} "
        f"hurt); chance alone would give about {round(rate * len(known)):,}."
    )
    apart = by_chance(helps + hurts, len(known), rate) < APART
    return [*(_sums(known, name, view) if apart else []), ("count", counts)]


def _sums(known: pd.DataFrame, name: str, view: View) -> list[Told]:
    """Who carries most of the positive effects; as ``effects.weigh`` sums them."""
    above, below = known[name].clip(lower=0), known[name].clip(upper=0)
    groups = above.groupby(known[view.column]).agg(["sum", "size"])
    groups = groups[groups.index.isin(list(view.labels)) & (groups["sum"] > 0)]
    if groups.empty:
        return []
    largest = groups.sort_values("sum", ascending=False, kind="stable")[:_MOST]
    parts = [
        f"{view.labels[str(segment)]} {nats(total)} ({counted(size)})"
        for segment, total, size in zip(
            largest.index, largest["sum"].tolist(), largest["size"].tolist(), strict=True
        )
    ]
    harm = f"; below 0 lie {nats(float(below.sum()))}" if below.any() else ""
    return [
        (
            "effect",
            f"Effects on {_TEXT[name]}, in nats per token: {joined(parts)}, of the "
            f"{nats(float(above.sum()))} above 0{harm}. Such sums are no shares of the loss: heads "
            "in series are each counted whole.",
        )
    ]
