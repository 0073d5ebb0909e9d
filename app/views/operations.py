"""The view by what a head writes: the strongest operation that it implements (MAPS).

Elhelo and Geva 2024 (arXiv 2412.11965) published the scores for GPT-2 XL. A head
may implement several operations: the table names the strongest and lists all.
What a head *attends to* (the other views) and what it *writes* (this one)
are two questions; the sign of copying joins them for induction patterns.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from app.views.packing import SCORE_UNIT, pack
from app.views.segments import segment_of
from app.views.view import View
from app.views.words import counted, joined
from cache.bins import bin_heads
from cache.evidence import evidence_for
from cache.percent import percent_of
from cache.store import Table
from headstrata.errors import UserError
from vocabulary.citations import CITATIONS
from vocabulary.operations import (
    FAMILIES,
    NO_OPERATION,
    OPERATION_THRESHOLD,
    OPERATIONS,
    OPERATIONS_CITATION,
)

_LABELS = [operation.label for operation in OPERATIONS.values()]
#: The operations that are the strongest of the largest numbers of heads: so many are named.
_NAMED = 3

Sign = Literal["copies", "suppresses", "both", "neither"]

#: What a head does with the token it attends to, in words.
SIGNS: dict[Sign, str] = {
    "copies": "It copies the token it attends to",
    "suppresses": "It suppresses the token it attends to",
    "both": "It copies some of the tokens it attends to and suppresses others",
    "neither": "It neither copies nor suppresses the token it attends to",
}


def label_operations(scores: pd.DataFrame) -> pd.DataFrame:
    """Name every head's operations.

    Args:
        scores: ``Evidence.operations``: layer, head and one column an operation (0..1).

    Returns:
        One row a head: ``layer``, ``head``, ``operation`` (the strongest that reaches
        the threshold, or ``no_operation``), ``family``, ``operation_score`` (of the
        strongest, whether or not it reaches it), ``operations`` (all that reach it, by
        falling score, as text), ``suppresses`` (likewise), ``sign`` (of copying).
    """
    names = list(OPERATIONS)
    values = scores[names].to_numpy(dtype=np.float64)  # (heads, operations)
    strongest = values.argmax(axis=1)
    best = values.max(axis=1)
    chosen = np.where(best >= OPERATION_THRESHOLD, np.array(names)[strongest], NO_OPERATION)
    families = {name: OPERATIONS[name].family for name in names} | {NO_OPERATION: NO_OPERATION}
    suppressing = scores[[OPERATIONS[name].suppression for name in names]].to_numpy(np.float64)
    return pd.DataFrame(
        {
            "layer": scores["layer"].to_numpy(),
            "head": scores["head"].to_numpy(),
            "operation": chosen,
            "family": [families[name] for name in chosen],
            "operation_score": best,
            "operations": [_listing(row) for row in values],
            "suppresses": [_listing(row) for row in suppressing],
            "sign": sign_of_copying(scores),
        }
    )


def operations_per_head(scores: pd.DataFrame) -> list[int]:
    """How many operations each head implements."""
    reached = scores[list(OPERATIONS)] >= OPERATION_THRESHOLD
    return [int(count) for count in reached.sum(axis=1)]


def sign_of_copying(scores: pd.DataFrame) -> list[Sign]:
    """Whether each head copies or suppresses what it attends to, by either copying operation."""
    copying = [o for o in OPERATIONS.values() if o.family == "copying"]
    copies = (scores[[o.name for o in copying]] >= OPERATION_THRESHOLD).any(axis=1)
    suppresses = (scores[[o.suppression for o in copying]] >= OPERATION_THRESHOLD).any(axis=1)
    signs: dict[tuple[bool, bool], Sign] = {
        (True, True): "both",
        (True, False): "copies",
        (False, True): "suppresses",
        (False, False): "neither",
    }
    return [signs[bool(up), bool(down)] for up, down in zip(copies, suppresses, strict=True)]


def _listing(row: np.ndarray) -> str:
    """``Name copying 0.55, …``: all operations from the threshold on, strongest first."""
    reached = np.flatnonzero(row >= OPERATION_THRESHOLD)  # of most heads none
    order = reached[np.argsort(-row[reached], kind="stable")]
    return ", ".join(f"{_LABELS[i]} {row[i]:.2f}" for i in order)


def operation_scores(table: Table) -> pd.DataFrame | None:
    """The published operation scores of the table's model; None if there are none.

    Refused too when the table's shape is not the published one's: the same key on
    another model's heads would name the wrong heads.
    """
    evidence = evidence_for(table.provenance.reference)
    scores = None if evidence is None else evidence.operations
    if scores is None or not scores[["layer", "head"]].equals(_places(table.heads, scores)):
        return None
    return scores


def with_operations(table: Table) -> pd.DataFrame:
    """The head table with ``label_operations``' columns (family, operations, sign and more).

    Raises:
        UserError: No operations were published for this model's heads.
    """
    scores = operation_scores(table)
    if scores is None:
        raise UserError(
            f"no operations were published for the heads of {table.provenance.title}; "
            "they are known for GPT-2 XL"
        )
    labelled = label_operations(scores).drop(columns=["layer", "head"])
    labelled["operation_score"] = labelled["operation_score"].round(4)  # as published
    further = table.heads.drop(columns=labelled.columns, errors="ignore")  # of the same names
    return further.join(labelled.set_axis(table.heads.index))


def _places(heads: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    places = heads[["layer", "head"]].reset_index(drop=True)
    return places.astype(like[["layer", "head"]].dtypes.to_dict())


def pack_operations(scores: pd.DataFrame) -> dict[str, str]:
    """Records of six digits: head (3), operation (1), score in thousandths (2).

    Only what reaches the threshold, for each head by falling score.
    """
    names = list(OPERATIONS)
    return {
        "implements": _records(scores[names].to_numpy(np.float64)),
        "suppresses": _records(scores[[OPERATIONS[n].suppression for n in names]].to_numpy()),
    }


def _records(values: np.ndarray) -> str:
    order = np.argsort(-values, axis=1, kind="stable")  # (heads, operations)
    heads, ranks = np.nonzero(np.take_along_axis(values, order, 1) >= OPERATION_THRESHOLD)
    operations = order[heads, ranks]
    fields = (
        (heads, 3, 1.0),
        (operations, 1, 1.0),
        (values[heads, operations], 2, SCORE_UNIT),
    )
    columns = [
        [packed[i : i + width] for i in range(0, len(packed), width)]
        for packed, width in ((pack(numbers, w, unit), w) for numbers, w, unit in fields)
    ]
    return "".join("".join(record) for record in zip(*columns, strict=True))


def has_operations(table: Table) -> bool:
    """Whether operations were published for the heads of a table's model."""
    return operation_scores(table) is not None


def _binned(table: Table, width: int) -> pd.DataFrame:
    return bin_heads(with_operations(table), width, "family", list(FAMILIES), table.grid)


def _packed(table: Table) -> dict[str, str]:
    scores = operation_scores(table)
    return {} if scores is None else pack_operations(scores)


def _lacking(titles: Sequence[str], _: bool) -> str:
    return f"No operations were published for the heads of {joined(list(titles))}."


def remarks(labelled: pd.DataFrame) -> list[str]:
    """How many heads implement an operation, and which are most often a head's strongest.

    Args:
        labelled: What ``label_operations`` says of every head.
    """
    size = len(labelled)
    listed = [text.split(", ") if text else [] for text in labelled["operations"]]
    some, several = sum(map(bool, listed)), sum(len(own) > 1 for own in listed)
    told = [
        f"{some:,} of {counted(size)} ({percent_of(some, size)}) implement at least one of the "
        f"{len(OPERATIONS)} operations, {several:,} of them more than one."
    ]
    chosen = labelled.loc[labelled["operation"] != NO_OPERATION, "operation"].value_counts()
    if not chosen.empty:
        parts = [f"{OPERATIONS[str(name)].label} ({n:,})" for name, n in chosen.items()][:_NAMED]
        told.append(f"Most often a head's strongest operation: {joined(parts)}.")
    return told


OPERATIONS_VIEW = View(
    name="operations",
    label="Operations",
    control="taxonomy",
    noun="family",
    plural="Operations",
    by="family of operations",
    column="family",
    segments=tuple(segment_of(family) for family in FAMILIES.values()),
    binned=_binned,
    guide="under Operations, which were published for GPT-2 XL, the heads that write the same kind "
    "of thing",
    unnamed=frozenset({NO_OPERATION}),
    named_as="the heads with an operation",
    same_model="Operations were published for the model: its tables cannot differ in them.",
    untouched="published operations",
    citations=(OPERATIONS_CITATION,),
    has=has_operations,
    lacking=_lacking,
    labelled=with_operations,
    pack=_packed,
    remarks=remarks,
    browser={
        "list": [{"label": o.label, "family": o.family} for o in OPERATIONS.values()],
        "threshold": OPERATION_THRESHOLD,
        "source": CITATIONS[OPERATIONS_CITATION].short,
        "url": CITATIONS[OPERATIONS_CITATION].url,
    },
)
