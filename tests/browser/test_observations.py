"""Key observations follow the page."""

from playwright.sync_api import Request, Route, expect
from visitor import SMOLLM2, XL, Visit


def test_they_follow_slider_thresholds_and_taxonomy(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=10)
    told = visitor.page.locator("#observations")
    expect(told).to_contain_text("By category, in bins of 10 layers.")
    expect(told).to_contain_text("Spearman's rho")
    visitor.page.locator("#bin-width input").press("ArrowRight")
    expect(told).to_contain_text("in bins of 11 layers.")
    visitor.page.locator("#taxonomy-select").get_by_text("Grouped").click()
    expect(told).to_contain_text("By group of categories")
    expect(told).to_contain_text("Sink")
    visitor.open(model=SMOLLM2, bins=10, t="first_token:0.9")
    expect(told).to_contain_text("under the changed thresholds")
    expect(told).not_to_contain_text("First token (sink) leads")


def test_the_first_html_tells_them_until_the_page_does(visit: Visit):
    visitor = visit()
    held: list[Route] = []

    def of_observations(request: Request) -> bool:
        return "observations.children" in (request.post_data or "")

    def hold(route: Route, request: Request) -> None:
        if of_observations(request):
            held.append(route)
        else:
            route.continue_()

    visitor.page.route("**/_dash-update-component*", hold)
    with visitor.page.expect_request(of_observations):
        visitor.open(model=SMOLLM2, bins=10)
    told = visitor.page.locator("#observations")
    expect(visitor.page.locator(".first-page")).to_have_count(0)
    expect(told).to_contain_text("By category, in bins of 10 layers.")
    expect(told.locator("li.trend").first).to_contain_text("Spearman's rho")
    expect(told).not_to_have_attribute("aria-busy", "true")  # they are about what is drawn
    visitor.page.locator("#bin-width input").press("ArrowRight")
    expect(told).to_have_attribute("aria-busy", "true")
    held.pop().continue_()


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
        width = visitor.drag_to(x + 12 * step, y)
        narrower = "narrower" in page.locator("#chart-reading").inner_text()
        assert narrower == (48 % width > 0)
    # what is not drawn anew stands back
    expect(page.locator("#observations")).to_have_attribute("aria-busy", "true")
    # held for longer than a slider that rests
    page.wait_for_function("() => (window.held ??= performance.now()) + 500 < performance.now()")
    assert asked == []
    page.mouse.up()
    expect(page.locator("#observations")).not_to_contain_text("bins of 12 layers")
    assert asked


def test_a_budget_is_told_by_destination_and_no_threshold_touches_it(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=10, show="budget")
    told = visitor.page.locator("#observations")
    expect(told).to_contain_text("By destination of attention, in bins of 10 layers.")
    expect(told.locator(".dominant").first).to_contain_text("takes the largest share of the")
    expect(told.locator(".trend").first).to_contain_text("of all attention")
    expect(told).not_to_contain_text("borderline")
    before = told.locator(".observed").first.inner_text()
    visitor.page.locator("#bin-width input").press("ArrowRight")
    expect(told).to_contain_text("in bins of 11 layers.")
    assert told.locator(".observed").first.inner_text() != before
    visitor.open(model=SMOLLM2, bins=10, show="budget", t="first_token:0.9")
    expect(told).to_contain_text("The changed thresholds do not touch a budget.")
    assert told.locator(".observed").first.inner_text() == before


def test_operations_are_counted_and_a_missing_budget_is_not_made_up(visit: Visit):
    visitor = visit().open(model=XL, bins=12, taxonomy="operations")
    told = visitor.page.locator("#observations")
    expect(told).to_contain_text("By family of operations")
    expect(told).to_contain_text("201 of 1,200 heads (16.8%) implement at least one of")
    visitor.open(model=XL, bins=12, show="budget")
    expect(told).to_contain_text("By category, in bins of 12 layers.")
    expect(visitor.page.locator("#status")).to_contain_text("has no attention budget")
