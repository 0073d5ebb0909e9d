"""How soon after its start the dashboard answers with a chart, beside a plain Dash app.

    python -m benchmarks.bench_start [--rounds 8] [--python INTERPRETER]

``headstrata serve`` until its first page, in which the chart of the table that ships stands,
and ``benchmarks/plain_app.py`` (the same table, Dash and plotly.express) until its first page,
which has no chart: that comes with its scripts. They take turns. ``--python`` is an interpreter
that has what is to be measured, such as the dashboard without the worker; by default this one.
Prints medians of seconds, least and most, and the ratio of the medians.
"""

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

MODEL = "smollm2-135m"
CHART = b'id="head-chart-first"'
#: How often it is asked for the page, and after how long a start has failed, in seconds.
_LOOK_S, _LONGEST_S = 0.005, 60.0


def first_page(python: str, arguments: list[str], port: int) -> tuple[float, bytes]:
    """Seconds from the start of a server to its first page, and the page.

    Raises:
        TimeoutError: It did not answer.
    """
    with tempfile.TemporaryDirectory() as cache:
        began = time.perf_counter()
        process = subprocess.Popen(
            [python, "-m", *arguments],
            env={**os.environ, "HEADSTRATA_CACHE": cache},
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        try:
            while time.perf_counter() - began < _LONGEST_S:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                        whole = page.read()
                        return time.perf_counter() - began, whole
                except OSError:
                    time.sleep(_LOOK_S)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
    raise TimeoutError(f"{arguments[0]} did not answer within {_LONGEST_S:.0f} s")


def dashboard(python: str) -> float:
    """Seconds to the page with its chart."""
    port = _free_port()
    took, page = first_page(python, ["headstrata", "serve", "--port", str(port)], port)
    if CHART not in page:
        raise SystemExit("the dashboard's first page has no chart")
    return took


def plain(python: str) -> float:
    """Seconds to the plain app's page."""
    port = _free_port()
    took, _ = first_page(python, ["benchmarks.plain_app", str(port), MODEL], port)
    return took


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def main() -> None:
    """Print a line each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--python", default=sys.executable, metavar="INTERPRETER")
    asked = parser.parse_args()
    found: dict[str, list[float]] = {"dashboard": [], "plain app": []}
    for turn in range(asked.rounds + 1):
        for name, start in (("dashboard", dashboard), ("plain app", plain)):
            took = start(asked.python)
            if turn:  # the first compiles modules and fills the disk's cache
                found[name].append(took)
    for name, seconds in found.items():
        median = statistics.median(seconds)
        print(f"{name:<10} {median:.2f} s ({min(seconds):.2f} to {max(seconds):.2f})")
    ratio = statistics.median(found["dashboard"]) / statistics.median(found["plain app"])
    print(f"ratio      {ratio:.2f}")


if __name__ == "__main__":
    main()
