"""The drawers for everyone: keyboard, contrast, phones."""

import pytest
from accessibility import serious
from playwright.sync_api import expect
from visitor import SMOLLM2, XL, Visit, Visitor


def open_all(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("#what-if-which summary").click()
    page.locator("#reference-panel summary").first.click()
    page.locator("#reference-body h3").first.wait_for()
    page.locator("#compare-numbers table").first.wait_for()
    page.locator(".observation").first.wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_open_drawers(visit: Visit, theme: str):
    visitor = visit().open(model=XL, bins=12, t="induction:0.3", compare="gpt2", theme=theme)
    open_all(visitor)
    assert serious(visitor.page) == []


@pytest.mark.parametrize("view", [{"show": "budget"}, {"model": XL, "taxonomy": "operations"}])
def test_axe_finds_nothing_serious_in_further_views(visit: Visit, view: dict[str, str]):
    visitor = visit().open(**({"model": SMOLLM2, "bins": 10} | view))
    visitor.page.locator(".view-note").wait_for()
    visitor.page.locator("#observations[aria-busy=false]").wait_for()  # else dimmed
    assert serious(visitor.page) == []


def test_open_drawers_fit_a_phone(visit: Visit):
    visitor = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visitor.open(model=XL, t="induction:0.3", compare="gpt2")
    open_all(visitor)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == 390
    small = visitor.page.evaluate(
        """() => [...document.querySelectorAll(".drawer button, .drawer summary, .side summary")]
          .filter((one) => one.offsetParent)
          .map((one) => [one.textContent, one.getBoundingClientRect()])
          .filter(([, box]) => box.height < 43.5 || box.width < 24).map(([text]) => text)"""
    )
    assert small == []


def test_the_drawers_by_keyboard(visit: Visit):
    visitor = visit().open(model=XL, bins=12)
    page = visitor.page
    page.locator("#what-if-panel > summary").focus()
    page.keyboard.press("Enter")
    thumb = page.locator("[data-threshold=induction] input")
    thumb.wait_for()
    thumb.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    visitor.wait_query(t="induction:0.37")
    page.locator("#what-if-panel [data-action=reset-thresholds]").focus()
    page.keyboard.press("Enter")
    visitor.wait_query(t=None)
    expect(thumb).to_have_value("0.4")


def test_every_answer_of_the_drawers_is_small(visit: Visit):
    visitor = visit()
    sizes: dict[str, int] = {}

    def weigh(response) -> None:
        if "_dash-update-component" in response.url and response.status == 200:
            output = response.request.post_data_json["output"]
            if not any(part in output for part in ("table.data", "about-text")):  # once a table
                sizes[output] = max(sizes.get(output, 0), len(response.body()))

    visitor.page.on("response", weigh)
    asked = {"model": XL, "bins": 12, "t": "induction:0.3", "compare": SMOLLM2}
    visitor.open(**asked)
    open_all(visitor)
    visitor.page.wait_for_load_state("networkidle")
    visitor.open(**asked, taxonomy="operations")  # which thresholds do not touch
    expect(visitor.page.locator("#what-if-panel")).to_be_hidden()
    visitor.page.locator("#compare-numbers table").first.wait_for()
    visitor.page.wait_for_load_state("networkidle")
    assert len(sizes) >= 6
    assert {output: size for output, size in sizes.items() if size > 15_360} == {}
