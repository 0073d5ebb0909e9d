"""The shown table, packed for the browser: everything that must follow a drag.

Per-head columns are texts of fixed-width numbers in base 36, one after another in
layer-major order, so that GPT-2 XL's 1,200 heads fit in 13 KB. ``assets/views/packing.js``
reads them.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cache.provenance import Provenance
from cache.store import Entry, Table
from classify.citations import CITATIONS
from classify.taxonomy import CATEGORIES

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
#: Stands for a missing number.
MISSING = "~"
#: Scores and standard errors are sent in thousandths, margins in hundredths.
SCORE_UNIT, MARGIN_UNIT = 1e-3, 1e-2
#: Digits of a margin: in units of the smallest threshold, .001, it reaches 1,000.
MARGIN_WIDTH = 4


def pack(numbers: ArrayLike, width: int, unit: float = 1.0) -> str:
    """Numbers >= 0 in multiples of ``unit``, each ``width`` base-36 digits (capped).

    Args:
        numbers: Shape (N,); NaN becomes ``MISSING``.
        width: 1 (up to 35), 2 (up to 1,295), 3 (46,655) or 4 (1,679,615).
        unit: What one step means.
    """
    steps = np.asarray(numbers, dtype=np.float64) / unit
    whole = np.clip(np.nan_to_num(np.rint(steps)), 0, 36**width - 1).astype(int)
    return "".join(
        MISSING * width if np.isnan(step) else _digits(int(number), width)
        for step, number in zip(steps, whole, strict=True)
    )


def build(table: Table) -> dict[str, Any]:
    """What the page knows about one table."""
    record, heads = table.provenance, table.heads
    score, error = main_score(heads)
    return {
        "name": table.name,
        "title": record.title,
        "layers": record.layers,
        "heads": record.heads,
        "scores": record.scores,
        "source": record.source,
        "note": source_note(record),
        "when": f"{record.computed_at:%Y-%m-%d}",
        "detailed": pack(_index(heads["category"]), 1),
        "runner_up": pack(_index(heads["runner_up"]), 1),
        "borderline": pack(heads["borderline"].astype(float), 1),
        "score": pack(score, 2, SCORE_UNIT),
        "error": pack(error, 2, SCORE_UNIT),
        "margin": pack(heads["margin"], MARGIN_WIDTH, MARGIN_UNIT),
    }


def main_score(heads: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Each head's score under its category's rule, and its standard error, both (N,).

    A head that no rule claimed is described by the rule that comes nearest.
    """
    score = pd.Series(np.nan, index=heads.index)
    error = score.copy()
    ruled = heads["category"].map(_score_of)
    rule = ruled.where(ruled.notna(), heads["runner_up"].map(_score_of))
    for name in rule.dropna().unique():
        chosen = rule == name
        score[chosen] = heads.loc[chosen, name]
        error[chosen] = heads.loc[chosen, f"{name}_se"]
    return score, error


def source_note(record: Provenance) -> str:
    """How much of a table was measured, and by whom, in a phrase."""
    if record.source == "computed":
        return f"computed {record.computed_at:%Y-%m-%d}"
    papers = ", ".join(short_citation(key) for key in record.citations)
    return f"published scores ({papers}): {_NUMBER[len(record.scores)]} of the nine scores"


def short_citation(key: str) -> str:
    """``Song et al. 2024``: as people name a paper."""
    return CITATIONS[key].short if key in CITATIONS else key


def listing(entries: list[Entry]) -> list[dict[str, Any]]:
    """The tables for the model select and for reading a link."""
    return [
        {
            "name": entry.name,
            "title": entry.provenance.title,
            "layers": entry.provenance.layers,
            "heads": entry.provenance.heads,
            "label": f"{entry.provenance.title} · {_kind(entry.provenance)}",
            "stamp": entry.stamp,
        }
        for entry in entries
    ]


_NUMBER = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "all")


def _kind(record: Provenance) -> str:
    return f"{record.source} {record.computed_at:%Y-%m-%d}"


def _index(names: pd.Series) -> pd.Series:
    order = {name: float(i) for i, name in enumerate(CATEGORIES)}
    return names.map(order)


def _score_of(category: str | None) -> str | None:
    known = CATEGORIES.get(category) if isinstance(category, str) else None
    return known.score if known else None


def _digits(number: int, width: int) -> str:
    text = ""
    for _ in range(width):
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text
