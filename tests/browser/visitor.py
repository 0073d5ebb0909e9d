"""One browser with the page open: what a visitor does and sees."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

#: A busy two-core machine, not a slow page.
WAIT_MS = 30_000

XL = "gpt2-xl-published"
SMOLLM2 = "smollm2-135m"


class Visitor:
    """One browser context with its page."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.complaints: list[str] = []
        page.set_default_timeout(WAIT_MS)
        page.on("console", self._hear)
        self.open_requests: set[Request] = set()
        page.on("request", self._begin)
        page.on("requestfinished", self._end)
        page.on("requestfailed", self._end)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _begin(self, request: Request) -> None:
        self.open_requests.add(request)

    def _end(self, request: Request) -> None:
        self.open_requests.discard(request)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text} {message.location}")

    def open(self, **query: Any) -> "Visitor":
        """Go to the page with this query and wait for the chart."""
        self.page.goto(f"{self.base}/?{urlencode(query)}" if query else f"{self.base}/")
        self.drawn()
        return self

    def drawn(self) -> None:
        """Wait until the chart shows bars, and the map, which comes next, its cells."""
        self.page.wait_for_function(
            """() => window.headstrata?.isDrawn?.() &&
                 headstrata.plotted(document.getElementById("head-map"))?.data?.length""",
            polling=50,
        )

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

    def open_downloads(self) -> None:
        """Open the menu, on a small screen behind "Options"."""
        options = self.page.locator(".options-toggle[aria-expanded=false]")
        if options.is_visible():
            options.click()
        self.page.locator("#downloads > summary").click()

    def hold_slider(self) -> tuple[float, float]:
        """Press on the bin width's thumb and wait until nothing is asked any more; its middle."""
        box = self.page.locator("#bin-width input").bounding_box()
        assert box
        share = self.page.locator("#bin-width input").evaluate(
            "one => (one.value - one.min) / Math.max(1, one.max - one.min)"
        )
        thumb = 22  # px, as assets/css/page.css draws it
        x = box["x"] + thumb / 2 + share * (box["width"] - thumb)
        y = box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.wait_for_function(
            "() => dash_component_api.getLayout('poll').props.disabled === true"
        )
        while self.open_requests:
            self.page.wait_for_timeout(20)  # lets its events in
        return x, y

    def drag_to(self, x: float, y: float) -> int:
        """Move the held thumb and wait for the chart of its width; the width."""
        self.page.mouse.move(x, y)
        drawn = self.page.wait_for_function(
            """() => {
              const thumb = document.querySelector("#bin-width input");
              const width = Number(thumb.value);
              const { layers } = dash_component_api.getLayout("payload").props.data;
              // in plotly's place while the thumb is held
              const followed = document.querySelector(".sketch .bin text")?.textContent;
              const first = followed || headstrata.chart().data[0].bins[0];
              return first === `[0, ${Math.min(width, layers)})` && width;
            }"""
        )
        return int(drawn.json_value())

    def wait_query(self, **wanted: str | None) -> dict[str, str]:
        """Wait until the address has these values (None: not there); all of them."""
        self.page.wait_for_function(
            """wanted => Object.entries(wanted).every(([key, value]) =>
                 new URLSearchParams(location.search).get(key) === value)""",
            arg=wanted,
            polling=50,
        )
        return {key: values[0] for key, values in parse_qs(urlsplit(self.page.url).query).items()}

    def status(self) -> str:
        return self.page.locator("#status").inner_text()


Visit = Callable[..., Visitor]
