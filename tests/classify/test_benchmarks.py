"""The GPU scripts are real code: what of them a CPU can do runs here."""

import sys

import pytest

from benchmarks import bench_gpu, check_gpu


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs a script as ``python -m`` does, with the torch that is imported already; its output."""

    def run(script, *options: str) -> str:
        monkeypatch.setattr(sys, "argv", [script.__name__, "--device", "cpu", *options])
        try:
            script.main()
        except SystemExit as ended:
            if ended.code:
                pytest.fail(capsys.readouterr().out)
        return capsys.readouterr().out

    return run


def test_the_gpu_benchmark_runs_on_a_cpu(run):
    printed = run(bench_gpu, "--tiny", "--rounds", "1")
    for stage in ("build weights", "choose reader", "scored passes", "bare passes", "table"):
        assert stage in printed


def test_the_gpu_checks_run_on_a_cpu_and_say_what_it_cannot_show(run, monkeypatch):
    """Few prompts; two processes beside one are test_long_runs.py's."""
    monkeypatch.setattr(check_gpu, "PROMPTS", 3)
    monkeypatch.setattr(check_gpu, "LENGTH", 65)
    asked = [name for name in check_gpu.CHECKS if name != "processes"]
    lines = run(check_gpu, "--only", *asked).splitlines()
    told = {line[:10].strip(): line[10:].split("  ")[0].strip() for line in lines[1:]}
    assert told == {
        "precision": "ok",
        "memory": "not checked",
        "spread": "not checked",
        "offload": "ok",
    }
