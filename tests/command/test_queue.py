"""The queue on the command line: listed in its order, with reasons; cancelled; asked for again."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from queued import ask

from cache.store import Store


@pytest.fixture
def store(cache: Path) -> Store:
    """A job that runs, two that wait, one that failed."""
    store, now = Store(str(cache)), datetime.now(UTC)
    ask(store, "second", requested_at=now - timedelta(hours=1))
    ask(store, "first", requested_at=now - timedelta(hours=2))
    running = ask(store, "running", requested_at=now - timedelta(hours=3))
    store.write_job(running.moved(state="running", stage="scoring the heads", fraction=0.4))
    ask(store, "odd", model="/srv/secret/odd", state="failed", reason="/srv/secret/odd: is empty")
    return store


def test_jobs_are_listed_with_their_order_and_reasons(headstrata, cache, store):
    listed = headstrata("jobs", "--cache", str(cache))
    assert listed.code == 0
    assert listed.out.decode().splitlines() == [
        "name     state      what",
        "running  running    scoring the heads, 40%",
        "first    requested  number 1 in line",
        "second   requested  number 2 in line",
        "odd      failed     /srv/secret/odd: is empty",
    ]


def test_jobs_as_json_tell_everybody_no_folder(headstrata, cache, store):
    listed = headstrata("jobs", "--cache", str(cache), "--json")
    jobs = {job["name"]: job for job in json.loads(listed.out)}
    assert {name: job["position"] for name, job in jobs.items()} == {
        "first": 1,
        "second": 2,
        "running": None,
        "odd": None,
    }
    assert jobs["odd"]["reason"] == "odd: is empty"
    assert b"secret" not in listed.out


def test_an_empty_queue_says_how_to_ask(headstrata, cache):
    assert b"headstrata request MODEL" in headstrata("jobs", "--cache", str(cache)).out


def test_cancel_and_retry(headstrata, cache, store):
    cancelled = headstrata("cancel", "first", "--cache", str(cache))
    assert (cancelled.code, cancelled.err) == (0, "headstrata: cancelled first ('first')\n")
    assert store.job_of_id("first-1").state == "cancelled"
    again = headstrata("retry", "first-1", "--cache", str(cache))
    assert again.code == 0
    assert "requested first as 'first' again; headstrata work takes it" in again.err
    assert store.job_of_id("first-1").state == "requested"
    running = headstrata("cancel", "running", "--cache", str(cache))
    assert running.err == "headstrata: asked its worker to stop running ('running')\n"


@pytest.mark.parametrize("command", ["cancel", "retry"])
def test_a_job_that_is_not_there_is_one_line(headstrata, cache, store, command):
    refused = headstrata(command, "nobody", "--cache", str(cache))
    assert refused.code == 2
    assert refused.err == ("headstrata: no job 'nobody'; there are: odd, second, first, running\n")
