"""The first screen: slider, chart and map at once; controls by keyboard; odd shapes and names."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import made_tables
import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect
from running import Server, serving
from visitor import SMOLLM2, Visit, Visitor

from cache.store import Store

LONG = "x" * 180


@pytest.fixture(scope="module")
def odd(smollm2_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """SmolLM2, the published tables, 200 layers, two heads in two layers, a long name."""
    folder = tmp_path_factory.mktemp("odd")
    shutil.copytree(smollm2_cache, folder / "cache", ignore=shutil.ignore_patterns("jobs", ".lock"))
    store = Store(str(folder / "cache"), create=True)
    for name, title, layers, per_layer in (
        ("deep", "Ünï mödel", 200, 2),
        ("small", "Small", 2, 2),
        ("long", LONG, 6, 2),
    ):
        resting = np.arange(layers * per_layer) % 2 * 0.8  # every other head
        heads = made_tables.heads(layers, per_layer, first_token=resting)
        store.write(name, heads, made_tables.provenance(layers, per_layer, title=title))
    with serving(folder / "cache", folder / "log") as running:
        yield running


def below(page: Page, selector: str) -> float:
    """How far down an element reaches, in px of the window."""
    box = page.locator(selector).bounding_box()
    assert box
    return box["y"] + box["height"]


def test_slider_chart_and_map_are_on_one_screen(visit: Visit):
    """D7."""
    visitor = visit(viewport={"width": 1280, "height": 800}).open(model=SMOLLM2)
    page = visitor.page
    for width, height, shown in (
        (1280, 800, ("#bin-width", "#head-chart", "#head-map")),
        (390, 844, ("#bin-width", "#head-chart")),
        (640, 400, ("#bin-width", "#head-chart")),  # 1280 x 800 at 200 %
    ):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(400)  # a window that rests is drawn for
        page.wait_for_function("width => document.documentElement.scrollWidth === width", arg=width)
        page.evaluate("scrollTo(0, 0)")
        for selector in shown:
            assert below(page, selector) <= height, (selector, width)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        # one row of chips; the slider directly over the chart
        tops = page.locator(".chip").evaluate_all(
            "chips => [...new Set(chips.map((one) => one.getBoundingClientRect().top))]"
        )
        assert len(tops) == 1
        if width == 1280:  # and all of it is seen
            chips = page.locator("#chips")
            assert chips.evaluate("row => row.scrollWidth - row.clientWidth") == 0
        assert below(page, "#bin-width") < page.locator("#head-chart").bounding_box()["y"] + 30
    # the finding, the idea, one h1; the model's name once: in the select
    expect(page.locator("h1")).to_have_text(
        "95 of 270 heads rest on the first token; 6 show the induction pattern, layers 17 to 23"
    )
    expect(page.locator(".idea")).to_contain_text("sorts every attention head of a model")
    assert "SmolLM2" not in page.locator(".heading").inner_text()
    assert visitor.chart()["title"].startswith("SmolLM2")  # of what is saved
    # behind "Options": what is needed less
    expect(page.locator("#taxonomy-select")).to_be_hidden()
    page.locator(".options-toggle").click()
    page.locator("#taxonomy-select").get_by_text("Grouped").click()
    expect(page.locator("h1")).to_have_text(
        "138 of 270 heads show no single habit; 105 rest on a sink, layers 1 to 29"
    )


def test_a_model_is_found_and_a_width_set_by_keyboard_or_mouse(visit: Visit, odd: Server):
    visitor = visit(odd.url, viewport={"width": 1280, "height": 800}).open(model=SMOLLM2)
    page = visitor.page
    select = page.locator("#model-select")
    select.click()  # D2: typing replaces the name, after a press of the mouse, too
    page.keyboard.type("model")
    options = page.locator(".combobox").get_by_role("option")
    expect(options).to_have_text(["Ünï mödel · computed 2026-11-01"])
    page.keyboard.type("x")
    expect(options).to_have_count(0)
    expect(page.locator(".combobox-list")).to_have_text("Nothing found")
    page.keyboard.press("Escape")
    expect(select).to_have_value("SmolLM2-135M Instruct (Q4_1) · computed 2026-11-27")
    page.keyboard.type("deep")  # by its stored name
    page.keyboard.press("Enter")
    visitor.wait_query(model="deep", bins="50")
    # D19: by five, to either end, and as a number
    slider = page.get_by_role("slider", name="Bin width")
    slider.focus()
    for key, width, told in (
        ("PageUp", 55, "55 layers, 4 bins"),
        ("PageDown", 50, "50 layers, 4 bins"),
        ("Home", 1, "1 layer, 200 bins"),
        ("End", 200, "200 layers, 1 bin"),
    ):
        page.keyboard.press(key)
        visitor.wait_query(bins=str(width))
        expect(slider).to_have_attribute("aria-valuetext", told)
    assert page.evaluate("scrollY") == 0
    page.get_by_label("Bin width in layers").fill("2")
    page.keyboard.press("Enter")
    visitor.wait_query(bins="2")
    # D23: lines at every 6 px would hide the cells; no label is cut at the right
    expect(page.locator(".bin-lines")).to_be_visible()
    page.get_by_label("Bin width in layers").fill("1")
    page.keyboard.press("Enter")
    visitor.wait_query(bins="1")
    expect(page.locator(".bin-lines")).to_be_hidden()
    inside(page)
    choose(visitor, "small")
    ticks = ".xtick text, .ytick text"
    expect(page.locator(f"#head-map :is({ticks})")).to_have_text(["0", "1", "1", "0"])
    # kind 15
    choose(visitor, "long")
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => document.documentElement.scrollWidth === 390")
    # D30
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.locator("#printed").text_content() or ""
    assert printed.startswith(f"{LONG} · bins of 2 layers, 3 bins · by category · # heads · http")
    assert "model=long" in printed
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def inside(page: Page) -> None:
    """No label of the chart reaches over its frame."""
    frame = page.locator("#head-chart").bounding_box()
    assert frame
    ends = page.locator("#head-chart .xtick text").evaluate_all(
        "texts => texts.map((one) => one.getBoundingClientRect().right)"
    )
    assert ends
    assert max(ends) <= frame["x"] + frame["width"]


def choose(visitor: Visitor, name: str) -> None:
    visitor.page.locator("#model-select").click()
    visitor.page.keyboard.type(name)
    visitor.page.keyboard.press("Enter")
    visitor.wait_query(model=name)


@pytest.mark.parametrize("width", [1280, 390])
def test_what_stands_in_the_first_html_stays_in_its_place(visit: Visit, server: Server, width: int):
    """Heading, chart, what is said below it and the map: before the scripts and after them."""
    parts = ("h1", ".chart-frame", ".chart-reading", ".map-section .quiet", ".map-frame")
    visitor = visit(viewport={"width": width, "height": 844})
    page = visitor.page

    def seen(page_part: str) -> tuple[list[str | None], list[dict[str, float]]]:
        shown = [page.locator(page_part).locator(part).first for part in parts]
        boxes = [dict(one.bounding_box() or {}) for one in shown]
        return [one.text_content() for one in (shown[0], *shown[2:4])], boxes

    held, scripts = True, list[Route]()
    page.route("**/*.js*", lambda route: scripts.append(route) if held else route.continue_())
    page.goto(f"{server.url}/?model={SMOLLM2}&bins=8&theme=light", wait_until="commit")
    page.locator(".first-page .map-frame").wait_for()
    first, before = seen(".first-page")
    held = False
    for script in scripts:
        script.continue_()
    visitor.drawn()
    expect(page.locator(".first-page")).to_have_count(0)
    living, after = seen("#page")
    assert first == living
    for part, one, other in zip(parts, before, after, strict=True):
        assert one == pytest.approx(other, abs=2), part
