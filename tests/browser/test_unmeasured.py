"""What nobody measured is a dash, never a zero."""

import re

from playwright.sync_api import expect
from test_sharing import copied
from visitor import SMOLLM2, XL, Visit

from vocabulary.taxonomy import CATEGORIES

#: GPT-2 XL's published scores are two: only two categories can be counted.
COUNTED = {"induction": "62", "previous_token": "36"}

#: A count of zero beside how many fewer that are than at the table's own thresholds.
ZERO = re.compile(r"^0 \(−\d+\)$")


def test_a_published_table_shows_its_named_heads_and_says_what_was_not_measured(visit: Visit):
    """D6: the first view of GPT-2 XL's two published scores was 92 % grey."""
    visitor = visit().open(model=XL, bins=12)
    page = visitor.page
    for name, heads in COUNTED.items():
        expect(page.locator(f"#chip-{name} .chip-count")).to_have_text(heads)
    assert page.locator("#chips [data-chip]").count() == 2
    rest = page.locator("#chips-unmeasured")
    expect(rest).to_contain_text("9 not measured: Duplicate token, Current token")
    note = page.locator("#unmeasured-note")
    expect(note).to_contain_text("1,102 of 1,200 heads are not measured and not drawn.")
    drawn = """() => {
      const { data, layout } = headstrata.plotted(document.getElementById("head-chart"));
      return [layout.yaxis.range[1], ...data.filter((one) => one.visible).map((one) => one.meta)];
    }"""
    top, *names = page.evaluate(drawn)  # 24 of previous token and 17 of induction in [12, 24)
    assert (round(top, 2), names) == (42.64, ["induction", "previous_token"])
    page.locator("#chart-twin summary").click()
    rows = page.locator("#chart-table tbody tr")
    expect(rows.filter(has_text="Broad").locator("td").first).to_have_text("– not measured")
    expect(rows.filter(has_text="Induction pattern").locator("td").first).to_have_text("0")

    note.get_by_text("Draw them").click()
    visitor.wait_query(unmeasured="1")
    expect(page.locator("#chip-not_measured .chip-count")).to_have_text("1,102")
    assert page.evaluate(drawn) == [312, "induction", "previous_token", "not_measured"]
    page.locator("#taxonomy-select").get_by_text("Grouped").click()
    expect(page.locator("#chips-unmeasured")).to_contain_text("Sink")
    expect(page.locator("#chip-content .chip-count")).to_have_text("62")
    page.reload()
    visitor.drawn()
    expect(note).to_contain_text("Leave them out")


def test_a_table_is_told_with_its_own_protocol(visit: Visit):
    """D4: scores were said to be of natural text that were of random tokens."""
    about = visit().open(model=XL).page.locator("#about-text")
    expect(about).to_contain_text("Both scores were measured on the repeated random tokens.")
    row = about.locator("tr", has_text="Previous token").first
    expect(row).to_contain_text("a stretch of random ordinary tokens, then the same stretch again")


def test_a_computed_tables_zero_is_a_zero(visit: Visit):
    visitor = visit().open(model=SMOLLM2, t="broad:1")
    expect(visitor.page.locator("#chip-broad .chip-count")).to_have_text(ZERO)


def test_markdown_and_picture_have_dashes(visit: Visit):
    visitor = visit().open(model=XL, bins=24)
    lines = copied(visitor, "markdown").splitlines()
    assert "| First token (sink) | – | – |" in lines
    assert "–: not measured." in lines
    names = visitor.page.evaluate(
        """() => {
          const data = (id) => dash_component_api.getLayout(id).props.data;
          return headstrata.legendNames(data("payload"));
        }"""
    )
    assert names[0] == "Induction pattern  62"
    assert names[5] == "First token (sink)  –"


def test_a_comparison_has_dashes_on_the_published_side(visit: Visit):
    visitor = visit().open(model=SMOLLM2, compare=XL)
    rows = visitor.page.locator("#compare-numbers tbody tr")
    for label in ("First token (sink)", "Long range", "Mixed"):
        own, other = (rows.filter(has_text=label).locator("td").nth(at) for at in (0, 1))
        expect(own).to_contain_text("%")
        expect(other).to_have_text("– not measured")


def test_on_the_dark_theme_it_is_dark_in_chart_map_and_legend(visit: Visit):
    visitor = visit().open(model=XL, theme="dark", unmeasured=1)
    dark, rgb = CATEGORIES["not_measured"].dark, "rgb(101, 111, 121)"
    swatch = visitor.page.locator("#chip-not_measured .swatch")
    expect(swatch).to_have_css("background-color", rgb)
    drawn = """() => {
      const of = (id) => headstrata.plotted(document.getElementById(id)).data;
      const bars = of("head-chart").filter((bar) => bar.meta === "not_measured");
      return [bars[0].marker.color, of("head-map")[0].colorscale.at(-1)[1]];
    }"""
    assert visitor.page.evaluate(drawn) == [dark, dark]
    visitor.page.locator("#theme-toggle").click()
    visitor.wait_query(theme="light")
    visitor.page.wait_for_function(f"(dark) => ({drawn})()[0] !== dark", arg=dark)
    assert visitor.page.evaluate(drawn) == ["#91959c", "#91959c"]
