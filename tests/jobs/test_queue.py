"""Who takes a job, who gives it up, who wants it again: in a folder and on an object store."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from queued import ask

from cache import jobs as jobs_module
from cache import queue as queue_module
from cache.jobs import SILENCE, Job
from cache.queue import Queue
from cache.store import Store
from headstrata.errors import UserError

AN_HOUR = timedelta(hours=1)


def record(store: Store, job: Job) -> Job:
    found = store.job_of_id(job.id)
    assert found is not None
    return found


def lost(job: Job, **changes: object) -> Job:
    """The record of a worker that has been silent for longer than it may."""
    running = job.moved(state="running", turn=1, **changes)
    return running.model_copy(update={"updated_at": running.updated_at - SILENCE * 2})


def test_jobs_are_taken_in_the_order_of_their_requests(store):
    now = datetime.now(UTC)
    for name, age in (("new", 0), ("old", 2), ("middle", 1)):
        ask(store, name, requested_at=now - age * AN_HOUR)
    queue = Queue(store)
    assert [job.name for job in queue.waiting()] == ["old", "middle", "new"]
    assert [queue.claim().name for _ in range(3)] == ["old", "middle", "new"]
    assert queue.claim() is None


def test_of_many_workers_one_takes_the_job(store):
    ask(store)
    together = threading.Barrier(8)

    def claim(_: int) -> Job | None:
        queue = Queue(store)
        together.wait()
        return queue.claim()

    with ThreadPoolExecutor(8) as pool:
        claims = [job for job in pool.map(claim, range(8)) if job is not None]
    assert [(job.name, job.turn, job.state) for job in claims] == [("tiny", 1, "running")]


def test_a_worker_that_looked_before_the_job_was_done_does_not_do_it_again(store, monkeypatch):
    job = ask(store)
    slow, quick = Queue(store), Queue(store)
    seen = slow.waiting()
    quick.end(quick.claim().moved(state="done"))
    if store.local:  # it looks again under the lock
        assert slow.claim() is None
    else:
        monkeypatch.setattr(slow, "waiting", lambda: seen)
        assert slow.claim() is None
    assert record(store, job).state == "done"


def test_a_stopped_job_is_taken_again_and_again(store):
    job = ask(store)
    for turn in (1, 2, 3):
        taken = Queue(store).claim()
        assert taken.turn == turn
        store.write_job(taken.moved(state="stopped", reason="stopped by SIGTERM"))
    assert record(store, job).losses == 0


def test_the_claim_of_a_worker_that_died_at_once_holds_for_a_while_only(tmp_path, monkeypatch):
    """It had claimed the job on an object store, and had not written the record yet."""
    store = Store("memory://queue-died-at-once/c", create=True, published=False)
    job = ask(store)
    with monkeypatch.context() as dying:
        dying.setattr(store, "write_job", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            Queue(store).claim()
    other, now = Queue(store), [1000.0]
    monkeypatch.setattr(queue_module.time, "monotonic", lambda: now[0])
    assert other.claim() is None
    now[0] += SILENCE.total_seconds() - 1
    assert other.claim() is None
    now[0] += 2
    taken = other.claim()
    assert (taken.id, taken.turn, taken.state) == (job.id, 2, "running")
    assert Queue(store).claim() is None


def test_claims_are_removed_when_the_job_is_over():
    store = Store("memory://queue-claims/c", create=True, published=False)
    ask(store)
    queue = Queue(store)
    job = queue.claim()
    assert len(store.names(f"claims/{job.id}")) == 1
    queue.end(job.moved(state="done"))
    assert not store.filesystem.exists(f"{store.root}/claims/{job.id}")


@pytest.mark.parametrize("wrong_by", [-AN_HOUR, AN_HOUR])
def test_a_job_of_a_machine_whose_clock_is_wrong_is_not_lost(store, monkeypatch, wrong_by):
    """Its records come each second, however old or new they say they are."""
    job = ask(store).moved(state="running", turn=1)

    def written(second: int) -> Job:
        told = {"updated_at": job.updated_at + wrong_by + timedelta(seconds=second)}
        return store.write_job(job.model_copy(update=told | {"clock": "another machine's"}))

    here, queue = [job.updated_at], Queue(store)
    monkeypatch.setattr(jobs_module, "_now", lambda: here[0])
    for second in (0, 60, 120, 180):
        here[0] = job.updated_at + timedelta(seconds=second)
        written(second)
        assert queue.claim() is None
    here[0] += SILENCE - timedelta(seconds=1)
    assert queue.claim() is None
    here[0] += timedelta(seconds=2)  # now nothing has come for longer than it may
    taken = queue.claim()
    assert (taken.turn, taken.losses) == (2, 1)


def test_a_waiting_job_is_cancelled_at_once(store):
    job = ask(store)
    [cancelled] = Queue(store).cancel("tiny")
    assert cancelled.state == record(store, job).state == "cancelled"
    assert Queue(store).claim() is None


def test_cancel_and_claim_at_the_same_time_agree(store):
    """Either the job is cancelled, or a worker has it and finds the note."""
    for number in range(10):
        job = ask(store, f"n{number}")
        with ThreadPoolExecutor(2) as pool:
            claimed = pool.submit(Queue(store).claim)
            pool.submit(Queue(store).cancel, job.name).result()
        taken = claimed.result()
        if taken is None:
            assert record(store, job).state == "cancelled"
        else:
            assert Queue(store).was_cancelled(taken)
            Queue(store).cancelled(taken)


def test_a_note_to_a_worker_that_died_counts_for_the_next(store):
    job = ask(store)
    running = Queue(store).claim()
    [told] = Queue(store).cancel(job.id)
    assert told.state == "running"
    store.write_job(lost(running))
    assert Queue(store).claim() is None
    assert record(store, job).state == "cancelled"


def test_a_note_is_for_one_request_only(store):
    job = ask(store)
    Queue(store).claim()
    Queue(store).cancel(job.id)
    again = ask(store)  # asked for again: another request, of the same id
    assert Queue(store).claim().requested_at == again.requested_at


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_retry_is_a_new_request_with_all_chances(store, state):
    job = ask(store, options={"seed": 3}, losses=4, turn=5)
    store.write_job(job.moved(state=state, reason="no memory", fraction=0.5))
    again = Queue(store).retry("tiny")
    assert (again.state, again.reason, again.losses, again.fraction) == ("requested", None, 0, 0.0)
    assert (again.options, again.id) == ({"seed": 3}, job.id)
    assert again.requested_at > job.requested_at
    assert Queue(store).claim().id == job.id


def typed(store: Store, state: str) -> Job:
    return ask(store, "typed", origin="command", state=state)


def test_what_cannot_be_cancelled_or_retried_is_told(store):
    queue = Queue(store)
    with pytest.raises(UserError, match=r"^no job 'nobody'; there are: none$"):
        queue.cancel("nobody")
    ask(store, "over", state="done")
    with pytest.raises(UserError, match="'over' is done already: there is nothing to cancel"):
        queue.cancel("over")
    with pytest.raises(UserError, match="'over' is done: only a job that failed or was cancelled"):
        queue.retry("over")
    with pytest.raises(UserError, match=r"^no job 'nobody'; there are: over$"):
        queue.retry("nobody")
    typed(store, "running")
    with pytest.raises(UserError, match="is a run of headstrata classify: stop it where it runs"):
        queue.cancel("typed")
    typed(store, "failed")
    with pytest.raises(UserError, match="the same command goes on with it"):
        queue.retry("typed")


def test_what_somebody_stopped_at_the_terminal_can_be_given_up(store):
    job = typed(store, "stopped")
    Queue(store).cancel("typed")
    assert record(store, job).state == "cancelled"
