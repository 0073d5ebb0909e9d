"""Chromium against the real server; an error or warning in the console fails the test."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright
from running import Server, serving
from visitor import WAIT_MS, Visit, Visitor
from warm_browser import WarmBrowser

expect.set_options(timeout=WAIT_MS)

#: Chromium of the system: the README says how to install it. The shell without a window, where
#: there is one, takes less of a processor for the same page.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in BROWSERS if (path := shutil.which(name))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def cache_folder(smollm2_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real SmolLM2 table; the published GPT-2 tables are listed beside it."""
    folder = tmp_path_factory.mktemp("browser") / "cache"
    shutil.copytree(smollm2_cache, folder, ignore=shutil.ignore_patterns("jobs", ".lock"))
    return folder


@pytest.fixture(scope="session")
def server(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(cache_folder, log, HEADSTRATA_REFRESH_S="1") as running:
        yield running
    assert "Traceback" not in log.read_text(), log.read_text()[-3000:]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    assert CHROMIUM, "the browser tests need Chromium: apt-get install chromium"
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def warm(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarmBrowser]:
    profile = tmp_path_factory.mktemp("profile")
    browser = WarmBrowser(playwright.chromium, profile, str(CHROMIUM), FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def visit(chromium: Browser, warm: WarmBrowser, server: Server) -> Iterator[Visit]:
    """Opens pages, each in a browser of its own; at the end no console may hold a complaint.

    The first is the warm one, which knows nothing of the visits before but the server's code;
    ``cold=True`` and what sets more than a viewport get one that was never used.
    """
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def enter(base: str | None = None, *, cold: bool = False, **options: Any) -> Visitor:
        options = {"viewport": {"width": 1440, "height": 900}} | options
        if cold or warm.lent or options.keys() != {"viewport"}:
            contexts.append(chromium.new_context(**options))
            page = contexts[-1].new_page()
        else:
            page = warm.lend(**options["viewport"])
        visitors.append(Visitor(page, base or server.url))
        return visitors[-1]

    yield enter
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for context in contexts:
        context.close()
    warm.take_back()
    assert not complaints, complaints
