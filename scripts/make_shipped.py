"""Make the computed tables that ship in ``cache/shipped``: SmolLM2-135M, scored by the worker.

    python scripts/make_shipped.py

Scores the embedded model as ``headstrata classify smollm2-135m`` does, with its heads' effects on
repeated text (half an hour on a CPU), and puts its table and its patterns in place. To be run
again when the worker measures something else, or when a file of the contract gets a new version.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from cache.patterns import path_of
from cache.store import SHIPPED, Store

MODEL = "smollm2-135m"
#: The reference is a CPU's: other devices round differently.
COMMAND = [sys.executable, "-m", "headstrata", "classify", MODEL, "--device", "cpu"]
#: Effects on natural text need 64 prompts or more to tell heads apart: hours on a CPU.
COMMAND += ["--evidence", "--effect-repeated", "6", "--effect-natural", "0"]


def ship(cache: Path) -> None:
    """Put the table of a cache, and its patterns, among those that ship."""
    record = Store(str(cache), published=False).read(MODEL).provenance
    for file in (f"tables/{MODEL}.parquet", path_of(MODEL)):
        target = SHIPPED / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(cache / file, target)
        print(f"{target}: {target.stat().st_size:,} bytes")
    print(f"{record.title}, {record.grid.size} heads, scored in {record.duration_s:.0f} s")


def main() -> None:
    """Score the model in a cache of its own, and take what it has made."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder, "cache")
        subprocess.run([*COMMAND, "--cache", str(cache)], check=True)
        ship(cache)


if __name__ == "__main__":
    main()
