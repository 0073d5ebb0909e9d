"""The map coloured by a measure of evidence instead of by category."""

from collections.abc import Iterator
from typing import Any

import made_tables
import numpy as np
import pytest
from accessibility import serious
from playwright.sync_api import Page, expect
from running import Server, serving
from visitor import Visit

from cache.store import Store


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Two layers of two heads; nobody measured the copying of 1.1, nor effects on natural text.

    ``plain`` is the same table without measures.
    """
    folder = tmp_path_factory.mktemp("measured")
    plain = made_tables.heads(2, 2, previous_token=[0.1, 0.1, 0.9, 0.1])
    heads = made_tables.with_evidence(
        plain, copying=[-4, 1, 0, np.nan], effect_repeated=[0.25, 0, 6.25, -0.01]
    )
    store = Store(str(folder / "cache"), create=True)
    store.write("measured", heads, made_tables.provenance(2, title="Measured"))
    store.write("plain", plain, made_tables.provenance(2, title="Plain"))
    with serving(folder / "cache", folder / "log") as running:
        yield running
    assert "Traceback" not in (folder / "log").read_text()


def wait_cells(page: Page, wanted: list[list[float | None]]) -> None:
    """Wait until the cells have these colours, on a scale from -2 to 2; a row a head."""
    page.wait_for_function(
        """wanted => {
          const [cells] = document.querySelector("#head-map .js-plotly-plot").data;
          return cells.zmin === -2 && cells.zmax === 2 &&
            JSON.stringify(cells.z.map((row) => [...row])) === JSON.stringify(wanted);
        }""",
        arg=wanted,
        polling=50,
    )


def test_a_measure_is_fetched_when_the_map_is_coloured_by_it(visit: Visit, measured: Server):
    visitor = visit(measured.url).open(model="measured")
    page = visitor.page
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    choice = page.get_by_label("Colour by")
    expect(choice.locator("option")).to_have_text(
        ["category", "copying", "effect on repeated text"]
    )
    assert not any("colour-wanted" in text for text in asked)
    choice.select_option("copying")
    visitor.wait_query(colour="copying")
    # by the square root: -4 is one end, and 1 half of the way to the other
    wait_cells(page, [[-2, 0], [1, None]])
    assert sum("colour-wanted" in text for text in asked) == 1
    assert page.evaluate(
        """() => {
          const { x, y, text } = document.querySelector("#head-map .js-plotly-plot").data[1];
          return [x, y, text];
        }"""
    ) == [[1], [1], ["–"]]
    scale = page.locator(".map-scale")
    expect(scale.locator(".map-scale-ticks span")).to_have_text(
        ["−4.0", "−1.0", "0", "+1.0", "+4.0"]
    )
    expect(scale).to_contain_text("standard deviations; positive copies, negative suppresses")
    expect(scale).to_contain_text("A dash: not measured.")

    told = page.locator("#head-map .hoverlayer")
    page.mouse.move(*visitor.cell(0, 0))
    expect(told).to_contain_text("Copying: −4.000 ± 0.010 standard deviations")
    page.mouse.move(*visitor.cell(1, 1))
    expect(told).to_contain_text("Copying: – (not measured)")

    choice.select_option(label="category")
    visitor.wait_query(colour=None)
    expect(scale).to_have_count(0)


def test_a_link_colours_the_map_and_a_table_without_the_measure_says_so(
    visit: Visit, measured: Server
):
    visitor = visit(measured.url).open(model="measured", colour="effect_repeated")
    page = visitor.page
    page.wait_for_function(
        "() => document.querySelector('#head-map .js-plotly-plot').data[0].zmax === 2.5"
    )
    expect(page.get_by_label("Colour by")).to_have_value("effect_repeated")
    # the bars' filter holds for the map: only heads that see the previous token are left
    page.locator(".chip").filter(has_text="Previous").click()
    page.wait_for_function(
        """() => JSON.stringify(document.querySelector("#head-map .js-plotly-plot")
             .data[0].z.map((row) => [...row])) === "[[null,2.5],[null,null]]" """
    )
    visitor.open(model="plain", colour="copying")
    expect(page.locator("#status")).to_contain_text(
        "This table has no Copying (colour=copying): its map shows the categories."
    )
    expect(page.locator("#map-colour")).to_be_empty()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_coloured_map_is_for_everyone(visit: Visit, measured: Server, theme: str):
    visitor = visit(measured.url, viewport={"width": 390, "height": 844})
    page = visitor.open(model="measured", theme=theme, colour="copying").page
    page.locator(".map-scale").wait_for()
    wait_cells(page, [[-2, 0], [1, None]])
    page.locator("#observations[aria-busy=false]").wait_for()  # else dimmed
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert serious(page) == []
    select = page.get_by_label("Colour by").bounding_box()
    assert select
    assert select["height"] >= 44  # a finger's
