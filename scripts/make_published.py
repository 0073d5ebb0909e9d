"""Make the published tables that ship in ``cache/published`` from the papers' figures.

    python scripts/make_published.py FOLDER

FOLDER holds

- ``gpt2-xl_song2024_pattern_scores.csv`` and ``gpt2_song2024_pattern_scores.csv``:
  layer, head, induction, previous_token for every head, from Song et al. 2024
  (arXiv 2408.09503; repository JiajunSong629/ood-generalization-via-composition,
  PTH.json and IH.json of its removal-ih experiment), rounded to four digits. Scores
  that were not published stay missing.
- ``gpt2-xl_maps2024_operation_scores.csv``: layer, head, and for 18 operations the
  score and its ``__suppression``, from Elhelo and Geva 2024 (arXiv 2412.11965;
  repository amitelhelo/MAPS), mean of four prompt templates.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cache import schema
from cache.evidence import OPERATIONS_FILE
from cache.provenance import ProbeRecord, Provenance, TaxonomyRecord
from cache.store import PUBLISHED, PUBLISHED_SUFFIX, encode
from vocabulary import rules, taxonomy
from vocabulary.operations import OPERATION_THRESHOLD, OPERATIONS, OPERATIONS_CITATION

MEASURED = ["induction", "previous_token"]
MODELS = {
    "gpt2-xl": ("GPT-2 XL", "openai-community/gpt2-xl", 48, 25),
    "gpt2": ("GPT-2 small", "openai-community/gpt2", 12, 12),
}
#: The paper's first version (arXiv), so that two runs give the same file.
PUBLISHED_AT = datetime(2024, 8, 18, tzinfo=UTC)


def published_heads(figures: pd.DataFrame) -> pd.DataFrame:
    """A head table from columns layer, head, induction, previous_token."""
    table = pd.DataFrame({"layer": figures["layer"], "head": figures["head"]})
    for name in schema.SCORES:
        table[name] = figures[name] if name in MEASURED else np.nan
        table[f"{name}_se"] = np.nan
    for name in (*schema.BUDGET, "delimiter_base_rate"):
        table[name] = np.nan
    return schema.conform(table.assign(**rules.verdict_columns(table)))


def provenance(reference: str) -> Provenance:
    """The provenance of the published figures."""
    title, model, layers, heads = MODELS[reference]
    return Provenance(
        source="published",
        title=title,
        model=model,
        reference=reference,
        architecture="GPT2LMHeadModel",
        layers=layers,
        heads=heads,
        scores=MEASURED,
        citations=["song2024"],
        probes=[ProbeRecord(name="repeated", prompts=50, length=50, rows="all", seed=2024)],
        dtype="float32",
        taxonomy=TaxonomyRecord(
            version=taxonomy.TAXONOMY_VERSION,
            thresholds=taxonomy.THRESHOLDS,
            categories=taxonomy.group_of(),
        ),
        notes=[
            "50 sequences of 25 random tokens, twice, without a BOS token; the first row and "
            "column of the attention are dropped and each row is renormalised, so the scores "
            "are higher than raw attention on heads that also rest on the first token.",
            "Both scores were measured on the repeated random tokens. No standard errors and "
            "no other scores were published.",
        ],
        computed_at=PUBLISHED_AT,
    )


def operation_scores(figures: pd.DataFrame) -> pa.Table:
    """The MAPS figures: layer and head as int16, each score as float32, source as metadata."""
    names = [name for o in OPERATIONS.values() for name in (o.name, o.suppression)]
    table = figures[["layer", "head", *names]].astype(
        {"layer": "int16", "head": "int16", **dict.fromkeys(names, "float32")}
    )
    source = {
        "citation": OPERATIONS_CITATION,
        "arxiv": "2412.11965",
        "repository": "amitelhelo/MAPS",
        "path": "results/gpt2-xl/experiment1_correlative/multiple_prompts/dynamic_scores",
        "score": "fraction of (source, target) pairs whose target is in the head's top 10 outputs "
        "(top 1 for copying) when its last position attends to the source; mean of 4 templates",
        "suppression": "the same on the negated projection",
        "threshold": str(OPERATION_THRESHOLD),
    }
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    return arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **source})


def write_heads(folder: Path, reference: str) -> None:
    """Write the head table of one model."""
    figures = pd.read_csv(folder / f"{reference}_song2024_pattern_scores.csv")
    heads, record = published_heads(figures), provenance(reference)
    schema.check(heads, record.grid, record.taxonomy.categories)
    target = PUBLISHED / f"{reference}{PUBLISHED_SUFFIX}.parquet"
    target.write_bytes(encode(heads, record))
    print(f"{target}: {len(heads)} heads, {heads['category'].value_counts().to_dict()}")


def write_operations(folder: Path, reference: str = "gpt2-xl") -> None:
    """Write the operation scores of one model."""
    figures = pd.read_csv(folder / f"{reference}_maps2024_operation_scores.csv")
    target = PUBLISHED / OPERATIONS_FILE.format(reference=reference)
    pq.write_table(operation_scores(figures), target, compression="zstd")
    print(f"{target}: {len(figures)} heads, {len(OPERATIONS)} operations")


def main() -> None:
    """Write the head tables and the operation scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the CSV files are")
    folder = parser.parse_args().folder
    for reference in MODELS:
        write_heads(folder, reference)
    write_operations(folder)


if __name__ == "__main__":
    main()
