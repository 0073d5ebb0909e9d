"""How far a run is: a bar on standard error, and the job record in the store."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from tqdm import tqdm

from cache.jobs import Job, State
from cache.store import Store
from headstrata.errors import UserError

#: A record is written at most this often, and at least so often that no one
#: takes the job for lost (``cache.jobs.SILENCE``).
_EVERY_S = 1.0
_AT_LEAST_EVERY_S = 20.0
#: The part of a run that is scoring; loading comes before, writing after.
_SCORING = (0.05, 0.97)


class Progress:
    """Of one run; ``store`` is None for processes that keep no record.

    Nothing is written before ``announce``, so that a request that comes to
    nothing (a model that does not exist) leaves nothing behind.
    """

    def __init__(self, job: Job, store: Store | None) -> None:
        self.job, self.store = job, store
        self.bar: Any = None
        self._announced = False
        self._lock = threading.Lock()
        self._written = 0.0
        self._total = self._done = self._skipped = 0
        self._began = 0.0

    def announce(self) -> None:
        """From here on there is a record."""
        self._announced = True
        self._write(now=True, state="running", fraction=0.0, eta_s=None, reason=None)

    def end(self, state: State, reason: str | None = None) -> None:
        """The last record of this run; where it cannot be written, rather none than a wrong one."""
        done = {"fraction": 1.0} if state == "done" else {}
        try:
            self._write(now=True, state=state, reason=reason, stage="", eta_s=None, **done)
        except UserError:
            if self.store is not None:
                with suppress(OSError):
                    self.store.remove_job(self.job)
            if state == "done":
                raise

    def stage(self, words: str) -> None:
        """A new stage, at once in the record."""
        self._write(now=True, stage=words)

    def say(self, note: str) -> None:
        """A line on standard error, above the bar."""
        if self.store is not None:
            tqdm.write(f"{self.job.name}: {note}", file=sys.stderr)

    def expect(self, prompts: int) -> None:
        """The number of prompts in all (it may grow)."""
        if self._total == 0:
            self._began = time.monotonic()
        self._total = prompts
        if self.store is not None:
            self.bar = self.bar or tqdm(unit="prompt", desc=self.job.name, dynamic_ncols=True)
            self.bar.total = prompts
            self.bar.refresh()

    def advance(self, prompts: int, *, computed: bool = True) -> None:
        """So many prompts more are done (``computed``: by this run, just now)."""
        self._done += prompts
        self._skipped += 0 if computed else prompts
        if self.bar is not None:
            self.bar.update(prompts)
        low, high = _SCORING
        fraction = low + (high - low) * min(1.0, self._done / self._total)
        self._write(fraction=fraction, eta_s=self._eta())

    def close(self) -> None:
        """Take the bar down."""
        if self.bar is not None:
            self.bar.close()
            self.bar = None

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Keep the record fresh while a long step says nothing."""
        ended = threading.Event()

        def beat() -> None:
            while not ended.wait(_AT_LEAST_EVERY_S):
                self._write()

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            self.close()

    def _eta(self) -> float | None:
        computed = self._done - self._skipped
        if computed <= 0:
            return None
        return (time.monotonic() - self._began) / computed * max(0, self._total - self._done)

    def _write(self, *, now: bool = False, **changes: object) -> None:
        with self._lock:
            self.job = self.job.moved(**changes)
            if self.store is None or not self._announced:
                return
            if not (now or time.monotonic() - self._written > _EVERY_S):
                return
            self._written = time.monotonic()
            try:
                self.store.write_job(self.job)
            except UserError:
                if now:  # a record that comes late is no reason to lose the work
                    raise
