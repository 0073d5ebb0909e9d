"""``python -m headstrata …`` in a process that finds the web process's imports done.

They take longer than all else of a server's start. So it is forked from a process that did
nothing but import them: this file, run as a script. (``forked.py`` does the same for torch.)
"""

import json
import os
import runpy
import signal
import subprocess
import sys
import time
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

IMPORTED = ("headstrata.cli", "app.serve", "app.server", "gunicorn.workers.gthread")


class ForkedHeadstrata:
    """What these tests use of ``subprocess.Popen([sys.executable, "-m", "headstrata", …])``."""

    def __init__(self, *arguments: str, log: Path, env: dict[str, str]) -> None:
        starter = _starter()
        assert starter.stdin
        assert starter.stdout
        told = {"arguments": arguments, "log": str(log), "env": env, "cwd": str(Path.cwd())}
        print(json.dumps(told), file=starter.stdin, flush=True)
        self.pid = int(starter.stdout.readline())

    def poll(self) -> int | None:
        """None while it runs; its exit code is not known."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def terminate(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)

    def wait(self, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("headstrata", timeout)
            time.sleep(0.02)


@cache
def _starter() -> subprocess.Popen[str]:
    """The process that forks; it ends with this one, as its standard input does."""
    command = [sys.executable, str(Path(__file__).resolve())]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _fork_as_told() -> None:
    for name in IMPORTED:
        import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # so that who ended is gone at once
    for line in iter(sys.stdin.readline, ""):
        told = json.loads(line)
        if (pid := os.fork()) == 0:
            _run(told)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _run(told: dict[str, Any]) -> None:
    """In the child: becomes the command."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with Path(told["log"]).open("wb") as log, Path(os.devnull).open() as nothing:
        for file, number in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(file.fileno(), number)
    os.environ.clear()
    os.environ.update(told["env"])
    os.chdir(told["cwd"])
    sys.argv = ["headstrata", *told["arguments"]]
    runpy.run_module("headstrata", run_name="__main__", alter_sys=True)
    sys.exit()


if __name__ == "__main__":
    _fork_as_told()
