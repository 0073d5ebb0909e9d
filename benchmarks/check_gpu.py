"""Checks on a machine with a GPU that it gives the same scores as a CPU.

    python -m benchmarks.check_gpu
    python -m benchmarks.check_gpu --device cpu     the checks that a CPU can do
    python -m benchmarks.check_gpu --only memory    this one (or more of them)

Downloads nothing. Prints one line per check; the exit code is 1 if one failed. These
things cannot be tested without a GPU: half precision on the GPU, running out of memory,
weights spread over several GPUs or offloaded, several processes.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
from transformers import AutoModelForCausalLM, LlamaConfig

from benchmarks.shapes import gpt2_xl, save_with_tokenizer
from cache.store import Store
from classify.engine import Engine
from classify.loading import load
from classify.probes import Probes, read_vocabulary
from classify.reader_choice import choose_reader
from classify.record import device_name
from classify.request import Request
from classify.text import tokenize
from classify.worker import run_job
from vocabulary.taxonomy import SCORES

PROMPTS, LENGTH = 24, 129
#: The largest allowed difference of any score from float32 on the CPU. For 16 bits it is
#: the difference that they make on a CPU (docs/scoring.md), and more for random weights.
ALLOWED = {"float32": 2e-4, "bfloat16": 0.03, "float16": 0.01}


class NotCheckedError(Exception):
    """This machine cannot do the check."""


def checkpoints(folder: Path) -> list[Path]:
    """Small GPT-2 and Llama (grouped queries) with random weights that attend unevenly."""
    gpt2 = gpt2_xl(4, n_embd=128, n_head=4, n_positions=512, vocab_size=8000, initializer_range=0.1)
    llama = AutoModelForCausalLM.from_config(
        LlamaConfig(
            vocab_size=8000,
            hidden_size=128,
            intermediate_size=256,
            num_hidden_layers=4,
            num_attention_heads=8,
            num_key_value_heads=2,
            initializer_range=0.1,
        )
    )
    made = [folder / "gpt2", folder / "llama"]
    for model, place in zip((gpt2, llama), made, strict=True):
        save_with_tokenizer(model, place)
    return made


def scored(model: Path, store: Store, device: str, dtype: str) -> pd.DataFrame:
    """The table of this model on this device."""
    name = f"{model.name}-{device.replace(':', '-')}-{dtype}"
    asked = {"prompts": PROMPTS, "length": LENGTH, "device": device, "dtype": dtype, "name": name}
    run_job(Request.parse(model=str(model), **asked), store)
    return store.read(name).heads


def difference(one: pd.DataFrame, other: pd.DataFrame) -> float:
    """The largest difference of any score of any head."""
    return float(np.abs(one[list(SCORES)] - other[list(SCORES)]).to_numpy().max())


def precision(folder: Path, store: Store, device: str) -> str:
    """The card against the CPU, in every dtype."""
    told = []
    for model in checkpoints(folder):
        exact = scored(model, store, "cpu", "float32")
        for dtype, allowed in ALLOWED.items():
            off = difference(scored(model, store, device, dtype), exact)
            told.append(f"{model.name} {dtype} {off:.1e}")
            if off > allowed:
                raise AssertionError(f"{told[-1]}, allowed {allowed:g}")
    return "largest difference from the CPU: " + ", ".join(told)


def memory(folder: Path, _: Store, device: str) -> str:
    """A batch that does not fit is halved until it does, and scores the same."""
    loaded = load(Request.parse(model=str(folder / "gpt2"), device=device, dtype="float32"))
    vocabulary = read_vocabulary(loaded.tokenizer, 8000)
    text, _ = tokenize(loaded.tokenizer, None, 512)
    prompts = Probes(vocabulary, text, 512, 32, 0).make("natural", 0, 64)
    reader = choose_reader(loaded.model, torch.from_numpy(prompts.tokens[:1]).to(loaded.device))
    roomy = Engine(reader, loaded.device, lambda: None).score(prompts)
    if loaded.device.type != "cuda":
        raise NotCheckedError("a CPU's memory is not taken away")
    torch.cuda.empty_cache()
    held, total = (
        torch.cuda.memory_reserved(loaded.device),
        torch.cuda.mem_get_info(loaded.device)[1],
    )
    engine = Engine(reader, loaded.device, lambda: None)
    try:  # room for some of the 64 prompts, not for all
        torch.cuda.set_per_process_memory_fraction((held + 96 * 2**20) / total, loaded.device)
        tight = engine.score(prompts)
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0, loaded.device)
    if engine.halves.largest is None:
        raise AssertionError("memory never ran out: nothing was shown")
    off = np.abs(tight - roomy).max()
    if off > 1e-5:
        raise AssertionError(f"halved batches differ by {off:.1e}")
    return f"64 prompts in batches of {engine.halves.largest}, difference {off:.1e}"


def spread(folder: Path, _: Store, device: str) -> str:
    """Layers on two cards are scored where they lie."""
    if device != "cuda" or torch.cuda.device_count() < 2:
        raise NotCheckedError("it takes two GPUs")
    return _apart(folder, "cuda:0", {0: "cuda:0", 1: "cuda:0", 2: "cuda:1", 3: "cuda:1"})


def offload(folder: Path, _: Store, device: str) -> str:
    """Layers that are fetched for their turn, from memory (or a disk) beside the device."""
    aside = "cpu" if device.startswith("cuda") else "disk"
    return _apart(folder, device, {0: device, 1: device, 2: aside, 3: aside})


def _apart(folder: Path, device: str, places: dict[int, str]) -> str:
    """The scores of a model whose layers lie in these places, against those of a whole one."""
    place = folder / "gpt2"
    model = AutoModelForCausalLM.from_pretrained(place, dtype=torch.float32).eval()
    parts = ("wte", "wpe", "drop", "ln_f")
    where = {f"transformer.{part}": device for part in parts} | {"lm_head": device}
    apart = AutoModelForCausalLM.from_pretrained(
        place,
        dtype=torch.float32,
        device_map=where | {f"transformer.h.{layer}": there for layer, there in places.items()},
        offload_folder=folder / "aside",
    ).eval()
    loaded = load(Request.parse(model=str(place), device="cpu"))
    text, _ = tokenize(loaded.tokenizer, None, LENGTH)
    prompts = Probes(read_vocabulary(loaded.tokenizer, 8000), text, LENGTH, 32, 0).make(
        "natural", 0, 8
    )
    tokens = torch.from_numpy(prompts.tokens[:1])
    whole = Engine(choose_reader(model, tokens), "cpu", lambda: None).score(prompts)
    parted = Engine(choose_reader(apart, tokens.to(device)), device, lambda: None).score(prompts)
    off = np.abs(whole - parted).max()
    if off > ALLOWED["float32"]:
        raise AssertionError(f"weights that lie apart differ by {off:.1e}")
    used = sorted({str(p.device).replace("meta", "aside") for p in apart.parameters()})
    if len(used) < 2:
        raise AssertionError(f"all weights are on {used[0]}: nothing was shown")
    return f"weights on {' and '.join(used)}, difference {off:.1e}"


def processes(folder: Path, store: Store, device: str) -> str:
    """One process a GPU gives the table of one process."""
    count = torch.cuda.device_count() if device.startswith("cuda") else 2
    if count < 2:
        raise NotCheckedError("there is one GPU, and each process needs its own")
    model = folder / "llama"
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    command += ["--nproc-per-node", str(count), "-m", "classify", str(model), "--name", "shared"]
    command += ["--prompts", str(PROMPTS), "--length", str(LENGTH), "--dtype", "float32"]
    command += ["--device", torch.device(device).type, "--cache", store.url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise AssertionError(f"code {done.returncode}: {done.stderr[-500:]}")
    off = difference(store.read("shared").heads, scored(model, store, device, "float32"))
    if off > 1e-6:
        raise AssertionError(f"{count} processes differ by {off:.1e} from one")
    return f"{count} processes, difference {off:.1e} from one"


CHECKS: dict[str, Callable[[Path, Store, str], str]] = {
    "precision": precision,
    "memory": memory,
    "spread": spread,
    "offload": offload,
    "processes": processes,
}


def main() -> None:
    """Run every check and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--only", nargs="+", choices=CHECKS, default=list(CHECKS))
    asked: Any = parser.parse_args()
    print(f"{device_name(torch.device(asked.device))}, torch {torch.__version__}", flush=True)
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        store = Store(f"{scratch}/cache", create=True)
        for name in asked.only:
            try:
                told = f"ok           {CHECKS[name](Path(scratch), store, asked.device)}"
            except NotCheckedError as reason:
                told = f"not checked  {reason}"
            except Exception as error:  # the other checks still run
                failed = True
                told = f"FAILED       {type(error).__name__}: {error}"
            print(f"{name:<10} {told}", flush=True)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
