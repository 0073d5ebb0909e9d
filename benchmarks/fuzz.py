"""Asks the dashboard thousands of odd questions.

    python -m benchmarks.fuzz [--examples 1000] [--odd 4000]

With hypothesis: query strings of all pages and routes, and bodies of the page's callbacks, of their
own shape and of others. It fails if an answer is a 5xx, holds a traceback or what was asked
unescaped, or if a traceback was logged. Then with schemathesis: what ``/api``'s description allows
and forbids. It fails if an answer has a status, type or form that ``/api/openapi.json`` does not
name. Needs the extra ``fuzz``.
"""

import argparse
import logging
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fuzzing import Asked, fuzz  # noqa: E402
from running import serving  # noqa: E402

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


def main() -> None:
    """Exit with schemathesis' code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--examples", type=int, default=1000, help="for each route of /api")
    parser.add_argument("--odd", type=int, default=4000, help="of each of three kinds; 0: none")
    options = parser.parse_args()
    if options.odd:
        _ask_oddly(options.odd)
    beside = Path(sys.executable).parent
    tool = shutil.which("schemathesis", path=f"{beside}") or shutil.which("schemathesis")
    if tool is None:
        raise SystemExit("fuzz needs schemathesis: pip install 'headstrata[fuzz]'")
    with tempfile.TemporaryDirectory() as folder:
        cache, log = Path(folder, "cache"), Path(folder, "log")
        cache.mkdir()
        with serving(cache, log, processes=2) as server:
            asked = [f"--max-examples={options.examples}", f"--checks={','.join(CHECKS)}"]
            phases = "--phases=examples,coverage,fuzzing"
            address = f"{server.url}/api/openapi.json"
            command = [tool, "run", address, phases, *asked]
            code = subprocess.run(command, check=False, cwd=folder).returncode
        if "Traceback" in (told := log.read_text()):
            raise SystemExit(f"the server's log holds a traceback:\n{told[-3000:]}")
    raise SystemExit(code)


def _ask_oddly(examples: int) -> None:
    logging.getLogger("headstrata.web").setLevel(logging.ERROR)  # each refusal is a warning
    with tempfile.TemporaryDirectory() as folder:
        asked, began = Asked(folder), time.monotonic()
        fuzz(asked, examples)
    print(f"{asked.count} odd questions in {time.monotonic() - began:.0f} s: none broke an answer")


if __name__ == "__main__":
    main()
