"""Runs classifications: from a request to the table in the store.

``run_job`` runs one at once; ``request_job`` leaves one for a worker; ``work`` is that
worker. torch is imported only when a model is scored.
"""

import hashlib
import logging
import time
from contextlib import nullcontext

from tqdm import tqdm

from cache.jobs import Job, Origin
from cache.store import Store
from classify.progress import Progress
from classify.replacing import refuse_early
from classify.request import Request
from classify.stop_signals import Stopped, StopSignals, catch_stop_signals
from headstrata.errors import UserError

#: How often an idle worker checks for requests, in seconds.
_POLL_S = 1.0

#: After this many workers died while running a job it fails: it would block all others.
_MOST_LOSSES = 5

#: How a stopped run is resumed.
_GOES_ON: dict[Origin, str] = {
    "request": "a worker goes on from the last finished batch: headstrata work",
    "command": "the same command goes on from the last finished batch",
}

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
        options=request.model_dump(exclude={"model"}, exclude_defaults=True),
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
        return _run(request, store, stop_signals)


def work(store: Store, *, until_idle: bool = False) -> None:
    """Run requested jobs, one at a time, until stopped.

    A job whose worker was stopped or lost is resumed from its last finished batch; one
    that failed is not run again until it is requested again.

    Args:
        store: The store with the jobs.
        until_idle: Return when no job is left.

    Raises:
        UserError: The cache cannot be written; this is not the fault of a job.
    """
    with catch_stop_signals() as stop_signals:
        while stop_signals.signal is None:
            if _next(store) is not None:
                store.check_writable()
                job = _claim(store)
                if job is not None:
                    _attempt(job, store, stop_signals)
            elif until_idle:
                return
            else:
                time.sleep(_POLL_S)


def _next(store: Store) -> Job | None:
    """The oldest waiting job, also of those whose worker was stopped or lost."""
    waiting = [job for job in store.jobs() if job.waits()]
    return min(waiting, key=lambda job: job.requested_at, default=None)


def _claim(store: Store) -> Job | None:
    """Claim the next job for this worker; None if there is none any more.

    Its record says "running" before torch is imported, which takes seconds. On a local
    folder a lock keeps two workers from claiming at the same time. (An object store has no
    locks: two workers that claim within one request of each other run the same job twice,
    and write the same table.)
    """
    with store.lock(".claim.lock") if store.local else nullcontext():
        job = _next(store)
        if job is None:
            return None
        if not job.is_lost():
            return store.write_job(job.moved(state="running", stage="", reason=None))
        job = job.moved(losses=job.losses + 1)
        if job.losses < _MOST_LOSSES:
            return store.write_job(job)
        reason = (
            f"{job.losses} workers died while they were at it (was there enough memory?); "
            "requested again, it goes on from the last finished batch"
        )
        store.write_job(job.moved(state="failed", reason=reason, stage="", eta_s=None))
        return None


def _attempt(job: Job, store: Store, stop_signals: StopSignals) -> None:
    """Run one job; an error is written to its record and does not end the worker."""
    try:
        request = Request.parse(model=job.model, **job.options)
    except (UserError, TypeError) as error:
        store.write_job(job.moved(state="failed", reason=str(error)))
        return
    try:
        _run(request, store, stop_signals, job)
    except UserError as error:
        _log.error("%s: %s", job.name, error)
    except Stopped as stopped:
        _log.warning("%s: %s", job.name, stopped.reason)
    except Exception:
        _log.exception("%s: failed by a fault of Headstrata", job.name)


def _run(request: Request, store: Store, stop_signals: StopSignals, job: Job | None = None) -> str:
    """One run with its job record. ``job``: the requested one, if a worker runs it."""
    from classify.ranks import joined  # noqa: PLC0415 - torch
    from classify.run import classify  # noqa: PLC0415 - torch

    with joined(request.device) as ranks:
        record = job or job_of(request, "command")
        progress = Progress(record, store, tqdm) if ranks.first else Progress(record, None, None)
        try:
            with progress.alive():
                ranks.together(lambda: _begin(request, store, progress, ranks.first))
                classify(request, store, ranks, progress, stop_signals)
        except Stopped as stopped:
            progress.end("stopped", f"{stopped.reason}; {_GOES_ON[record.origin]}")
            raise
        except UserError as error:
            progress.end("failed", str(error))
            raise
        except Exception as error:
            progress.end("failed", f"a fault of Headstrata: {type(error).__name__}: {error}")
            raise
        progress.end("done")
    return progress.job.name


def _begin(request: Request, store: Store, progress: Progress, first: bool) -> None:
    """Update the job record if there is one; fail early if nothing may be written."""
    store.check_writable()
    if progress.job.id in {other.id for other in store.jobs()}:
        progress.announce()
    if first:
        refuse_early(request, store)
