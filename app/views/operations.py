"""The operations taxonomy: each head by the strongest operation it implements (MAPS).

Elhelo and Geva 2024 (arXiv 2412.11965) published the scores for GPT-2 XL. A head
may implement several operations: the table names the strongest and lists all.
What a head *attends to* (the other taxonomies) and what it *writes* (this one)
are two questions; the sign of copying joins them for induction patterns.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from vocabulary.operations import OPERATION_THRESHOLD, OPERATIONS

#: The name of heads that implement none of the 18 operations.
NO_OPERATION = "no_operation"

Sign = Literal["copies", "suppresses", "both", "neither"]

#: What a head does with the token it attends to, in words.
SIGNS: dict[Sign, str] = {
    "copies": "It copies the token it attends to",
    "suppresses": "It suppresses the token it attends to",
    "both": "It copies some of the tokens it attends to and suppresses others",
    "neither": "It neither copies nor suppresses the token it attends to",
}


@dataclass(frozen=True)
class OperationSegment:
    """A family of operations, or none, as a chart draws it."""

    name: str
    label: str
    sentence: str
    colour: str
    pattern: str


#: Told apart by colour-blind readers (a test simulates it), and unlike the colours
#: of the attention categories: this is another question about the same heads.
FAMILIES: dict[str, OperationSegment] = {
    segment.name: segment
    for segment in (
        OperationSegment(
            "copying",
            "Copying",
            "The token it attends to is what it writes: a name or a common word.",
            "#08306b",
            "",
        ),
        OperationSegment(
            "algorithmic",
            "Algorithmic",
            "It writes something that follows from the token by a rule: the next year, a letter.",
            "#4aa3df",
            "/",
        ),
        OperationSegment(
            "knowledge",
            "Knowledge",
            "It writes a fact about the token it attends to: a capital, a company, a class.",
            "#f0b323",
            "x",
        ),
        OperationSegment(
            "linguistic",
            "Linguistic",
            "It writes a related form of the token: a comparative, a pronoun, an antonym.",
            "#a3401f",
            "\\",
        ),
        OperationSegment(
            NO_OPERATION,
            "No operation",
            f"None of the {len(OPERATIONS)} published operations reaches {OPERATION_THRESHOLD}.",
            "#e4e7ea",
            ".",
        ),
    )
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


def describe_signs(heads: pd.DataFrame, labelled: pd.DataFrame) -> str:
    """A sentence: how many heads with the induction pattern copy, and how many suppress.

    Args:
        heads: A head table of the model the operations were published for.
        labelled: What ``label_operations`` says of the same heads.
    """
    patterns = heads.loc[heads["category"] == "induction", ["layer", "head"]]
    signs = patterns.merge(labelled, on=["layer", "head"])["sign"].value_counts()
    if patterns.empty:
        return "No head has the induction pattern."
    copies, suppresses = (int(signs.get(s, 0) + signs.get("both", 0)) for s in _ENDS)
    neither = int(signs.get("neither", 0))
    return (
        f"Of the {len(patterns)} heads with the induction pattern, {copies} copy the token they "
        f"attend to, {suppresses} suppress it, and for {neither} neither reaches "
        f"{OPERATION_THRESHOLD}."
    )


_ENDS = ("copies", "suppresses")


def _listing(row: np.ndarray) -> str:
    """``Name copying 0.55, …``: all operations from the threshold on, strongest first."""
    labels = [operation.label for operation in OPERATIONS.values()]
    order = [i for i in np.argsort(-row, kind="stable") if row[i] >= OPERATION_THRESHOLD]
    return ", ".join(f"{labels[i]} {row[i]:.2f}" for i in order)
