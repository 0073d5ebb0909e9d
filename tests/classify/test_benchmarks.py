"""The GPU scripts are real code: what of them a CPU can do runs here."""

import subprocess
import sys
from pathlib import Path


def run(module: str, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", "--device", "cpu", *options],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_gpu_benchmark_runs_on_a_cpu():
    printed = run("bench_gpu", "--tiny", "--rounds", "1")
    for stage in ("build weights", "choose reader", "scored passes", "bare passes", "table"):
        assert stage in printed


def test_the_gpu_checks_run_on_a_cpu_and_say_what_it_cannot_show():
    lines = run("check_gpu").splitlines()
    told = {line[:10].strip(): line[10:].split("  ")[0].strip() for line in lines[1:]}
    assert told == {
        "precision": "ok",
        "memory": "not checked",
        "spread": "not checked",
        "offload": "ok",
        "processes": "ok",
    }
