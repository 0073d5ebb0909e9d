"""Runs classifications: from a request to the table in the store.

``run_job`` runs one at once; ``request_job`` leaves one for a worker; ``work`` is that
worker. It never imports torch: each job runs in a process of its own (``classify.job_process``).
"""

import hashlib
import logging
import time

from cache.jobs import Job, Origin
from cache.queue import Queue
from cache.store import Store
from classify.job_process import run_apart
from classify.recorded_run import run_recorded
from classify.replacing import refuse_early
from classify.request import Request
from classify.stop_signals import StopSignals, catch_stop_signals
from headstrata.errors import ObstacleError

#: How often an idle worker checks for requests, in seconds.
_POLL_S = 1.0
#: How long to wait before a cache that could not be read or written is tried again, in seconds.
_RETRY_S = 10.0

_log = logging.getLogger(__name__)


def job_of(request: Request, origin: Origin = "request") -> Job:
    """The job record of a request; equal requests have the same id."""
    name = request.table_name
    asked = request.model_dump_json(exclude={"replace"})
    digest = hashlib.sha256(asked.encode()).hexdigest()[:8]
    return Job(
        id=f"{name[:80]}-{digest}",
        name=name,
        title=request.shown_title,
        model=request.model,
        origin=origin,
        options=request.model_dump(exclude={"model"}, exclude_unset=True),
    )


def request_job(request: Request, store: Store) -> Job:
    """Request a classification from the worker, unless the same job is running.

    Raises:
        UserError: There is no such folder or file, or it would replace the table of a
            different model.
    """
    request.refuse_missing()
    asked = job_of(request.from_anywhere())
    for job in store.jobs():
        if job.id == asked.id and job.state == "running" and not job.is_lost():
            return job
    refuse_early(request, store)
    return store.write_job(asked)


def run_job(request: Request, store: Store) -> str:
    """Score a model, write its table and return the table's name.

    Under torchrun all processes call this together; the first one writes.

    Raises:
        UserError: The user must change something.
        Stopped: A signal stopped the run; it can be resumed by starting it again.
    """
    with catch_stop_signals() as stop_signals:
        return run_recorded(request, store, stop_signals, job_of(request, "command"))


def work(store: Store, *, until_idle: bool = False) -> None:
    """Run requested jobs, one at a time, until stopped.

    A job whose worker was stopped or lost is resumed from its last finished batch; one
    that failed is not run again until it is requested again.

    Args:
        store: The store with the jobs.
        until_idle: Return when no job is left.

    Raises:
        UserError: The cache cannot be read or written; this is not the fault of a job. A worker
            that could do so before, and is not to return, waits until it can again.
    """
    queue, could = Queue(store), False
    with catch_stop_signals() as stop_signals:
        while stop_signals.signal is None:
            try:
                job, idle = _next(queue)
            except ObstacleError as obstacle:
                if until_idle or not could:
                    raise
                _log.warning("%s; tried again in %g s", obstacle, _RETRY_S)
                _wait(_RETRY_S, stop_signals)
                continue
            could = True
            if job is not None:
                run_apart(job, queue, stop_signals)
            elif idle and until_idle:
                return
            else:
                _wait(_POLL_S, stop_signals)


def _next(queue: Queue) -> tuple[Job | None, bool]:
    """The job that this worker has claimed, and whether none waits."""
    if not queue.waiting():
        return None, True
    queue.store.check_writable()
    return queue.claim(), False


def _wait(seconds: float, stop_signals: StopSignals) -> None:
    """Sleep; a stop signal ends it within a second."""
    until = time.monotonic() + seconds
    while stop_signals.signal is None and (left := until - time.monotonic()) > 0:
        time.sleep(min(left, _POLL_S))
