"""Phones, keyboards, screen readers, reduced motion."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from visitor import SMOLLM2, XL, Visit


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Visit, theme: str):
    visitor = visit().open(model=SMOLLM2, bins=10, segment="10:induction", head="18.6", theme=theme)
    visitor.page.locator("#chart-twin summary").click()
    visitor.page.locator("#segment-table .ag-row").first.wait_for()
    visitor.page.locator("#head-card h2").wait_for()
    found = Axe().run(visitor.page).response["violations"]
    serious = [v for v in found if v["impact"] in {"serious", "critical"}]
    told = [(v["id"], [node["html"][:200] for node in v["nodes"]]) for v in serious]
    assert told == []


def test_a_phone_scrolls_only_down(visit: Visit):
    visitor = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visitor.open(model=XL, bins=12)
    page = visitor.page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    frame = page.locator("#map-frame")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll("main button, main a.button, header button")]
          .filter((one) => one.offsetParent)
          .map((one) => [one.textContent, one.getBoundingClientRect()])
          .filter(([, box]) => box.height < 43.5 || box.width < 24).map(([text]) => text)"""
    )
    assert small == []
    page.locator("[data-chip=induction]").tap()
    visitor.click_segment(24, "induction")
    expect(page.locator("#selection-panel")).to_have_css("position", "fixed")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Close").tap()
    expect(page.locator("#segment-title")).to_be_hidden()


def test_the_theme_is_the_systems_until_one_is_chosen(visit: Visit):
    visitor = visit(color_scheme="dark").open(model=XL)
    html = visitor.page.locator("html")
    expect(html).to_have_attribute("data-theme", "dark")
    visitor.page.emulate_media(color_scheme="light")
    expect(html).to_have_attribute("data-theme", "light")
    visitor.page.locator("#theme-toggle").click()
    expect(html).to_have_attribute("data-theme", "dark")
    visitor.wait_query(theme="dark")


def test_the_chart_is_told_in_words(visit: Visit):
    visitor = visit().open(model=XL, bins=12)
    told = visitor.page.locator("#chart-summary").text_content() or ""
    assert "1,200 attention heads in 4 bins" in told
    assert "[24, 36): Not measured 261 (87.0%), Induction pattern 36 (12.0%)" in told
    assert visitor.page.locator("html").get_attribute("lang") == "en"


def test_paper_is_white(visit: Visit):
    visitor = visit().open(model=XL, theme="dark")
    background = """() =>
      headstrata.plotted(document.getElementById("head-chart"))._fullLayout.paper_bgcolor"""
    dark = visitor.page.evaluate(background)
    visitor.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert visitor.page.locator("html").get_attribute("data-theme") == "light"
    assert visitor.page.evaluate(background) == "#ffffff" != dark
    visitor.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(visitor.page.locator("html")).to_have_attribute("data-theme", "dark")
    visitor.page.wait_for_function(f"dark => ({background})() === dark", arg=dark)


def test_reduced_motion(visit: Visit):
    visitor = visit(reduced_motion="reduce").open(model=XL)
    duration = visitor.page.locator("#map-light").evaluate(
        "light => parseFloat(getComputedStyle(light).transitionDuration)"
    )
    assert duration < 0.001


def test_the_guide_is_dismissed_for_good_and_called_back(visit: Visit):
    visitor = visit().open(model=XL)
    guide = visitor.page.locator("#selection-empty")
    expect(guide).to_contain_text("Every head is counted once")
    visitor.page.get_by_role("button", name="Got it").click()
    expect(guide).to_be_hidden()
    visitor.page.reload()
    visitor.drawn()
    expect(guide).to_be_hidden()
    visitor.page.get_by_role("button", name="How to read this").click()
    expect(guide).to_be_visible()


def test_the_sheet_of_a_phone_scrolls_to_its_end(visit: Visit):
    visitor = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visitor.open(model=SMOLLM2, head="18.6")
    visitor.page.locator("#pattern-chart .hm").wait_for(state="attached")
    visitor.page.locator("#head-more .kin").last.scroll_into_view_if_needed()
    expect(visitor.page.locator("#head-more .kin").last).to_be_in_viewport()
    visitor.page.locator("#pattern-size").tap()
    expect(visitor.page.locator("#pattern-chart")).to_be_in_viewport(ratio=0.99)


def test_percentages_fit_when_the_chart_gets_lower(visit: Visit):
    visitor = visit(viewport={"width": 1000, "height": 900}).open(model=SMOLLM2, bins=3)
    visitor.page.set_viewport_size({"width": 1000, "height": 500})
    visitor.page.wait_for_function(
        """() => {
          const bars = [...document.querySelectorAll("#head-chart .bars .point")];
          const height = (one) => one.getBoundingClientRect().height;
          const told = bars.filter((bar) => bar.querySelector("text")?.textContent);
          return told.length && told.every((bar) =>
            height(bar.querySelector("path")) >= height(bar.querySelector("text")) - 4);
        }"""
    )
