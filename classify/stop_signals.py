"""Stops a run within one layer's time when the process gets SIGTERM or SIGINT."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stopped(SystemExit):
    """The run got a stop signal; the exit code is the one that shells use for it."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.signal = number
        self.reason = f"stopped by {signal.Signals(number).name}"


class StopSignals:
    """Remembers the stop signal that came; ``check`` then raises ``Stopped``."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self._raise_at_once = False

    @contextmanager
    def raised_at_once(self) -> Iterator[None]:
        """For code that never calls ``check`` (a download, a load): the handler raises."""
        self._raise_at_once = True
        try:
            self.check()
            yield
        finally:
            self._raise_at_once = False

    def check(self) -> None:
        """Raise ``Stopped`` if a signal has come."""
        if self.signal is not None:
            raise Stopped(self.signal)

    def _handle(self, number: int, _: FrameType | None) -> None:
        self.signal = number
        if self._raise_at_once:
            raise Stopped(number)


@contextmanager
def catch_stop_signals() -> Iterator[StopSignals]:
    """SIGTERM and SIGINT set a flag, so that they never interrupt a write."""
    signals = StopSignals()
    if threading.current_thread() is not threading.main_thread():
        yield signals  # Python lets only the main thread install signal handlers
        return
    before = {n: signal.signal(n, signals._handle) for n in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield signals
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
