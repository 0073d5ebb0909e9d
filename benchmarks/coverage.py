"""Measures whether the reported standard errors are right: many seeds on one model.

    python -m benchmarks.coverage --seeds 20 [--first-seed 0] [--prompts 64] [--model smollm2-135m]

For every head and score: how often the mean over all seeds lies within two
reported standard errors of a seed's score (it should be 90 to 99 %), and how
often heads that are not called borderline keep their category (>= 98 %).
"""

import argparse

import numpy as np
import torch

from classify.attention import SdpaRowsReader
from classify.engine import Engine, fused_gelu
from classify.loading import load
from classify.probes import Probes, read_vocabulary
from classify.projections import find_projections, norm_maps
from classify.reader_choice import choose_reader
from classify.request import DEFAULT_LENGTH, DEFAULT_ROWS, Request
from classify.table import head_table
from classify.text import tokenize
from vocabulary.taxonomy import PROBES, SCORES

_BATCH = 8


def main() -> None:
    """Score once per seed, then compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="smollm2-135m")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--prompts", type=int, default=64)
    parser.add_argument("--length", type=int, default=DEFAULT_LENGTH)
    asked = parser.parse_args()
    loaded = load(Request.parse(model=asked.model))
    vocabulary = read_vocabulary(loaded.tokenizer, len(loaded.tokenizer))
    text, _ = tokenize(loaded.tokenizer, None, asked.length)
    engine, tables = None, []
    for seed in range(asked.first_seed, asked.first_seed + asked.seeds):
        probes = Probes(vocabulary, text, asked.length, DEFAULT_ROWS, seed)
        if engine is None:
            first = torch.from_numpy(probes.make("natural", 0, 1).tokens).to(loaded.device)
            reader = choose_reader(loaded.model, first)
            if isinstance(reader, SdpaRowsReader):
                reader.norm_maps = norm_maps(find_projections(loaded.model, reader, first))
            engine = Engine(reader, loaded.device, lambda: None)
        with fused_gelu(loaded.model):
            values = {
                probe: np.concatenate(
                    [
                        engine.score(probes.make(probe, i, min(i + _BATCH, asked.prompts)))
                        for i in range(0, asked.prompts, _BATCH)
                    ]
                )
                for probe in PROBES
            }
        tables.append(head_table(values, engine.reader.grid))
    print(f"{asked.model}: {asked.seeds} seeds from {asked.first_seed} on, {len(tables[0])} heads")
    each = f"{asked.prompts} + {asked.prompts} prompts of {asked.length} tokens"
    print(f"{each}, {DEFAULT_ROWS} rows")
    print(f"{'score':<17} {'within 2 SE':>11} {'spread / SE':>11} {'largest SE':>11}")
    correction = np.sqrt(1 - 1 / asked.seeds)  # the mean over seeds contains the seed itself
    for score in (name for name in SCORES if tables[0][name].notna().any()):
        mean = np.stack([t[score].to_numpy() for t in tables])  # (seeds, N)
        error = np.stack([t[f"{score}_se"].to_numpy() for t in tables])
        within = np.abs(mean - mean.mean(0)) <= 2 * error * correction
        spread = mean.std(0, ddof=1) / np.sqrt((error**2).mean(0))
        print(f"{score:<17} {within.mean():>11.1%} {np.median(spread):>11.3f} {error.max():>11.4f}")
    categories = np.stack([t["category"].to_numpy(dtype=str) for t in tables])
    sure = ~np.stack([t["borderline"].to_numpy() for t in tables])
    names = [np.unique(column, return_counts=True) for column in categories.T]
    usual = np.array([values[counts.argmax()] for values, counts in names])
    kept = (categories == usual)[sure].mean()
    moved = (categories != categories[0]).any(0)
    print(f"not borderline: {sure.mean():.1%} of heads; of them {kept:.2%} have the usual category")
    print(f"heads whose category differs between seeds: {moved.sum()}")
    print(f"of those, borderline in some seed: {(~sure)[:, moved].any(0).sum()}")


if __name__ == "__main__":
    main()
