"""Finding heads: by their categories' chips, by a box, in a ranked table; and the way back."""

from playwright.sync_api import expect
from visitor import SMOLLM2, Visit

LISTED = "#segment-table .ag-pinned-left-cols-container .ag-row"


def test_chips_list_their_heads_the_list_stays_and_back_lets_go(visit: Visit):
    """D8, D14, D15, D16, D20, and thin segments."""
    visitor = visit(viewport={"width": 1280, "height": 800}).open(model=SMOLLM2, bins=30)
    page = visitor.page
    # Three of 270 heads are two px: the segment answers within some px of them.
    page.locator("[data-thin='0:duplicate_token']").hover()
    expect(page.locator("#head-chart .hovertext")).to_contain_text("Duplicate token")
    page.mouse.move(5, 5)
    visitor.wait_query(bins="30")
    before = page.evaluate("history.length")
    page.locator("#chip-induction").click()
    title = page.locator("#segment-title")
    expect(title).to_contain_text("6 heads, 2.2% of all")
    page.locator(LISTED).first.wait_for()
    heads = page.locator("#segment-table .ag-header-cell").evaluate_all(
        "cells => cells.map((cell) => cell.getAttribute('col-id'))"
    )
    assert "main" in heads
    assert "category" not in heads  # all rows would have the same
    page.locator("#chip-previous_token").click()
    expect(title).to_contain_text("11 heads, 4.1% of all")
    visitor.wait_query(only="induction,previous_token", segment=None)
    row = page.locator(f"{LISTED}[row-id='L17.H3']")
    place = row.bounding_box()
    row.locator(".ag-cell").click()
    expect(page.locator("#head-said")).to_have_text("L17.H3, Induction pattern, 0.79")
    expect(page.locator("#head-verdict")).to_contain_text(
        "First token (sink) also reaches its threshold, but a head is named for what it does at "
        "its trigger before where it rests."
    )
    expect(page.locator("#head-verdict")).to_contain_text("Runner-up: none near")
    assert row.bounding_box() == place
    page.locator("#head-card").press("ArrowRight")
    visitor.wait_query(head="16.0")  # the next listed one: previous token 0.75, after 0.79
    expect(page.locator(f"{LISTED}.ag-row-selected")).to_have_text("L16.H0")
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect(title).to_be_hidden()
    visitor.wait_query(only=None, head=None, bins="30")
    expect(page.locator("#chip-induction")).to_have_attribute("aria-pressed", "false")
    visitor.open(model=SMOLLM2, only="induction,nobody")
    expect(title).to_contain_text("6 heads")
    assert "only=“nobody” is not one of “Detailed”" in visitor.status()
    visitor.wait_query(only="induction")


def test_the_box_finds_heads_and_parts_and_the_ranked_heads_are_a_table(visit: Visit):
    """M6, M10."""
    visitor = visit(viewport={"width": 1280, "height": 800}).open(model=SMOLLM2)
    page = visitor.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Find a head")
    expect(field).to_be_focused()
    field.fill("99")
    expect(page.locator("#find-said")).to_contain_text("There is no layer 99")
    field.fill("l18h6")
    found = page.get_by_role("listbox", name="Found").get_by_role("option")
    expect(found).to_have_text("HeadsL18.H6Induction pattern 0.90")
    field.press("Enter")
    expect(page.locator("#head-card")).to_be_focused()
    visitor.wait_query(head="18.6")
    page.keyboard.press("Control+k")
    field.press("Escape")
    expect(field).to_be_hidden()
    visitor.wait_query(head="18.6")  # Escape closed the box, and let go of nothing
    assert not any("ranked" in question for question in asked)
    page.get_by_role("button", name="Find").click()
    field.fill("ranked")
    field.press("Enter")
    said = page.locator("#ranked-rows [role=status]")
    expect(said).to_have_text("All 270 heads; the first 100")
    page.get_by_label("At least").fill("0.4")
    expect(said).to_have_text("6 of 270 heads")
    names = page.locator("#ranked-rows [data-head]")
    assert names.all_inner_texts()[:2] == ["L18.H6", "L17.H3"]
    expect(page.locator("#ranked-rows [aria-current]")).to_have_text("L18.H6")
    with page.expect_download() as got:
        page.locator("#ranked-rows").get_by_role("link", name="CSV").click()
    assert got.value.suggested_filename == "smollm2-135m-heads-some.csv"
    assert len(got.value.path().read_text().splitlines()) == 7
    names.nth(1).click()
    expect(page.locator("#head-said")).to_contain_text("L17.H3")
    page.locator("#head-card").press("ArrowRight")
    visitor.wait_query(head="17.4")  # the third of the list
    page.locator("#ranked-rows [data-sort='-induction']").click()
    expect(names.first).not_to_have_text("L18.H6")
