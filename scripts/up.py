"""``make run``: the dashboard at once, the worker as soon as it is installed.

    python scripts/up.py INSTALL_COMMAND…

Starts ``headstrata serve``, runs the install command of the worker beside it,
asks for the embedded model's table if there is none yet, and starts
``headstrata work``. Ctrl-C or SIGTERM ends everything; if the worker cannot be
installed or dies, the dashboard goes on.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

MODEL = "smollm2-135m"
#: How long a process may take to end, in seconds; the worker stops within a layer's time.
GRACE_S = 20.0
#: How often the processes are looked at, in seconds.
LOOK_S = 0.2

HEADSTRATA = [sys.executable, "-m", "headstrata"]

Process = subprocess.Popen[bytes]


class Stop(BaseException):
    """Everything shall end, with this exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Supervisor:
    """The dashboard and what runs beside it."""

    def __init__(self) -> None:
        self.running: list[Process] = []
        self.dashboard = self.start([*HEADSTRATA, "serve"])

    def start(self, command: list[str]) -> Process:
        """Start a process in a session of its own: Ctrl-C reaches it through us, once."""
        process = subprocess.Popen(command, start_new_session=True)
        self.running.append(process)
        return process

    def finish(self, command: list[str]) -> int:
        """Run a command to its end; its exit code.

        Raises:
            Stop: The dashboard ended first.
        """
        process = self.start(command)
        while (code := process.poll()) is None:
            self.check_dashboard()
            time.sleep(LOOK_S)
        return code

    def check_dashboard(self) -> None:
        """Without the dashboard there is nothing to run.

        Raises:
            Stop: With the dashboard's exit code.
        """
        if (code := self.dashboard.poll()) is not None:
            raise Stop(code)

    def end(self) -> None:
        """Ask every process that still runs to stop; insist after a while."""
        for process in self.running:
            signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_S
        for process in self.running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                signal_group(process, signal.SIGKILL)
                process.wait()


def main() -> int:
    """Run until stopped, or until the dashboard ends by itself."""
    cache = os.environ["HEADSTRATA_CACHE"]
    if "://" not in cache:  # a folder, not an object store
        try:
            Path(cache).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            say(f"the cache folder {cache!r} cannot be made: {error.strerror or error}")
            return 2
    on_signals(_stop)
    supervisor = Supervisor()
    try:
        run_beside(supervisor, cache)
        while True:
            supervisor.check_dashboard()
            time.sleep(LOOK_S)
    except Stop as stop:
        return stop.code
    finally:
        on_signals(signal.SIG_IGN)
        supervisor.end()


def run_beside(supervisor: Supervisor, cache: str) -> None:
    """Install the worker, ask for the first table, and work until it ends."""
    if supervisor.finish(sys.argv[1:]) != 0:
        say("the worker could not be installed; the dashboard goes on with what the cache holds")
        return
    if not is_known(cache) and supervisor.finish([*HEADSTRATA, "request", MODEL]) != 0:
        say("the dashboard goes on without the embedded model")
    code = supervisor.finish([*HEADSTRATA, "work"])
    say(f"the worker ended (code {code}); the dashboard goes on. make run starts it again")


def is_known(cache: str) -> bool:
    """Whether the embedded model's table is there or was asked for."""
    from cache.store import Store  # noqa: PLC0415 - only once the dashboard is starting
    from classify.request import Request  # noqa: PLC0415

    store, name = Store(cache, published=False), Request.parse(model=MODEL).table_name
    tables = {entry.name for entry in store.entries()[0]}
    asked = {job.name for job in store.jobs() if job.state in ("requested", "running")}
    return name in tables | asked


def signal_group(process: Process, number: signal.Signals) -> None:
    """Signal a process that still runs and all that it started."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def on_signals(handler: object) -> None:
    """What Ctrl-C, SIGTERM and a closed terminal do."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, handler)  # type: ignore[arg-type]


def say(message: str) -> None:
    """One line on standard error."""
    print(f"headstrata: {message}", file=sys.stderr, flush=True)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stop(0)


if __name__ == "__main__":
    sys.exit(main())
