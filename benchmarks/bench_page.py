"""How fast the page is, in headless Chromium against the real server, beside a plain Dash app.

    python -m benchmarks.bench_page [--runs 5] [--cache FOLDER] [--model NAME]

Each run visits both with nothing cached: the dashboard, and ``benchmarks/plain_app.py``, the same
table with a slider and a ``plotly.express`` chart. It prints medians of: the time from navigation
to the first chart (the dashboard's stands in its first HTML), to a chart that follows the slider,
the compressed bytes and the requests until the page rests, a slider's step (from the mouse's
movement to the changed chart, laid out), the longest task while the thumb moves and after it was
let go, and requests during the drag; then the first two on a slow line. Then it opens a head
and every panel of the published GPT-2 XL and of each table in FOLDER, and prints the largest
answers of callbacks. Needs Chromium and the extra ``dev``.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, Response, sync_playwright

MODEL = "gpt2-xl-published"
WAIT_S = 60
STEPS = 40
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
#: A slow line: bytes a second, ms there and back.
SLOW = {"offline": False, "downloadThroughput": 1.5e6 / 8, "uploadThroughput": 1.5e6 / 8}
SLOW_MS = 300
#: Runs before the page's own scripts: when a chart is painted, when it is plotly's, shifts.
WATCH = """
window.times = {long: [], shifts: 0};
new PerformanceObserver((list) => list.getEntries().forEach((entry) =>
  times.long.push([entry.startTime, entry.duration]))).observe({type: "longtask", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((entry) =>
  times.shifts += entry.value)).observe({type: "layout-shift", buffered: true});
const look = () => {
  const first = document.querySelector("#head-chart-first .first-stack path, " +
    "#head-chart-first .first-stack rect");
  const plotly = document.querySelector(".barlayer .point path");
  const over = document.querySelector(".first-page");
  if (!times.first && (first || plotly)) times.first = performance.now();
  if (!times.usable && plotly && !over) times.usable = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
#: From the mouse's movement to the chart that was changed for it, with its layout.
TIME_STEPS = """() => {
  times.redraws = []; times.long = [];
  let moved = null;
  document.addEventListener("pointermove", (event) => { moved = event.timeStamp; }, true);
  document.addEventListener("mousemove", (event) => { moved ??= event.timeStamp; }, true);
  const chart = document.querySelector(".chart-frame") || document.querySelector("#chart");
  new MutationObserver(() => {
    const drawn = [...chart.querySelectorAll("path")].at(-1);
    if (moved === null || !drawn) return;
    drawn.getBoundingClientRect();
    times.redraws.push(performance.now() - moved);
    moved = null;
  }).observe(chart, {childList: true, subtree: true, attributes: true, attributeFilter: ["d"]});
}"""


@dataclass
class Run:
    """One visit."""

    first_ms: float
    usable_ms: float
    shifts: float
    transfer_bytes: int = 0
    requests: int = 0
    redraws_ms: list[float] = field(default_factory=list)
    drag_requests: int = 0
    long_ms: list[float] = field(default_factory=list)


@contextmanager
def serving(tables: str | None) -> Iterator[str]:
    """The real server on a free port: the tables of a cache folder, and the published ones."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as cache:
        command = [sys.executable, "-m", "headstrata", "serve", "--port", str(port)]
        folder = ["--cache", tables or cache]
        server = subprocess.Popen([*command, *folder], stderr=subprocess.DEVNULL)
        try:
            _wait(f"http://127.0.0.1:{port}/readyz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(url: str) -> None:
    for _ in range(10 * WAIT_S):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")


@contextmanager
def rival(cache: str | None, model: str) -> Iterator[str]:
    """The plain app on a free port."""
    port = _free_port()
    command = [sys.executable, "-m", "benchmarks.plain_app", str(port), model]
    environment = {**os.environ, **({"HEADSTRATA_CACHE": cache} if cache else {})}
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(30)


def visit(browser: Browser, url: str, slider: str) -> Run:
    """A first visit with nothing cached, then a drag over the slider's whole range."""
    page, received = _open(browser, url)
    page.wait_for_timeout(2500)
    run = _run(page)
    run.transfer_bytes, run.requests = sum(received), len(received)
    page.evaluate(TIME_STEPS)
    requests: list[str] = []
    _drag(page, requests, slider)
    page.wait_for_timeout(1000)
    run.redraws_ms = page.evaluate("() => times.redraws")
    run.long_ms = page.evaluate("() => times.long.map(([, ms]) => ms)")
    run.drag_requests = len(requests)
    page.context.close()
    return run


def visit_slowly(browser: Browser, url: str) -> Run:
    """A first visit over a slow line."""
    page, _ = _open(browser, url, slow=True)
    run = _run(page)
    page.context.close()
    return run


def _open(browser: Browser, url: str, *, slow: bool = False) -> tuple[Page, list[int]]:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    received = _count_bytes(page, slow=slow)
    page.add_init_script(WATCH)
    page.goto(url, wait_until="commit")
    page.wait_for_function("() => window.times?.usable", timeout=1000 * WAIT_S)
    return page, received


def _run(page: Page) -> Run:
    first, usable, shifts = page.evaluate("() => [times.first, times.usable, times.shifts]")
    return Run(first, usable, shifts)


def _count_bytes(page: Page, *, slow: bool) -> list[int]:
    """Bytes as they came over the wire, compressed, headers included."""
    received: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    if slow:
        session.send("Network.emulateNetworkConditions", {**SLOW, "latency": SLOW_MS})
    session.on("Network.loadingFinished", lambda e: received.append(int(e["encodedDataLength"])))
    return received


def weigh(browser: Browser, base: str, model: str, head: str) -> dict[str, int]:
    """Uncompressed bytes of each callback's largest answer, with a head and all drawers open."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    responses: list[Response] = []

    def hear(response: Response) -> None:
        responses.append(response)

    page.on("response", hear)
    page.goto(f"{base}/?model={model}&head={head}&t=induction:0.3&compare=gpt2-published")
    page.locator("#head-verdict h2").wait_for()
    reference = page.locator("#reference-panel > summary")
    if reference.is_visible():  # GPT-2 XL's
        reference.click()
        page.locator("#reference-body table").wait_for()
    page.locator("#compare-numbers table").first.wait_for()
    for control, further in (("#show-select", "Budget"), ("#taxonomy-select", "Operations")):
        offered = page.locator(f"{control} input:enabled + span", has_text=further)
        if offered.count():
            offered.click()
    page.wait_for_timeout(1500)
    answers: dict[str, int] = {}
    for response in responses:
        if "_dash-update-component" in response.url and response.status == 200:
            name = ", ".join(response.json()["response"])
            answers[name] = max(answers.get(name, 0), len(response.body()))
    page.context.close()
    return answers


def models(base: str) -> list[tuple[str, str]]:
    """The published GPT-2 XL and every computed table, each with a head in its middle."""
    with urllib.request.urlopen(f"{base}/api/models") as answer:
        listed = json.load(answer)
    wanted = [m for m in listed if m["name"] == MODEL or m["source"] == "computed"]
    return [(m["name"], f"{m['layers'] // 2}.0") for m in wanted]


def _drag(page: Page, requests: list[str], slider: str) -> None:
    track = page.locator(slider).first.bounding_box()
    assert track is not None
    y = track["y"] + track["height"] / 2
    page.mouse.move(track["x"] + 0.24 * track["width"], y)  # about where the thumb is
    page.mouse.down()
    page.wait_for_timeout(500)
    page.on("request", lambda request: requests.append(request.url))
    for step in range(STEPS):
        page.mouse.move(track["x"] + track["width"] * step / STEPS, y)
        page.wait_for_timeout(60)
    requests_then = list(requests)
    page.mouse.up()
    requests[:] = requests_then


def _median(numbers: list[float]) -> float:
    return statistics.median(numbers) if numbers else float("nan")


def report(ours: list[Run], plain: list[Run], slow: tuple[list[Run], list[Run]]) -> None:
    """A line a figure: the dashboard, the plain app, their ratio."""
    rows: list[tuple[str, Callable[[Run], float], str]] = [
        ("first chart, ms (goal 500, 1/5)", lambda run: run.first_ms, "8.0f"),
        ("usable, ms (goal 2/3)", lambda run: run.usable_ms, "8.0f"),
        ("transferred, MB (goal 0.80)", lambda run: run.transfer_bytes / 1e6, "8.2f"),
        ("requests (goal 25)", lambda run: run.requests, "8.0f"),
        ("slider's step, ms (goal 16)", lambda run: _median(run.redraws_ms), "8.1f"),
        ("longest task of the drag, ms", lambda run: max(run.long_ms, default=0), "8.0f"),
        ("requests during the drag", lambda run: run.drag_requests, "8.0f"),
        ("layout shift (CLS)", lambda run: run.shifts, "8.4f"),
    ]
    print(f"{'':34s} {'page':>8s} {'plain':>8s} {'ratio':>6s}")
    for name, of, form in rows:
        _line(name, _median([of(run) for run in ours]), _median([of(run) for run in plain]), form)
    print("with 1.5 Mbit/s and 300 ms")
    for name, of, form in rows[:2]:
        one, other = (_median([of(run) for run in runs]) for runs in slow)
        _line(name.split(" (")[0], one, other, form)


def _line(name: str, one: float, other: float, form: str) -> None:
    ratio = f"{one / other:6.2f}" if other else "     –"
    print(f"{name:34s} {one:{form}} {other:{form}} {ratio}")


def main() -> None:
    """Print a line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cache", help="a cache folder with computed tables")
    parser.add_argument("--model", default=MODEL)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    ours: list[Run] = []
    plain: list[Run] = []
    slow: tuple[list[Run], list[Run]] = [], []
    with (
        serving(options.cache) as base,
        rival(options.cache, options.model) as other,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        url = f"{base}/?model={options.model}"
        for _ in range(options.runs):  # in turn, so that both meet the same machine
            ours.append(visit(browser, url, "#bin-width"))
            plain.append(visit(browser, other, ".dash-slider-root, .rc-slider"))
        for _ in range(min(2, options.runs)):
            slow[0].append(visit_slowly(browser, url))
            slow[1].append(visit_slowly(browser, other))
        print(f"{options.model}, {options.runs} first visits each, in turn, nothing cached")
        print(f"{os.cpu_count()} cores, load {load:.1f} before, {os.getloadavg()[0]:.1f} after")
        report(ours, plain, slow)
        sys.stdout.flush()
        weighed = {name: weigh(browser, base, name, head) for name, head in models(base)}
        browser.close()
    for model, answers in weighed.items():
        print(f"\nlargest answers of callbacks, uncompressed (goal 15 kB): {model}")
        for name, size in sorted(answers.items(), key=lambda one: -one[1])[:8]:
            print(f"  {name:28s} {size / 1e3:8.1f} kB")


if __name__ == "__main__":
    main()
