"""How many answers a second the dashboard gives to many users at once, beside a plain Dash app.

    python -m benchmarks.bench_load [--before REVISION] [--seconds 20] [--users 64] [--soak 0]

Prints, for each kind of request, answers a second, the median and the 99th percentile of their
time, and errors: of this tree, of REVISION (another of the repository's, from ``git worktree``)
and of ``benchmarks/plain_app.py``, one after another on the same machine with the images' own
settings (two processes of eight threads). The widths of bins go round, as a slider does. Then the
resident memory of the dashboard's processes before and after, with ``--soak N`` after N requests
more. The load comes from wrk (https://github.com/wg/wrk; ``apt install wrk``, ``brew install
wrk``), which shares the machine's cores.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from running import Server, free_port, serving, wait_for  # noqa: E402

MODEL = "gpt2-xl-published"
LAYERS = 48
#: Before each measurement, in seconds: a process that starts is not what visitors meet.
_WARM_S = 10
#: What wrk runs: the requests go round, and the figures come as JSON.
_SCRIPT = """
local requests, last = {}, 0
init = function()
  for _, one in ipairs(%s) do
    local headers = {["Accept-Encoding"] = "br", ["Content-Type"] = "application/json"}
    requests[#requests + 1] = wrk.format(one[1], one[2], headers, one[3])
  end
end
request = function()
  last = last %% #requests + 1
  return requests[last]
end
done = function(summary, latency)
  local e = summary.errors
  local form = '{"a_second": %%f, "median_ms": %%f, "p99_ms": %%f, "errors": %%d, "asked": %%d}'
  print(string.format(form,
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, e.connect + e.read + e.write + e.status + e.timeout,
    summary.requests))
end
"""

Request = tuple[str, str, str]


@dataclass(frozen=True)
class Load:
    """What wrk measured."""

    a_second: float
    median_ms: float
    p99_ms: float
    errors: int
    asked: int


def callback(output: str, given: str, values: list[Any]) -> list[Request]:
    """A callback of Dash with each of the values."""
    (put, prop), (name, read) = output.split("."), given.split(".")
    bodies = [
        {
            "output": output,
            "outputs": {"id": put, "property": prop},
            "inputs": [{"id": name, "property": read, "value": value}],
            "changedPropIds": [given],
            "state": [],
        }
        for value in values
    ]
    return [("POST", "/_dash-update-component", json.dumps(body)) for body in bodies]


def kinds() -> dict[str, list[Request]]:
    """The dashboard's requests by what they are for."""
    widths = range(1, LAYERS + 1)
    seen = [{"model": MODEL, "width": width, "taxonomy": "detailed", "t": ""} for width in widths]
    cards = [{"model": MODEL, "head": f"{n}.{n % 25}", "stamp": ""} for n in range(LAYERS)]
    return {
        "/api/bins": [("GET", f"/api/bins?model={MODEL}&width={width}", "") for width in widths],
        "/api/heads, parquet": [("GET", f"/api/heads?model={MODEL}&format=parquet", "")],
        "slider's callback": callback("observations.children", "observations-wanted.data", seen),
        "a head's callback": callback("head-more.children", "head-wanted.data", cards),
        "/": [("GET", f"/?model={MODEL}", "")],
        "/healthz": [("GET", "/healthz", "")],
    }


def plain() -> list[Request]:
    """The plain app's slider."""
    return callback("chart.figure", "width.value", list(range(1, LAYERS + 1)))


def load(url: str, requests: list[Request], users: int, seconds: int) -> Load:
    """Let that many users ask for that long, when all was asked for before."""
    listed = ", ".join(f"{{{', '.join(json.dumps(part) for part in one)}}}" for one in requests)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT % f"{{{listed}}}")
        script.flush()
        for lasting in (_WARM_S, seconds):
            limits = [f"-c{users}", f"-d{lasting}s", "--timeout", "30s"]
            command = ["wrk", "-t1", *limits, "-s", script.name, url]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Load(**json.loads(told.splitlines()[-1]))


def resident_mb(server: Server) -> float:
    """The resident memory of a server's processes."""
    command = ["ps", "-o", "rss=", "--pid", str(server.process.pid), "--ppid"]
    told = subprocess.run(
        [*command, str(server.process.pid)], check=True, capture_output=True, text=True
    ).stdout
    return sum(int(line) for line in told.split()) / 1e3


@contextmanager
def revision(name: str, folder: Path) -> Iterator[Path]:
    """Another revision's files."""
    git = ["git", "-C", str(ROOT), "worktree"]
    subprocess.run([*git, "add", "--quiet", "--detach", str(folder), name], check=True)
    try:
        yield folder
    finally:
        subprocess.run([*git, "remove", "--force", str(folder)], check=True)


@contextmanager
def rival(folder: Path) -> Iterator[str]:
    """The plain app with as many processes and threads."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.plain_app", str(port), MODEL, "2"]
    with (folder / "plain.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/_dash-layout", process, folder / "plain.log")
        yield url
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def dashboard(tree: Path, folder: Path, name: str) -> Iterator[Server]:
    """A tree's dashboard on an empty cache: the tables are those that ship."""
    cache = folder / name
    cache.mkdir()
    log = folder / f"{name}.log"
    with serving(cache, log, folder=tree, processes=2, PYTHONPATH=str(tree)) as server:
        yield server


def line(name: str, of: str, found: Load, ratio: float | None = None) -> None:
    """One measurement."""
    times = "" if ratio is None else f"{ratio:7.1f}x"
    print(
        f"{name:22s} {of:8s} {found.a_second:9.0f} {found.median_ms:9.1f} {found.p99_ms:9.1f}"
        f" {found.errors:7d} {times}",
        flush=True,
    )


def compare(before: Server | None, now: Server, other: str, options: argparse.Namespace) -> None:
    """All kinds of requests, in turn."""
    print(f"{'':22s} {'':8s} {'a second':>9s} {'median ms':>9s} {'p99 ms':>9s} {'errors':>7s}")
    for name, requests in kinds().items():
        found = load(now.url, requests, options.users, options.seconds)
        if before:
            old = load(before.url, requests, options.users, options.seconds)
            line(name, "before", old)
            line(name, "now", found, found.a_second / old.a_second)
        else:
            line(name, "now", found)
        if name == "slider's callback":
            simple = load(other, plain(), options.users, options.seconds)
            line(name, "plain", simple)
            print(f"{'':22s} now beside plain {found.a_second / simple.a_second:32.1f}x")


def main() -> None:
    """Print a line a measurement."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--before", help="a revision to compare with")
    parser.add_argument("--seconds", type=int, default=20, help="for each kind of request")
    parser.add_argument("--users", type=int, default=64, help="connections that ask at once")
    parser.add_argument("--soak", type=int, default=0, help="requests of all kinds afterwards")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("bench_load needs wrk: apt install wrk, or brew install wrk")
    print(f"{MODEL}, {options.users} connections, {options.seconds} s each; wrk beside the server")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before", flush=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        before = None
        if options.before:
            tree = stack.enter_context(revision(options.before, folder / "tree"))
            before = stack.enter_context(dashboard(tree, folder, "before"))
        now = stack.enter_context(dashboard(ROOT, folder, "now"))
        other = stack.enter_context(rival(folder))
        for url in filter(None, (before and before.url, now.url)):
            urlopen(f"{url}/readyz").close()
        compare(before, now, other, options)
        print(f"\nmemory of the dashboard's processes, MB: {resident_mb(now):.0f}", end="")
        asked, everything = 0, [one for kind in kinds().values() for one in kind]
        while asked < options.soak:
            asked += load(now.url, everything, options.users, 10).asked
        if asked:
            print(f", after {asked:,} requests more: {resident_mb(now):.0f}", end="")
        print(f"\nload {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
