"""Stops a run within a layer's time when the process is told to end."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stopped(SystemExit):
    """The run was told to stop; the exit code is the shell's for that signal."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.signal = number
        self.reason = f"stopped by {signal.Signals(number).name}"


class Halt:
    """Remembers the signal; ``check`` raises once one has come."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self._at_once = False

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Where nobody calls ``check`` (a download, a load), a signal raises by itself."""
        self._at_once = True
        try:
            self.check()
            yield
        finally:
            self._at_once = False

    def check(self) -> None:
        """Raise ``Stopped`` if a signal has come."""
        if self.signal is not None:
            raise Stopped(self.signal)

    def _note(self, number: int, _: FrameType | None) -> None:
        self.signal = number
        if self._at_once:
            raise Stopped(number)


@contextmanager
def halting() -> Iterator[Halt]:
    """SIGTERM and SIGINT set a flag instead of cutting a write in two."""
    halt = Halt()
    if threading.current_thread() is not threading.main_thread():
        yield halt  # only the main thread may listen to signals
        return
    before = {n: signal.signal(n, halt._note) for n in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield halt
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
