"""What scoring costs compared with a plain pass: ratios of CPU seconds, and peak memory.

    make bench                        or: python -m benchmarks.bench_scoring
    python -m benchmarks.bench_scoring --rounds 7 --models smollm2 --lengths 256 1024
    python -m benchmarks.bench_scoring --models gpt2-xl --layers 24 --only ours bare bare_fused

The contenders take turns in every round, in one thread; a figure is the ratio of the
medians of their CPU seconds. Peak memory is measured above that of a process with the
model loaded and warm, whose freed memory went back to the system: what lies free in the heap
would be used again without being counted, and differs from contender to contender. For ours
and the bare pass it is the median of three processes.

All contenders are in memory at once, so GPT-2 XL's shape has few layers by default. Ours
skips a part of the last layer, which counts for more if there are few: compare the ratio
to the bare pass for several ``--layers``.
"""

import argparse
import contextlib
import ctypes
import gc
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import torch
import transformers

from benchmarks.contenders import CONTENDERS, ROUND_TOKENS
from benchmarks.shapes import gpt2_xl, save_with_tokenizer, smollm2
from classify.request import embedded_smollm2

LENGTHS = {"smollm2": [128, 256, 512, 1024], "gpt2-xl": [512, 1024]}
TITLES = {
    "smollm2": "SmolLM2-135M",
    "gpt2-xl": "GPT-2 XL's shape, {layers} of its 48 layers, random weights",
}
#: Contenders for one model only: the others have no ``gelu_new``.
_ONLY_FOR = {"bare_fused": "gpt2-xl"}
#: Measured after all others, because it makes the heap larger permanently:
#: ``output_attentions`` then finds its memory there and is 1.6 times as fast at T = 1,024 as in
#: a process of its own, where it must get the memory from the system.
_LAST = "transformer_lens"
#: In how many processes the peak is measured (the median is printed); else in one.
_PEAKS = {"ours": 3, "bare": 3, "bare_fused": 3}
#: Tokens of the prompt that warms a contender up before its memory is measured.
_WARM_LENGTH = 32


def make_folder(model: str, layers: int, scratch: Path) -> Path:
    """Save the model as safetensors, so that every process loads it within a second."""
    folder = scratch / model
    if model == "gpt2-xl":
        # TransformerLens takes only prompts that are shorter than the context.
        save_with_tokenizer(gpt2_xl(layers, n_positions=max(LENGTHS[model]) + 1), folder)
        return folder
    file = embedded_smollm2()
    smollm2().save_pretrained(folder)
    transformers.AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name).save_pretrained(
        folder
    )
    return folder


def times(folder: Path, length: int, names: list[str], rounds: int) -> dict[str, float]:
    """Median CPU seconds of each contender."""
    spent: dict[str, list[float]] = {name: [] for name in names}
    with contextlib.ExitStack() as stack, torch.inference_mode():
        once = {name: stack.enter_context(CONTENDERS[name](folder, length)) for name in names}
        for name in names:
            once[name]()  # warm
        order = list(names)
        for turn in range(rounds):
            random.Random(turn).shuffle(order)
            for name in order:
                began = time.process_time()
                once[name]()
                spent[name].append(time.process_time() - began)
    return {name: statistics.median(seconds) for name, seconds in spent.items()}


def peak(folder: Path, length: int, name: str) -> float:
    """MiB at the peak of one pass above the loaded model, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.bench_scoring", "--peak", name]
    options = ["--folder", str(folder), "--lengths", str(length)]
    # Freed blocks go back at once, so that resident memory is what is in use.
    environment = {**os.environ, "MALLOC_MMAP_THRESHOLD_": "65536", "MALLOC_TRIM_THRESHOLD_": "0"}
    done = subprocess.run(
        [*command, *options], capture_output=True, text=True, env=environment, check=True
    )
    return float(done.stdout)


def print_peak(folder: Path, length: int, name: str) -> None:
    """The child's part: warm up, reset the high-water mark, run once."""
    torch.set_num_threads(1)
    with torch.inference_mode():
        with CONTENDERS[name](folder, _WARM_LENGTH) as once:
            once()
        del once
        gc.collect()
        with CONTENDERS[name](folder, length) as once:
            gc.collect()
            _give_back_free_memory()
            before = _status_kib("VmRSS")
            Path("/proc/self/clear_refs").write_text("5")  # resets VmHWM
            once()
            print((_status_kib("VmHWM") - before) / 1024)


def _give_back_free_memory() -> None:
    """Where the C library is glibc; others keep less."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _status_kib(field: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))


def available() -> list[str]:
    """The contenders that can run here."""
    try:
        import transformer_lens  # noqa: F401, PLC0415 - optional
    except ImportError as error:
        print(f"TransformerLens is left out: {error}")
        return [name for name in CONTENDERS if name != "transformer_lens"]
    return list(CONTENDERS)


def report(title: str, folder: Path, lengths: list[int], names: list[str], rounds: int) -> None:
    """One model's table."""
    print(f"\n{title}: {ROUND_TOKENS} tokens a round, float32, one thread, {rounds} rounds")
    others = [name for name in names if name != "ours"]
    print(f"{'T':>5} {'ours, s':>8} " + " ".join(f"{f'/ {name}':>18}" for name in others), end="")
    measurable = Path("/proc/self/clear_refs").exists()
    told = " ".join(f"{name:>16}" for name in names) if measurable else "only measured on Linux"
    print(f"   peak MiB: {told}", flush=True)
    for length in lengths:
        median = times(folder, length, names, rounds)
        print(f"{length:>5} {median['ours']:>8.3f} ", end="")
        print(" ".join(f"{median['ours'] / median[name]:>18.3f}" for name in others), end="")
        peaks = [
            statistics.median(peak(folder, length, name) for _ in range(_PEAKS.get(name, 1)))
            for name in names
            if measurable
        ]
        print(" " * 13 + " ".join(f"{value:>16.1f}" for value in peaks), flush=True)


def main() -> None:
    """Print one table per model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--models", nargs="+", choices=list(LENGTHS), default=list(LENGTHS))
    parser.add_argument("--lengths", nargs="+", type=int)
    parser.add_argument("--layers", type=int, default=4, help="of GPT-2 XL's shape")
    parser.add_argument("--only", nargs="+", choices=list(CONTENDERS), help="with ours")
    parser.add_argument("--peak", choices=list(CONTENDERS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.peak:
        print_peak(asked.folder, asked.lengths[0], asked.peak)
        return
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_error()
    print(f"{platform.processor() or platform.machine()}, torch {torch.__version__}")
    names = [name for name in available() if name in {"ours", *(asked.only or CONTENDERS)}]
    with tempfile.TemporaryDirectory() as scratch:
        folders = {model: make_folder(model, asked.layers, Path(scratch)) for model in asked.models}
        for group in ([name for name in names if name != _LAST], ["ours", _LAST]):
            for model, folder in folders.items():
                chosen = [
                    name for name in group if name in names and _ONLY_FOR.get(name, model) == model
                ]
                if len(chosen) > 1:
                    title = TITLES[model].format(layers=asked.layers)
                    report(title, folder, asked.lengths or LENGTHS[model], chosen, asked.rounds)


if __name__ == "__main__":
    main()
