"""``python …`` in a process of its own that finds torch and transformers imported already.

They take longer to import than the runs of these tests last. So the process is forked from one
that did nothing but import them. It is killed, signalled and waited for like any other.
"""

import os
import runpy
import signal
import subprocess
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

#: What a run imports, also the parts that torch and transformers import when they are used.
IMPORTED = ["torch._dynamo", "transformers.models.gpt2.modeling_gpt2", "classify.run"]
#: On macOS a process that has loaded the system's frameworks must not go on after a fork.
CONTEXT = get_context("forkserver" if sys.platform == "linux" else "spawn")
CONTEXT.set_forkserver_preload(IMPORTED)


class ForkedPython:
    """What these tests use of ``subprocess.Popen([sys.executable, *arguments], env=…)``."""

    def __init__(self, *arguments: str, env: dict[str, str] | None = None) -> None:
        handle, path = tempfile.mkstemp(prefix="stderr-")
        os.close(handle)
        self._stderr = Path(path)
        environment = dict(os.environ if env is None else env)
        told = (arguments, environment, self._stderr)
        self._process = CONTEXT.Process(target=_python, args=told, daemon=True)
        self._process.start()

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self.returncode

    def said(self) -> str:
        """What it has written to standard error so far."""
        return self._stderr.read_text()

    def wait(self, timeout: float) -> str:
        """Waits for its end; what it has written to standard error."""
        self._process.join(timeout)
        said = self.said()
        if self.returncode is None:
            raise subprocess.TimeoutExpired("python", timeout, stderr=said)
        self._stderr.unlink()
        return said

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self._process.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _python(arguments: tuple[str, ...], environment: dict[str, str], stderr: Path) -> None:
    """Does what ``python -m MODULE …`` and ``python -c CODE …`` do."""
    with stderr.open("wb") as file:
        os.dup2(file.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    how, what, *rest = arguments
    sys.argv = [how, *rest]
    if how == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})
