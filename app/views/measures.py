"""Which measures of evidence a table has, and what the browser must know of each."""

from typing import Any

import pandas as pd

from headstrata.errors import UserError
from vocabulary.evidence import MEASURES

#: Decimals of a measure: effects on natural text are some thousandths of a nat.
DIGITS = 3
#: Decimals of a measure as the browser gets it: it may be of any size.
_SENT = 6
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


def of_heads(heads: pd.DataFrame, name: str) -> dict[str, list[float | None]]:
    """One measure of every head, for the browser.

    Args:
        heads: A head table.
        name: A measure.

    Returns:
        ``values`` and ``errors`` (standard errors), both (N,) in the measure's unit, None where
        nobody measured.

    Raises:
        UserError: It is no measure, or the table lacks it.
    """
    if name not in MEASURES:
        raise UserError(f"measure {name[:60]!r} is not one of {', '.join(MEASURES)}")
    if name not in measured(heads):
        raise UserError(
            f"this table lacks {name}: headstrata classify MODEL --evidence measures it"
        )
    return {"values": listed(heads[name]), "errors": listed(heads[f"{name}_se"])}


def listed(values: pd.Series) -> list[float | None]:
    """The numbers to so many decimals as are sent, None for one that is missing."""
    numbers = values.astype(float).round(_SENT)
    return [
        None if missing else value for value, missing in zip(numbers, numbers.isna(), strict=True)
    ]
