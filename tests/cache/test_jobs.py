"""Job records: how they move, and when a worker counts as lost."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from cache.jobs import SILENCE, Job


def test_a_silent_running_job_is_lost_and_no_other():
    job = Job(id="1", name="a", title="A", model="a", state="running")
    just_in_time, too_late = job.updated_at + SILENCE, job.updated_at + SILENCE * 1.01
    assert not job.is_lost(just_in_time)
    assert job.is_lost(too_late)
    for state in ("requested", "done", "failed", "stopped"):
        assert not job.moved(state=state).is_lost(too_late + timedelta(days=1))


def test_a_worker_takes_what_was_asked_of_workers_and_nobody_is_at():
    now = Job(id="1", name="a", title="A", model="a").updated_at
    later = now + SILENCE * 2
    taken = {
        (origin, state): Job(
            id="1", name="a", title="A", model="a", origin=origin, state=state, updated_at=now
        ).waits(later)
        for origin in ("request", "command")
        for state in ("requested", "running", "done", "failed", "stopped")
    }
    assert {key for key, waits in taken.items() if waits} == {
        ("request", "requested"),
        ("request", "running"),  # silent for so long: its worker is lost
        ("request", "stopped"),
        ("command", "requested"),
    }
    running = Job(id="1", name="a", title="A", model="a", state="running", updated_at=now)
    assert not running.waits(now)


def test_moving_stamps_the_time_and_keeps_the_request():
    job = Job(id="1", name="a", title="A", model="a", options={"seed": 3})
    moved = job.moved(state="running", fraction=0.5, eta_s=10)
    assert (moved.state, moved.fraction, moved.eta_s) == ("running", 0.5, 10)
    assert moved.updated_at > job.updated_at
    assert (moved.requested_at, moved.options) == (job.requested_at, {"seed": 3})


@pytest.mark.parametrize("change", [{"fraction": 1.5}, {"eta_s": -1}, {"state": "lost"}])
def test_nonsense_is_not_a_record(change):
    with pytest.raises(ValidationError):
        Job(id="1", name="a", title="A", model="a").moved(**change)
