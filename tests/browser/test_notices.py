"""What is told above the chart: while it holds, and no longer."""

import shutil
from pathlib import Path

from playwright.sync_api import expect
from visitor import SMOLLM2, XL, Visit


def test_a_lost_server_is_told_until_it_answers_again(visit: Visit):
    visitor = visit(cold=True).open(model=SMOLLM2, bins=10)
    observed = visitor.page.locator("#observations")
    expect(observed).to_contain_text("in bins of 10 layers")
    visitor.page.context.set_offline(True)
    visitor.page.locator("#bin-width input").focus()
    visitor.page.keyboard.press("ArrowRight")
    expect(visitor.page.locator("#status")).to_contain_text("The server does not answer")
    visitor.page.context.set_offline(False)
    expect(visitor.page.locator("#status")).to_be_empty()
    expect(observed).to_contain_text("in bins of 11 layers")
    visitor.complaints.clear()  # the browser's own, of the requests that failed


def test_a_table_chosen_meanwhile_is_fetched_when_the_server_answers(visit: Visit):
    visitor = visit(cold=True).open(model=SMOLLM2)
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.context.set_offline(True)
    visitor.page.locator("#model-select").click()
    visitor.page.get_by_role("option", name="GPT-2 XL").click()
    expect(visitor.page.locator("#status")).to_contain_text("The server does not answer")
    visitor.page.context.set_offline(False)
    expect(visitor.page.locator("#heading")).to_contain_text("1,200 heads")
    expect(visitor.page.locator("#status")).to_be_empty()
    visitor.complaints.clear()


def test_the_grids_code_is_fetched_again(visit: Visit):
    visitor = visit(cold=True).open(model=XL, bins=12)
    code = "**/dash_ag_grid.min*"
    visitor.page.route(code, lambda route: route.abort())
    visitor.click_segment(36, "induction")
    again = visitor.page.get_by_role("button", name="Try again")
    again.wait_for()
    visitor.page.unroute(code)
    again.click()
    expect(visitor.page.locator("#segment-table .ag-row").first).to_be_visible()
    expect(visitor.page.locator("#segment-title")).to_contain_text("Induction pattern")
    visitor.complaints.clear()


def test_notes_of_a_link_are_a_list_and_go_with_their_table(visit: Visit):
    visitor = visit().open(model=XL, bins=99, show="x")
    notes = visitor.page.locator("#status li")
    expect(notes).to_have_count(2)
    visitor.page.locator("#model-select").click()
    visitor.page.get_by_role("option", name="SmolLM2").click()
    expect(visitor.page.locator("#heading")).to_contain_text("270 heads")
    expect(visitor.page.locator("#status")).to_be_empty()


def test_a_note_can_be_closed(visit: Visit):
    visitor = visit().open(model=XL, bins=99)
    expect(visitor.page.locator("#status")).to_contain_text("bins=“99”")
    close = visitor.page.get_by_role("button", name="Close the note")
    close.click()
    expect(visitor.page.locator("#status")).to_be_empty()
    expect(close).to_be_hidden()


def test_that_a_table_is_ready_is_told_until_it_is_shown(visit: Visit, cache_folder: Path):
    visitor = visit().open(model=XL)
    tables = cache_folder / "tables"
    shutil.copy(tables / f"{SMOLLM2}.parquet", tables / "again.parquet")
    try:
        visitor.page.get_by_role("button", name="Show it").click()
        expect(visitor.page.locator("#heading")).to_contain_text("270 heads")
        expect(visitor.page.locator("#status")).to_be_empty()
    finally:
        (tables / "again.parquet").unlink()


def test_a_segment_that_the_view_lacks_is_told_and_left_out_of_the_address(visit: Visit):
    for query, told in (
        ({"segment": "3:induction", "bins": 5}, "no segment “3:induction” in bins of 5 layers"),
        (
            {"segment": "0:induction", "taxonomy": "grouped"},
            "“0:induction” in bins of 8 layers by group of categories",
        ),
    ):
        visitor = visit().open(model=SMOLLM2, **query)
        expect(visitor.page.locator("#status")).to_contain_text(told)
        visitor.wait_query(segment=None, show="count")


def test_a_segment_that_moved_away_with_the_width_is_not_in_the_address(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=5, segment="15:induction")
    visitor.wait_query(segment="15:induction")
    visitor.page.locator("#bin-width input").focus()
    visitor.page.keyboard.press("ArrowRight")
    visitor.wait_query(bins="6", segment=None)


def test_a_segment_without_heads_says_so(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=8, segment="0:induction")
    slot = visitor.page.locator("#segment-slot")
    expect(slot).to_have_text("No head of this category in [0, 8).")
    box = slot.bounding_box()
    assert box
    assert box["height"] < 80
