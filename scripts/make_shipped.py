"""Make the computed tables that ship in ``cache/shipped``: SmolLM2-135M, scored by the worker.

    python scripts/make_shipped.py [--keep-evidence] [--cache FOLDER]

Scores the embedded model as ``headstrata classify smollm2-135m`` does, with its heads' effects on
repeated and on natural text (more than an hour on a CPU), and puts its table and its patterns in
place. To be run again when the worker measures something else, or when a file of the contract gets
a new version. Where only scores have changed, ``--keep-evidence`` takes copying and effects from
the table that ships, if its weights, text and first token are the same; their record in the
provenance still says when and with which versions they were measured. With ``--cache`` a run that
was stopped goes on in that folder.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from cache.patterns import path_of
from cache.schema import of_measure
from cache.store import SHIPPED, Store
from headstrata.errors import UserError
from vocabulary.evidence import MEASURES

MODEL = "smollm2-135m"
#: The reference is a CPU's: other devices round differently.
COMMAND = [sys.executable, "-m", "headstrata", "classify", MODEL, "--device", "cpu"]
#: Effects on natural text are a hundred times smaller: with 4 prompts no more heads differ from 0
#: than chance makes differ, with 16 six times as many.
#: The table that ships is in every cache: without --replace its scores would be kept.
EVIDENCE = ["--replace", "--evidence", "--effect-repeated", "6", "--effect-natural", "16"]
#: What must be the same for the evidence of another table to be this one's.
_SAME = ("weights_sha256", "text", "bos_token", "dtype", "device", "grid")


def keep_evidence(cache: Path) -> None:
    """Put the evidence of the table that ships into the cache's, which has none.

    Raises:
        UserError: It is of another model or of other prompts.
    """
    store = Store(str(cache), published=False)
    made, shipped = store.read(MODEL), Store(str(SHIPPED)).read(MODEL)
    for field in _SAME:
        if getattr(made.provenance, field) != getattr(shipped.provenance, field):
            raise UserError(
                f"the table that ships has another {field}: make it whole, without options"
            )
    names = [column.name for measure in MEASURES.values() for column in of_measure(measure)]
    heads = made.heads.assign(**{name: shipped.heads[name] for name in names})
    record = made.provenance.model_copy(update={"evidence": shipped.provenance.evidence})
    store.write(MODEL, heads, record)


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
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep-evidence", action="store_true", help="of the table that ships")
    parser.add_argument("--cache", type=Path, help="where a stopped run goes on")
    asked = parser.parse_args()
    options = ["--no-evidence"] if asked.keep_evidence else EVIDENCE
    with tempfile.TemporaryDirectory() as folder:
        cache = asked.cache or Path(folder, "cache")
        subprocess.run([*COMMAND, *options, "--cache", str(cache)], check=True)
        if asked.keep_evidence:
            keep_evidence(cache)
        ship(cache)


if __name__ == "__main__":
    main()
