"""Which measures of evidence a table has, and what the browser must know of each."""

from typing import Any

import pandas as pd

from vocabulary.evidence import MEASURES

#: Decimals of a measure: effects on natural text are some thousandths of a nat.
DIGITS = 3
#: The measures that are effects.
EFFECTS = tuple(name for name, measure in MEASURES.items() if measure.probe)


def measured(heads: pd.DataFrame) -> list[str]:
    """The measures that some head has, in the vocabulary's order.

    Args:
        heads: A head table, which may lack the columns.
    """
    return [name for name in MEASURES if name in heads and heads[name].notna().any()]


def known() -> dict[str, dict[str, Any]]:
    """What is said of each by name.

    Returns:
        ``label``, ``sentence``, ``unit``, ``sense`` (what its sign means), and whether it is an
        ``effect``.
    """
    found = {}
    for name, measure in MEASURES.items():
        unit, _, sense = measure.unit.partition("; ")
        found[name] = {
            "label": measure.label,
            "sentence": measure.sentence,
            "unit": unit,
            "sense": sense,
            "effect": name in EFFECTS,
        }
    return found
