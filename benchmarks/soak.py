"""Kills the dashboard's processes, workers and jobs with SIGKILL, fifty times each.

    python -m benchmarks.soak [--kills 50]

It fails if a visitor gets a wrong answer, if a job is lost or done twice, or if a worker ends with
its job. A web process is killed as soon as there are two again, often the one that answers while
the other still starts: the longest time without an answer is about what a start takes.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import made_tables  # noqa: E402
from running import serving  # noqa: E402
from soaking import kill_jobs, kill_web_processes, kill_workers  # noqa: E402

from cache.store import Store  # noqa: E402


def main() -> None:
    """Print what was seen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=50, help="of each kind")
    kills = parser.parse_args().kills
    with tempfile.TemporaryDirectory() as folder:
        _soak_web(Path(folder), kills)
        _soak_workers(Path(folder), kills)


def _soak_web(folder: Path, kills: int) -> None:
    store = Store(str(folder / "web"), create=True)
    store.write("tiny", made_tables.heads(), made_tables.provenance())
    began = time.monotonic()
    with serving(folder / "web", folder / "log", processes=2) as server:
        seen = kill_web_processes(server, "/api/bins?model=tiny&width=1", kills)
    assert not seen.wrong, seen.wrong
    assert "Traceback" not in (told := (folder / "log").read_text()), told[-3000:]
    print(
        f"{kills} web processes killed in {time.monotonic() - began:.0f} s: {seen.right} right "
        f"answers, none wrong, {seen.cut_off} cut off, at most {seen.longest_s:.2f} s without any"
    )


def _soak_workers(folder: Path, kills: int) -> None:
    began = time.monotonic()
    job = kill_workers(Store(str(folder / "workers"), create=True), kills)
    assert (job.state, job.losses) == ("cancelled", 0)
    print(f"{kills} workers killed in {time.monotonic() - began:.0f} s: each took up the job")
    began = time.monotonic()
    jobs = kill_jobs(Store(str(folder / "jobs"), create=True), kills)
    assert [job.state for job in jobs] == ["failed"] * kills
    print(f"{kills} jobs killed in {time.monotonic() - began:.0f} s: each failed with its reason")


if __name__ == "__main__":
    main()
