"""How much heads matter, on the page: summed by category, against a score, ranked."""

from collections.abc import Iterator
from typing import Any

import made_tables
import numpy as np
import pandas as pd
import pytest
from accessibility import serious
from playwright.sync_api import expect
from running import Server, serving
from visitor import Visit, Visitor

from cache.store import Store


@pytest.fixture(scope="module")
def weighed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Four layers of two heads: 1.0 and 1.1 see the previous token, 2.0 and 3.0 are induction
    heads, the others have no name. ``plain`` is the same table without effects; ``other`` has two
    layers of two heads, 0.0 sees the previous token, and nobody measured 1.1.
    """
    folder = tmp_path_factory.mktemp("weighed")
    plain = made_tables.heads(
        4,
        2,
        previous_token=[0.1, 0.1, 0.9, 0.8, 0.1, 0.1, 0.1, 0.1],
        induction=[0.1, 0.1, 0.1, 0.1, 0.9, 0.1, 0.6, 0.1],
    )
    heads = made_tables.with_evidence(
        plain,
        copying=[-2.5, 0, 0, 0, 3.5, 0, 0, 0],
        effect_repeated=[0.25, 0, 6.75, 0.5, 2.5, -0.75, 0.015, 3],
        effect_natural=[0, 0, 0.125, 0, 0, 0, 0, 0],
    )
    store = Store(str(folder / "cache"), create=True)
    store.write("weighed", heads, made_tables.provenance(4, title="Weighed"))
    other = made_tables.with_evidence(
        made_tables.heads(2, 2, previous_token=[0.9, 0.1, 0.1, 0.1]),
        effect_repeated=[1.5, -0.25, 0, np.nan],
    )
    store.write("other", other, made_tables.provenance(2, title="Other"))
    store.write("plain", plain, made_tables.provenance(4, title="Plain"))
    with serving(folder / "cache", folder / "log") as running:
        yield running
    assert "Traceback" not in (folder / "log").read_text()


def sums(visitor: Visitor) -> dict[str, list[float]]:
    """Each category's bars as plotly drew them: those above, bin by bin, then those below."""
    drawn: dict[str, Any] = visitor.page.evaluate(
        """() => {
          const { data } = document.querySelector("#effects-chart .js-plotly-plot");
          return Object.fromEntries(data.map((bar) => [bar.meta, bar.y]));
        }"""
    )
    return drawn


def test_categories_are_weighed_by_what_their_heads_do_to_the_loss(visit: Visit, weighed: Server):
    visitor = visit(weighed.url).open(model="weighed", bins=2)
    page = visitor.page
    page.locator("#effects-panel > summary").click()
    words = page.locator("#effects-words")
    expect(words).to_contain_text(
        "Previous token heads (2) carry 7.2 of the 13.0 nats above the axis, Unclassified heads "
        "(4) 3.2."
    )
    expect(words).to_contain_text("6 of 8 heads differ from 0 at 2 standard errors")
    expect(page.locator("#effects-panel")).to_contain_text("not a share of the loss")
    # bins [0, 2) and [2, 4) above, the same below
    assert sums(visitor) == {
        "induction": [0, 2.515, 0, 0],
        "previous_token": [7.25, 0, 0, 0],
        "unclassified": [0.25, 3, 0, -0.75],
    }
    zero = """() => {
      const graph = document.querySelector("#effects-chart .js-plotly-plot");
      const line = graph.querySelector(".zl, .zerolinelayer path").getBoundingClientRect();
      const bars = [...graph.querySelectorAll(".bars .point path")]
        .map((bar) => bar.getBoundingClientRect()).filter(({ height }) => height > 1);
      return [bars.filter((bar) => bar.bottom <= line.bottom + 1).length,
              bars.filter((bar) => bar.top >= line.top - 1).length];
    }"""
    assert page.evaluate(zero) == [4, 1]
    row = page.locator("#effects-table tbody tr").filter(has_text="Unclassified")
    expect(row.locator("td")).to_have_text(["4", "3", "3.250", "−0.750"])

    with page.expect_download() as file:
        page.locator(".effects-file").click()
    saved = pd.read_csv(file.value.path())
    saved = saved[saved["effect"] == "effect_repeated"]
    assert saved["bin"].unique().tolist() == ["[0, 2)", "[2, 4)"]
    assert saved.groupby("category")["above"].sum().to_dict() == pytest.approx(
        {"induction": 2.515, "previous_token": 7.25, "unclassified": 3.25}
    )

    page.locator("[data-effect=effect_natural]").click()
    visitor.wait_query(effects="effect_natural")
    expect(words).to_contain_text("1 of 8 heads differ from 0")
    page.reload()
    visitor.drawn()
    expect(page.locator("[data-effect=effect_natural]")).to_have_attribute("aria-pressed", "true")
    # 1 of 8 comes by chance in one case of three
    expect(words).to_contain_text("all the sums may be noise")
    pale = """() => document.querySelector("#effects-chart .js-plotly-plot")
                      .data.every(({ marker }) => marker.opacity < 0.5)"""
    page.wait_for_function(pale)


def test_the_bars_follow_the_bin_width(visit: Visit, weighed: Server):
    visitor = visit(weighed.url).open(model="weighed", bins=2, effects="effect_repeated")
    page = visitor.page
    expect(page.locator("#effects-words")).to_contain_text("carry")
    page.locator("#bin-width input").press("ArrowRight")
    visitor.wait_query(bins="3")
    page.wait_for_function(
        """() => document.querySelector("#effects-chart .js-plotly-plot")
             .data[0].y.join() === "2.5,0.015,0,0" """
    )


def test_a_score_against_an_effect_lists_the_heads_that_surprise(visit: Visit, weighed: Server):
    visitor = visit(weighed.url).open(model="weighed", scatter="induction:effect_repeated")
    page = visitor.page
    expect(page.locator("#scatter-words")).to_contain_text("positive helps")
    expect(page.locator("#scatter-words")).to_contain_text("An effect stands at its root")
    lists = page.locator("#scatter-surprises .surprise")
    expect(lists.nth(0)).to_contain_text("A name, no effect: 1")
    expect(lists.nth(0).locator("button")).to_have_text(["L3.H0"])
    expect(lists.nth(1)).to_contain_text("No name, a large effect: 0")
    low, titles, dotted = page.evaluate(
        """() => {
          const { layout } = document.querySelector("#scatter-chart .js-plotly-plot");
          const dotted = layout.shapes.map(({ x0, y0 }) => [x0, y0]);
          return [layout.yaxis.range[0], layout.yaxis.title.text, dotted];
        }"""
    )
    assert low < -(0.75**0.5)  # the negative head is inside
    assert titles == "Effect on repeated text (nats per token)"
    assert dotted == [[0.4, 0]]  # of the score alone
    lists.nth(0).locator("button").click()
    visitor.wait_query(head="3.0")
    expect(page.locator("#head-card")).to_contain_text("L3.H0")


def test_the_axes_of_the_scatter_are_chosen(visit: Visit, weighed: Server):
    visitor = visit(weighed.url).open(model="weighed", scatter="induction:effect_repeated")
    page = visitor.page
    across = page.locator("[data-scatter='0']")
    across.select_option("copying")
    visitor.wait_query(scatter="copying:effect_repeated")
    expect(page.locator("#scatter-words")).to_contain_text("Effect on repeated text over Copying")
    expect(across).to_have_value("copying")


def test_two_tables_effects_stand_side_by_side_by_category_and_depth(visit: Visit, weighed: Server):
    visitor = visit(weighed.url).open(model="weighed", bins=2, compare="other")
    page = visitor.page
    effects = page.locator("#compare-effects")
    expect(effects).to_contain_text("a sum is a sum, not a share of the loss")
    expect(effects.locator("h4")).to_have_text(["Effect on repeated text"])
    expect(effects.locator("thead th")).to_have_text(
        ["Category", "Table", "Heads", "All layers", "0–50%", "50–100%"]
    )
    group = effects.locator("tbody").filter(has_text="Previous token")
    expect(group.locator("tr").nth(0).locator(":scope > *")).to_have_text(
        ["Previous token", "Weighed", "2", "+7.250 ± 0.014", "+7.250 ± 0.014", "–"]
    )
    expect(group.locator("tr").nth(1).locator(":scope > *")).to_have_text(
        ["Other", "1", "+1.500 ± 0.010", "+1.500 ± 0.010", "–"]
    )
    group = effects.locator("tbody").filter(has_text="All")
    expect(group.locator("tr").nth(1).locator("td span")).to_have_text(
        ["+1.500 ± 0.010", "−0.250 ± 0.010"] * 2
    )
    expect(group.locator("tr").nth(1).locator("td").last).to_have_text("0")
    visitor.open(model="weighed", bins=2, compare="plain")
    expect(page.locator("#compare-words")).to_contain_text("Both in 2 bins of equal depth")
    expect(effects).to_be_empty()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_open_drawers_are_for_everyone(visit: Visit, weighed: Server, theme: str):
    visitor = visit(weighed.url, viewport={"width": 390, "height": 844})
    opened = {"effects": "effect_repeated", "scatter": "induction:effect_repeated"}
    opened |= {"compare": "other"}
    page = visitor.open(model="weighed", theme=theme, **opened).page
    page.locator("#effects-table table").wait_for()
    page.locator(".surprise").first.wait_for()
    page.locator("#compare-effects table").wait_for()
    page.locator("#observations[aria-busy=false]").wait_for()  # else dimmed
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert serious(page) == []


def test_heads_are_ranked_by_an_effect(visit: Visit, weighed: Server):
    visitor = visit(weighed.url).open(model="weighed")
    page = visitor.page
    page.locator("#ranked-panel > summary").click()
    page.locator(".ranked-form [name=column]").select_option("effect_repeated")
    first = page.locator("#ranked-rows tbody tr")
    expect(first.first).to_contain_text("L1.H0")
    expect(first.first.locator(".number").first).to_have_text("6.750")
    expect(first.last.locator(".number").first).to_have_text("−0.750")
    # a table without effects offers nothing of them, and the choice is let go
    page.locator("#model-select").click()
    page.get_by_role("option", name="Plain").click()
    visitor.wait_query(model="plain")
    expect(page.locator(".ranked-form [name=column]")).to_have_value("induction")
    options = page.locator(".ranked-form [name=column] option")
    expect(options.filter(has_text="Effect")).to_have_count(0)
    expect(page.locator("#ranked-rows [aria-sort]")).to_contain_text("Induction")


def test_a_table_without_effects_names_the_command(visit: Visit, weighed: Server):
    page = visit(weighed.url).open(model="plain", effects="effect_repeated").page
    expect(page.locator("#effects-words")).to_contain_text(
        "This table has no effects. The command headstrata classify MODEL --evidence measures them."
    )
    expect(page.locator("#effects-chart")).not_to_be_visible()
    expect(page.locator("#effects-choice button")).to_have_count(0)
