"""What nobody measured is a dash, never a zero."""

from playwright.sync_api import expect
from test_sharing import copied
from visitor import SMOLLM2, XL, Visit

from vocabulary.taxonomy import CATEGORIES

#: GPT-2 XL's published scores are two: only two categories can be counted.
COUNTED = {"induction": "62", "previous_token": "36"}


def test_a_published_tables_legend_and_table_have_dashes(visit: Visit):
    visitor = visit().open(model=XL, bins=12)
    page = visitor.page
    for name in ("first_token", "delimiter", "broad", "mixed", "unclassified"):
        count = page.locator(f"#chip-{name} .chip-count")
        expect(count).to_contain_text("–")
        assert count.get_attribute("title") == "not measured"
    for name, heads in COUNTED.items():
        expect(page.locator(f"#chip-{name} .chip-count")).to_have_text(heads)
    page.locator("#chip-broad").hover()
    expect(page.locator("#chip-sentence")).to_contain_text("Not measured in this table.")
    page.locator("#chart-twin summary").click()
    rows = page.locator("#chart-table tbody tr")
    expect(rows.filter(has_text="Broad").locator("td").first).to_have_text("– not measured")
    expect(rows.filter(has_text="Induction pattern").locator("td").first).to_have_text("0")
    page.locator("#taxonomy-select").get_by_text("Grouped").click()
    expect(page.locator("#chip-sink .chip-count")).to_contain_text("–")
    expect(page.locator("#chip-content .chip-count")).to_have_text("62")


def test_a_computed_tables_zero_is_a_zero(visit: Visit):
    visitor = visit().open(model=SMOLLM2, t="broad:1")
    expect(visitor.page.locator("#chip-broad .chip-count")).to_have_text("0")


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
    for label in ("First token (sink)", "Mixed", "Unclassified"):
        own, other = (rows.filter(has_text=label).locator("td").nth(at) for at in (0, 1))
        expect(own).to_contain_text("%")
        expect(other).to_have_text("– not measured")


def test_on_the_dark_theme_it_is_dark_in_chart_map_and_legend(visit: Visit):
    visitor = visit().open(model=XL, theme="dark")
    dark, rgb = CATEGORIES["not_measured"].dark, "rgb(43, 39, 64)"
    swatch = visitor.page.locator("#chip-not_measured .swatch")
    expect(swatch).to_have_css("background-color", rgb)
    drawn = """() => {
      const of = (id) => headstrata.plotted(document.getElementById(id)).data;
      return [of("head-chart").at(-1).marker.color, of("head-map")[0].colorscale.at(-1)[1]];
    }"""
    assert visitor.page.evaluate(drawn) == [dark, dark]
    visitor.page.locator("#theme-toggle").click()
    visitor.wait_query(theme="light")
    visitor.page.wait_for_function(f"(dark) => ({drawn})()[0] !== dark", arg=dark)
    assert visitor.page.evaluate(drawn) == ["#dfe4ea", "#dfe4ea"]
