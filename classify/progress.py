"""The progress of a run: a bar on standard error, and the job record in the store."""

import logging
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeAlias

from tqdm import tqdm

from cache.jobs import Job, State
from cache.store import Store
from headstrata.errors import UserError

#: A record is written at most every second, and often enough that the job is not
#: considered lost (``cache.jobs.SILENCE``).
_EVERY_S = 1.0
_AT_LEAST_EVERY_S = 20.0
#: The part of a run that is measuring; loading comes before, writing after.
_MEASURING = (0.05, 0.97)

_log = logging.getLogger(__name__)


class Logged(tqdm):  # type: ignore[type-arg]
    """No bar: notes become lines of the log. How far a run is stands in its record."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "disable": True})

    @classmethod
    def write(cls, s: str, *_: Any, **__: Any) -> None:
        """A note."""
        _log.info("%s", s)


MakeBar: TypeAlias = "type[tqdm[Any]] | None"


class Progress:
    """The progress of one run.

    Nothing is written before ``announce``, so that a request that fails at once (a model
    that does not exist) leaves no record.

    Args:
        job: The run's record.
        store: Where it is written; None: nowhere.
        make_bar: ``tqdm``, or what has its methods; None: nothing is shown.
    """

    def __init__(self, job: Job, store: Store | None, make_bar: MakeBar) -> None:
        self.job, self.store, self._make_bar = job, store, make_bar
        self.bar: Any = None
        self._announced = False
        self._lock = threading.Lock()
        self._written = 0.0
        self._total = self._done = self._skipped = 0
        self._before = self._after = 0
        self._unit = "prompt"
        self._began = 0.0

    def announce(self) -> None:
        """Write the first record; from now on it is kept up to date."""
        self._announced = True
        self._write(now=True, state="running", fraction=0.0, eta_s=None, reason=None)

    def end(self, state: State, reason: str | None = None) -> None:
        """Write the last record of this run; if that fails, remove the old one: it is wrong."""
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
        """Set the stage, and write it to the record at once."""
        self._write(now=True, stage=words)

    def say(self, note: str) -> None:
        """Print a line on standard error, above the bar."""
        if self._make_bar is not None:
            self._make_bar.write(f"{self.job.name}: {note}", file=sys.stderr)

    def afterwards(self, passes: int) -> None:
        """Set how many further passes of a prompt come after those that are counted now."""
        self._after = passes

    def next_part(self, passes: int) -> None:
        """Count what comes afterwards: so many passes of a prompt."""
        self.close()
        self._before, self._after = self._before + self._total, 0
        self._total = self._done = self._skipped = 0
        self._unit = "pass"
        self.expect(passes)

    def expect(self, prompts: int) -> None:
        """Set the total number of prompts (it may grow)."""
        if self._total == 0:
            self._began = time.monotonic()
        self._total = prompts
        if self.bar is not None:
            self.bar.total = prompts
            self.bar.refresh()
        elif self._make_bar is not None:
            self.bar = self._make_bar(
                total=prompts, unit=self._unit, desc=self.job.name, dynamic_ncols=True
            )

    def advance(self, prompts: int, *, computed: bool = True) -> None:
        """Count finished prompts; ``computed``: by this run, not read from checkpoints."""
        self._done += prompts
        self._skipped += 0 if computed else prompts
        if self.bar is not None:
            self.bar.update(prompts)
        low, high = _MEASURING
        whole = self._before + self._total + self._after
        fraction = low + (high - low) * min(1.0, (self._before + self._done) / whole)
        self._write(fraction=fraction, eta_s=self._eta())

    def close(self) -> None:
        """Close the bar."""
        if self.bar is not None:
            self.bar.close()
            self.bar = None

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Write the record regularly, also during a long step without progress."""
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
        left = max(0, self._total - self._done) + self._after
        return (time.monotonic() - self._began) / computed * left

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
                if now:  # a late record is no reason to lose the work
                    raise
