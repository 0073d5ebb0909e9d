"""Several processes: what ends one ends all, at once, and is told once.

The processes are started here and not by torchrun, so that nobody but they
themselves can end those that are left over.
"""

import os
import signal
import time
from pathlib import Path

import numpy as np
import pytest
from forked import ForkedPython
from running import free_port

from cache.store import Store
from classify.engine import Engine
from classify.request import Request
from classify.scoring import AUTO_START, largest_share
from classify.worker import run_job

PATIENCE_S = 240
FLAGS = ("--prompts", "600", "--length", "100", "--device", "cpu", "--name", "tiny")
#: Runs the command with an engine that is broken in one process.
BROKEN = """
import os, signal, sys, time
from classify.engine import Engine
from headstrata.cli import main
score, calls = Engine.score, []
def broken(self, prompts):
    calls.append(prompts)
    if os.environ["RANK"] == sys.argv[1] and len(calls) > 2:
        {how}
    return score(self, prompts)
Engine.score = broken
main(["classify", *sys.argv[2:]])
"""
NOT_A_NUMBER = "self.reader.model.transformer.h[0].attn.c_attn.weight.data.fill_(float('nan'))"
NO_MEMORY = "import torch; raise torch.OutOfMemoryError('simulated')"
FAULT = "raise ZeroDivisionError('simulated')"
DEATH = "os.kill(os.getpid(), signal.SIGKILL)"


def environment(processes: int) -> list[dict[str, str]]:
    """The environment that torchrun would give to each process."""
    port = str(free_port())
    return [
        {
            **os.environ,
            "OMP_NUM_THREADS": "1",
            "RANK": str(rank),
            "LOCAL_RANK": str(rank),
            "WORLD_SIZE": str(processes),
            "MASTER_ADDR": "127.0.0.1",
            "MASTER_PORT": port,
        }
        for rank in range(processes)
    ]


class Pair:
    """Two processes of one run."""

    def __init__(self, model: Path, cache: Path, *python: str) -> None:
        self.processes = [
            ForkedPython(*python, str(model), "--cache", str(cache), *FLAGS, env=one)
            for one in environment(2)
        ]

    def end(self) -> tuple[list[int], list[list[str]]]:
        """Exit codes, and the lines that each process wrote about its end."""
        try:
            said = [process.wait(PATIENCE_S) for process in self.processes]
        finally:
            for process in self.processes:
                process.kill()
        lines = [[li for li in text.splitlines() if li.startswith("headstrata: ")] for text in said]
        assert not any("Traceback" in text for text in said), said
        return [process.returncode for process in self.processes], lines


@pytest.mark.parametrize("processes", range(1, 9))
@pytest.mark.parametrize("prompts", [64, 100, "auto"])
def test_every_process_has_its_share(prompts, processes):
    """A GPU takes all 64 prompts at once: shared in batches, no other would have any."""
    count = AUTO_START if prompts == "auto" else prompts
    batch = largest_share(prompts, processes)
    borders = [(start, min(start + batch, count)) for start in range(0, count, batch)]
    plan = [stop - start for _ in ("repeated", "natural") for start, stop in borders]
    loads = [sum(plan[rank::processes]) for rank in range(processes)]
    assert sum(loads) == 2 * count
    assert min(loads) > 0
    assert max(loads) <= 1.2 * 2 * count / processes


@pytest.mark.parametrize("model", ["/no/such/folder", "gpt2 --rows 0"])
def test_what_is_wrong_for_all_is_told_once(tmp_path, model):
    name, *flags = model.split()
    codes, lines = Pair(name, tmp_path, "-m", "classify", *flags).end()
    assert codes == [2, 2]
    assert [len(told) for told in lines] == [1, 0]


def test_what_is_wrong_for_one_ends_all_and_it_tells(tiny_gpt2, tmp_path):
    codes, lines = Pair(tiny_gpt2, tmp_path, "-c", BROKEN.format(how=NOT_A_NUMBER), "1").end()
    assert codes == [2, 2]
    assert [len(told) for told in lines] == [0, 1]
    assert "in layer 0 is not a number" in lines[1][0]
    [job] = Store(str(tmp_path)).jobs()
    assert job.state == "failed"
    assert "in layer 0 is not a number" in job.reason
    assert not (tmp_path / "partial").exists()


def test_memory_that_runs_out_in_one_keeps_the_batches_of_all(tiny_gpt2, tmp_path):
    codes, lines = Pair(tiny_gpt2, tmp_path, "-c", BROKEN.format(how=NO_MEMORY), "0").end()
    assert codes == [2, 2]
    assert [len(told) for told in lines] == [1, 0]
    assert "even in the smallest batch" in lines[0][0]
    [job] = Store(str(tmp_path)).jobs()
    assert "finished batches are kept" in job.reason
    assert list(tmp_path.glob("partial/tiny/*/*.npy"))


def test_a_fault_in_one_ends_all_with_code_1(tiny_gpt2, tmp_path):
    codes, lines = Pair(tiny_gpt2, tmp_path, "-c", BROKEN.format(how=FAULT), "1").end()
    assert codes == [1, 1]
    assert [len(told) for told in lines] == [0, 1]
    assert "ZeroDivisionError: simulated" in lines[1][0]
    [job] = Store(str(tmp_path)).jobs()
    assert job.state == "failed"


def test_one_that_dies_leaves_none_waiting_and_the_next_run_goes_on(
    tiny_gpt2, tmp_path, monkeypatch
):
    codes, lines = Pair(tiny_gpt2, tmp_path, "-c", BROKEN.format(how=DEATH), "1").end()
    assert codes == [2, -signal.SIGKILL]
    [said] = lines[0]
    assert "another of the 2 processes has died" in said
    assert "finished batches are kept" in said
    kept = len(list(tmp_path.glob("partial/tiny/*/*.npy")))
    score, counts = Engine.score, []

    def counted(self, prompts):
        counts.append(len(prompts.tokens))
        return score(self, prompts)

    monkeypatch.setattr(Engine, "score", counted)
    asked = Request.parse(model=str(tiny_gpt2), prompts=600, length=100, device="cpu", name="tiny")
    run_job(asked, Store(str(tmp_path)))  # now in one process
    assert len(counts) + kept == 2 * -(-600 // counts[0])
    run_job(asked, Store(str(tmp_path / "undisturbed"), create=True))
    heads, expected = (
        Store(str(cache)).read("tiny").heads for cache in (tmp_path, tmp_path / "undisturbed")
    )
    numbers = expected.select_dtypes("number").columns
    np.testing.assert_allclose(heads[numbers], expected[numbers], rtol=0, atol=1e-6)
    assert (heads["category"] == expected["category"]).all()


def test_a_signal_to_one_stops_all(tiny_gpt2, tmp_path):
    pair = Pair(tiny_gpt2, tmp_path, "-m", "classify")
    deadline = time.monotonic() + PATIENCE_S
    while not list(tmp_path.glob("partial/tiny/*/*.npy")):
        assert time.monotonic() < deadline
        time.sleep(0.001)
    pair.processes[1].terminate()
    codes, lines = pair.end()
    assert codes == [128 + signal.SIGTERM] * 2
    assert lines == [[], []]
    [job] = Store(str(tmp_path)).jobs()
    assert job.state == "stopped"
    assert "stopped by SIGTERM" in job.reason
