"""The real server on a free port, with a bounded wait and its log at hand."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from forked_headstrata import ForkedHeadstrata

Process = subprocess.Popen[bytes] | ForkedHeadstrata

#: How long the server may take to answer, in seconds, on a busy machine.
WAIT_S = 120.0


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    url: str
    cache: Path | str
    log: Path
    process: Process


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    cache: Path | str,
    log: Path,
    *,
    python: str | None = None,
    folder: Path | None = None,
    processes: int = 1,
    **environment: str,
) -> Iterator[Server]:
    """``headstrata serve`` until the block ends; its log is printed if it does not start.

    Args:
        cache: The cache folder, or its URL.
        log: Where its output goes.
        python: The interpreter that starts it; none: it is forked from this one with its imports
            done, where the system lets it.
        folder: Where to start it.
        processes: Gunicorn's worker processes.
        environment: Further settings.
    """
    url = f"http://127.0.0.1:{(port := free_port())}"
    arguments = ["serve", "--port", str(port), "--cache", str(cache), "--workers", str(processes)]
    environment = {**os.environ, **environment}
    process: Process
    if python is None and folder is None and sys.platform == "linux":
        process = ForkedHeadstrata(*arguments, log=log, env=environment)
    else:
        with log.open("wb") as file:
            process = subprocess.Popen(
                [python or sys.executable, "-m", "headstrata", *arguments],
                stdout=file,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env=environment,
            )
    try:
        wait_for(f"{url}/healthz", process, log)
        yield Server(url, cache, log, process)
    finally:
        process.terminate()
        process.wait(30)


def wait_for(url: str, process: Process, log: Path) -> None:
    """Wait until a server answers; its log is in the error if it does not."""
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the server does not answer; its log:\n{log.read_text()}")
