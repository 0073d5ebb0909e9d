"""The real console script, in a process of its own."""

import os
import subprocess
from pathlib import Path

import made_tables
import pytest
from command_line import SCRIPT, Headstrata, Result

from cache.store import Store


@pytest.fixture
def headstrata(tmp_path: Path) -> Headstrata:
    """Run the console script with a home of its own and no settings from outside."""
    kept = {k: v for k, v in os.environ.items() if k != "PORT" and not k.startswith("HEADSTRATA_")}
    home = {"HOME": str(tmp_path / "home"), "XDG_CACHE_HOME": str(tmp_path / "home/.cache")}

    def run(*arguments: str, **environment: str) -> Result:
        done = subprocess.run(
            [SCRIPT, *arguments],
            capture_output=True,
            env={**kept, **home, **environment},
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr.decode())

    return run


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache with one computed table."""
    folder = tmp_path / "cache"
    heads = made_tables.heads(induction=[0.9, 0.05, 0.78, 0.05, 0.05, 0.05])
    Store(str(folder), create=True).write("tiny", heads, made_tables.provenance())
    return folder
