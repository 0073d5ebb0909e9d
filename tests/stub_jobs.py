"""What stands for a job's process in tests of the worker: it starts at once, without torch."""

import os
import signal
import sys
import time

from cache.jobs import Job
from cache.store import Store
from classify import job_process
from classify.progress import Progress
from classify.stop_signals import Stopped

#: Longer than any test waits.
FOR_EVER_S = 600


def finish(store: Store, job: Job) -> None:
    store.write_job(job.moved(state="done", fraction=1.0))


def segfault(store: Store, job: Job) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def exit_at_once(store: Store, job: Job) -> None:
    os._exit(7)


def out_of_memory(store: Store, job: Job) -> None:
    """What the system's out-of-memory killer does."""
    os.kill(os.getpid(), signal.SIGKILL)


def hang(store: Store, job: Job) -> None:
    """Deaf to SIGTERM, as while it is in a library that does not come back."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    store.put("pid", str(os.getpid()).encode())
    time.sleep(FOR_EVER_S)


def work_on(store: Store, job: Job) -> None:
    """A run that takes long, with all that a real one has around it."""
    job_process.run_recorded = run_long
    REAL(store, job)


REAL = job_process.run_here


def run_long(request, store, stop_signals, job):
    """What a run does to its record, for ever."""
    progress = Progress(job, store, None)
    progress.announce()
    store.put("pid", str(os.getpid()).encode())
    try:
        while True:
            stop_signals.check()
            progress._write(stage="scoring the heads")
            time.sleep(0.05)
    except Stopped as stopped:
        progress.end("stopped", stopped.reason)
        raise


def say_whether_torch(store: Store, job: Job) -> None:
    reason = "torch" if "torch" in sys.modules else "no torch"
    store.write_job(job.moved(state="failed", reason=reason))
