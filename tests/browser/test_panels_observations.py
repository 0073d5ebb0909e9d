"""Key observations follow the page."""

from playwright.sync_api import expect
from visitor import SMOLLM2, XL, Visit


def test_they_follow_slider_thresholds_and_taxonomy(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=10)
    told = visitor.page.locator("#observations")
    expect(told).to_contain_text("By category, in bins of 10 layers.")
    expect(told).to_contain_text("Spearman's rho")
    visitor.page.locator("#bin-width [role=slider]").press("ArrowRight")
    expect(told).to_contain_text("in bins of 11 layers.")
    visitor.page.locator("#taxonomy-select").get_by_text("Grouped").click()
    expect(told).to_contain_text("By group of categories")
    expect(told).to_contain_text("Sink")
    visitor.open(model=SMOLLM2, bins=10, t="first_token:0.9")
    expect(told).to_contain_text("under the changed thresholds")
    expect(told).not_to_contain_text("First token (sink) leads")


def test_a_published_table_says_less(visit: Visit):
    visitor = visit().open(model=XL, bins=12)
    told = visitor.page.locator("#observations")
    expect(told).to_contain_text("Only 2 of the 9 scores are known")
    expect(told).to_contain_text("1,102 of the 1,200 heads")
    expect(told).not_to_contain_text("First token")


def test_a_drag_asks_nothing_until_it_ends(visit: Visit):
    visitor = visit().open(model=XL, bins=12)
    page = visitor.page
    expect(page.locator("#observations")).to_contain_text("bins of 12 layers")
    asked: list[str] = []
    x, y = visitor.hold_slider()
    # Chromium fetches the icon by itself whenever the address changes.
    page.on("request", lambda request: "favicon" in request.url or asked.append(request.url))
    for step in range(1, 9):
        visitor.drag_to(x + 12 * step, y)
    # held for longer than a slider that rests
    page.wait_for_function("() => (window.held ??= performance.now()) + 500 < performance.now()")
    assert asked == []
    page.mouse.up()
    expect(page.locator("#observations")).not_to_contain_text("bins of 12 layers")
    assert asked
