"""Two tables side by side, and the figure that the project began from."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import made_tables
import numpy as np
import pytest
from playwright.sync_api import expect
from running import Server, serving
from visitor import SMOLLM2, XL, Visit, Visitor

from app.analysis.compare import align, relative_bins
from app.analysis.taxonomies import TAXONOMIES
from cache.store import Store

DRAWN = """id => {
  const figure = document.querySelector(`#${id} .js-plotly-plot`);
  return Object.fromEntries(figure.data.map((trace) => [trace.meta || trace.name,
    [...trace.y].map(Number)]));
}"""


@pytest.fixture(scope="module")
def two_of_a_kind(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a made table of GPT-2 small's shape beside the published one."""
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


def test_both_charts_follow_the_slider_in_aligned_bins(visit: Visit, cache_folder: Path):
    store = Store(str(cache_folder))
    one, other = store.read(XL).heads, store.read(SMOLLM2).heads
    visitor = visit().open(model=XL, bins=12, compare=SMOLLM2)
    page = visitor.page
    expect(page.locator("#compare-words")).to_contain_text("Both in 4 bins of equal depth")
    asked: list[str] = []
    page.on("request", lambda request: "pairs" in (request.post_data or "") and asked.append("x"))
    for width in (12, 13, 14):
        bins = relative_bins(48, width, 30)
        wait_for_bins(visitor, bins)
        aligned = align(one, other, bins, TAXONOMIES["detailed"])
        for side, drawn in zip(("one", "other"), charts(visitor), strict=True):
            for name, own in aligned.groupby("category"):
                expected = [float(text.rstrip("%")) for text in own[f"percent_{side}"]]
                assert drawn[str(name)] == pytest.approx(expected)
        page.locator("#bin-width [role=slider]").press("ArrowRight")
    visitor.wait_query(compare=SMOLLM2)


def test_choosing_a_second_table_writes_the_link_and_the_numbers(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=10)
    page = visitor.page
    page.locator("#compare-panel summary").click()
    expect(page.locator("#compare-hint")).to_contain_text("Choose a second table")
    assert page.locator("#compare-panel .js-plotly-plot").count() == 0  # no empty axes
    page.locator("#compare-select").click()
    page.get_by_role("option", name="GPT-2 small").click()
    visitor.wait_query(compare="gpt2-published")
    expect(page.locator("#compare-hint")).to_be_hidden()
    words = page.locator("#compare-words")
    expect(words).to_contain_text("GPT-2 small has 2 of the 9 scores")
    expect(words.locator("tbody tr").first).to_contain_text("Induction pattern")
    expect(page.locator("#compare-heads")).to_contain_text("only two tables of one model")


def test_both_charts_follow_the_drag(visit: Visit):
    visitor = visit().open(model=XL, bins=12, compare=SMOLLM2)
    page = visitor.page
    wait_for_bins(visitor, 4)
    box = page.locator("#bin-width [role=slider]").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 5):
        page.mouse.move(x + 15 * step, y)
    width = int(page.locator("#bin-width [role=slider]").get_attribute("aria-valuenow") or 0)
    assert width > 12
    wait_for_bins(visitor, relative_bins(48, width, 30))
    page.mouse.up()
    visitor.wait_query(bins=str(width))


def test_head_by_head_published_against_computed(visit: Visit, two_of_a_kind: Server):
    visitor = visit(two_of_a_kind.url).open(model="gpt2-computed", compare="gpt2")
    page = visitor.page
    part = page.locator("#compare-heads")
    # three quarters of the published score keeps every rank
    expect(part).to_contain_text("induction of 144 heads: Spearman's rho 1.000")
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
        "previous_token of 144 heads: Spearman's rho 1.000, largest difference 0.000"
    )


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
    expect(body).to_contain_text("As described, 3 of its 4 bins do not add up: 78.8 % in [0,12)")
    expect(body).to_contain_text("33 + 33 + 34 + 34 = 134 heads")
    expect(body).to_contain_text("They are not attention patterns")
    expect(body.locator(".sum .bad")).to_have_text(["78.8%", "84.8%", "127.5%"])
    page.wait_for_function(
        "() => document.querySelectorAll('#reference-corrected .point').length > 0"
    )
    drawn = page.evaluate(DRAWN, "reference-corrected")
    assert drawn["dark green"] == [7, 12, 27, 19]
    assert drawn["light green"] == [22, 16, 3, 9]
