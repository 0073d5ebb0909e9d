"""Scoring GPT-2 XL's shape on a CUDA machine; nothing to download.

    python -m benchmarks.bench_gpu
    python -m benchmarks.bench_gpu --tiny --device cpu     the same code, for a smoke test

Random weights in bfloat16, 64 + 64 prompts of 512 random tokens. Prints time per
stage, tokens/s, the ratio to the bare pass, peak memory, and the model FLOPs
utilisation against the card's dense 16-bit peak.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from benchmarks.shapes import gpt2_xl
from classify.engine import Engine, fused_gelu
from classify.probes import FIRST_QUERY, Prompts
from classify.reader_choice import choose_reader
from classify.record import device_name
from classify.table import head_table
from vocabulary.taxonomy import PROBES

PROMPTS, LENGTH, ROWS = 64, 512, 32
#: Dense 16-bit tensor-core peaks in FLOP/s, from the vendor's data sheets; the first name that
#: is part of the card's counts.
PEAKS = {
    "H100 PCIe": 756e12,
    "H100 NVL": 835e12,
    "H100": 989e12,
    "H200": 989e12,
    "A100": 312e12,
    "L40S": 362e12,
    "L40": 181e12,
    "4090": 165e12,
}
_TINY = {"layers": 2, "n_embd": 64, "n_head": 4}


def random_prompts(vocabulary: int, length: int, count: int) -> list[Prompts]:
    """``count`` prompts per probe; speed does not depend on what the tokens are."""
    rng = np.random.default_rng(0)
    made = []
    for probe in PROBES:
        tokens = rng.integers(1, vocabulary, (count, length))
        low = (length - 1) // 2 + 1 if probe == "repeated" else FIRST_QUERY
        high = 2 * ((length - 1) // 2) + 1
        queries = np.stack([np.sort(rng.permutation(np.arange(low, high))[:ROWS]) for _ in tokens])
        made.append(Prompts(probe, tokens, queries, rng.random(tokens.shape) < 0.14))
    return made


def batched(prompts: Prompts, size: int) -> list[Prompts]:
    """The same prompts in batches of ``size``."""
    return [
        Prompts(
            prompts.probe,
            prompts.tokens[i : i + size],
            prompts.queries[i : i + size],
            prompts.delimiter[i : i + size],
        )
        for i in range(0, len(prompts.tokens), size)
    ]


def timed(work: Callable[[], Any], device: torch.device, rounds: int) -> float:
    """Median wall seconds, after one warm-up round."""
    seconds = []
    for _ in range(rounds + 1):
        _wait(device)
        began = time.perf_counter()
        work()
        _wait(device)
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds[1:])


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def peak_mib(work: Callable[[], Any], device: torch.device) -> float:
    """MiB above the weights at the peak; NaN where the device does not count it."""
    if device.type != "cuda":
        return float("nan")
    torch.cuda.reset_peak_memory_stats(device)
    before = torch.cuda.memory_allocated(device)
    work()
    return (torch.cuda.max_memory_allocated(device) - before) / 2**20


def flops(model: Any, tokens: int, length: int) -> float:
    """Multiply-adds of the base model's pass, doubled; causal attention counted once."""
    config = model.config
    weights = sum(p.numel() for p in model.base_model.h.parameters())
    attention = 2 * length * config.n_embd * config.n_layer  # q.k and a.v over half the square
    return 2.0 * tokens * (weights + attention / 2)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--dtype", default="bfloat16", choices=["bfloat16", "float16", "float32"])
    parser.add_argument("--batch", type=int, default=32, help="prompts per pass")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--tiny", action="store_true", help="a small shape, few prompts")
    return parser.parse_args()


def main() -> None:
    """Build, warm up, measure, print."""
    asked = arguments()
    device = torch.device(asked.device)
    count, length = (4, 64) if asked.tiny else (PROMPTS, LENGTH)

    began = time.perf_counter()
    torch.set_default_dtype(getattr(torch, asked.dtype))
    with device:
        model = gpt2_xl(**_TINY) if asked.tiny else gpt2_xl()
    torch.set_default_dtype(torch.float32)
    _wait(device)
    built = time.perf_counter() - began

    began = time.perf_counter()
    probes = random_prompts(model.config.vocab_size, length, count)
    batches = [batch for prompts in probes for batch in batched(prompts, asked.batch)]
    probing = time.perf_counter() - began
    began = time.perf_counter()
    reader = choose_reader(model, torch.from_numpy(probes[0].tokens[:1]).to(device))
    checking = time.perf_counter() - began
    engine = Engine(reader, device, lambda: None)
    tokens = [torch.from_numpy(batch.tokens).to(device) for batch in batches]

    def score() -> dict[Any, list[Any]]:
        values: dict[Any, list[Any]] = {probe: [] for probe in PROBES}
        for batch in batches:
            values[batch.probe].append(engine.score(batch))
        return values

    @torch.inference_mode()
    def bare() -> None:
        for batch in tokens:
            model.base_model(batch, use_cache=False)

    with fused_gelu(model):
        scored = timed(score, device, asked.rounds)
        scored_mib = peak_mib(score, device)
        fused = timed(bare, device, asked.rounds)
    stock, stock_mib = timed(bare, device, asked.rounds), peak_mib(bare, device)
    values = {probe: np.concatenate(parts) for probe, parts in score().items()}
    table = timed(lambda: head_table(values, reader.grid), torch.device("cpu"), 3)

    total = 2 * count * length
    print(f"{device_name(device)}, torch {torch.__version__}, {asked.dtype}, {reader.description}")
    print(
        f"{reader.grid.layers} layers x {reader.grid.most_heads} heads, "
        f"{count} + {count} prompts of {length} tokens,"
    )
    print(f"{ROWS} rows, batches of {asked.batch} prompts, median of {asked.rounds} rounds")
    print(f"  build weights    {built:9.3f} s")
    print(f"  make probes      {probing:9.3f} s")
    print(f"  choose reader    {checking:9.3f} s")
    print(f"  scored passes    {scored:9.3f} s   {total / scored:12,.0f} tokens/s")
    print(f"  bare passes      {stock:9.3f} s   scored / bare {scored / stock:.3f}")
    print(f"  bare, fused gelu {fused:9.3f} s   scored / bare {scored / fused:.3f}")
    print(f"  table            {table:9.3f} s")
    print(f"  peak above the weights: scored {scored_mib:.0f} MiB, bare {stock_mib:.0f} MiB")
    known = [peak for name, peak in PEAKS.items() if name in device_name(device)]
    if known and asked.dtype != "float32":
        used = flops(model, total, length) / scored / known[0]
        print(
            f"  model FLOPs utilisation {used:.1%} of {known[0] / 1e12:.0f} TFLOP/s (dense 16 bits)"
        )


if __name__ == "__main__":
    main()
