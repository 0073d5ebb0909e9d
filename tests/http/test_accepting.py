"""Gunicorn's processes share out connections, and those that say nothing hold nobody up."""

import socket
import time
import urllib.request
from contextlib import ExitStack

import psutil
import pytest
from gunicorn.workers.gthread import ThreadWorker
from running import serving

from app import accepting
from app.accepting import _PATIENCE_S, Counts, Worker


class Settings:
    threads = 8


class Clock:
    """A time that passes by sleeping only."""

    now = 0.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(accepting, "time", made := Clock())
    return made


@pytest.fixture
def counts():
    return Counts()


@pytest.fixture
def worker(counts, monkeypatch):
    """A process of gunicorn for which three connections wait."""
    waiting = [1, 1, 1]

    def take(self, listener):
        self.nr_conns += waiting.pop() if waiting else 0

    monkeypatch.setattr(ThreadWorker, "accept", take)
    return placed(counts)


def placed(counts: Counts, connections: int = 0) -> Worker:
    made = Worker.__new__(Worker)
    made.cfg, made.nr_conns = Settings, connections
    counts.give_place(made)
    if connections:
        made._tell()
    return made


def test_a_process_alone_takes_all_that_wait_at_once(worker, clock):
    worker.nr_conns = 100
    worker._tell()
    worker.accept(None)
    assert (clock.now, worker.nr_conns) == (0, 103)


def test_a_process_that_still_starts_is_not_waited_for(worker, counts, clock):
    placed(counts)  # it has told nothing yet
    worker.nr_conns = 100
    worker._tell()
    worker.accept(None)
    assert (clock.now, worker.nr_conns) == (0, 103)


def test_one_with_more_by_its_threads_leaves_each_to_the_other_for_a_moment(worker, counts, clock):
    placed(counts, connections=2)
    worker.nr_conns = 10
    worker._tell()
    worker.accept(None)
    assert clock.now >= 3 * _PATIENCE_S  # and takes them then: the other may hang
    assert worker.nr_conns == 13


def test_one_with_little_more_takes_it(worker, counts, clock):
    placed(counts, connections=5)
    worker.nr_conns = 9  # and 12 in the end: fewer than 5 + 8
    worker._tell()
    worker.accept(None)
    assert (clock.now, worker.nr_conns) == (0, 12)


def test_the_place_of_a_process_that_ended_is_free_again(counts):
    first, second = placed(counts, 5), placed(counts, 7)
    assert counts.fewest() == 5
    counts.take_place(first)
    assert counts.fewest() == 7
    assert placed(counts, 9).place == first.place != second.place


def test_the_connections_of_many_visitors_are_shared_out(tmp_path):
    (tmp_path / "cache").mkdir()
    settings = {"HEADSTRATA_THREADS": "2"}
    with serving(tmp_path / "cache", tmp_path / "log", processes=2, **settings) as server:
        deadline = time.monotonic() + 120
        # the second process may still start
        while min(shared := _shared_out(server)) < 6:
            assert time.monotonic() < deadline, shared


def _shared_out(server) -> list[int]:
    """How many of 24 visitors' connections each process has."""
    address = server.url.removeprefix("http://").split(":")
    visitors = [socket.create_connection((address[0], int(address[1]))) for _ in range(24)]
    try:
        for one in visitors:
            one.sendall(b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n")
            assert one.recv(100).startswith(b"HTTP/1.1 200")
        return [
            sum(one.status == psutil.CONN_ESTABLISHED for one in process.net_connections())
            for process in psutil.Process(server.process.pid).children()
        ]
    finally:
        for one in visitors:
            one.close()


def test_connections_that_say_nothing_hold_nobody_up(tmp_path):
    """Browsers open some in advance."""
    (tmp_path / "cache").mkdir()
    settings = {"HEADSTRATA_THREADS": "2"}
    with ExitStack() as open_ones:
        start = serving(tmp_path / "cache", tmp_path / "log", **settings)
        server = open_ones.enter_context(start)
        port = int(server.url.rpartition(":")[2])
        silent = [
            open_ones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
            for _ in range(8)
        ]
        began = time.monotonic()
        urllib.request.urlopen(f"{server.url}/healthz", timeout=60).close()
        assert time.monotonic() - began < 4  # gunicorn's threads would wait 5 s for each
        silent[-1].sendall(b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n")
        assert silent[-1].recv(100).startswith(b"HTTP/1.1 200")
