"""The shown table, packed for the browser: everything that must follow a drag."""

from typing import Any

import numpy as np
import pandas as pd

from app.analysis.heading import heading
from app.analysis.reference_figure import REFERENCE
from app.views import intervals
from app.views.catalogue import VIEWS
from app.views.measures import measured
from app.views.packing import MARGIN_UNIT, MARGIN_WIDTH, SCORE_UNIT, pack, pack_grid
from cache.pins import SHOWN
from cache.provenance import Provenance
from cache.store import Table
from vocabulary.citations import CITATIONS
from vocabulary.taxonomy import CATEGORIES


def build(table: Table, thresholds: str = "") -> dict[str, Any]:
    """What the page knows about one table, as stored or under these thresholds."""
    record, heads = table.provenance, table.heads
    score, error = main_score(heads)
    return {
        "name": table.name,
        "hash": table.sha256[:SHOWN],
        "title": record.title,
        **pack_grid(table.grid),
        "scores": record.scores,
        "measures": measured(heads),
        "source": record.source,
        "in_figure": record.reference == REFERENCE,
        "note": source_note(record),
        "when": f"{record.computed_at:%Y-%m-%d}",
        "findings": findings(table, thresholds),
        "detailed": pack(_index(heads["category"]), 1),
        "runner_up": pack(_index(heads["runner_up"]), 1),
        "borderline": pack(heads["borderline"].astype(float), 1),
        "score": pack(score, 2, SCORE_UNIT),
        "error": pack(error, 2, SCORE_UNIT),
        "margin": pack(heads["margin"], MARGIN_WIDTH, MARGIN_UNIT),
        "chances": intervals.packed(table),
    }


def findings(table: Table, thresholds: str = "", *, further: bool = False) -> dict[str, str]:
    """The heading under each view that every table has; ``further``: under those it has besides."""
    return {
        view.name: heading(table, view, thresholds)
        for view in VIEWS.values()
        if bool(view.pack) == further and view.has(table)
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
    return f"published scores ({papers}): {record.describe_scores()}"


def short_citation(key: str) -> str:
    """``Song et al. 2024``: as people name a paper."""
    return CITATIONS[key].short if key in CITATIONS else key


def _index(names: pd.Series) -> pd.Series:
    order = {name: float(i) for i, name in enumerate(CATEGORIES)}
    return names.map(order)


def _score_of(category: str | None) -> str | None:
    known = CATEGORIES.get(category) if isinstance(category, str) else None
    return known.score if known else None
