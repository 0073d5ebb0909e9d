"""The whole command on a GPT-2 XL-shaped checkpoint: time per stage and peak memory.

    python -m benchmarks.bench_command [--layers 48] [--folder FOLDER] [-- CLASSIFY OPTIONS]

Makes a checkpoint with random weights (6 GB in float32 for all 48 layers), runs
``headstrata classify`` on it at its default settings in a process of its own, and
prints the stages and the peak of the process's memory: resident (ru_maxrss,
which counts the mapped checkpoint too) and its own (RssAnon, sampled).
"""

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from cache.store import Store

_SAMPLE_S = 0.05


def status_kib(pid: int, field: str) -> int:
    """A field of the process's status, in KiB; 0 once it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(field)), 0)


def measured(command: list[str]) -> tuple[float, int, int]:
    """Seconds, peak resident KiB and peak own KiB of a command."""
    began = time.monotonic()
    process = subprocess.Popen(command)
    own = peak = 0
    while process.poll() is None:
        own = max(own, status_kib(process.pid, "RssAnon"))
        peak = max(peak, status_kib(process.pid, "VmHWM"))
        threading.Event().wait(_SAMPLE_S)
    if process.returncode:
        sys.exit(f"the command failed with code {process.returncode}")
    return time.monotonic() - began, peak, own


def main() -> None:
    """Make the checkpoint, run the command, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--layers", type=int, default=48)
    parser.add_argument("--folder", type=Path, help="where the checkpoint goes (and stays)")
    parser.add_argument("options", nargs="*", help="options of headstrata classify, after --")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (asked.folder or Path(scratch)) / f"gpt2-xl-shape-{asked.layers}"
        if not (folder / "tokenizer.json").exists():  # written last
            make = [sys.executable, "-m", "benchmarks.shapes", str(asked.layers), str(folder)]
            subprocess.run(make, check=True)
        cache = Path(scratch) / "cache"
        command = [sys.executable, "-m", "classify", str(folder), "--cache", str(cache)]
        seconds, peak, own = measured([*command, *asked.options])
        record = Store(str(cache)).read(folder.name).provenance
    size = f"{record.layers} layers x {record.heads} heads"
    print(
        f"headstrata classify {' '.join(asked.options)} on GPT-2 XL's shape, {size}, random weights"
    )
    print(f"  {record.device}, {record.dtype}, {record.attention}")
    for probe in record.probes:
        print(
            f"  {probe.name}: {probe.prompts} prompts of {probe.length} tokens, {probe.rows} rows"
        )
    print(f"  whole command {seconds:8.1f} s")
    for stage, spent in record.timings_s.items():
        print(f"  {stage:<13} {spent:8.1f} s  {spent / seconds:6.1%}")
    print(f"  peak memory   {peak / 2**20:8.2f} GiB resident, {own / 2**20:.2f} GiB its own")


if __name__ == "__main__":
    main()
