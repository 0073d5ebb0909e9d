"""Measures what a long ``--text`` costs: seconds and memory of reading and tokenizing it.

    python -m benchmarks.bench_text [--model smollm2-135m] [megabytes …]

Each size is measured in a process of its own, because memory that was once used stays.
"""

import argparse
import multiprocessing
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from classify.request import DEFAULT_LENGTH, Request, gguf_file
from classify.text import default_text, tokenize


def main() -> None:
    """Print a line for every size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="smollm2-135m")
    parser.add_argument("megabytes", nargs="*", type=int, default=[0, 2, 20, 40])
    asked = parser.parse_args()
    print(f"{'text':>12} {'seconds':>8} {'MiB more':>9} {'tokens':>9}")
    for size in asked.megabytes:
        worker = multiprocessing.get_context("spawn").Process(target=_one, args=(asked.model, size))
        worker.start()
        worker.join()


def _one(model: str, megabytes: int) -> None:
    """Measure one size; 0 is the default text."""
    tokenizer = _tokenizer(model)
    tokenizer("The first call takes longer.")
    with tempfile.TemporaryDirectory() as folder:
        path = None
        if megabytes:
            prose = default_text() + "\n"
            path = Path(folder) / "text"
            with path.open("w", encoding="utf-8") as file:
                for _ in range(megabytes * 1_000_000 // len(prose) + 1):
                    file.write(prose)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.monotonic()
        text, _ = tokenize(tokenizer, str(path) if path else None, DEFAULT_LENGTH)
        seconds = time.monotonic() - began
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    name = f"{megabytes} MB" if megabytes else "the default"
    print(f"{name:>12} {seconds:>8.2f} {more:>9.0f} {len(text.ids):>9,}", flush=True)


def _tokenizer(model: str) -> Any:
    from transformers import AutoTokenizer  # noqa: PLC0415 - only the workers need it

    file = gguf_file(Request.parse(model=model))
    if file is None:
        return AutoTokenizer.from_pretrained(model)
    return AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)


if __name__ == "__main__":
    main()
