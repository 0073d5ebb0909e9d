"""Chromium against the real server; an error or warning in the console fails the test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from running import Server, serving

#: Chromium of the system: the README says how to install it.
CHROMIUM = next(
    (p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))),
    None,
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
#: A busy two-core machine, not a slow page.
WAIT_MS = 30_000

XL = "gpt2-xl-published"
SMOLLM2 = "smollm2-135m"


@pytest.fixture(scope="session")
def cache_folder(smollm2_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real SmolLM2 table; the published GPT-2 tables are listed beside it."""
    folder = tmp_path_factory.mktemp("browser") / "cache"
    shutil.copytree(smollm2_cache, folder, ignore=shutil.ignore_patterns("jobs", ".lock"))
    return folder


@pytest.fixture(scope="session")
def server(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(cache_folder, log, HEADSTRATA_REFRESH_S="0.5") as running:
        yield running
    assert "Traceback" not in log.read_text(), log.read_text()[-3000:]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    assert CHROMIUM, "the browser tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """One browser context with its page."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.complaints: list[str] = []
        page.set_default_timeout(WAIT_MS)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text} {message.location}")

    def open(self, **query: Any) -> "Visitor":
        """Go to the page with this query and wait for the chart."""
        self.page.goto(f"{self.base}/?{urlencode(query)}" if query else f"{self.base}/")
        self.drawn()
        return self

    def drawn(self) -> None:
        """Wait until the chart shows bars."""
        self.page.wait_for_function("() => headstrata.chart && headstrata.chart().data.length")

    def chart(self) -> dict[str, Any]:
        """Title, bins, and per category name the heights and texts, as plotly drew them."""
        return dict(self.page.evaluate("() => headstrata.chart()"))

    def segment(self, start: int, category: str) -> tuple[float, float]:
        """The middle of a segment, in px of the window, scrolled into view."""
        self.page.locator("#head-chart").scroll_into_view_if_needed()
        x, y = self.page.evaluate(
            "([start, name]) => headstrata.segmentCentre(start, name)", [start, category]
        )
        return float(x), float(y)

    def click_segment(self, start: int, category: str) -> None:
        self.page.mouse.click(*self.segment(start, category))

    def click_cell(self, layer: int, head: int) -> None:
        self.page.mouse.click(*self.cell(layer, head))

    def cell(self, layer: int, head: int) -> tuple[float, float]:
        """The middle of a cell of the map, in px of the window."""
        self.page.locator("#head-map").scroll_into_view_if_needed()
        x, y = self.page.evaluate(
            "([layer, head]) => headstrata.cellCentre(layer, head)", [layer, head]
        )
        return float(x), float(y)

    def wait_query(self, **wanted: str | None) -> dict[str, str]:
        """Wait until the address has these values (None: not there); all of them."""
        self.page.wait_for_function(
            """wanted => Object.entries(wanted).every(([key, value]) =>
                 new URLSearchParams(location.search).get(key) === value)""",
            arg=wanted,
        )
        return {key: values[0] for key, values in parse_qs(urlsplit(self.page.url).query).items()}

    def status(self) -> str:
        return self.page.locator("#status").inner_text()


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(chromium: Browser, server: Server) -> Iterator[Visit]:
    """Opens pages, each in a browser of its own; at the end no console may hold a complaint."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def enter(base: str | None = None, **options: Any) -> Visitor:
        options = {"viewport": {"width": 1440, "height": 900}} | options
        contexts.append(chromium.new_context(**options))
        visitors.append(Visitor(contexts[-1].new_page(), base or server.url))
        return visitors[-1]

    yield enter
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for context in contexts:
        context.close()
    assert not complaints, complaints
