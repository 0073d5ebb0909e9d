"""Runs that are killed, stopped, short of memory, or shared among processes."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import torch
from forked import ForkedPython

from cache import files as storing
from cache.jobs import SILENCE, Job
from cache.queue import Queue
from cache.store import Store
from classify.checkpoints import KEPT_FOR, Checkpoints
from classify.engine import Engine
from classify.request import Request
from classify.worker import job_of, request_job, run_job, work
from headstrata.errors import UserError

PROMPTS, LENGTH = 600, 100
OPTIONS = {"prompts": PROMPTS, "length": LENGTH, "device": "cpu", "name": "tiny"}
PATIENCE_S = 240


def request(model: Path) -> Request:
    return Request.parse(model=str(model), **OPTIONS)


def flags(model: Path, cache: Path) -> list[str]:
    options = [part for key, value in OPTIONS.items() for part in (f"--{key}", str(value))]
    return [str(model), "--cache", str(cache), *options]


def command(model: Path, cache: Path, *launcher: str) -> list[str]:
    return [sys.executable, *launcher, "-m", "classify", *flags(model, cache)]


def start(model: Path, cache: Path) -> ForkedPython:
    return ForkedPython("-m", "classify", *flags(model, cache))


def finish(model: Path, cache: Path) -> None:
    process = start(model, cache)
    said = process.wait(PATIENCE_S)
    assert process.returncode == 0, said


def batches(cache: Path) -> list[Path]:
    return sorted(cache.glob("partial/tiny/*/*.npy"))


def wait_for_batches(
    cache: Path, process: ForkedPython | subprocess.Popen[bytes], count: int
) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while len(batches(cache)) < count:
        assert process.poll() is None, getattr(process, "said", lambda: "it ended")()
        assert time.monotonic() < deadline
        time.sleep(0.001)


@pytest.fixture(scope="module")
def undisturbed(tiny_gpt2, tmp_path_factory):
    cache = tmp_path_factory.mktemp("undisturbed")
    finish(tiny_gpt2, cache)
    return Store(str(cache)).read("tiny").heads


def count_scored(monkeypatch) -> list[int]:
    """Prompts per call of the engine, as they come."""
    counts: list[int] = []
    score = Engine.score

    def counted(self, prompts):
        counts.append(len(prompts.tokens))
        return score(self, prompts)

    monkeypatch.setattr(Engine, "score", counted)
    return counts


def test_a_killed_run_goes_on_and_writes_the_same_table(
    tiny_gpt2, tmp_path, undisturbed, monkeypatch
):
    process = start(tiny_gpt2, tmp_path)
    wait_for_batches(tmp_path, process, 3)
    process.kill()
    process.wait(PATIENCE_S)
    kept = len(batches(tmp_path))
    assert not (tmp_path / "tables").exists()
    counts = count_scored(monkeypatch)

    run_job(request(tiny_gpt2), Store(str(tmp_path)))

    assert len(counts) > 0
    assert sum(counts) < 2 * PROMPTS
    assert len(counts) + kept == 2 * -(-PROMPTS // counts[0])
    again = Store(str(tmp_path)).read("tiny").heads
    assert again.equals(undisturbed)
    assert not batches(tmp_path)


#: Runs the command until it has begun so many writes of a kind, and kills it in the midst of
#: the last one: the temporary file is there, the file is not replaced yet.
KILLED_WRITING = """
import os, signal, sys
from cache import atomic
from headstrata.cli import main
ending, count = sys.argv[1], int(sys.argv[2])
replace, begun = atomic.replace_file, []
def replace_file(target, data):
    if ending in str(target):
        begun.append(target)
    if len(begun) == count:
        atomic.os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
    replace(target, data)
from cache import files
files.replace_file = replace_file
main(["classify", *sys.argv[3:]])
"""


def test_a_run_killed_again_and_again_writes_the_same_table(
    tiny_gpt2, tmp_path, undisturbed, monkeypatch
):
    """Killed in the midst of a write each time: of batches at random places, of the
    patterns, of the table itself."""
    first, second = sorted(np.random.default_rng(5).integers(2, 12, 2).tolist())
    moments = [
        (".npy", first),
        (".npy", second),
        ("patterns/", 1),
        ("tables/", 1),
    ]
    kept = 0
    for ending, count in moments:
        killed = ForkedPython("-c", KILLED_WRITING, ending, str(count), *flags(tiny_gpt2, tmp_path))
        said = killed.wait(PATIENCE_S)
        assert killed.returncode == -signal.SIGKILL, said
        assert list(tmp_path.rglob(".*.tmp"))  # it was in the midst of it
        assert not list(tmp_path.glob("tables/*.parquet"))
        if ending == ".npy":  # all but the one that was cut: each run went on from the last
            kept += count - 1
            assert len(batches(tmp_path)) == kept
    counts = count_scored(monkeypatch)

    run_job(request(tiny_gpt2), Store(str(tmp_path)))

    assert counts == []  # every batch was there: only the patterns and the table were to do
    store = Store(str(tmp_path))
    assert store.read("tiny").heads.equals(undisturbed)
    assert [job.state for job in store.jobs()] == ["done"]
    assert not (tmp_path / "partial").exists()
    folders = [path for path in tmp_path.iterdir() if path.name in ("tables", "patterns", "jobs")]
    assert [path.name for folder in folders for path in folder.glob(".*")] == []


def test_sigterm_ends_a_batch_and_not_only_the_run(tiny_gpt2, tmp_path, monkeypatch):
    """The batch that is under way when the signal comes is left, within a layer's time."""
    one_pass, began = Engine._pass, []

    def told_to_stop(self, prompts):
        began.append(len(prompts.tokens))
        if len(began) == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return one_pass(self, prompts)

    monkeypatch.setattr(Engine, "_pass", told_to_stop)
    with pytest.raises(SystemExit):
        run_job(request(tiny_gpt2), Store(str(tmp_path)))
    assert len(began) == 3
    assert len(batches(tmp_path)) == 2
    [job] = Store(str(tmp_path)).jobs()
    assert job.state == "stopped"


def test_sigterm_stops_the_run_and_says_so(tiny_gpt2, tmp_path, undisturbed):
    process = start(tiny_gpt2, tmp_path)
    wait_for_batches(tmp_path, process, 2)
    process.terminate()
    errors = process.wait(PATIENCE_S)
    assert process.returncode == 128 + signal.SIGTERM
    assert "Traceback" not in errors
    store = Store(str(tmp_path))
    [job] = store.jobs()
    assert (job.state, job.origin) == ("stopped", "command")
    assert job.reason == (
        "stopped by SIGTERM; the same command goes on from the last finished batch"
    )
    assert 0 < job.fraction < 1
    assert not (tmp_path / "tables").exists()

    finish(tiny_gpt2, tmp_path)

    assert store.read("tiny").heads.equals(undisturbed)
    assert [job.state for job in store.jobs()] == ["done"]


def test_two_processes_give_the_table_of_one(tiny_gpt2, tmp_path, undisturbed):
    launcher = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2")
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        command(tiny_gpt2, tmp_path, *launcher),
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    table = Store(str(tmp_path)).read("tiny")
    assert table.provenance.processes == 2
    numbers = undisturbed.select_dtypes("number").columns
    np.testing.assert_allclose(table.heads[numbers], undisturbed[numbers], rtol=0, atol=1e-6)
    assert (table.heads["category"] == undisturbed["category"]).all()


def test_the_same_run_twice_at_once_gives_one_good_table(tiny_gpt2, tmp_path, undisturbed):
    twins = [start(tiny_gpt2, tmp_path) for _ in range(2)]
    for twin in twins:
        errors = twin.wait(PATIENCE_S)
        assert twin.returncode == 0, errors
    store = Store(str(tmp_path))
    assert store.read("tiny").heads.equals(undisturbed)
    assert [job.state for job in store.jobs()] == ["done"]
    assert not (tmp_path / "partial").exists()


def refuse_writes(monkeypatch, after: int) -> None:
    """Once so many batches are written the disk is full."""
    write, written = storing.replace_file, []

    def full(target, data):
        if target.suffix == ".npy" and len(written) == after:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(target, data)
        written.extend([target] if target.suffix == ".npy" else [])

    monkeypatch.setattr(storing, "replace_file", full)


def test_a_disk_that_fills_midway_keeps_the_finished_batches(
    tiny_gpt2, tmp_path, undisturbed, monkeypatch
):
    store = Store(str(tmp_path))
    with monkeypatch.context() as full:
        refuse_writes(full, after=3)
        with pytest.raises(UserError) as refused:
            run_job(request(tiny_gpt2), store)
    said = "No space left on device; 3 finished batches are kept: once that is mended, the same"
    assert said in str(refused.value)
    [job] = store.jobs()
    assert (job.state, job.reason) == ("failed", str(refused.value))
    counts = count_scored(monkeypatch)

    run_job(request(tiny_gpt2), store)

    assert len(counts) + 3 == 2 * -(-PROMPTS // counts[0])
    assert store.read("tiny").heads.equals(undisturbed)
    assert not (tmp_path / "partial").exists()


def test_nothing_is_kept_of_a_run_that_never_finished_a_batch(tiny_gpt2, tmp_path, monkeypatch):
    refuse_writes(monkeypatch, after=0)
    with pytest.raises(UserError, match=r"No space left on device$"):
        run_job(request(tiny_gpt2), Store(str(tmp_path)))
    assert not (tmp_path / "partial").exists()


def test_a_kept_batch_that_was_damaged_is_computed_again(tiny_gpt2, tmp_path, undisturbed):
    process = start(tiny_gpt2, tmp_path)
    wait_for_batches(tmp_path, process, 3)
    process.kill()
    process.wait(PATIENCE_S)
    for batch, damage in zip(batches(tmp_path), (b"", b"junk", b"\x93NUMPY"), strict=False):
        batch.write_bytes(damage)
    store = Store(str(tmp_path))
    run_job(request(tiny_gpt2), store)
    assert store.read("tiny").heads.equals(undisturbed)


def test_a_damaged_plan_is_made_anew(tiny_gpt2, tmp_path, undisturbed):
    process = start(tiny_gpt2, tmp_path)
    wait_for_batches(tmp_path, process, 1)
    process.kill()
    process.wait(PATIENCE_S)
    [plan] = tmp_path.glob("partial/tiny/*/plan.json")
    plan.write_bytes(b'{"batch"')
    store = Store(str(tmp_path))
    run_job(request(tiny_gpt2), store)
    assert store.read("tiny").heads.equals(undisturbed)


def test_a_table_that_is_written_counts_even_if_its_batches_stay(tiny_gpt2, tmp_path, monkeypatch):
    def busy(*_):  # as on a network file system
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))

    monkeypatch.setattr(Store, "remove_folder", busy)
    store = Store(str(tmp_path))
    asked = request_job(Request.parse(model=str(tiny_gpt2), prompts=2, length=40), store)
    work(store, until_idle=True)
    assert [(job.id, job.state) for job in store.jobs()] == [(asked.id, "done")]


@pytest.mark.parametrize("url", ["folder", "memory://headstrata-sweep/partial"])
def test_batches_that_nobody_comes_back_for_are_swept(tmp_path, url):
    store = Store(str(tmp_path / "c") if url == "folder" else url, create=True, published=False)
    old, mine = Checkpoints(store, "partial", "old"), Checkpoints(store, "mine", "key")
    for run in (old, mine):
        run.batch_size(4)
        run.save("natural", 0, np.zeros((4, 1, 1)))
    now = datetime.now(UTC)

    mine.sweep(now + KEPT_FOR - timedelta(minutes=1))
    assert old.load("natural", 0, 4) is not None
    mine.sweep(now + KEPT_FOR + timedelta(minutes=1))
    assert old.load("natural", 0, 4) is None
    assert mine.load("natural", 0, 4) is not None  # it has just come back
    assert not store.filesystem.exists(f"{store.root}/partial/partial")


@pytest.mark.parametrize(
    "out_of_memory",
    [
        torch.OutOfMemoryError("CUDA out of memory (simulated)"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory (simulated)"),
    ],
    ids=["cuda", "cpu"],
)
def test_out_of_memory_halves_the_batch_and_goes_on(
    out_of_memory, tiny_gpt2, tmp_path, undisturbed, monkeypatch
):
    sizes: list[int] = []
    one_pass = Engine._pass

    def short_of_memory(self, prompts):
        sizes.append(len(prompts.tokens))
        if len(prompts.tokens) > 6:
            raise out_of_memory
        return one_pass(self, prompts)

    monkeypatch.setattr(Engine, "_pass", short_of_memory)

    run_job(request(tiny_gpt2), Store(str(tmp_path)))

    assert sizes[:3] == [23, 12, 6]
    assert max(sizes[3:]) <= 6  # later batches do not try the large size again
    heads = Store(str(tmp_path)).read("tiny").heads
    numbers = undisturbed.select_dtypes("number").columns
    np.testing.assert_allclose(heads[numbers], undisturbed[numbers], rtol=0, atol=1e-6)


def test_the_worker_takes_requests_and_survives_bad_ones(tiny_gpt2, tmp_path):
    store = Store(str(tmp_path))
    gone = tmp_path / "gone"  # before a worker comes to it
    gone.mkdir()
    bad = request_job(Request.parse(model=str(gone)), store)
    gone.rmdir()
    good = request_job(Request.parse(model=str(tiny_gpt2), prompts=2, length=40), store)
    assert {job.state for job in store.jobs()} == {"requested"}

    work(store, until_idle=True)

    jobs = {job.id: job for job in store.jobs()}
    assert jobs[good.id].state == "done"
    assert jobs[bad.id].state == "failed"
    assert "no such folder" in jobs[bad.id].reason
    assert store.read("tiny-gpt2").provenance.layers == 2


def test_of_two_workers_one_takes_the_job(tiny_gpt2, tmp_path):
    """Both look at the same time; the seconds in which torch is imported lie behind the claim."""
    store = Store(str(tmp_path))
    asked = request_job(Request.parse(model=str(tiny_gpt2), prompts=2, length=40), store)
    together = threading.Barrier(8)

    def claim(_: int) -> Job | None:
        together.wait()
        return Queue(Store(str(tmp_path))).claim()

    with ThreadPoolExecutor(8) as workers:
        claims = [job for job in workers.map(claim, range(8)) if job is not None]
    assert [job.id for job in claims] == [asked.id]
    assert [job.state for job in store.jobs()] == ["running"]


def test_the_worker_takes_over_a_lost_job(tiny_gpt2, tmp_path):
    store = Store(str(tmp_path))
    asked = Request.parse(model=str(tiny_gpt2), prompts=2, length=40)
    running = job_of(asked).moved(state="running", fraction=0.4)
    silent = running.model_copy(
        update={"updated_at": running.updated_at.replace(year=running.updated_at.year - 1)}
    )
    store.write_job(silent)

    work(store, until_idle=True)

    assert [(job.state, job.losses) for job in store.jobs()] == [("done", 1)]


def test_a_job_that_workers_die_of_does_not_keep_others_waiting(tiny_gpt2, tmp_path):
    store = Store(str(tmp_path))
    asked = Request.parse(model=str(tiny_gpt2), prompts=2, length=40)
    deadly = job_of(asked).moved(state="running", fraction=0.4, losses=4)
    store.write_job(deadly.model_copy(update={"updated_at": deadly.updated_at - SILENCE * 2}))
    other = request_job(asked.model_copy(update={"name": "other"}), store)

    work(store, until_idle=True)

    jobs = {job.id: job for job in store.jobs()}
    assert jobs[other.id].state == "done"
    assert jobs[deadly.id].state == "failed"
    assert "5 workers died" in jobs[deadly.id].reason
    assert request_job(asked, store).losses == 0  # asked for again it has its chances again


def test_a_worker_that_starts_again_takes_up_what_its_stop_left(tiny_gpt2, tmp_path, undisturbed):
    """As in a restarted container: no one asks a second time."""
    store = Store(str(tmp_path))
    asked = request_job(request(tiny_gpt2), store)
    worker = subprocess.Popen(  # not forked: its job is a process of its own, as in real life
        [sys.executable, "-m", "headstrata", "work", "--cache", str(tmp_path)],
        stderr=subprocess.PIPE,
    )
    wait_for_batches(tmp_path, worker, 2)
    worker.terminate()
    errors = worker.communicate(timeout=PATIENCE_S)[1].decode()
    assert worker.returncode == 0
    assert "Traceback" not in errors
    [job] = store.jobs()
    assert (job.id, job.state) == (asked.id, "stopped")
    assert "stopped by SIGTERM; a worker goes on" in job.reason

    work(store, until_idle=True)

    assert [job.state for job in store.jobs()] == ["done"]
    assert store.read("tiny").heads.equals(undisturbed)


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_leaves_alone_what_somebody_stopped_at_the_terminal(tiny_gpt2, tmp_path, signal_):
    process = start(tiny_gpt2, tmp_path)
    wait_for_batches(tmp_path, process, 2)
    process.send_signal(signal_)
    process.wait(PATIENCE_S)
    store = Store(str(tmp_path))
    before = store.jobs()

    work(store, until_idle=True)

    assert store.jobs() == before
    assert [(job.state, job.origin) for job in before] == [("stopped", "command")]


def test_a_signal_while_loading_ends_the_run_at_once(tiny_gpt2, tmp_path, monkeypatch):
    def slow_load(*_):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE_S)

    monkeypatch.setattr("classify.run.load", slow_load)
    store = Store(str(tmp_path))
    job = request_job(request(tiny_gpt2), store)
    began = time.monotonic()

    with pytest.raises(SystemExit) as stopped:
        run_job(request(tiny_gpt2), store)

    assert stopped.value.code == 128 + signal.SIGTERM
    assert time.monotonic() - began < PATIENCE_S
    assert [(j.id, j.state) for j in store.jobs()] == [(job.id, "stopped")]


def test_asking_again_leaves_a_running_job_alone(tiny_gpt2, tmp_path):
    store = Store(str(tmp_path))
    running = store.write_job(job_of(request(tiny_gpt2)).moved(state="running", fraction=0.4))
    assert request_job(request(tiny_gpt2), store) == running
    assert store.jobs() == [running]
