"""Small head tables with known scores, for tests that need a cache."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from cache import schema
from cache.grid import Grid
from cache.provenance import ProbeRecord, Provenance, TaxonomyRecord
from vocabulary import rules, taxonomy
from vocabulary.evidence import MEASURES, SIGN_ERRORS

#: The scores that today's tables have, whatever the model, as far as rules ask for them.
MEASURED = (*taxonomy.REQUIRED_SCORES, "long_range")
#: Heads of each layer: a hybrid, of which every fourth layer has attention, and a model whose
#: layers differ.
HYBRID, UNEVEN = (0, 0, 0, 4) * 3, (4, 8, 4)


def heads(layers: int = 3, per_layer: int | tuple[int, ...] = 2, **scores: Any) -> pd.DataFrame:
    """A complete head table; a score that is not given is 0.05 on every head.

    A score that most models lack is missing, unless it is given.
    """
    grid = Grid(layers, per_layer)
    columns: dict[str, Any] = dict(zip(("layer", "head"), grid.columns, strict=True))
    for name in (*MEASURED, *(name for name in scores if name in schema.SCORES)):
        columns[name] = scores.get(name, 0.05)
        columns[f"{name}_se"] = 0.001
    places = [name for name in schema.BUDGET if name not in schema.SCORES]
    for name in places:
        columns[name] = (1 - np.nan_to_num(scores.get("mass_sink", 0))) / len(places)
    columns["delimiter_base_rate"] = np.full(grid.size, 0.14)
    table = pd.DataFrame(columns)
    return schema.conform(table.assign(**rules.verdict_columns(table)))


def provenance(layers: int = 3, per_layer: int | tuple[int, ...] = 2, **changes: Any) -> Provenance:
    """The provenance of such a table."""
    grid = Grid(layers, per_layer)
    record: dict[str, Any] = {
        "source": "computed",
        "title": "Tiny Model",
        "model": "tiny",
        "architecture": "GPT2LMHeadModel",
        "layers": layers,
        "heads": grid.most_heads,
        "heads_by_layer": grid.heads_by_layer,
        "scores": list(MEASURED),
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


def with_evidence(table: pd.DataFrame, **measures: Any) -> pd.DataFrame:
    """The head table with measures by name; every standard error is 0.01."""
    columns: dict[str, Any] = {}
    for name, values in measures.items():
        columns[name] = np.asarray(values, np.float32)
        columns[f"{name}_se"] = np.float32(0.01)
        if sign := MEASURES[name].sign:
            far = np.abs(columns[name]) > SIGN_ERRORS * 0.01
            told = np.where(columns[name] > 0, "positive", "negative")
            columns[sign] = np.where(far, told, "zero")
    return schema.conform(table.assign(**columns))
