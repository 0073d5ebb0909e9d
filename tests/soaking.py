"""Processes killed with SIGKILL, again and again, under load.

The tests do it a few times, ``benchmarks/soak.py`` fifty times.
"""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from queued import ask
from running import Server

from cache.jobs import Job
from cache.queue import Queue
from cache.store import Store

PATIENCE_S = 120.0


def until(happened, patience_s: float = PATIENCE_S):
    """Wait until something happened, and what that was."""
    deadline = time.monotonic() + patience_s
    while not (found := happened()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
    return found


# --- the dashboard's processes --------------------------------------------------------------------


@dataclass
class Visits:
    """What the visitors of a dashboard saw."""

    right: int = 0
    cut_off: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    longest_s: float = 0.0


def kill_web_processes(server: Server, path: str, kills: int, visitors: int = 4) -> Visits:
    """Kill one of gunicorn's processes after another while visitors ask for a path.

    A visitor whose process is killed sees the connection cut off; every answer that comes is to
    be the right one.

    Returns:
        What they saw; ``longest_s`` is the longest time without any answer.
    """
    expected = _get(server.url + path)
    seen, lock, over = Visits(), threading.Lock(), threading.Event()
    last = [time.monotonic()]

    def visit() -> None:
        while not over.is_set():
            try:
                told = "right" if _get(server.url + path) == expected else "another answer"
            except urllib.error.HTTPError as error:
                told = str(error.code)
            except (OSError, http.client.HTTPException):
                told = "cut off"
            with lock:
                if told == "cut off":
                    seen.cut_off += 1
                    continue
                seen.longest_s = max(seen.longest_s, time.monotonic() - last[0])
                last[0] = time.monotonic()
                if told == "right":
                    seen.right += 1
                else:
                    seen.wrong[told] += 1

    threads = [threading.Thread(target=visit) for _ in range(visitors)]
    for thread in threads:
        thread.start()
    try:
        for number in range(kills):
            processes = until(lambda: _web_processes(server, 2))
            before = seen.right
            os.kill(processes[number % 2], signal.SIGKILL)
            until(lambda: seen.right > before + visitors)  # noqa: B023 - it is called here
    finally:
        over.set()
        for thread in threads:
            thread.join()
    return seen


def _web_processes(server: Server, count: int) -> list[int]:
    """Gunicorn's processes, once there are so many."""
    found = [child.pid for child in psutil.Process(server.process.pid).children()]
    return found if len(found) == count else []


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=PATIENCE_S) as response:
        return response.read()


# --- the worker and its jobs ----------------------------------------------------------------------

#: A worker whose jobs are stubs.
WORKER = """
import sys
import stub_jobs
from cache.store import Store
from classify import job_process, worker
if __name__ == "__main__":
    job_process.run_here = getattr(stub_jobs, sys.argv[1])
    job_process._GRACE_S = 2.0
    worker.work(Store(sys.argv[2], published=False))
"""


def start_worker(store: Store, stub: str) -> subprocess.Popen[bytes]:
    """A worker in a process of its own, whose jobs do what a function of ``stub_jobs`` does."""
    script = Path(store.root, "worker.py")
    script.write_text(WORKER)
    path = os.pathsep.join(part for part in sys.path if part)
    return subprocess.Popen(
        [sys.executable, script, stub, store.root],
        env={**os.environ, "PYTHONPATH": path},
        stderr=subprocess.DEVNULL,
    )


def kill_workers(store: Store, kills: int) -> Job:
    """Kill one worker after another, each while it is at the same job; the job's record then."""
    job = ask(store)
    for turn in range(1, kills + 1):
        worker = start_worker(store, "work_on")
        pid = int(until(lambda: store.get("pid")))
        worker.kill()
        worker.wait()
        until(lambda: not psutil.pid_exists(pid))  # noqa: B023 - it is called here
        store.remove("pid")
        record = store.job_of_id(job.id)
        assert (record.state, record.turn, record.losses) == ("stopped", turn, 0)
    [cancelled] = Queue(store).cancel(job.name)
    return cancelled


def kill_jobs(store: Store, kills: int) -> list[Job]:
    """Kill the process of one job after another, as the system does when memory runs out."""
    for number in range(kills):
        ask(store, f"n{number}")
    worker = start_worker(store, "hang")
    try:
        for number in range(kills):
            os.kill(int(until(lambda: store.get("pid"))), signal.SIGKILL)
            store.remove("pid")
            until(lambda: store.job_of_id(f"n{number}-1").state == "failed")  # noqa: B023
        assert worker.poll() is None  # it has outlived them all
    finally:
        worker.kill()
        worker.wait()
    return store.jobs()
