"""How fast the page is, in headless Chromium against the real server.

    python -m benchmarks.bench_page [--runs 5] [--cache FOLDER]

Serves the published GPT-2 XL and prints, as medians over fresh browsers: the time
from navigation to the drawn chart with a cold cache, the compressed bytes until
then, the redraw time of each step of a slider drag (from the mouse's movement on),
and the requests during the drag. Then it opens a head and every panel of GPT-2 XL
and of each table in FOLDER, and prints the largest answers of callbacks. Needs
Chromium and the extra ``dev``.
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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, Response, sync_playwright

MODEL = "gpt2-xl-published"
WAIT_S = 60
STEPS = 40
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
#: Runs before the page's own scripts: when bars first stand in the chart.
WATCH = """
const look = () => {
  if (window.headstrata?.isDrawn?.()) window.firstChart = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
#: From the mouse's movement to the chart that plotly has drawn for it.
TIME_STEPS = """() => {
  const graph = headstrata.plotted(document.getElementById("head-chart"));
  window.redraws = [];
  let moved = null;
  document.addEventListener("pointermove", (event) => { moved = event.timeStamp; }, true);
  graph.on("plotly_afterplot", () => {
    if (moved !== null) window.redraws.push(performance.now() - moved);
    moved = null;
  });
}"""


@dataclass
class Run:
    """One visit."""

    first_chart_ms: float
    transfer_bytes: int
    redraws_ms: list[float] = field(default_factory=list)
    drag_requests: int = 0


@contextmanager
def serving(tables: str | None) -> Iterator[str]:
    """The real server on a free port: the tables of a cache folder, and the published ones."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
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


def _wait(url: str) -> None:
    for _ in range(10 * WAIT_S):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")


def visit(browser: Browser, base: str) -> Run:
    """A first visit with nothing cached, then a drag over the slider's whole range."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    received = _count_bytes(page)
    page.add_init_script(WATCH)
    page.goto(f"{base}/?model={MODEL}")
    page.wait_for_function("() => window.firstChart")
    run = Run(page.evaluate("() => window.firstChart"), 0)
    page.wait_for_timeout(1500)
    run.transfer_bytes = sum(received)
    page.evaluate(TIME_STEPS)
    requests: list[str] = []
    _drag(page, requests)
    run.redraws_ms = page.evaluate("() => window.redraws")
    run.drag_requests = len(requests)
    page.context.close()
    return run


def _count_bytes(page: Page) -> list[int]:
    """Bytes as they came over the wire, compressed, headers included."""
    received: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
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
    page.locator("#reference-panel summary").click()
    page.locator("#reference-body table").wait_for()
    page.locator("#compare-numbers table").wait_for()
    for further in ("#show-select >> text=Budget", "#taxonomy-select >> text=Operations"):
        if page.locator(further).count():
            page.locator(further).click()
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


def _drag(page: Page, requests: list[str]) -> None:
    thumb = page.locator("#bin-width [role=slider]").bounding_box()
    track = page.locator("#bin-width").bounding_box()
    assert thumb is not None
    assert track is not None
    page.mouse.move(thumb["x"] + 11, thumb["y"] + 11)
    page.mouse.down()
    page.wait_for_timeout(500)
    page.on("request", lambda request: requests.append(request.url))
    for step in range(STEPS):
        page.mouse.move(track["x"] + track["width"] * step / STEPS, thumb["y"] + 11)
        page.wait_for_timeout(60)
    requests_then = list(requests)
    page.mouse.up()
    requests[:] = requests_then


def main() -> None:
    """Print one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cache", help="a cache folder with computed tables")
    options = parser.parse_args()
    count = options.runs
    load = os.getloadavg()[0]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with serving(options.cache) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        runs = [visit(browser, base) for _ in range(count)]
        weighed = {name: weigh(browser, base, name, head) for name, head in models(base)}
        browser.close()
    redraws = sorted(ms for run in runs for ms in run.redraws_ms)
    first = sorted(run.first_chart_ms for run in runs)
    print(f"published GPT-2 XL, 1,200 heads, {count} first visits, cold cache")
    print(f"{os.cpu_count()} cores, load {load:.1f} before, {os.getloadavg()[0]:.1f} after")
    print(f"first chart after navigation   {statistics.median(first):8.0f} ms (goal 2,500)")
    print(f"transferred, compressed        {runs[0].transfer_bytes / 1e6:8.2f} MB (goal 1.60)")
    print(
        f"redraw of one slider step      {statistics.median(redraws):8.1f} ms median, "
        f"{redraws[int(0.95 * len(redraws))]:.1f} ms 95th percentile of {len(redraws)} (goal 50)"
    )
    print(f"requests during the drag       {max(run.drag_requests for run in runs):8d} (goal 0)")
    for model, answers in weighed.items():
        print(f"\nlargest answers of callbacks, uncompressed (goal 15 kB): {model}")
        for name, size in sorted(answers.items(), key=lambda one: -one[1])[:8]:
            print(f"  {name:28s} {size / 1e3:8.1f} kB")


if __name__ == "__main__":
    main()
