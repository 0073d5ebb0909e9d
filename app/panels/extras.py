"""What further views need of a table, packed for the browser: operations and budget.

Sent when such a view is first chosen. ``assets/views/view.js`` reads it.
"""

from typing import Any

import numpy as np
import pandas as pd

from app.analysis.budget import has_budget
from app.analysis.operations import label_operations
from app.page.payload import SCORE_UNIT, pack
from cache.evidence import evidence_for
from cache.operations import OPERATION_THRESHOLD, OPERATIONS
from cache.schema import BUDGET
from cache.store import Table
from headstrata.errors import UserError

#: A layer's mean masses are sent in millionths: a slider's sums stay exact to the digit drawn.
MASS_UNIT = 1e-6


def offered(table: Table) -> list[str]:
    """The further views that a table can be shown in."""
    views = {"operations": operation_scores(table), "budget": _masses(table)}
    return [name for name, data in views.items() if data is not None]


def build(table: Table) -> dict[str, Any]:
    """The data of the views that the table has."""
    extras: dict[str, Any] = {}
    operations, masses = operation_scores(table), _masses(table)
    if operations is not None:
        extras["operations"] = pack_operations(operations)
    if masses is not None:
        extras["budget"] = pack_budget(table.heads["layer"], masses)
    return extras


def operation_scores(table: Table) -> pd.DataFrame | None:
    """The published operation scores of the table's model; None: nobody published any.

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
    return table.heads.join(labelled.set_axis(table.heads.index))


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


def _masses(table: Table) -> pd.DataFrame | None:
    """Columns ``schema.BUDGET``; None if any head's budget was not measured."""
    return table.heads[list(BUDGET)] if has_budget(table.heads) else None


def pack_budget(layer: pd.Series, masses: pd.DataFrame) -> dict[str, str]:
    """Mean masses of each layer, and where each head sends most.

    Args:
        layer: Shape (heads,).
        masses: Shape (heads, 8).

    Returns:
        ``layers``: layers x 8 numbers of 4 digits in millionths; ``top``: one digit a
        head; ``share``: that destination's share in thousandths, two digits a head.
    """
    values = _whole(masses)
    return {
        "layers": pack_layers(layer, masses),
        "top": pack(values.argmax(axis=1), 1),
        "share": pack(values.max(axis=1), 2, SCORE_UNIT),
    }


def pack_layers(layer: pd.Series, masses: pd.DataFrame) -> str:
    """Mean masses of each layer: layers x 8 numbers of 4 digits in millionths."""
    means = pd.DataFrame(_whole(masses)).groupby(layer.to_numpy()).mean().to_numpy()
    return pack(means.ravel(), 4, MASS_UNIT)


def _whole(masses: pd.DataFrame) -> np.ndarray:
    """Each head's masses, shape (heads, 8), so that they add up to exactly 1."""
    values = masses.to_numpy(np.float64).clip(0)
    return np.asarray(values / values.sum(axis=1, keepdims=True))
