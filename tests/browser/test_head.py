"""The card of one head: pattern, budget, published evidence, heads like it."""

from pathlib import Path

from playwright.sync_api import expect
from visitor import SMOLLM2, XL, Visit, Visitor

from cache.patterns import read_head
from cache.store import Store
from vocabulary.taxonomy import BUDGET


def test_the_pattern_shows_where_an_induction_head_looks(visit: Visit):
    visitor = visit().open(model=SMOLLM2, head="18.6")
    visitor.page.locator("#pattern-chart .hm").wait_for(state="attached")
    strongest = visitor.page.evaluate(
        """() => {
          const { z } = headstrata.plotted(document.getElementById("pattern-chart")).data[0];
          return z.map((row) => row.indexOf(Math.max(...row)));
        }"""
    )
    assert len(strongest) == 64
    # [BOS] r r with n = 32, cut at 64: a query of the second copy looks n - 1 = 31 back.
    followed = sum(key == query - 31 for query, key in enumerate(strongest) if query >= 33)
    assert followed >= 28
    visitor.page.locator("#pattern-prompt").select_option("natural")
    expect(visitor.page.locator("#pattern-note")).to_contain_text("natural text")
    assert visitor.page.evaluate(
        """() => {
          const { z } = headstrata.plotted(document.getElementById("pattern-chart")).data[0];
          return z.every((row) => Math.abs(row.reduce((sum, one) => sum + one, 0) - 1) < 0.15);
        }"""
    )


def test_the_pattern_as_large_as_the_window(visit: Visit):
    visitor = visit().open(model=SMOLLM2, head="18.6")
    visitor.page.locator("#pattern-chart .hm").wait_for(state="attached")
    visitor.page.locator("#pattern-size").click()
    frame = visitor.page.locator("#pattern-chart")
    expect(frame).to_be_in_viewport(ratio=0.99)
    box = frame.bounding_box()
    assert box
    assert box["width"] > 1000
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator("#head-card")).to_contain_text("L18.H6")
    expect(visitor.page.locator("#pattern")).not_to_have_class("pattern large")


def cell(visitor: Visitor, query: int, key: int) -> tuple[float, float]:
    """The middle of a cell of the pattern, in px of the window, scrolled into view."""
    plot = visitor.page.locator("#pattern-chart .nsewdrag")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box
    return (
        box["x"] + box["width"] * (key + 0.5) / 64,
        box["y"] + box["height"] * (query + 0.5) / 64,
    )


def test_pointing_at_a_cell_tells_query_key_and_weight(visit: Visit, cache_folder: Path):
    pattern = (read_head(Store(str(cache_folder)), SMOLLM2, 18, 6) or {})["repeated"]
    tokens, weight = pattern.tokens, pattern.weights[45, 14] / 255
    visitor = visit().open(model=SMOLLM2, head="18.6")
    visitor.page.locator("#pattern-chart .hm").wait_for(state="attached")
    visitor.page.mouse.move(*cell(visitor, 45, 14))
    hover = visitor.page.locator("#pattern-chart .hoverlayer")
    expect(hover).to_contain_text(f"{tokens[45].strip()}\u2069 → \u2068{tokens[14].strip()}")
    expect(hover).to_contain_text("query 45, key 14")
    expect(hover).to_contain_text(f"weight {weight:.2f}")


def test_the_pattern_shows_where_the_stretch_begins_again(visit: Visit, cache_folder: Path):
    pattern = (read_head(Store(str(cache_folder)), SMOLLM2, 18, 6) or {})["repeated"]
    assert pattern.tokens[1:32] == pattern.tokens[33:]  # [BOS] r r, 32 tokens each, cut at 64
    visitor = visit().open(model=SMOLLM2, head="18.6")
    page = visitor.page
    page.locator("#pattern-chart .hm").wait_for(state="attached")
    edges = """() => headstrata.plotted(document.getElementById("pattern-chart")).layout.shapes
      .map(({ x0, x1, y0, y1 }) => [x0, x1, y0, y1])"""
    assert page.evaluate(edges) == [[-0.5, 32.5, 32.5, 32.5], [32.5, 32.5, 32.5, 63.5]]
    expect(page.locator("#pattern-note")).to_contain_text("where the stretch begins again")
    page.locator("#pattern-prompt").select_option("natural")
    expect(page.locator("#pattern-note")).not_to_contain_text("begins again")
    assert page.evaluate(edges) == []


def test_the_colours_of_weights_have_a_scale(visit: Visit, cache_folder: Path):
    pattern = (read_head(Store(str(cache_folder)), SMOLLM2, 18, 6) or {})["repeated"]
    visitor = visit().open(model=SMOLLM2, head="18.6")
    page = visitor.page
    page.locator("#pattern-chart .hm").wait_for(state="attached")
    marks = page.locator(".pattern-scale .marks span")
    # the largest weight outside the first column ends the scale; a quarter of it stands in the
    # middle, and is drawn in the colour there
    top = max(row[1:].max() for row in pattern.weights[1:]) / 255
    assert marks.all_inner_texts()[::2] == ["0", f"{top / 4:.2g}", f"{top:.2g}"]
    middle, whole = marks.nth(2).bounding_box(), page.locator(".pattern-ramp").bounding_box()
    assert middle
    assert whole
    assert abs(middle["x"] + middle["width"] / 2 - (whole["x"] + whole["width"] / 2)) < 1
    colours = page.evaluate("() => headstrata.inkScale().map(([, colour]) => colour)")
    ends = page.locator(".pattern-ramp").evaluate("one => getComputedStyle(one).backgroundImage")
    assert colours[0].replace(",", ", ") in ends
    assert colours[-1].replace(",", ", ") in ends


def test_the_next_head_by_keyboard(visit: Visit):
    visitor = visit().open(model=SMOLLM2, head="18.8")
    page = visitor.page
    page.get_by_role("button", name="Next head").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#head-card h2").first).to_contain_text("L19.H0")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#head-card h2").first).to_contain_text("L18.H8")
    visitor.wait_query(head="18.8")


def test_heads_are_leafed_through_without_looking_for_a_button(visit: Visit):
    visitor = visit().open(model=XL, bins=12, head="17.24")
    page = visitor.page
    name = page.locator("#head-card h2").first
    expect(name).to_contain_text("L17.H24")
    page.keyboard.press("ArrowRight")  # nothing has the focus
    expect(name).to_contain_text("L18.H0")
    page.locator("#bin-width input").focus()
    page.keyboard.press("ArrowRight")  # this one is the slider's
    visitor.wait_query(bins="13", head="18.0")
    page.locator("body").press("Alt+ArrowUp")  # and that the browser's
    expect(name).to_contain_text("L18.H0")


def test_heads_are_leafed_through_in_the_large_picture(visit: Visit):
    visitor = visit().open(model=SMOLLM2, head="18.6")
    page = visitor.page
    page.locator("#pattern-chart .hm").wait_for(state="attached")
    page.locator("#pattern-size").click()
    expect(page.locator("#pattern-head")).to_have_text("L18.H6")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#pattern-head")).to_have_text("L18.H7")
    page.locator("#pattern").get_by_role("button", name="Previous head").click()
    expect(page.locator("#pattern-head")).to_have_text("L18.H6")
    expect(page.locator("#pattern")).to_have_class("pattern large")


def test_from_the_card_to_the_map_and_back(visit: Visit):
    visitor = visit().open(model=SMOLLM2, head="18.6")
    page = visitor.page
    page.get_by_role("button", name="Show this head in the map").click()
    expect(page.locator("#map-chosen")).to_be_in_viewport(ratio=1)
    expect(page.locator("#map-frame")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#head-card h2").first).to_contain_text("L18.H7")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#head-card h2").first).to_contain_text("L18.H8")


def test_a_phone_shows_the_cell_above_the_sheet(visit: Visit):
    visitor = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visitor.open(model=XL, bins=12, head="40.20")
    visitor.page.get_by_role("button", name="Show this head in the map").tap()
    visitor.page.wait_for_function(
        """() => {
          const cell = document.getElementById("map-chosen").getBoundingClientRect();
          const header = document.querySelector(".header").getBoundingClientRect();
          const sheet = document.getElementById("selection-panel").getBoundingClientRect();
          return cell.top > header.bottom && cell.bottom < sheet.top && cell.right < innerWidth;
        }"""
    )


def test_what_is_published_about_a_head(visit: Visit):
    visitor = visit().open(model=XL, head="35.19")
    card = visitor.page.locator("#head-card")
    expect(card.locator(".facts")).to_contain_text("name copying")
    expect(card.locator(".facts a").first).to_have_attribute(
        "href", "https://arxiv.org/abs/2408.09503"
    )
    expect(card).to_contain_text("No attention pattern: this table holds published scores")
    named = visit().open(model="gpt2", head="5.5")
    expect(named.page.locator(".facts")).to_contain_text("Induction head of the")


def test_a_head_s_card_says_what_it_reads(visit: Visit):
    """18.6 is an induction head: where a token stood before, it reads what followed."""
    visitor = visit().open(model=SMOLLM2, head="18.6")
    card = visitor.page.locator("#head-more")
    expect(card).to_contain_text("What it reads on natural text")
    expect(card).to_contain_text("Half of its attention past the first token lies at most")
    expect(card).to_contain_text("of its attention goes to what followed one, on natural text.")
    expect(card).to_contain_text("No token stands out beyond chance")
    expect(card.locator(".examples li").first).to_contain_text("reads")
    expect(card.locator(".examples li").first.locator("mark")).to_have_count(2)
    card.get_by_role("button", name="Its whole pattern on natural text").click()
    page = visitor.page
    prompt = page.locator("#pattern-prompt")
    expect(prompt).to_have_value("natural")
    expect(prompt).to_be_focused()
    expect(prompt).to_be_in_viewport(ratio=1)
    expect(page.locator("#pattern-chart")).to_be_in_viewport()
    expect(page.locator("#pattern-note")).to_contain_text("natural text")
    visitor.open(model=SMOLLM2, head="1.0")  # a delimiter head
    expect(card.locator(".read-tokens .read-token").first).to_have_text(".")
    expect(card.locator(".read-tokens li").first).to_contain_text("by position alone")


def test_a_mixed_head_is_described_by_its_budget(visit: Visit, cache_folder: Path):
    heads = Store(str(cache_folder)).read(SMOLLM2).heads
    row = heads[heads["category"] == "mixed"].iloc[0]
    largest = row[[name for name in BUDGET if name != "mass_other"]].astype(float).idxmax()
    visitor = visit().open(model=SMOLLM2, head=f"{row['layer']}.{row['head']}")
    card = visitor.page.locator("#head-more")
    expect(card).to_contain_text(
        f"On natural text it gives {100 * row[largest]:.1f}% to {BUDGET[largest]}"
    )
    expect(card).to_contain_text(f"{100 * row['mass_other']:.1f}% to everything else")
    expect(card).to_contain_text("The nearest name is")


def test_a_borderline_head_says_so_in_words(visit: Visit, cache_folder: Path):
    heads = Store(str(cache_folder)).read(SMOLLM2).heads
    row = heads[heads["borderline"]].iloc[0]
    visitor = visit().open(model=SMOLLM2, head=f"{row['layer']}.{row['head']}")
    expect(visitor.page.locator(".verdict")).to_contain_text(
        "Borderline: the category could flip within two standard errors."
    )
    expect(visitor.page.locator(".score .whisker")).to_have_count(12)


def test_an_induction_pattern_copies_or_suppresses_or_neither(visit: Visit):
    visitor = visit().open(model=XL, head="33.2")
    card = visitor.page.locator("#head-more")
    expect(card).to_contain_text(
        "It implements 6 of the 18 operations of Elhelo and Geva 2024. "
        "It copies the token it attends to."
    )
    visitor = visit().open(model=XL, head="17.14")
    expect(visitor.page.locator("#head-more")).to_contain_text(
        "It implements none of the 18 operations of Elhelo and Geva 2024. "
        "It neither copies nor suppresses the token it attends to."
    )
    small = visit().open(model="gpt2", head="5.5")  # nobody published operations of this one
    expect(small.page.locator(".facts")).to_contain_text("Induction head of the")
    expect(small.page.locator("#head-more")).not_to_contain_text("It implements")


def test_heads_like_this_one(visit: Visit):
    visitor = visit().open(model=SMOLLM2, head="18.6")
    kin = visitor.page.locator(".kin").first.locator("button")
    kin.first.wait_for()
    listed = kin.all_inner_texts()
    assert any(name.startswith(("L17.H3", "L17.H4", "L18.H7")) for name in listed)
    wanted = kin.first.get_attribute("data-head")
    kin.first.click()
    visitor.wait_query(head=wanted)
    budget = visitor.page.locator(".budget-list")
    expect(budget).to_contain_text("The first token")
