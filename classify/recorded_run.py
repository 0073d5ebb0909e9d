"""One run with its job record, in this process. torch is imported only when it begins."""

from tqdm import tqdm

from cache.jobs import Job, Origin
from cache.store import Store
from classify.progress import Logged, MakeBar, Progress
from classify.replacing import refuse_early
from classify.request import Request
from classify.stop_signals import Stopped, StopSignals
from headstrata.errors import UserError
from headstrata.settings import Settings

#: How a stopped run is resumed.
GOES_ON: dict[Origin, str] = {
    "request": "a worker goes on from the last finished batch: headstrata work",
    "command": "the same command goes on from the last finished batch",
}


def run_recorded(request: Request, store: Store, stop_signals: StopSignals, job: Job) -> str:
    """Score a model, write its table and return the table's name.

    Args:
        request: What is asked for.
        store: Where table and record are written.
        stop_signals: What may stop it.
        job: Its record.

    Raises:
        UserError: The user must change something.
        Stopped: A signal stopped the run.
    """
    from classify.ranks import joined  # noqa: PLC0415 - torch
    from classify.run import classify  # noqa: PLC0415 - torch

    with joined(request.device) as ranks:
        progress = Progress(job, store, _bar(job)) if ranks.first else Progress(job, None, None)
        try:
            with progress.alive():
                ranks.together(lambda: _begin(request, store, progress, ranks.first))
                classify(request, store, ranks, progress, stop_signals)
        except Stopped as stopped:
            progress.end("stopped", f"{stopped.reason}; {GOES_ON[job.origin]}")
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


def _bar(job: Job) -> MakeBar:
    """What shows the progress: no bar where a worker's lines are for programs."""
    for_programs = job.origin == "request" and Settings.load().log_format == "json"
    return Logged if for_programs else tqdm
