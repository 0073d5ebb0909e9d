"""A worker's jobs run in the test's own process, which has torch already.

That they run in one of their own is shown in ``tests/jobs``, and by
``test_a_worker_that_starts_again_takes_up_what_its_stop_left``.
"""

import pytest

from cache.jobs import Job
from cache.queue import Queue
from classify import job_process
from classify.stop_signals import StopSignals


@pytest.fixture(autouse=True)
def jobs_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(job: Job, queue: Queue, stop_signals: StopSignals) -> None:
        job_process.run_here(queue.store, job)
        job_process._settle(job, queue, 0, stop_signals, cancelled=False)

    monkeypatch.setattr("classify.worker.run_apart", run)
