"""Two tables side by side, and the figure that the project began from."""

import math
import shutil
from collections.abc import Iterator
from pathlib import Path

import made_tables
import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect
from running import Server, serving
from visitor import SMOLLM2, XL, Visit, Visitor

from app.analysis.compare import align, relative_bins
from app.views.budget import BUDGET_VIEW
from app.views.categories import DETAILED
from cache.store import Store

DRAWN = """id => {
  const figure = document.querySelector(`#${id} .js-plotly-plot`);
  return Object.fromEntries(figure.data.map((trace) => [trace.meta || trace.name,
    [...trace.y].map(Number)]));
}"""
AXES = """() => ["one", "other"].map((side) =>
  document.querySelector(`#compare-chart-${side} .js-plotly-plot`).layout.yaxis.range)"""


@pytest.fixture(scope="module")
def two_of_a_kind(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with made tables of the published models' shapes, and SmolLM2 a second time."""
    folder = tmp_path_factory.mktemp("compare") / "cache"
    shutil.copytree(cache_folder, folder)
    store = Store(str(folder))
    published = store.read("gpt2-published").heads
    induction = np.clip(published["induction"] * 0.75, 0, 1)
    heads = made_tables.heads(
        12, 12, induction=induction, previous_token=published["previous_token"]
    )
    record = made_tables.provenance(12, 12, title="GPT-2 small", reference="gpt2")
    store.write("gpt2-computed", heads, record)
    chance = np.random.default_rng(0).uniform(0, 1, 144)
    store.write("gpt2-chance", made_tables.heads(12, 12, induction=chance), record)
    again = store.read(SMOLLM2)
    probes = [probe.model_copy(update={"seed": 1}) for probe in again.provenance.probes]
    moved = again.heads.copy()
    moved["induction"] = (moved["induction"] * 0.5).astype("float32")
    moved.loc[0, "category"], moved.loc[0, "group"] = "induction", "content"
    store.write("smollm2-b", moved, again.provenance.model_copy(update={"probes": probes}))
    xl = made_tables.provenance(48, 25, title="GPT-2 XL", reference="gpt2-xl")
    store.write("gpt2-xl-made", made_tables.heads(48, 25), xl)
    log = tmp_path_factory.mktemp("compare-server") / "log"
    with serving(folder, log, HEADSTRATA_REFRESH_S="5") as running:
        yield running
    assert "Traceback" not in log.read_text()


def charts(visitor: Visitor) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    one, other = (
        visitor.page.evaluate(DRAWN, f"compare-chart-{side}") for side in ("one", "other")
    )
    return one, other


def wait_for_bins(visitor: Visitor, bins: int) -> None:
    visitor.page.wait_for_function(
        """bins => ["one", "other"].every((side) => {
          const figure = document.querySelector(`#compare-chart-${side} .js-plotly-plot`);
          return figure && figure.data && figure.data.length && figure.data[0].y.length === bins;
        })""",
        arg=bins,
    )


def check_drawn(visitor: Visitor, aligned: pd.DataFrame, segment: str) -> None:
    """Each bar is its share, to the digit that is drawn, and those of a bin make 100%."""
    for side, drawn in zip(("one", "other"), charts(visitor), strict=True):
        for name, own in aligned.groupby(segment):
            expected = 100 * own[f"share_{side}"].to_numpy()
            assert drawn[str(name)] == pytest.approx(expected, abs=0.1)
        sums = [sum(bars) for bars in zip(*drawn.values(), strict=True)]
        assert sums == pytest.approx([100] * len(sums))


def cells(visitor: Visitor, label: str) -> list[str]:
    row = visitor.page.locator("#compare-numbers tbody tr").filter(has_text=label)
    return row.locator("td").all_inner_texts()


def points(step: float) -> str:
    tenths = math.floor(1000 * abs(step) + 0.5)
    return f"{'+' if step > 0 else '−'}{tenths / 10:.1f}" if tenths else "0"


def test_both_charts_follow_the_slider_in_aligned_bins(visit: Visit, cache_folder: Path):
    store = Store(str(cache_folder))
    one, other = store.read(XL).heads, store.read(SMOLLM2).heads
    visitor = visit().open(model=XL, bins=12, compare=SMOLLM2, show="percent")
    page = visitor.page
    expect(page.locator("#compare-words")).to_contain_text("Both in 4 bins of equal depth")
    asked: list[str] = []
    page.on("request", lambda request: "pairs" in (request.post_data or "") and asked.append("x"))
    for width in (12, 13, 14):
        bins = relative_bins(48, width, 30)
        wait_for_bins(visitor, bins)
        aligned = align(one, other, bins, DETAILED)
        check_drawn(visitor, aligned, "category")
        page.locator("#bin-width input").press("ArrowRight")
    visitor.wait_query(compare=SMOLLM2)


def test_choosing_a_second_table_writes_the_link_and_the_numbers(visit: Visit):
    """D3: what was not measured alike has no difference; D18: one axis, no rows of dashes."""
    visitor = visit().open(model=SMOLLM2, bins=10)
    page = visitor.page
    page.locator("#compare-panel summary").click()
    expect(page.locator("#compare-hint")).to_contain_text("Choose a second table")
    assert page.locator("#compare-panel .js-plotly-plot").count() == 0  # no empty axes
    page.locator("#compare-select").click()
    expect(page.get_by_role("option", name="GPT-2 XL")).to_be_visible()
    expect(page.get_by_role("option", name="SmolLM2")).to_have_count(0)  # against itself
    page.get_by_role("option", name="GPT-2 small").click()
    visitor.wait_query(compare="gpt2-published")
    expect(page.locator("#compare-hint")).to_be_hidden()
    apart = page.locator("#compare-apart")
    expect(apart).to_contain_text("Not measured alike: Induction (prefix matching) and Previous")
    expect(apart.locator("tbody tr").first).to_contain_text("repeated random tokens")
    expect(page.locator("#compare-legend li").first).to_have_text("Induction pattern")
    wait_for_bins(visitor, 3)
    ranges = page.evaluate(AXES)
    assert ranges == [[0, 100], [0, 100]]  # 81 heads against 48 a bin: shares, on one axis
    expect(page.locator("#compare-body")).to_have_attribute("aria-busy", "false")
    words = page.locator("#compare-words")
    expect(words).to_contain_text("GPT-2 small has 2 of the 9 scores")
    rows = page.locator("#compare-numbers tbody tr")
    expect(rows.first).to_contain_text("Induction pattern")
    # defined differently: both figures, no difference
    expect(rows.first.locator("td").nth(2)).to_have_text("–")
    # what GPT-2 small was never measured for is folded away
    folded = page.locator("#compare-numbers .lacking")
    expect(folded.locator("summary")).to_contain_text("only one of the tables has figures for")
    expect(folded).to_contain_text("First token (sink)")
    expect(page.locator("#compare-heads")).to_contain_text("only two tables of one model")


def test_a_copied_link_pins_the_second_table_too(visit: Visit, cache_folder: Path):
    digest = Store(str(cache_folder)).read("gpt2-published").sha256[:16]
    visitor = visit().open(model=SMOLLM2, bins=10, compare="gpt2")
    page = visitor.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    wait_for_bins(visitor, 3)
    visitor.wait_query(compare="gpt2-published")
    page.locator("#copy-link").click()
    expect(page.locator("#copy-link")).to_have_text("Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert f"&compare=gpt2-published@{digest}" in link
    words = page.locator("#compare-words")
    page.goto(link)
    expect(words).to_contain_text("GPT-2 small has 2 of the 9 scores")
    visitor.wait_query(compare=f"gpt2-published@{digest}")  # as long as it is the second table
    expect(words).not_to_contain_text("another table")
    page.goto(link.replace(digest, "0123456789abcdef"))
    expect(words).to_contain_text(
        "made for another table named gpt2-published (hash 01234567…), which is not here any more"
    )


def test_both_charts_follow_the_drag(visit: Visit):
    visitor = visit().open(model=XL, bins=12, compare=SMOLLM2)
    page = visitor.page
    wait_for_bins(visitor, 4)
    x, y = visitor.hold_slider()
    for step in range(1, 5):
        page.mouse.move(x + 15 * step, y)
    width = int(page.locator("#bin-width input").input_value())
    assert width > 12
    wait_for_bins(visitor, relative_bins(48, width, 30))
    page.mouse.up()
    visitor.wait_query(bins=str(width))


def test_head_by_head_published_against_computed(visit: Visit, two_of_a_kind: Server):
    visitor = visit(two_of_a_kind.url).open(model="gpt2-computed", compare="gpt2")
    page = visitor.page
    expect(page.locator("#compare-apart")).to_contain_text("rows renormalised")
    part = page.locator("#compare-heads")
    # three quarters of the published score keeps every rank
    expect(part).to_contain_text("Induction (prefix matching), 144 heads: Spearman's rho 1.000")
    page.wait_for_function(
        "() => document.querySelectorAll('#compare-scatter .point').length === 144"
    )
    published = Store(str(two_of_a_kind.cache)).read("gpt2-published").heads
    lost = published[(published["induction"] >= 0.4) & (published["induction"] * 0.75 < 0.4)]
    links = part.locator(".pairs .head-link")
    expect(links).to_have_count(len(lost))
    assert len(lost) > 0
    assert set(links.all_inner_texts()) == {f"L{r.layer}.H{r.head}" for r in lost.itertuples()}
    name = links.first.inner_text()
    links.first.click()
    visitor.wait_query(head=name[1:].replace(".H", "."))
    part.get_by_text("Previous token", exact=True).first.click()
    expect(part).to_contain_text(
        "Previous token, 144 heads: Spearman's rho 1.000 (95% interval 1.00 to 1.00); largest "
        "difference 0.000"
    )


def test_without_agreement_it_is_said_and_the_heads_across_the_threshold_are_named(
    visit: Visit, two_of_a_kind: Server
):
    visitor = visit(two_of_a_kind.url).open(model="gpt2-chance", compare="gpt2")
    part = visitor.page.locator("#compare-heads")
    expect(part).to_contain_text("no clear agreement; largest difference")
    store = Store(str(two_of_a_kind.cache))
    one, other = (store.read(name).heads["induction"] for name in ("gpt2-chance", "gpt2-published"))
    crossed = int(((one >= 0.4) != (other >= 0.4)).sum())
    expect(part).to_contain_text(f"{crossed} lie on different sides of the threshold 0.40.")
    first = (other - one).abs().idxmax()
    head = f"L{first // 12}.H{first % 12}"
    expect(part.locator(".pairs .head-link").first).to_have_text(head)
    visitor.page.wait_for_function(
        "count => document.querySelectorAll('#compare-scatter .point').length === count", arg=144
    )


def test_one_model_under_two_settings(visit: Visit, two_of_a_kind: Server):
    visitor = visit(two_of_a_kind.url).open(model=SMOLLM2, compare="smollm2-b", bins=10)
    part = visitor.page.locator("#compare-heads")
    expect(part).to_contain_text("smollm2-135m against smollm2-b")
    expect(part).to_contain_text("They differ in seed (0, 1).")
    expect(part).to_contain_text("270 heads: Spearman's rho 1.000")
    expect(part).to_contain_text("1 of 270 that both name differ in category")
    assert "L0.H0" in part.locator(".pairs .head-link").all_inner_texts()


def test_budgets_side_by_side_and_numbers_in_every_bin(visit: Visit, two_of_a_kind: Server):
    store = Store(str(two_of_a_kind.cache))
    one, other = store.read(SMOLLM2).heads, store.read("gpt2-chance").heads
    visitor = visit(two_of_a_kind.url).open(
        model=SMOLLM2, bins=10, compare="gpt2-chance", show="budget"
    )
    page = visitor.page
    for width in (10, 11):
        bins = relative_bins(30, width, 12)
        wait_for_bins(visitor, bins)
        aligned = align(one, other, bins, BUDGET_VIEW)
        check_drawn(visitor, aligned, "destination")
        first = aligned[aligned["destination"] == "mass_first"]
        whole = align(one, other, 1, BUDGET_VIEW).iloc[0]
        assert cells(visitor, "The first token") == [
            f"{100 * whole['share_one']:.1f}%",
            f"{100 * whole['share_other']:.1f}%",
            f"{points(whole['difference'])} pp",
            *map(points, first["difference"]),
        ]
        page.locator("#bin-width input").press("ArrowRight")
    expect(page.locator("#compare-words")).to_contain_text("Shares of the attention")


def test_the_view_is_followed_and_a_table_without_it_is_named(visit: Visit):
    visitor = visit().open(model=XL, bins=12, compare=SMOLLM2)
    page = visitor.page
    words, rows = page.locator("#compare-words"), page.locator("#compare-numbers")
    wait_for_bins(visitor, 4)
    page.locator("#taxonomy-select").get_by_text("Operations").click()
    expect(words).to_contain_text("No operations were published for the heads of SmolLM2-135M")
    expect(words).to_contain_text("Categories are compared instead.")
    page.locator("#taxonomy-select").get_by_text("Grouped").click()
    expect(words).not_to_contain_text("instead")
    expect(rows).to_contain_text("Sink")
    page.wait_for_function(
        """() => {
          const traces = document.querySelector("#compare-chart-other .js-plotly-plot").data;
          const first = traces.reduce((sum, trace) => sum + trace.y[0], 0);
          return Math.abs(first - 100) < 1e-6;
        }"""
    )


def test_operations_side_by_side(visit: Visit, two_of_a_kind: Server):
    visitor = visit(two_of_a_kind.url).open(
        model=XL, bins=12, compare="gpt2-xl-made", taxonomy="operations"
    )
    expect(visitor.page.locator("#compare-numbers")).to_contain_text("Copying")
    wait_for_bins(visitor, 4)
    one, other = charts(visitor)
    assert one == other
    assert cells(visitor, "Copying")[:3] == ["46 · 3.8%", "46 · 3.8%", "0"]


def test_an_unknown_second_table_is_noted(visit: Visit):
    visitor = visit().open(model=XL, compare="../../etc/passwd")
    assert "../../etc/passwd" in visitor.status()
    visitor.wait_query(compare=None)


def test_the_reference_figure_is_loaded_when_opened(visit: Visit):
    visitor = visit().open(model=XL)
    page = visitor.page
    assert page.locator("#reference-described").count() == 0
    page.locator("#reference-panel summary").click()
    body = page.locator("#reference-body")
    expect(body).to_contain_text("As described, 3 of its 4 bins do not add up: 78.8% in [0, 12)")
    expect(body).to_contain_text("33 + 33 + 34 + 34 = 134 heads")
    expect(body).to_contain_text("They are not attention patterns")
    expect(body.locator(".sum .bad")).to_have_text(["78.8%", "84.8%", "127.5%"])
    page.wait_for_function(
        "() => document.querySelectorAll('#reference-corrected .point').length > 0"
    )
    drawn = page.evaluate(DRAWN, "reference-corrected")
    assert drawn["dark green"] == [7, 12, 27, 19]
    assert drawn["light green"] == [22, 16, 3, 9]


def test_the_shown_bins_go_through_the_same_check_and_another_model_has_a_link(visit: Visit):
    visitor = visit().open(model=XL, bins=10)
    page = visitor.page
    page.locator("#reference-panel summary").click()
    told = page.locator("#reference-check")
    expect(told).to_contain_text("bins of 10 layers: All 5 bins make 100% of whole heads.")
    page.locator("#bin-width input").press("ArrowRight")
    expect(told).to_contain_text("bins of 11 layers: All 5 bins make 100% of whole heads.")
    expect(page.locator("#reference-link")).to_be_hidden()
    visitor.open(model=SMOLLM2)
    expect(page.locator("#reference-panel")).to_be_hidden()
    expect(page.locator("#reference-link a")).to_have_attribute(
        "href", "./?model=gpt2-xl#reference-panel"
    )
