"""A job is a process: however it ends, the worker goes on, and its memory comes back."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial

import psutil
import pytest
import stub_jobs
from queued import ask
from soaking import start_worker, until

from cache.jobs import Job
from cache.queue import Queue
from cache.store import Store
from classify import job_process
from classify import worker as worker_module
from classify.progress import Logged, Progress
from classify.worker import work
from headstrata.errors import ObstacleError

PATIENCE_S = 60


@pytest.fixture
def process_is(monkeypatch):
    """Put a stub in the place of what a job's process does."""
    return partial(monkeypatch.setattr, job_process, "run_here")


def record(store: Store, job: Job) -> Job:
    found = store.job_of_id(job.id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("stub", "said"),
    [
        (stub_jobs.segfault, "its process crashed (SIGSEGV)"),
        (stub_jobs.exit_at_once, "its process ended without a word (exit code 7)"),
        (stub_jobs.out_of_memory, "was killed (SIGKILL), as the system does when memory runs out"),
    ],
)
def test_a_crash_fails_the_job_with_its_reason(folder, process_is, stub, said):
    process_is(stub)
    job = ask(folder)
    work(folder, until_idle=True)
    failed = record(folder, job)
    assert failed.state == "failed"
    assert said in failed.reason
    assert failed.reason.endswith("headstrata retry tiny goes on from the last finished batch")


def test_a_job_that_cannot_be_parsed_fails_with_its_reason(folder):
    job = ask(folder, options={"prompts": "many"})
    work(folder, until_idle=True)
    assert record(folder, job).state == "failed"
    assert "many" in record(folder, job).reason


def failed(store: Store) -> list[str | None]:
    """Why jobs failed."""
    return [job.reason for job in store.jobs() if job.state == "failed"]


@pytest.fixture
def worker(folder):
    """Start a worker whose jobs are a stub's, and wait until the job runs."""
    started = []

    def start(stub: str) -> subprocess.Popen[bytes]:
        process = start_worker(folder, stub)
        started.append(process)
        until(lambda: process.poll() is not None or folder.get("pid") or failed(folder))
        assert folder.get("pid"), (process.poll(), failed(folder))
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_worker_and_job(folder, worker, number):
    job = ask(folder)
    running = worker("work_on")
    pid = int(folder.get("pid"))
    began = time.monotonic()
    running.send_signal(number)
    running.wait(PATIENCE_S)
    assert time.monotonic() - began < 20
    assert not psutil.pid_exists(pid)
    stopped = record(folder, job)
    assert stopped.state == "stopped"
    assert stopped.reason.startswith(f"stopped by {number.name}")
    assert stopped.waits()  # for the next worker


def test_a_process_that_does_not_stop_is_killed(folder, worker, monkeypatch):
    job = ask(folder)
    running = worker("hang")
    pid = int(folder.get("pid"))
    running.terminate()
    running.wait(PATIENCE_S)
    assert not psutil.pid_exists(pid)
    assert record(folder, job).reason == (
        "stopped by SIGTERM; a worker goes on from the last finished batch: headstrata work"
    )


def test_an_idle_worker_and_a_new_process_hold_no_torch(folder, process_is):
    process_is(stub_jobs.say_whether_torch)
    job = ask(folder)
    work(folder, until_idle=True)
    assert record(folder, job).reason == "no torch"
    code = (
        "import sys, classify.worker as w, cache.store as s\n"
        "if __name__ == '__main__':\n"
        "    w.work(s.Store(sys.argv[1], published=False), until_idle=True)\n"
        "    sys.exit(any(m in sys.modules for m in ('torch', 'transformers', 'dash')))"
    )
    assert subprocess.run([sys.executable, "-c", code, folder.root], check=False).returncode == 0


def running_in(store: Store) -> threading.Thread:
    """A worker in a thread, until the queue is empty."""
    thread = threading.Thread(target=work, args=(store,), kwargs={"until_idle": True})
    thread.start()
    until(lambda: store.get("pid"))
    return thread


@pytest.mark.parametrize("stub", [stub_jobs.work_on, stub_jobs.hang])
def test_a_running_job_that_is_cancelled_stops_within_seconds(
    folder, process_is, stub, monkeypatch
):
    monkeypatch.setattr(job_process, "_LOOK_S", 0.1)
    monkeypatch.setattr(job_process, "_GRACE_S", 1.0)
    process_is(stub)
    job = ask(folder)
    thread = running_in(folder)
    pid = int(folder.get("pid"))
    # as another machine does: all it has is the cache
    [asked] = Queue(Store(folder.root, published=False)).cancel("tiny")
    assert asked.state == "running"
    thread.join(20)
    assert not thread.is_alive()
    assert not psutil.pid_exists(pid)
    cancelled = record(folder, job)
    assert (cancelled.state, cancelled.reason) == (
        "cancelled",
        "cancelled; headstrata retry asks for it again",
    )
    assert folder.get(f"jobs/{job.id}.cancel") is None


def test_a_worker_leaves_a_job_that_another_has_taken(folder, process_is, monkeypatch):
    """After a pause of the whole machine, in which it counted as lost."""
    monkeypatch.setattr(job_process, "_LOOK_S", 0.1)
    process_is(stub_jobs.hang)
    job = ask(folder)
    thread = running_in(folder)
    taken = folder.write_job(record(folder, job).moved(turn=2, stage="elsewhere"))
    thread.join(20)
    assert not thread.is_alive()
    assert record(folder, job) == taken


def test_a_worker_outlives_a_cache_that_cannot_be_reached_for_a_while(folder, monkeypatch, caplog):
    monkeypatch.setattr(worker_module, "_RETRY_S", 0.1)
    monkeypatch.setattr(worker_module, "_POLL_S", 0.01)
    asked = []

    def jobs():
        asked.append(len(asked))
        if len(asked) in {2, 3}:
            raise ObstacleError("cannot list jobs in the cache: its store does not answer")
        if len(asked) == 5:
            os.kill(os.getpid(), signal.SIGTERM)  # enough
        return []

    monkeypatch.setattr(folder, "jobs", jobs)
    work(folder)
    assert len(asked) == 5
    assert (
        caplog.messages
        == ["cannot list jobs in the cache: its store does not answer; tried again in 0.1 s"] * 2
    )


def test_a_cache_that_cannot_be_reached_from_the_start_is_told(folder, monkeypatch):
    """A wrong address would be waited for in vain."""

    def refuse():
        raise ObstacleError("cannot list jobs in the cache: no credentials")

    monkeypatch.setattr(folder, "jobs", refuse)
    with pytest.raises(ObstacleError, match="no credentials"):
        work(folder)


def test_a_workers_lines_are_json_with_the_jobs_id_where_the_setting_says_so(folder):
    job = ask(folder, options={"prompts": "many"})
    told = subprocess.run(
        [sys.executable, "-m", "headstrata", "work", "--until-idle", "--cache", folder.root],
        env={**os.environ, "HEADSTRATA_LOG_FORMAT": "json"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    ).stderr
    began, ended = (json.loads(line) for line in told.splitlines())  # no other line
    assert began["job_id"] == ended["job_id"] == job.id
    assert (began["level"], began["message"]) == ("INFO", "tiny: running")
    assert ended["level"] == "WARNING"
    assert ended["message"].startswith("tiny: failed: ")


def test_notes_of_a_run_are_lines_of_the_log_and_no_bar_is_drawn(folder, caplog, capfd):
    progress = Progress(Job(id="a", name="a", title="A", model="a"), None, Logged)
    with caplog.at_level(logging.INFO, "classify"):
        progress.expect(4)
        progress.advance(2)
        progress.say("the batch is halved")
        progress.close()
    assert caplog.messages == ["a: the batch is halved"]
    assert capfd.readouterr() == ("", "")
