"""The queue on S3 (moto's server): two workers never do a job twice."""

import uuid
from collections import Counter
from multiprocessing import get_context

import pytest
import stub_jobs
from queued import ask
from s3_server import BUCKET, s3_server

from cache.jobs import Job
from cache.queue import Queue
from cache.store import Store
from classify import job_process
from classify.worker import work
from headstrata.errors import ObstacleError

JOBS = 6
PATIENCE_S = 120


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with s3_server(tmp_path_factory.mktemp("s3") / "log") as url:
        Store(f"s3://{BUCKET}").filesystem.mkdir(BUCKET)
        yield url


@pytest.fixture
def url(server):
    return f"s3://{BUCKET}/{uuid.uuid4().hex}"


def claim_all(url: str, start, claimed) -> None:
    """A worker that takes what it can get and finishes it."""
    store = Store(url, published=False)
    queue = Queue(store)
    start.wait()
    while queue.waiting():
        if (job := queue.claim()) is not None:
            claimed.put(job.id)
            queue.end(job.moved(state="done"))


def test_of_two_workers_each_job_has_one(url):
    """Processes of their own, as on two machines: what they share is the bucket."""
    store = Store(url, published=False)
    asked = [ask(store, f"n{number}").id for number in range(JOBS)]
    context = get_context("spawn")
    start, claimed = context.Barrier(2), context.Queue()
    workers = [context.Process(target=claim_all, args=(url, start, claimed)) for _ in range(2)]
    for worker in workers:
        worker.start()
    taken = [claimed.get(timeout=PATIENCE_S) for _ in range(JOBS)]
    for worker in workers:
        worker.join(PATIENCE_S)
        assert worker.exitcode == 0
    assert claimed.empty()
    assert Counter(taken) == Counter(asked)
    assert {job.state for job in store.jobs()} == {"done"}
    assert not store.filesystem.exists(f"{store.root}/claims")


def test_a_file_is_created_once(url):
    first, second = Store(url, published=False), Store(url, published=False)
    assert first.create("claims/a/1", b"first")
    assert not second.create("claims/a/1", b"second")
    assert second.get("claims/a/1") == b"first"
    first.remove("claims/a/1")
    assert second.create("claims/a/1", b"second")


def test_a_bucket_that_is_not_there_is_told(server):
    store = Store("s3://nobodys-bucket/cache", published=False)
    with pytest.raises(ObstacleError, match="cannot write claims/a/1 in the cache"):
        store.create("claims/a/1", b"x")


def test_a_job_runs_from_request_to_done_and_is_cancelled_before(url, monkeypatch):
    monkeypatch.setattr(job_process, "run_here", stub_jobs.finish)
    store = Store(url, published=False)
    kept, dropped = ask(store, "kept"), ask(store, "dropped")
    Queue(store).cancel("dropped")
    work(store, until_idle=True)
    states: dict[str, Job] = {job.id: job for job in store.jobs()}
    assert (states[kept.id].state, states[dropped.id].state) == ("done", "cancelled")
