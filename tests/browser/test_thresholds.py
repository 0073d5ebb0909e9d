"""What-if thresholds: everything follows, and says so."""

import io
import urllib.request
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect
from visitor import SMOLLM2, XL, Visit, Visitor

from cache.store import PUBLISHED, Store
from vocabulary.taxonomy import CATEGORIES

FIRST_TIER = [
    "induction",
    "duplicate_token",
    "previous_token",
    "current_token",
    "local_window",
    "delimiter",
]
FIRST_TOKEN = "[data-threshold=first_token] input"


@pytest.fixture
def scores() -> pd.DataFrame:
    return pd.read_parquet(PUBLISHED / f"{XL}.parquet")


def counted(visitor: Visitor, name: str) -> int:
    text = visitor.page.locator(f"#chip-{name} .chip-count").inner_text()
    return int(text.split(" ")[0].replace(",", ""))


def opened(visitor: Visitor) -> Visitor:
    visitor.page.locator("#what-if-panel summary").first.click()
    visitor.page.locator("[data-threshold=induction] input").wait_for()
    return visitor


def test_a_link_with_thresholds_shows_the_heads_they_name(visit: Visit, scores: pd.DataFrame):
    """D1: and does not look like a finding."""
    visitor = visit().open(model=XL, bins=12, t="induction:0.3")
    # no head has both patterns at these thresholds, so the count is a plain comparison
    named = scores[(scores["induction"] >= 0.3) & (scores["previous_token"] < 0.4)]
    assert counted(visitor, "induction") == len(named) == 90
    # a finding of other thresholds never looks like one of the table's
    assert visitor.page.locator("#chip-induction").inner_text().split("\n")[-1] == "90 (+28)"
    expect(visitor.page.locator(".what-if-note")).to_be_in_viewport()
    assert visitor.chart()["title"] == "GPT-2 XL · what if"
    bars = {trace["name"]: trace["heights"] for trace in visitor.chart()["data"]}
    layers = named["layer"] // 12
    assert bars["induction"] == [int((layers == b).sum()) for b in range(4)]
    expect(visitor.page.locator("#what-if-panel")).to_have_attribute("open", "")
    expect(visitor.page.locator("#what-if-count")).to_have_text(
        "28 of 1,200 heads (2.3%) change their category."
    )
    visitor.wait_query(t="induction:0.3")


def test_a_slider_moves_chart_map_link_and_card(visit: Visit, cache_folder: Path):
    visitor = opened(visit().open(model=SMOLLM2, bins=10, head="24.4"))
    page = visitor.page
    before = counted(visitor, "first_token")
    thumb = page.locator(FIRST_TOKEN)
    assert thumb.get_attribute("aria-label") == "Threshold of First token (sink), default 0.4"
    thumb.focus()
    for _ in range(20):
        thumb.press("ArrowRight")
    visitor.wait_query(t="first_token:0.6")
    heads = Store(str(cache_folder)).read(SMOLLM2).heads
    resting = ~heads["category"].isin(FIRST_TIER)
    after = int((resting & (heads["first_token"] >= 0.6)).sum())
    assert after < before
    expect(page.locator("#chip-first_token .chip-count")).to_have_text(
        f"{after} (−{before - after})"
    )
    expect(page.locator("[data-threshold=first_token] .threshold-count")).to_have_text(
        f"{after} heads (−{before - after})"
    )
    summed = sum(sum(trace["heights"]) for trace in visitor.chart()["data"])
    assert summed == 270
    expect(page.locator("#head-card .visually-hidden", has_text="0.60")).to_have_count(1)


def test_changed_heads_are_listed_and_one_click_opens_one(visit: Visit, scores: pd.DataFrame):
    visitor = visit().open(model=XL, bins=12, t="induction:0.3")
    page = visitor.page
    page.locator("#what-if-which summary").click()
    changed = scores[
        scores["induction"].between(0.3, 0.4, "left") & (scores["previous_token"] < 0.4)
    ]
    names = [f"L{row.layer}.H{row.head}" for row in changed.itertuples()]
    expect(page.locator(".change")).to_have_count(1)
    way = page.locator(".change-way")
    expect(way).to_have_text("Not measured→ becomes Induction pattern28 heads")
    assert page.locator(".change .head-link").all_inner_texts() == names
    page.locator(".change .head-link").first.click()
    expect(page.locator("#head-card")).to_contain_text(names[0])
    expect(page.locator("#head-card")).to_contain_text("Induction pattern")
    visitor.wait_query(head=names[0][1:].replace(".H", "."))


def test_reset_gives_the_stored_table_back(visit: Visit):
    visitor = visit().open(model=XL, bins=12, t="induction:0.3,previous_token:0.9")
    page = visitor.page
    page.locator("#what-if-panel [data-action=reset-thresholds]").click()
    expect(page.locator("#chip-induction .chip-count")).to_have_text("62")
    expect(page.locator("#chip-previous_token .chip-count")).to_have_text("36")
    expect(page.locator("[data-threshold=induction] input")).to_have_value("0.4")
    visitor.wait_query(t=None)
    expect(page.locator(".what-if-note")).to_have_count(0)


def test_downloads_say_which_thresholds(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=10, t="first_token:0.6")
    visitor.wait_query(t="first_token:0.6")
    for link, form in (("#download-heads", "heads"), ("#download-bins", "bins")):
        visitor.open_downloads()
        with visitor.page.expect_download() as started:
            visitor.page.locator(link).click()
        assert "first_token-0.6" in started.value.suggested_filename
        rows = pd.read_csv(started.value.path())
        assert set(rows["thresholds"]) == {"first_token:0.6"}, form
        named = rows["category"] == "first_token"
        total = int(named.sum()) if form == "heads" else int(rows.loc[named, "heads"].sum())
        assert total == counted(visitor, "first_token")


def test_the_same_rules_as_the_workers_on_every_head(visit: Visit, server, cache_folder):
    heads = Store(str(cache_folder)).read(SMOLLM2).heads
    url = f"{server.url}/api/heads?model={SMOLLM2}&format=parquet&t=first_token:0.6,broad:0.5"
    with urllib.request.urlopen(url) as answer:
        changed = pd.read_parquet(io.BytesIO(answer.read()))
    at_rest = ~heads["category"].isin(FIRST_TIER)
    expected = heads["first_token"] >= 0.6
    assert (changed.loc[at_rest & expected, "category"] == "first_token").all()
    assert not (changed.loc[~expected, "category"] == "first_token").any()
    broad = at_rest & ~expected & (heads["entropy"] >= 0.5)
    assert (changed.loc[broad, "category"] == "broad").all()


def test_the_map_tells_margins_under_a_small_threshold(visit: Visit, server):
    url = f"{server.url}/api/heads?model={SMOLLM2}&format=csv&t=induction:0.01"
    with urllib.request.urlopen(url) as answer:
        margins = pd.read_csv(answer)["margin"]
    assert margins.max() > 13  # in units of the threshold
    visitor = visit().open(model=SMOLLM2, t="induction:0.01")
    texts = visitor.page.evaluate(
        "document.querySelector('#head-map .js-plotly-plot').data[0].text.flat().join(' ')"
    )
    assert f"margin {margins.max():.2f}" in texts


def test_map_and_segment_table_follow_the_thresholds(visit: Visit, scores: pd.DataFrame):
    visitor = visit().open(model=XL, bins=12, segment="12:induction", t="induction:0.3")
    page = visitor.page
    named = scores[(scores["induction"] >= 0.3) & (scores["previous_token"] < 0.4)]
    expect(page.locator("#segment-title")).to_contain_text("20 heads, 6.7% of the bin")
    listed = page.locator("#segment-table .ag-pinned-left-cols-container .ag-row")
    listed.first.wait_for()
    inside = named[named["layer"].between(12, 23)]
    assert len(inside) == 20
    weakest = inside.sort_values("induction").iloc[0]
    assert 0.3 <= weakest["induction"] < 0.4  # only the changed threshold names it
    score = page.locator("#segment-table .ag-header-cell[col-id=main]")
    for _ in range(2):  # from the strongest first over no order to the weakest first
        score.locator(".ag-header-cell-label").click()
    expect(page.locator("#segment-table .ag-row[row-index='0'] [col-id=id]")).to_have_text(
        f"L{weakest['layer']:.0f}.H{weakest['head']:.0f}"
    )
    cells = page.evaluate(
        "() => headstrata.plotted(document.getElementById('head-map')).data[0].z.map((r) => [...r])"
    )
    place = list(CATEGORIES).index("induction")
    drawn = {(x, y) for y, row in enumerate(cells) for x, cell in enumerate(row) if cell == place}
    assert drawn == set(zip(named["layer"], named["head"], strict=True))


def test_a_links_thousandths_are_shown(visit: Visit, scores: pd.DataFrame):
    visitor = visit().open(model=XL, bins=12, t="induction:0.333")
    assert counted(visitor, "induction") == int((scores["induction"] >= 0.333).sum())
    value = visitor.page.locator("[data-threshold=induction] .threshold-value")
    expect(value).to_have_text("0.333")
    expect(visitor.page.locator("[data-threshold=broad] .threshold-value")).to_have_text("0.78")


def test_scores_that_a_table_lacks_have_no_slider_to_move(visit: Visit):
    visitor = opened(visit().open(model=XL, bins=12))
    row = visitor.page.locator("[data-threshold=broad]")
    expect(row).to_contain_text("score not in this table")
    expect(row.get_by_role("slider")).to_be_disabled()


def test_an_embedded_chart_says_its_thresholds(visit: Visit, server):
    visitor = visit()
    visitor.page.goto(f"{server.url}/embed?model={XL}&bins=12&t=induction:0.3")
    visitor.drawn()
    note = visitor.page.locator(".what-if-note")
    expect(note).to_be_visible()
    expect(note).to_contain_text("Induction pattern 0.3 (default 0.4)")
    expect(visitor.page.locator("#what-if-panel")).to_be_hidden()


def test_the_chart_stays_in_view_over_the_sliders(visit: Visit):
    visitor = visit(viewport={"width": 1280, "height": 720}).open(model=SMOLLM2)
    page = visitor.page
    page.locator("#what-if-panel > summary").click()
    first = page.locator("[data-threshold=induction]")
    first.wait_for()
    first.evaluate("one => one.scrollIntoView({ block: 'end', behavior: 'instant' })")
    expect(page.locator("#head-chart")).to_be_in_viewport(ratio=0.9)
    before = first.bounding_box()
    first.get_by_role("slider").press("ArrowRight")
    visitor.wait_query(t="induction:0.41")
    expect(page.locator(".what-if-note")).to_be_visible()
    # it does not push the slider away by as much as can be seen
    assert first.bounding_box() == pytest.approx(before, abs=0.5)
