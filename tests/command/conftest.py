"""The command line, in this process and, where a process is the point, as the console script."""

import os
import subprocess
from pathlib import Path

import made_tables
import pytest
from command_line import SCRIPT, Headstrata, Result

from cache.store import Store
from headstrata import cli


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """An environment with a home of its own and no settings from outside."""
    kept = {k: v for k, v in os.environ.items() if k != "PORT" and not k.startswith("HEADSTRATA_")}
    return {
        **kept,
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "home/.cache"),
    }


@pytest.fixture
def headstrata(
    surroundings: dict[str, str], capfdbinary: pytest.CaptureFixture[bytes]
) -> Headstrata:
    """Call the command line as the console script does."""

    def run(*arguments: str, **environment: str) -> Result:
        capfdbinary.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            for name in os.environ.keys() - surroundings.keys():
                patch.delenv(name)
            for name, value in {**surroundings, **environment}.items():
                patch.setenv(name, value)
            code = cli.run(arguments)
        out, err = capfdbinary.readouterr()
        return Result(code, out, err.decode())

    return run


@pytest.fixture
def script(surroundings: dict[str, str]) -> Headstrata:
    """Run the real console script."""

    def run(*arguments: str, **environment: str) -> Result:
        done = subprocess.run(
            [SCRIPT, *arguments],
            capture_output=True,
            env={**surroundings, **environment},
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
