"""The GPU script is real code: its tiny configuration runs here."""

import subprocess
import sys
from pathlib import Path


def test_the_gpu_script_runs_on_a_cpu():
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "benchmarks.bench_gpu",
            "--tiny",
            "--device",
            "cpu",
            "--rounds",
            "1",
        ],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for stage in ("build weights", "check the way", "scored passes", "bare passes", "table"):
        assert stage in done.stdout
