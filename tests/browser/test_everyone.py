"""Phones, keyboards, screen readers, reduced motion."""

import pytest
from accessibility import serious
from playwright.sync_api import expect
from running import Server
from visitor import SMOLLM2, XL, Visit


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Visit, theme: str):
    visitor = visit().open(model=SMOLLM2, bins=10, segment="10:induction", head="18.6", theme=theme)
    visitor.page.locator("#chart-twin summary").click()
    visitor.page.locator("#segment-table .ag-row").first.wait_for()
    visitor.page.locator("#head-card h2").wait_for()
    assert serious(visitor.page) == []
    visitor.page.locator("#model-select").click()
    visitor.page.get_by_role("listbox", name="Model").wait_for()
    assert serious(visitor.page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_a_phones_sheet(visit: Visit, theme: str):
    visitor = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visitor.open(model=SMOLLM2, bins=10, segment="10:induction", head="18.6", theme=theme)
    visitor.page.locator("#segment-table .ag-row").first.wait_for()
    visitor.page.locator("#pattern-chart .hm").wait_for(state="attached")
    assert serious(visitor.page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_embedded_chart(visit: Visit, server: Server, theme: str):
    visitor = visit(viewport={"width": 640, "height": 500})
    visitor.page.goto(f"{server.url}/embed?model={SMOLLM2}&show=nonsense&theme={theme}")
    visitor.drawn()
    tops = [
        visitor.page.locator(part).bounding_box() for part in (".chart-reading", ".source-note")
    ]
    assert tops[0]
    assert tops[1]
    assert tops[0]["y"] + tops[0]["height"] <= tops[1]["y"] + 1  # one below the other
    assert serious(visitor.page) == []


def test_the_keyboard_keeps_its_place(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=10)
    page = visitor.page
    page.locator("#chip-induction").focus()
    for pressed in ("true", "false"):  # the chips are made anew each time
        page.keyboard.press("Enter")
        expect(page.locator("#chip-induction")).to_have_attribute("aria-pressed", pressed)
        expect(page.locator("#chip-induction")).to_be_focused()
    page.locator("#chart-twin summary").focus()
    page.keyboard.press("Enter")
    page.locator("#chart-table .cell").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#segment-table .ag-row").first.wait_for()
    segment = page.locator("[data-segment='10:induction']")
    expect(segment).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#segment-title")).to_be_hidden()
    expect(segment).to_be_focused()


def test_from_a_segments_table_to_a_head_by_keyboard_and_back(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=10)
    page = visitor.page
    page.locator("#chart-twin summary").click()
    page.locator("[data-segment='10:induction']").focus()
    page.keyboard.press("Enter")
    cell = page.locator("#segment-table .ag-row[row-id='L18.H6'] [role=gridcell]").first
    cell.focus()
    page.keyboard.press("Enter")
    visitor.wait_query(head="18.6")
    expect(page.locator("#head-card")).to_be_focused()
    expect(page.locator("#head-card h2")).to_contain_text("L18.H6")
    page.keyboard.press("Escape")
    visitor.wait_query(head=None)
    expect(page.locator("[data-segment='10:induction']")).to_be_focused()


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
    expect(page.locator("#segment-title")).to_contain_text("all layers")
    page.get_by_role("button", name="Close").tap()
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


def test_paper_is_white_and_of_one_width(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=10, theme="dark", compare=XL, head="18.6")
    page = visitor.page
    page.locator("#compare-chart-other .bars .point").first.wait_for(state="attached")
    page.locator("#pattern-chart .hm").wait_for(state="attached")
    # the pattern is drawn on whatever it lies on: there the paper's colour is that behind it
    drawn = """() => {
      const clear = "rgba(0, 0, 0, 0)";
      const behind = (one) => {
        const { backgroundColor } = getComputedStyle(one);
        return backgroundColor === clear ? behind(one.parentElement) : backgroundColor;
      };
      return [...document.querySelectorAll(".js-plotly-plot")]
        .filter((one) => one.clientWidth)
        .map((one) => {
          const { paper_bgcolor, width } = one._fullLayout;
          const own = paper_bgcolor.replace(/,\\s*/g, ", ");
          return [own === clear ? behind(one) : own, width];
        });
    }"""
    dark = page.evaluate(drawn)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.evaluate(drawn)
    assert len(printed) == len(dark) == 5  # chart, map, pattern, two compared charts
    assert {colour for colour, _ in printed} == {"#ffffff", "rgb(255, 255, 255)"}
    assert printed[0][1] == printed[1][1] == 704  # 44rem: A4 and Letter hold it
    assert max(width for _, width in printed) <= 704
    assert page.locator("html").get_attribute("data-theme") == "light"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.wait_for_function(
        f"dark => JSON.stringify(({drawn})()) === JSON.stringify(dark)", arg=dark
    )


def test_colours_that_mean_something_stay_in_forced_colours(visit: Visit):
    visitor = visit(forced_colors="active").open(model=XL)
    swatch = visitor.page.locator("#chip-induction .swatch")
    assert swatch.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(17, 45, 28)"
    chosen = visitor.page.locator("#show-select :checked + span")
    assert chosen.evaluate("one => getComputedStyle(one).outlineWidth") == "2px"


def test_reduced_motion(visit: Visit):
    visitor = visit(reduced_motion="reduce").open(model=XL)
    duration = visitor.page.locator("#map-light").evaluate(
        "light => parseFloat(getComputedStyle(light).transitionDuration)"
    )
    assert duration < 0.001


def test_the_guide_is_folded_below_the_findings_down_to_320_px(visit: Visit):
    visitor = visit(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    visitor.open(model=SMOLLM2)
    guide = visitor.page.locator("#guide p")
    expect(guide.first).to_be_hidden()
    found = visitor.page.locator("#observations").bounding_box()
    folded = visitor.page.locator("#guide").bounding_box()
    assert found
    assert folded
    assert found["y"] < folded["y"]
    visitor.page.locator("footer").get_by_role("link", name="How to read this").tap()
    expect(guide.first).to_contain_text("attention heads decide")
    expect(visitor.page.locator("#guide summary")).to_be_in_viewport()
    visitor.page.wait_for_function(  # not under the header, which stays at the top
        """() => document.querySelector("#guide summary").getBoundingClientRect().top >=
          document.querySelector("header").getBoundingClientRect().bottom"""
    )
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_sheet_of_a_phone_scrolls_to_its_end(visit: Visit):
    visitor = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visitor.open(model=SMOLLM2, head="18.6")
    visitor.page.locator("#pattern-chart .hm").wait_for(state="attached")
    visitor.page.locator("#head-more .kin").last.scroll_into_view_if_needed()
    expect(visitor.page.locator("#head-more .kin").last).to_be_in_viewport()
    small = visitor.page.locator("#pattern-chart .nsewdrag").bounding_box()
    visitor.page.locator("#pattern-size").tap()
    expect(visitor.page.locator("#pattern-frame")).to_be_in_viewport(ratio=1)
    # cells as large as a fingertip's aim allows, pushed about in the frame
    visitor.page.wait_for_function(
        """width => document.querySelector("#pattern-chart .nsewdrag")
          .getBoundingClientRect().width > 2 * width""",
        arg=small and small["width"],
    )
    expect(visitor.page.locator("#pattern-prompt")).to_be_in_viewport(ratio=1)


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
