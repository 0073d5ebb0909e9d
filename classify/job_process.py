"""A worker's job in a process of its own.

When the process ends, its memory and its GPU are free again, however it ends: a crash of a
library, or the system's out-of-memory killer, fails the job and not the worker. The worker's own
process imports no torch; it passes stop signals on, and looks whether the job was cancelled or
another worker has taken it.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess

from cache.jobs import Job
from cache.queue import Queue
from cache.store import Store
from classify.recorded_run import GOES_ON, run_recorded
from classify.request import Request
from classify.stop_signals import Stopped, StopSignals, catch_stop_signals
from headstrata import logs
from headstrata.errors import ObstacleError, UserError
from headstrata.settings import Settings

#: A fresh interpreter: a fork would have the worker's locks and its threads' halves.
_FRESH = get_context("spawn")
#: How often the cache is asked whether the job was cancelled, in seconds.
_LOOK_S = 2.0
#: How often the process is looked at, in seconds.
_WAIT_S = 0.2
#: How long a process may take to stop before it is killed, in seconds.
_GRACE_S = 10.0

_log = logging.getLogger(__name__)


def run_apart(job: Job, queue: Queue, stop_signals: StopSignals) -> None:
    """Run a claimed job in a process of its own and wait for it; see that its record says how.

    Args:
        job: As it was claimed.
        queue: The queue from which it was claimed.
        stop_signals: Of this process; the job's stops with it.
    """
    place = logs.JOB_ID.set(job.id)
    _log.info("%s: running", job.name)
    process = _FRESH.Process(target=run_here, args=(queue.store, job), name=job.name)
    with _without_interrupt():
        process.start()
    cancelled = _Watch(job, queue, process).until_end(stop_signals)
    with suppress(ObstacleError):  # no record comes: it counts as lost, and is taken again
        _settle(job, queue, process.exitcode or 0, stop_signals, cancelled=cancelled)
    process.close()
    logs.JOB_ID.reset(place)


def run_here(store: Store, job: Job) -> None:
    """What the job's process does: one run, whose record says how it ended."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    logs.configure(Settings.load())
    logs.JOB_ID.set(job.id)
    with catch_stop_signals() as stop_signals:
        try:
            request = Request.parse(model=job.model, **job.options)
        except (UserError, TypeError) as error:
            store.write_job(job.moved(state="failed", reason=str(error)))
            return
        try:
            run_recorded(request, store, stop_signals, job)
        except (UserError, Stopped):
            pass  # the record says so
        except Exception:
            _log.exception("%s: failed by a fault of Headstrata", job.name)


class _Watch:
    """Looks after a job's process until it has ended."""

    def __init__(self, job: Job, queue: Queue, process: BaseProcess) -> None:
        self.job, self.queue, self.process = job, queue, process
        self._told_at: float | None = None
        self._looked = time.monotonic()

    def until_end(self, stop_signals: StopSignals) -> bool:
        """Wait for the end; whether the job was cancelled."""
        cancelled = False
        while self.process.is_alive():
            if stop_signals.signal is not None:
                self._stop(stop_signals.signal)
            elif cancelled:
                self._stop(signal.SIGTERM)
            elif time.monotonic() - self._looked > _LOOK_S:
                self._looked = time.monotonic()
                cancelled = self._look()
            self.process.join(_WAIT_S)
        return cancelled

    def _look(self) -> bool:
        """Whether the job was cancelled. If another worker has it, the process ends at once."""
        with suppress(ObstacleError):  # it is asked again
            record = self.queue.store.job_of_id(self.job.id)
            if record is not None and _is_anothers(record, self.job):
                self.process.kill()  # it must not write the other's record
                return False
            return self.queue.was_cancelled(self.job)
        return False

    def _stop(self, number: int) -> None:
        """Pass a stop signal on; kill a process that does not stop."""
        if self._told_at is None:
            self._told_at = time.monotonic()
            if pid := self.process.pid:
                os.kill(pid, number)
        elif time.monotonic() - self._told_at > _GRACE_S:
            self.process.kill()


def _settle(
    job: Job, queue: Queue, code: int, stop_signals: StopSignals, *, cancelled: bool
) -> None:
    """Complete the record of a job whose process has ended."""
    record = queue.store.job_of_id(job.id)
    if record is None or _is_anothers(record, job):
        _log.warning("%s: another worker has taken it, or its record was removed", job.name)
        return
    over = {"stage": "", "eta_s": None}
    if cancelled and record.state != "done":
        record = queue.cancelled(record)
    elif record.state == "running" and stop_signals.signal is not None:
        reason = f"{Stopped(stop_signals.signal).reason}; {GOES_ON['request']}"
        record = queue.end(record.moved(state="stopped", reason=reason, **over))
    elif record.state == "running":
        record = queue.end(record.moved(state="failed", reason=_said(job, code), **over))
    else:
        queue.clear(record)
    if record.state == "done":
        _log.info("%s: done", record.name)
    else:
        _log.warning("%s: %s: %s", record.name, record.state, record.reason)


def _is_anothers(record: Job, job: Job) -> bool:
    """Whether a record is of a later request, or of a worker that has taken the job since."""
    return record.requested_at != job.requested_at or record.turn > job.turn


def _said(job: Job, code: int) -> str:
    """Why a job has failed whose process ended without a word."""
    if code == -signal.SIGKILL:
        why = (
            "its process was killed (SIGKILL), as the system does when memory runs out; try "
            "--dtype bfloat16, a smaller --length, or a machine with more memory"
        )
    elif code < 0:
        why = f"its process crashed ({signal.Signals(-code).name})"
    else:
        why = f"its process ended without a word (exit code {code})"
    return f"{why}; headstrata retry {job.name} goes on from the last finished batch"


def _end_with_parent() -> None:
    """Stop the run when the worker's process is gone, however that ended."""
    parent = parent_process()
    if parent is None:
        return
    parent.join()  # a pipe that closes
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_S)
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def _without_interrupt() -> Iterator[None]:
    """Start a process that ignores Ctrl-C until it can stop rightly; this one passes it on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
