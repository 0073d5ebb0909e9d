"""The card of one head: pattern, budget, published evidence, heads like it."""

from playwright.sync_api import expect
from visitor import SMOLLM2, XL, Visit


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
    visitor.page.locator("#pattern-probe").get_by_text("Natural text").click()
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


def test_the_next_head_by_keyboard(visit: Visit):
    visitor = visit().open(model=SMOLLM2, head="18.8")
    page = visitor.page
    page.get_by_role("button", name="Next head").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#head-card h2").first).to_contain_text("L19.H0")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#head-card h2").first).to_contain_text("L18.H8")
    visitor.wait_query(head="18.8")


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
