"""Operations and attention budget: further ways to look at the same heads."""

import numpy as np
import pytest
from playwright.sync_api import expect
from visitor import SMOLLM2, XL, Visit, Visitor

from app.views.budget import budget_by_bin
from cache.evidence import evidence_for
from cache.schema import destinations
from cache.store import Store
from vocabulary.operations import OPERATIONS


def drawn(visitor: Visitor) -> dict[str, list[float]]:
    return {trace["name"]: trace["heights"] for trace in visitor.chart()["data"]}


def choose(visitor: Visitor, control: str, label: str) -> None:
    visitor.page.locator(f"#{control}").get_by_text(label, exact=True).click()


def test_operations_count_the_201_heads_of_the_paper(visit: Visit):
    """D10: heading and source are those of the operations."""
    visitor = visit().open(model=XL, bins=12)
    choose(visitor, "taxonomy-select", "Operations")
    visitor.wait_query(taxonomy="operations")
    visitor.page.locator("#chip-copying").wait_for()
    bars = drawn(visitor)
    none = bars.pop("no_operation")
    assert list(bars) == ["copying", "algorithmic", "knowledge", "linguistic"]
    # 20/27/90/64 heads implement at least one (Elhelo and Geva 2024, as published)
    assert [300 - count for count in none] == [20, 27, 90, 64]
    assert [sum(column) for column in zip(*bars.values(), strict=True)] == [20, 27, 90, 64]
    note = visitor.page.locator(".view-note")
    expect(note).to_contain_text("Elhelo and Geva 2024")
    expect(note).to_contain_text("62 heads with the induction pattern, 30 copy")
    expect(note).to_contain_text("and 9 suppress it")
    expect(visitor.page.locator("#heading")).to_contain_text("carry out a known operation")
    expect(visitor.page.locator("#source-note")).to_contain_text("by Elhelo and Geva 2024")


def test_the_map_carries_the_sign_of_copying_on_induction_heads(visit: Visit):
    visitor = visit().open(model=XL, bins=12, taxonomy="operations")
    visitor.page.locator("#chip-copying").wait_for()
    signs = visitor.page.evaluate(
        """() => {
          const { x, y, text } = headstrata.plotted(document.getElementById("head-map")).data[1];
          return text.map((sign, at) => [x[at], y[at], sign]);
        }"""
    )
    published = evidence_for("gpt2-xl")
    assert published is not None
    assert published.operations is not None
    induction = published.scores["induction"] >= 0.4
    copying = ["name_copying", "general_copying_english_500"]
    copies, suppresses = (
        (published.operations[[name + ending for name in copying]] >= 0.15).any(axis=1)
        for ending in ("", "__suppression")
    )
    expected = [
        [i // 25, i % 25, "+" if copies[i] else "−" if suppresses[i] else "○"]
        for i in np.flatnonzero(induction)
    ]
    assert signs == expected
    assert [sign for *_, sign in signs].count("+") == 30
    assert [sign for *_, sign in signs].count("−") == 9
    choose(visitor, "taxonomy-select", "Detailed")
    visitor.page.locator("#chip-induction").wait_for()
    visitor.page.wait_for_function(
        "() => headstrata.plotted(document.getElementById('head-map')).data[1].mode === 'markers'"
    )


def test_a_familys_chip_counts_its_operations(visit: Visit):
    published = evidence_for("gpt2-xl")
    assert published is not None
    assert published.operations is not None
    scores = published.operations[list(OPERATIONS)]
    strongest = scores.idxmax(axis=1)[scores.max(axis=1) >= 0.15].value_counts()
    visitor = visit().open(model=XL, bins=12, taxonomy="operations")
    visitor.page.locator("#chip-knowledge").hover()
    line = visitor.page.locator("#chip-sentence")
    for operation in OPERATIONS.values():
        if operation.family == "knowledge":
            expect(line).to_contain_text(f"{operation.label} {strongest[operation.name]}")
    assert "Name copying" not in line.inner_text()


def test_a_category_seen_alone_is_let_go_in_a_view_without_it(visit: Visit):
    visitor = visit().open(model=XL, bins=12)
    visitor.page.locator("[data-chip=induction]").click()
    visitor.page.wait_for_function(
        "() => headstrata.chart().data.filter((one) => one.heights.some((y) => y > 0)).length === 1"
    )
    choose(visitor, "taxonomy-select", "Grouped")
    visitor.page.wait_for_function(
        "() => headstrata.chart().data.some((one) => one.name === 'content' && one.heights[2] > 0)"
    )


def test_the_segment_lists_all_operations_and_the_sign(visit: Visit):
    visitor = visit().open(model=XL, bins=12, taxonomy="operations", segment="24:copying")
    page = visitor.page
    expect(page.locator("#segment-title")).to_contain_text("Copying, layers [24, 36)")
    page.locator("#segment-table .ag-row").first.wait_for()
    cell = page.locator("#segment-table .ag-row [col-id=operations]").first
    expect(cell).to_contain_text("copying 0.")
    signs = page.locator("#segment-table .ag-row [col-id=sign]").all_inner_texts()
    assert set(signs) <= {"copies", "copies and suppresses"}
    assert "copies" in signs
    assert page.locator("#segment-table .ag-header-cell").evaluate_all(
        "cells => cells.sort((a, b) => a.ariaColIndex - b.ariaColIndex)"
        ".slice(0, 4).map((cell) => cell.getAttribute('col-id'))"
    ) == ["id", "main", "sign", "operations"]


def test_a_cells_hover_lists_what_the_head_implements(visit: Visit):
    visitor = visit().open(model=XL, bins=12, taxonomy="operations", segment="24:copying")
    visitor.page.locator("#segment-table .ag-row").first.wait_for()
    name = visitor.page.locator("#segment-table .ag-row [col-id=id]").first.inner_text()
    layer, head = map(int, name[1:].split(".H"))
    visitor.page.mouse.move(*visitor.cell(layer, head))
    hover = visitor.page.locator("#head-map .hoverlayer")
    expect(hover).to_contain_text(name)
    expect(hover).to_contain_text("Implements:")


def test_a_view_that_a_table_lacks_is_disabled_and_a_link_to_it_says_why(visit: Visit):
    """Operations of SmolLM2, the budget of GPT-2 XL: one way for both (D9)."""
    visitor = visit().open(model=SMOLLM2, taxonomy="operations")
    page = visitor.page
    expect(page.locator("#taxonomy-select input[value=operations]")).to_be_disabled()
    expect(page.locator("#show-select input[value=budget]")).to_be_enabled()
    visitor.wait_query(taxonomy="detailed")
    assert "induction" in drawn(visitor)
    expect(page.locator("#status")).to_contain_text(
        "Operations cannot be shown: No operations were published for the heads of SmolLM2-135M"
    )
    visitor.open(model=XL, show="budget")
    expect(page.locator("#show-select input[value=budget]")).to_be_disabled()
    expect(page.locator("#taxonomy-select input[value=operations]")).to_be_enabled()
    visitor.wait_query(show="count")
    expect(page.locator("#status")).to_contain_text(
        "Budget cannot be shown: GPT-2 XL has no attention budget: nobody published"
    )
    page.locator("#taxonomy-select").get_by_text("Operations").click()
    expect(page.locator("#what-if-panel")).to_be_hidden()  # thresholds do nothing there


def test_the_budget_follows_the_slider_without_a_request(visit: Visit, cache_folder):
    heads = Store(str(cache_folder)).read(SMOLLM2).heads
    visitor = visit().open(model=SMOLLM2, bins=10, show="budget")
    visitor.page.locator("#chip-mass_first").wait_for()
    asked: list[str] = []
    visitor.page.on(
        "request", lambda request: asked.append(request.url + (request.post_data or "")[:200])
    )
    thumb = visitor.page.locator("#bin-width input")
    thumb.focus()
    names = destinations(heads)
    for width in (10, 11):
        expected = budget_by_bin(heads, width)
        shares = drawn(visitor)
        for at, (_, own) in enumerate(expected.groupby("start")):
            column = [shares[name][at] for name in names]
            assert sum(column) == pytest.approx(100)
            assert column == pytest.approx(100 * own["share"], abs=0.001)
        thumb.press("ArrowRight")
        visitor.wait_query(bins=str(width + 1))
    answers_for_the_chart = ("/api/", "table.data", "extras.data", "what-if.data")
    assert [one for one in asked if any(name in one for name in answers_for_the_chart)] == []


def test_a_budgets_segment_lists_its_heads_by_what_they_send_there(visit: Visit, cache_folder):
    heads = Store(str(cache_folder)).read(SMOLLM2).heads
    visitor = visit().open(model=SMOLLM2, bins=10, show="budget", segment="20:mass_first")
    masses = heads.loc[heads["layer"] >= 20, destinations(heads)]
    count = int((masses.idxmax(axis=1) == "mass_first").sum())
    share = masses["mass_first"].mean()
    title = visitor.page.locator("#segment-title")
    expect(title).to_contain_text(f"{100 * share:.1f}% of the attention of the bin's 90 heads")
    expect(title).to_contain_text(f"the largest destination of {count} head")
    row = visitor.page.locator("#segment-table .ag-row[row-index='0']")
    top = heads.loc[masses["mass_first"].idxmax()]
    expect(row.locator("[col-id=id]")).to_have_text(f"L{top['layer']}.H{top['head']}")
    expect(row.locator("[col-id=main]")).to_have_text(f"{top['mass_first']:.2f}")
    # one that sends most of its attention elsewhere stands there too, with its share
    low = heads.loc[masses["mass_first"].idxmin()]
    visitor.page.locator("#segment-table .ag-header-cell[col-id=main]").click()
    visitor.page.locator("#segment-table .ag-header-cell[col-id=main]").click()
    expect(row.locator("[col-id=id]")).to_have_text(f"L{low['layer']}.H{low['head']}")
    expect(row.locator("[col-id=main]")).to_have_text(f"{low['mass_first']:.2f}")
    headers = visitor.page.locator("#segment-table .ag-header-cell-text").all_inner_texts()
    assert "The first token" in headers
    assert headers.count("The first token") == 1
    assert "The current token" in headers
    # a budget has no categories to choose from
    categories = visitor.page.locator("#taxonomy-select")
    expect(categories.locator("input").first).to_be_disabled()
    choose(visitor, "show-select", "Share")
    expect(categories.locator("input").first).to_be_enabled()
