"""The unit tests of the browser's code, which need no browser: ``deno test`` runs them alone."""

import subprocess
from pathlib import Path

from deno import find_deno_bin

ROOT = Path(__file__).parents[2]


def test_the_scripts_of_the_page():
    options = ["--no-check", "--quiet", "tests/javascript/"]  # make lint checks the types
    done = subprocess.run(
        [find_deno_bin(), "test", *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
