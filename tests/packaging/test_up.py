"""``make run``'s supervisor: one page, one worker, and an end to both."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from running import WAIT_S, free_port

ROOT = Path(__file__).parents[2]


@pytest.fixture
def cache(tmp_path):
    """A folder that does not exist yet, as on a fresh machine."""
    return tmp_path / "cache"


@contextmanager
def supervised(cache, log, *install, port=None):
    """The supervisor as ``make run`` starts it, with another install command."""
    port = port or free_port()
    settings = {"HEADSTRATA_CACHE": str(cache), "PORT": str(port), "HEADSTRATA_WORKERS": "1"}
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, ROOT / "scripts/up.py", *install],
            env={**os.environ, **settings},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


def until(happened, log):
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        if found := happened():
            return found
        time.sleep(0.2)
    raise AssertionError(log.read_text())


def answers(url):
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def children(process):
    """Process id to command line of what the supervisor started."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    )
    rows = (line.split(None, 2) for line in listed.stdout.splitlines())
    return {int(row[0]): row[2] for row in rows if row[1] == str(process.pid)}


def worker_of(process):
    return next((pid for pid, args in children(process).items() if args.endswith(" work")), None)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_ends_the_page_and_the_worker(cache, tmp_path, number):
    log, niceness = tmp_path / "log", tmp_path / "niceness"
    with supervised(cache, log, "sh", "-c", f"nice > {niceness}") as (process, url):
        until(lambda: answers(url) and worker_of(process), log)
        # the installation left the processor to the page
        assert int(niceness.read_text()) == min(19, os.nice(0) + 10)
        started = set(children(process))
        process.send_signal(number)
        assert process.wait(60) == 0
        for pid in started:
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)
    assert "Traceback" not in log.read_text()


def test_an_object_store_is_no_folder(tmp_path, monkeypatch):
    sys.path.insert(0, str(ROOT / "scripts"))
    import up  # noqa: PLC0415 - a script, no package

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEADSTRATA_CACHE", "memory://headstrata-up")
    monkeypatch.setattr(up, "on_signals", lambda _: sys.exit(0))  # before anything starts
    with pytest.raises(SystemExit):
        up.main()
    assert not list(tmp_path.iterdir())


def test_a_cache_that_cannot_be_made_is_told_in_a_line(tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/up.py", "true"],
        env={**os.environ, "HEADSTRATA_CACHE": str(tmp_path / "file" / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "cannot be made: Not a directory" in done.stderr


def test_the_page_outlives_the_worker(cache, tmp_path):
    log = tmp_path / "log"
    with supervised(cache, log, "true") as (process, url):
        worker = until(lambda: answers(url) and worker_of(process), log)
        os.kill(worker, signal.SIGKILL)
        until(lambda: "the worker ended" in log.read_text(), log)
        assert answers(url)


def test_the_page_runs_without_a_worker_if_it_cannot_be_installed(cache, tmp_path):
    log = tmp_path / "log"
    with supervised(cache, log, "false") as (process, url):
        until(lambda: "could not be installed" in log.read_text(), log)
        until(lambda: answers(url), log)
        assert worker_of(process) is None


def test_the_page_is_there_while_the_worker_is_being_installed(cache, tmp_path):
    log = tmp_path / "log"
    with supervised(cache, log, "sleep", "600") as (process, url):
        until(lambda: answers(url), log)
        assert "sleep 600" in children(process).values()
        with urllib.request.urlopen(f"{url}/api/chart.svg?model=smollm2-135m") as response:
            assert b"SmolLM2-135M" in response.read()  # a whole chart, though nothing was scored


def test_a_taken_port_ends_it_all_with_code_2(cache, tmp_path):
    log = tmp_path / "log"
    with supervised(cache, log, "true") as (_, url):
        until(lambda: answers(url), log)
        port = int(url.rsplit(":", 1)[1])
        with supervised(cache, tmp_path / "second", "sleep", "600", port=port) as (second, _):
            assert second.wait(60) == 2
    assert "cannot listen" in (tmp_path / "second").read_text()


def test_make_run_starts_at_once_and_passes_sigterm_on(cache, tmp_path):
    log, venv, port = tmp_path / "log", tmp_path / "venv", free_port()
    (venv / "bin").mkdir(parents=True)
    python = venv / "bin/python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    for stamp in ("made", "web", "worker", "smollm2"):  # all is installed
        (venv / stamp).touch()
    settings = {"HEADSTRATA_CACHE": str(cache), "PORT": str(port), "HEADSTRATA_WORKERS": "1"}
    with log.open("wb") as file:
        make = subprocess.Popen(
            ["make", "run", f"VENV={venv}"],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        until(lambda: answers(f"http://127.0.0.1:{port}"), log)
    finally:
        make.terminate()
        make.wait(60)
    assert not answers(f"http://127.0.0.1:{port}")
    assert "pip" not in log.read_text()
