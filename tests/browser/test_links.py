"""State in the address: reload, a copied link, nonsense, two visitors."""

import time
from pathlib import Path

from playwright.sync_api import expect
from running import WAIT_S
from visitor import SMOLLM2, XL, Visit, Visitor

from cache.store import Store

STATE = {
    "model": SMOLLM2,
    "bins": "5",
    "taxonomy": "grouped",
    "show": "percent",
    "segment": "15:content",
    "head": "18.6",
    "theme": "dark",
}


def test_a_link_restores_everything_in_another_browser_and_pins_the_table(
    visit: Visit, cache_folder: Path
):
    """But for the theme, which is the reader's own (D22)."""
    digest = Store(str(cache_folder)).read(SMOLLM2).sha256
    pinned = {"theme": None, "model": f"{SMOLLM2}@{digest[:16]}"}
    first = visit()
    first.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    first.open(**STATE)
    first.wait_query(**STATE)
    expect(first.page.locator("#segment-title")).to_contain_text("Content, layers [15, 20)")
    expect(first.page.locator("#head-card")).to_contain_text("L18.H6")
    first.page.locator("#copy-link").click()
    expect(first.page.locator("#copy-link")).to_have_text("Copied")
    link = first.page.evaluate("navigator.clipboard.readText()")
    for visitor in (first, visit()):
        visitor.page.goto(link)
        visitor.drawn()
        visitor.wait_query(**STATE | pinned)  # whoever opens it has a theme of their own
        expect(visitor.page.locator("#status")).to_be_empty()
        assert visitor.chart()["title"].startswith("SmolLM2")
        assert len(visitor.chart()["data"]) == 5
        expect(visitor.page.locator("#segment-title")).to_contain_text("Content, layers [15, 20)")
        expect(visitor.page.locator("#head-card")).to_contain_text("L18.H6")
        assert visitor.page.locator("html").get_attribute("data-theme") == "light"
    # a table that was computed again since is shown, and plainly marked
    first.page.goto(link.replace(digest[:16], "0123456789abcdef"))
    first.drawn()
    expect(first.page.locator("#status")).to_contain_text("this one was computed again")
    expect(first.page.locator("#source-note .moved")).to_be_visible()
    first.wait_query(model=f"{SMOLLM2}@0123456789abcdef")


def test_the_history_is_replaced_not_filled(visit: Visit):
    visitor = visit().open(model=XL)
    before = visitor.page.evaluate("history.length")
    visitor.page.locator("#taxonomy-select").get_by_text("Grouped").click()
    visitor.wait_query(taxonomy="grouped")
    visitor.page.locator("#theme-toggle").click()
    visitor.wait_query(theme="dark")
    assert visitor.page.evaluate("history.length") == before


def test_nonsense_falls_back_with_a_note(visit: Visit):
    evil = "<img src=x onerror=alert(1)>"
    visitor = visit().open(
        model="../../etc/passwd",
        bins="1e9",
        taxonomy=evil,
        show="-1",
        segment="x",
        head="99.99",
        theme="pink",
        t="induction:0.3,nobody:0.2",
    )
    note = visitor.status()
    for part in ("../../etc/passwd", "1e9", evil, "-1", "99.99", "pink", "nobody:0.2"):
        assert part in note
    assert visitor.page.locator("#status img").count() == 0
    assert visitor.chart()["title"] == "SmolLM2-135M Instruct (Q4_1) · what if"  # all measured
    assert len(visitor.chart()["data"][0]["bins"]) == 4
    visitor.wait_query(t="induction:0.3")  # what makes sense holds


def test_another_model_brings_its_own_layers(visit: Visit):
    visitor = visit().open(model=XL, bins=40, segment="40:induction")
    visitor.page.locator("#model-select").click()
    visitor.page.get_by_role("option", name="SmolLM2").click()
    visitor.wait_query(model=SMOLLM2, bins="8", segment=None)
    assert visitor.chart()["title"].startswith("SmolLM2")
    expect(visitor.page.locator("#heading")).to_contain_text("270 heads")
    assert visitor.page.title().startswith("SmolLM2")


def test_two_visitors_do_not_disturb_each_other(visit: Visit):
    one, other = visit().open(model=XL, bins=12), visit().open(model=SMOLLM2, bins=5)
    one.page.locator("#taxonomy-select").get_by_text("Grouped").click()
    other.page.locator("#show-select").get_by_text("Share").click()
    one.wait_query(model=XL, bins="12", taxonomy="grouped", show="count")
    other.wait_query(model=SMOLLM2, bins="5", taxonomy="detailed", show="percent")
    assert (one.chart()["title"], len(one.chart()["data"])) == ("GPT-2 XL", 5)
    assert (other.chart()["y"], len(other.chart()["data"])) == ("share of heads", 13)


def copied_link(visitor: Visitor) -> str:
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.page.locator("#copy-link").click()
    expect(visitor.page.locator("#copy-link")).to_have_text("Copied")
    return str(visitor.page.evaluate("navigator.clipboard.readText()"))


def press_slider(visitor: Visitor, key: str) -> None:
    visitor.page.locator("#bin-width input").focus()
    visitor.page.keyboard.press(key)


def test_a_copied_link_is_the_pages_state_not_a_place_in_it(visit: Visit):
    visitor = visit().open(model=XL, bins=12)
    visitor.wait_query(bins="12", show="count")
    visitor.page.get_by_role("link", name="About").click()
    link = copied_link(visitor)
    assert "#" not in link
    assert "bins=12" in link


def test_back_brings_what_the_address_says(visit: Visit):
    visitor = visit().open(model=XL, bins=12, head="17.3")
    visitor.wait_query(bins="12", show="count")
    visitor.page.get_by_role("link", name="About").click()
    press_slider(visitor, "ArrowRight")
    visitor.wait_query(bins="13")
    visitor.page.go_back()
    expect(visitor.page.locator("#bin-width input")).to_have_value("12")
    visitor.wait_query(bins="12", head="17.3")
    deadline = time.monotonic() + WAIT_S
    while "bins=12" not in (link := copied_link(visitor)):  # a moment behind what is drawn
        assert time.monotonic() < deadline, link
    visitor.page.go_forward()
    expect(visitor.page.locator("#bin-width input")).to_have_value("13")


def test_back_leaves_the_page_that_was_opened_without_a_query(visit: Visit, server):
    visitor = visit()
    visitor.page.goto(f"{server.url}/healthz")
    visitor.open()
    visitor.wait_query(model=SMOLLM2, bins="8")
    visitor.page.go_back()
    expect(visitor.page).to_have_url(f"{server.url}/healthz")


def test_back_returns_to_the_model_before(visit: Visit):
    visitor = visit().open(model=XL, bins=40, segment="40:induction", t="induction:0.3")
    visitor.wait_query(bins="40", segment="40:induction")
    visitor.page.locator("#model-select").click()
    visitor.page.get_by_role("option", name="SmolLM2").click()
    visitor.wait_query(model=SMOLLM2, bins="8", segment=None)
    visitor.page.go_back()
    expect(visitor.page.locator("#heading")).to_contain_text("1,200 heads")
    expect(visitor.page.locator("#segment-title")).to_contain_text("layers [40, 48)")
    visitor.wait_query(model=XL, bins="40", segment="40:induction", t="induction:0.3")
    visitor.page.go_forward()
    visitor.wait_query(model=SMOLLM2, bins="8", segment=None)
    expect(visitor.page.locator("#heading")).to_contain_text("270 heads")


def test_a_table_is_not_compared_with_itself(visit: Visit):
    visitor = visit().open(model=XL, compare="gpt2-xl")
    expect(visitor.page.locator("#status")).to_have_text(
        "compare=“gpt2-xl” is the shown table itself."
    )
    visitor.wait_query(compare=None, show="count")
