"""``make run``: starts the dashboard at once, and the worker as soon as it is installed.

    python scripts/up.py INSTALL_COMMAND…

Starts ``headstrata serve``, which has the tables that ship with Headstrata to show,
meanwhile runs the worker's install command, and starts ``headstrata work``, which waits
for requests. Ctrl-C or SIGTERM stops everything; if the worker cannot be installed or
dies, the dashboard continues.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

#: How long a process may take to end, in seconds; the worker stops within a layer's time.
GRACE_S = 20.0
#: How often the processes are polled, in seconds.
LOOK_S = 0.2

#: The installation leaves the processor to the dashboard, which starts beside it.
BEHIND = ["nice", "-n", "10"]
HEADSTRATA = [sys.executable, "-m", "headstrata"]

Process = subprocess.Popen[bytes]


class Stop(BaseException):
    """Stops everything, with this exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Supervisor:
    """The dashboard and the processes beside it."""

    def __init__(self) -> None:
        self.running: list[Process] = []
        self.dashboard = self.start([*HEADSTRATA, "serve"])

    def start(self, command: list[str]) -> Process:
        """Start a process in its own session, so that Ctrl-C reaches it only through us."""
        process = subprocess.Popen(command, start_new_session=True)
        self.running.append(process)
        return process

    def finish(self, command: list[str]) -> int:
        """Run a command and wait for it; returns its exit code.

        Raises:
            Stop: The dashboard ended first.
        """
        process = self.start(command)
        while (code := process.poll()) is None:
            self.check_dashboard()
            time.sleep(LOOK_S)
        return code

    def check_dashboard(self) -> None:
        """Stop everything if the dashboard has ended.

        Raises:
            Stop: With the dashboard's exit code.
        """
        if (code := self.dashboard.poll()) is not None:
            raise Stop(code)

    def end(self) -> None:
        """Send SIGTERM to every running process, and SIGKILL after ``GRACE_S``."""
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
        run_beside(supervisor)
        while True:
            supervisor.check_dashboard()
            time.sleep(LOOK_S)
    except Stop as stop:
        return stop.code
    finally:
        on_signals(signal.SIG_IGN)
        supervisor.end()


def run_beside(supervisor: Supervisor) -> None:
    """Install the worker, and run it until it ends."""
    if supervisor.finish([*BEHIND, *sys.argv[1:]]) != 0:
        say("the worker could not be installed; the dashboard goes on with the tables there are")
        return
    code = supervisor.finish([*HEADSTRATA, "work"])
    say(f"the worker ended (code {code}); the dashboard goes on. make run starts it again")


def signal_group(process: Process, number: signal.Signals) -> None:
    """Signal a running process and all its children."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def on_signals(handler: object) -> None:
    """Set the handler of Ctrl-C, SIGTERM and a closed terminal."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # ignored under nohup
            signal.signal(number, handler)  # type: ignore[arg-type]


def say(message: str) -> None:
    """One line on standard error."""
    print(f"headstrata: {message}", file=sys.stderr, flush=True)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stop(0)


if __name__ == "__main__":
    sys.exit(main())
