"""Measures how well the effects of two halves of the prompts agree over the heads of a model.

    python -m benchmarks.reliability [--model smollm2-135m] [--repeated 8] [--natural 16]
        [--length 257] [--seed 0] [--every 1]

Split-half reliability: the mean, over splits of the prompts in two halves, of Spearman's
correlation over heads between the halves' mean effects; by the formula of Spearman (1910) and
Brown (1910) it tells the reliability of all prompts together. All heads of a large model take
hours on a CPU: ``--every 4`` takes those of every fourth layer, from the first on.
"""

import argparse
import time
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cache.store import Store
from classify.checkpoints import Checkpoints
from classify.effects import mean_and_error
from classify.engine import fused_gelu
from classify.evidence import DEFAULTS, Measurement, plan_evidence
from classify.progress import Progress
from classify.ranks import ALONE
from classify.request import DEFAULT_LENGTH, Request
from classify.run import Clock, prepare
from classify.stop_signals import StopSignals
from classify.worker import job_of
from headstrata.errors import UserError
from vocabulary.evidence import SIGN_ERRORS

Floats = NDArray[np.float64]

#: So many splits at most: 10 prompts have 126, 12 have 462.
_SPLITS, _ALL_SPLIT = 200, 10


def main() -> None:
    """Measure the effects, then compare halves of the prompts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="smollm2-135m")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--repeated", type=int, default=DEFAULTS["repeated"])
    parser.add_argument("--natural", type=int, default=DEFAULTS["natural"])
    parser.add_argument("--length", type=int, default=DEFAULT_LENGTH)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--every", type=int, default=1, help="take every so-manieth layer")
    asked = parser.parse_args()
    request = Request.parse(
        model=asked.model,
        device=asked.device,
        length=asked.length,
        seed=asked.seed,
        evidence=True,
        effect_repeated=asked.repeated,
        effect_natural=asked.natural,
    )
    store = Store("memory://reliability", published=False)
    progress = Progress(job_of(request, "command"), None, None)
    prepared = prepare(request, ALONE, progress, StopSignals(), Clock())
    prepared = replace(prepared, projections=prepared.projections[:: asked.every])
    plan = plan_evidence(request, prepared)
    if plan is None or plan.stack is None:
        raise UserError(f"{asked.model}: {'; '.join(plan.notes if plan else [])}")
    checkpoints = Checkpoints(store, request.table_name, "reliability")
    measurement = Measurement(plan, request.model, checkpoints, ALONE, progress, lambda: None)
    began = time.process_time()
    with fused_gelu(prepared.loaded.model):
        found = measurement.effects(plan.stack)
    heads = sum(projection.heads for projection in plan.projections)
    print(f"{asked.model}: {heads} heads, prompts of {prepared.probes.length} tokens")
    print(f"{time.process_time() - began:.0f} CPU s, {prepared.loaded.device.type}")
    print(f"{'probe':<9} {'prompts':>7} {'splits':>6} {'halves':>6} {'all':>6} {'not zero':>8}")
    for probe, one in found.items():
        correlations = [halves(one.values, half) for half in splits(len(one.values))]
        mean = float(np.mean(correlations))
        effect, error = mean_and_error(one.values)
        beyond = int((np.abs(effect) > SIGN_ERRORS * error).sum())
        print(
            f"{probe:<9} {len(one.values):>7} {len(correlations):>6} {mean:>6.2f} "
            f"{spearman_brown(mean):>6.2f} {beyond:>8}"
        )


def splits(prompts: int) -> list[list[int]]:
    """The first halves of splits in two halves of the same size, each split once.

    With an odd number of prompts the last one is left out. Where there are more than 200 splits,
    200 are drawn.
    """
    even = prompts - prompts % 2
    if even <= _ALL_SPLIT:
        return [[0, *rest] for rest in combinations(range(1, even), even // 2 - 1)]
    rng = np.random.default_rng(0)
    return [rng.permutation(even)[: even // 2].tolist() for _ in range(_SPLITS)]


def halves(values: Floats, half: list[int]) -> float:
    """Spearman's correlation over heads between the mean effects of two halves.

    Args:
        values: (N, heads), one effect a prompt.
        half: Prompts of the one half; the other half is the rest, without an odd last one.
    """
    even = len(values) - len(values) % 2
    rest = sorted(set(range(even)) - set(half))
    one, other = (pd.Series(values[part].mean(0)).rank() for part in (half, rest))
    return float(one.corr(other))


def spearman_brown(halved: float) -> float:
    """The reliability of all prompts, from that of half of them."""
    return 2 * halved / (1 + halved)


if __name__ == "__main__":
    main()
