"""Key observations about the published operations: how many heads implement how much."""

import pandas as pd

from app.analysis.observations import Observation
from app.analysis.phrases import counted, joined
from app.views.operations import NO_OPERATION
from vocabulary.operations import OPERATIONS

#: The operations that are the strongest of the largest numbers of heads: so many are named.
_NAMED = 3


def observe_operations(labelled: pd.DataFrame) -> list[Observation]:
    """How many heads implement an operation, and which are most often a head's strongest.

    Args:
        labelled: What ``operations.label_operations`` says of every head.
    """
    size = len(labelled)
    listed = [text.split(", ") if text else [] for text in labelled["operations"]]
    some, several = sum(map(bool, listed)), sum(len(own) > 1 for own in listed)
    found = [
        Observation(
            "count",
            f"{some:,} of {counted(size)} ({some / size:.1%}) implement at least one of the "
            f"{len(OPERATIONS)} operations, {several:,} of them more than one.",
            {"heads": some, "several": several, "of": size},
        )
    ]
    chosen = labelled.loc[labelled["operation"] != NO_OPERATION, "operation"].value_counts()
    if not chosen.empty:
        parts = [f"{OPERATIONS[str(name)].label} ({n:,})" for name, n in chosen.items()][:_NAMED]
        found.append(
            Observation(
                "count",
                f"Most often a head's strongest operation: {joined(parts)}.",
                {str(name): float(n) for name, n in chosen.items()},
            )
        )
    return found
