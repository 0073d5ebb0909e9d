"""Make the published tables that ship in ``cache/published`` from the papers' figures.

    python scripts/make_published.py FOLDER

FOLDER holds ``gpt2-xl_song2024_pattern_scores.csv`` and
``gpt2_song2024_pattern_scores.csv``: layer, head, induction, previous_token for
every head, from Song et al. 2024 (arXiv 2408.09503; repository
JiajunSong629/ood-generalization-via-composition, PTH.json and IH.json of its
removal-ih experiment), rounded to four digits. The scores that nobody published
stay missing.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from cache import schema
from cache.provenance import ProbeRecord, Provenance, TaxonomyRecord
from cache.store import PUBLISHED, PUBLISHED_SUFFIX, encode
from classify import rules, taxonomy

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
    verdict = rules.categorise(table)
    table["category"] = verdict.category
    table["group"] = rules.groups(verdict.category)
    table["runner_up"] = verdict.runner_up
    table["margin"] = verdict.margin
    table["borderline"] = verdict.borderline
    return schema.conform(table)


def provenance(reference: str) -> Provenance:
    """What is known of the published figures."""
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


def main() -> None:
    """Write one parquet file per model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the CSV files are")
    folder = parser.parse_args().folder
    for reference in MODELS:
        figures = pd.read_csv(folder / f"{reference}_song2024_pattern_scores.csv")
        heads, record = published_heads(figures), provenance(reference)
        schema.check(heads, record.layers, record.heads, record.taxonomy.categories)
        target = PUBLISHED / f"{reference}{PUBLISHED_SUFFIX}.parquet"
        target.write_bytes(encode(heads, record))
        print(f"{target}: {len(heads)} heads, {heads['category'].value_counts().to_dict()}")


if __name__ == "__main__":
    main()
