"""How quick the list of tables and the overview are, with many tables.

    python -m benchmarks.bench_listing [--tables 100 400 1500] [--whole 100] [--chromium]

Writes that many tables of 30 x 9 heads (twenty that differ, and copies of these) and prints, for
each number, the processor's seconds of a fresh process until its first ``/api/models``, of a
second process, and of a second answer. Beside it the slow path, as the list was made before:
``--whole`` tables read and checked whole. Then ``/models`` of 500 tables: bytes, the server's time
first and again, and with ``--chromium`` the browser's until it is drawn, and of a slider step.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import numpy as np

from cache.store import Store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import made_tables

OVERVIEW = 500
#: A process of its own: what it costs after everything is imported and the server stands.
_ASK = """
import json, sys, time
from app.server import create_app
from headstrata.settings import Settings
client = create_app(Settings.load(cache=sys.argv[2])).server.test_client()
reader = client.application.config["READER"]
fresh = type(reader)(reader.settings)  # create_app has asked for the page once
client.application.config["READER"] = fresh
took, size = [], 0
for _ in range(2):
    start = time.process_time()
    answer = client.get(sys.argv[1], headers={"Accept-Encoding": "br"})
    took.append(time.process_time() - start)
    size = len(answer.data)
plain = len(client.get(sys.argv[1]).data)
print(json.dumps([*took, size, plain]))
"""


def fill(folder: str, count: int) -> None:
    """Tables with heads of many categories; all but the first twenty are copies of these."""
    layers, per_layer = 30, 9
    rng, size = np.random.default_rng(0), 270
    names = ("induction", "previous_token", "first_token", "local_window", "delimiter")
    store = Store(folder, create=True)
    for number in range(20):
        scores = {name: rng.random(size) ** 3 for name in names}
        heads = made_tables.heads(layers, per_layer, **scores)
        record = made_tables.provenance(layers, per_layer, title=f"Made {number}")
        store.write(f"t{number}", heads, record)
    for number in range(20, count):
        copied = Path(folder, f"tables/t{number % 20}.parquet").read_bytes()
        Path(folder, f"tables/t{number}.parquet").write_bytes(copied)


def ask(path: str, folder: str) -> list[float]:
    """The processor's seconds of a first and a second answer; bytes compressed and plain."""
    command = [sys.executable, "-c", _ASK, path, folder]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: list[float] = json.loads(done.stdout)
    return told


def read_whole(folder: str, count: int) -> float:
    """The processor's seconds until this many tables are read and checked whole."""
    store = Store(folder, published=False)
    files = list(store.tables().values())[:count]
    start = time.process_time()
    for file in files:
        store.read(file)
    return time.process_time() - start


def draw(folder: str) -> None:
    """The browser's times with the real server."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415
    from running import serving  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as log, serving(Path(folder), Path(log, "log")) as server:
        urllib.request.urlopen(f"{server.url}/models").read()  # the server knows the tables
        with sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(f"{server.url}/models")
            page.wait_for_timeout(500)
            paint = page.evaluate(
                "performance.getEntriesByName('first-contentful-paint')[0].startTime"
            )
            timed = """([id, type, values]) => {
              const control = document.getElementById(id);
              return values.map((value) => {
                control.value = value;
                const start = performance.now();
                control.dispatchEvent(new Event(type, { bubbles: true }));
                document.body.offsetHeight; // with its layout
                return performance.now() - start;
              }).sort((one, other) => one - other)[values.length >> 1];
            }"""
            step = page.evaluate(timed, ["overview-bins", "input", [2, 5, 8, 11, 12, 7, 4]])
            typed = page.evaluate(timed, ["overview-q", "input", ["t", "t1", "t12", "zz", ""]])
            sort = page.evaluate(timed, ["overview-sort", "change", ["name", "layers", "date"]])
            browser.close()
    print(f"first contentful paint {paint:.0f} ms; a slider step {step:.1f} ms, a typed letter ")
    print(f"{typed:.1f} ms, a sort {sort:.1f} ms (medians, with layout)")


def main() -> None:
    """Print a line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tables", type=int, nargs="+", default=[100, 400, 1500])
    parser.add_argument("--whole", type=int, default=100)
    parser.add_argument("--chromium", action="store_true")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for count in options.tables:
        with tempfile.TemporaryDirectory() as folder:
            fill(folder, count)
            first, again = ask("/api/models", folder)[:2]
            second = ask("/api/models", folder)[0]
            print(
                f"{count:5d} tables: /api/models {first:6.2f} s, in a second process "
                f"{second:6.2f} s, again {again:6.3f} s"
            )
    with tempfile.TemporaryDirectory() as folder:
        fill(folder, max(options.whole, OVERVIEW))
        whole = read_whole(folder, options.whole)
        print(
            f"before: {options.whole} tables read and checked whole {whole:.1f} s, "
            f"{1000 * whole / options.whole:.0f} ms a table"
        )
        first, again, packed, plain = ask("/models", folder)
        print(
            f"/models of {max(options.whole, OVERVIEW)}: {1000 * first:.0f} ms, again "
            f"{1000 * again:.0f} ms, {packed / 1000:.0f} kB compressed, {plain / 1000:.0f} kB plain"
        )
        if options.chromium:
            draw(folder)


if __name__ == "__main__":
    main()
