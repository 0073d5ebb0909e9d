"""Small head tables with known scores, for tests that need a cache."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from cache import schema
from cache.grid import Grid
from cache.provenance import ProbeRecord, Provenance, TaxonomyRecord
from vocabulary import rules, taxonomy


def heads(layers: int = 3, per_layer: int = 2, **scores: Any) -> pd.DataFrame:
    """A complete head table; a score that is not given is 0.05 on every head."""
    grid = Grid(layers, per_layer)
    table = pd.DataFrame(dict(zip(("layer", "head"), grid.columns, strict=True)))
    for name in schema.SCORES:
        table[name] = scores.get(name, 0.05)
        table[f"{name}_se"] = 0.001
    for name in schema.BUDGET:
        table[name] = 1 / len(schema.BUDGET)
    table["delimiter_base_rate"] = np.full(grid.size, 0.14)
    return schema.conform(table.assign(**rules.verdict_columns(table)))


def provenance(layers: int = 3, per_layer: int = 2, **changes: Any) -> Provenance:
    """The provenance of such a table."""
    record: dict[str, Any] = {
        "source": "computed",
        "title": "Tiny Model",
        "model": "tiny",
        "architecture": "GPT2LMHeadModel",
        "layers": layers,
        "heads": per_layer,
        "scores": list(schema.SCORES),
        "probes": [ProbeRecord(name="natural", prompts=4, length=64, rows=8, seed=0)],
        "taxonomy": TaxonomyRecord(
            version=taxonomy.TAXONOMY_VERSION,
            thresholds=taxonomy.THRESHOLDS,
            categories=taxonomy.group_of(),
        ),
        "computed_at": datetime(2026, 11, 1, 12, tzinfo=UTC),
    }
    return Provenance(**(record | changes))


def categories_by_layer(*layers: list[str], **scores: Any) -> pd.DataFrame:
    """Each layer's categories, head by head; a score that is not given is unknown."""
    rows = [
        {"layer": layer, "head": head, "category": category}
        for layer, categories in enumerate(layers)
        for head, category in enumerate(categories)
    ]
    made = pd.DataFrame(rows)
    for name in schema.SCORES:
        made[name] = scores.get(name, np.nan)
    return made
