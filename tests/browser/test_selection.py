"""Choosing segments and heads, with the mouse and the keyboard."""

from playwright.sync_api import expect
from visitor import SMOLLM2, XL, Visit, Visitor

NAMES = """() => [...document.querySelectorAll(
    "#segment-table .ag-pinned-left-cols-container .ag-row")]
  .sort((one, other) => one.getAttribute("row-index") - other.getAttribute("row-index"))
  .map((row) => row.innerText.trim())"""


def rows(visitor: Visitor) -> list[str]:
    """The listed heads, as far as the grid has drawn them, from the top."""
    return list(visitor.page.evaluate(NAMES))


def test_click_lists_the_heads_and_a_second_click_lets_go(visit: Visit):
    visitor = visit().open(model=XL, bins=12)
    visitor.click_segment(36, "induction")
    title = visitor.page.locator("#segment-title")
    expect(title).to_contain_text("Induction pattern, layers [36, 48)")
    expect(title).to_contain_text("9 heads, 3.0% of the bin")
    visitor.page.locator("#segment-table .ag-row").first.wait_for()
    listed = rows(visitor)
    assert len(listed) == 9
    assert all(36 <= int(name[1:].split(".H")[0]) < 48 for name in listed)
    visitor.wait_query(segment="36:induction")
    widths = visitor.page.evaluate(
        "() => headstrata.plotted(document.getElementById('head-chart')).data[0].marker.line.width"
    )
    assert widths.index(max(widths)) == 3
    visitor.page.mouse.move(5, 5)
    visitor.click_segment(36, "induction")
    expect(title).to_be_hidden()
    visitor.wait_query(segment=None)


def test_escape_lets_go(visit: Visit):
    visitor = visit().open(model=XL, bins=12, segment="12:previous_token", head="17.3")
    expect(visitor.page.locator("#segment-title")).to_contain_text("24 heads")
    expect(visitor.page.locator("#head-card")).to_contain_text("L17.H3")
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator("#segment-title")).to_be_hidden()
    expect(visitor.page.locator("#head-card")).to_be_hidden()
    visitor.wait_query(segment=None, head=None)


def test_the_table_sorts_and_filters(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=30, segment="0:induction")
    page = visitor.page
    page.locator("#segment-table .ag-row").first.wait_for()
    strongest = rows(visitor)
    assert {"L18.H6", "L17.H3", "L17.H4", "L18.H7"} <= set(strongest)
    page.locator("#segment-table .ag-header-cell[col-id=id] .ag-header-cell-label").click()
    in_order = sorted(strongest, key=lambda name: tuple(map(int, name[1:].split(".H"))))
    page.wait_for_function(f"first => ({NAMES})()[0] === first", arg=in_order[0])
    assert rows(visitor) == in_order
    page.locator("#segment-table .ag-header-cell[col-id=id] .ag-header-cell-filter-button").click()
    page.locator(".ag-filter input.ag-text-field-input").first.fill("L18")
    page.wait_for_function(f"() => ({NAMES})().every((name) => name.startsWith('L18'))")
    assert {"L18.H6", "L18.H7"} <= set(rows(visitor))
    page.keyboard.press("Escape")


def test_a_cell_of_the_map_tells_of_its_head_and_opens_it(visit: Visit):
    visitor = visit().open(model=SMOLLM2)
    visitor.page.mouse.move(*visitor.cell(18, 6))
    label = visitor.page.locator("#head-map .hoverlayer .hovertext")
    expect(label).to_contain_text("L18.H6")
    expect(label).to_contain_text("Induction pattern")
    told, lines = visitor.page.evaluate(
        """() => [document.querySelector("#head-map .hoverlayer").closest("svg"),
                  document.querySelector(".map-overlay")]
          .map((one) => Number(getComputedStyle(one).zIndex))"""
    )
    assert told > lines  # what is told of a cell is not crossed by the bins' lines
    visitor.page.wait_for_function("() => document.getElementById('chart-light').matches('.on')")
    visitor.click_cell(18, 6)
    card = visitor.page.locator("#head-card")
    expect(card).to_contain_text("L18.H6")
    expect(card).to_contain_text("Runner-up")
    expect(card.locator(".score")).to_have_count(12)
    visitor.wait_query(head="18.6")


def test_a_row_of_the_table_opens_the_head(visit: Visit):
    visitor = visit().open(model=XL, bins=12, segment="36:induction")
    row = visitor.page.locator("#segment-table .ag-pinned-left-cols-container .ag-row").first
    row.wait_for()
    name = row.inner_text().strip()
    row.locator(".ag-cell").click()
    expect(visitor.page.locator("#head-card")).to_contain_text(name)


def test_everything_by_keyboard(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=10)
    page = visitor.page
    page.locator("#chart-twin summary").focus()
    page.keyboard.press("Enter")
    cell = page.locator("#chart-table button").first
    cell.wait_for()
    cell.focus()
    wanted = cell.get_attribute("data-segment") or ""
    page.keyboard.press("Enter")
    visitor.wait_query(segment=wanted)
    expect(page.locator("#chart-table button[aria-pressed=true]")).to_have_count(1)
    page.locator("#map-frame").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#head-card")).to_contain_text("L1.H1")
    page.locator("#bin-width input").focus()
    page.keyboard.press("ArrowRight")
    visitor.wait_query(bins="11")
    page.locator("[data-chip=previous_token]").focus()
    assert "just before" in page.locator("#chip-sentence").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("[data-chip=previous_token]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    visitor.wait_query(segment=None, head=None)


def test_a_link_to_a_head_shows_its_card_below_a_table_no_taller_than_its_rows(visit: Visit):
    visitor = visit(viewport={"width": 1280, "height": 720})
    visitor.open(model=SMOLLM2, segment="16:induction", head="17.3")
    expect(visitor.page.locator("#head-verdict .verdict").first).to_be_in_viewport(ratio=1)
    visitor.page.locator("#segment-table .ag-row").first.wait_for()
    table = visitor.page.locator("#segment-slot").bounding_box()
    assert table
    assert 6 * 32 < table["height"] < 8 * 32
    assert visitor.page.evaluate("scrollY") == 0


def test_arrows_stop_at_the_maps_edge(visit: Visit):
    visitor = visit().open(model=SMOLLM2, head="29.8")
    expect(visitor.page.locator("#head-card")).to_contain_text("L29.H8")
    visitor.page.locator("#map-frame").press("ArrowRight")
    visitor.page.locator("#map-frame").press("ArrowDown")
    visitor.page.locator("#map-frame").press("ArrowUp")
    visitor.wait_query(head="29.7")


def test_a_categorys_sentence_goes_with_the_pointer(visit: Visit):
    visitor = visit().open(model=SMOLLM2)
    line = visitor.page.locator("#chip-sentence")
    visitor.page.locator("#chip-broad").hover()
    expect(line).to_contain_text("spreads its attention widely")
    visitor.page.mouse.move(700, 20)
    expect(line).to_be_empty()


def test_a_drag_shows_no_focus_ring_and_a_cancelled_one_lets_the_page_ask_again(visit: Visit):
    visitor = visit().open(model=SMOLLM2)
    visitor.hold_slider()
    thumb = visitor.page.locator("#bin-width input")
    ringed = "one => one.matches(':focus-visible')"  # what the style draws the thumb's ring for
    assert thumb.evaluate(ringed) is False
    visitor.page.mouse.up()
    thumb.press("ArrowRight")
    assert thumb.evaluate(ringed) is True
    visitor.wait_query(bins="9")
    visitor.hold_slider()
    visitor.page.evaluate("document.dispatchEvent(new PointerEvent('pointercancel'))")
    visitor.page.wait_for_function(
        "() => dash_component_api.getLayout('poll').props.disabled === false"
    )
    visitor.page.mouse.up()
