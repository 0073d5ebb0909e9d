"""The chart as SVG: what stands in it is what the binned table says."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import made_tables
import numpy as np
import pytest

from app.picture.axis import ticks
from app.picture.chart import Look, default_width, draw
from app.picture.theme import COLOURS
from app.views.catalogue import VIEWS
from cache.store import Store, Table
from vocabulary.taxonomy import CATEGORIES

CSS = Path(__file__).parents[2] / "assets/css/theme.css"


@pytest.fixture(scope="module")
def table() -> Table:
    """Three layers of two heads: each layer an induction head and an unclassified one."""
    made = made_tables.heads(induction=[0.9, 0.05, 0.9, 0.05, 0.05, 0.05])
    return Table("tiny", made, made_tables.provenance(title='<script>"Tiny" & co'))


def drawn(table: Table, width: int = 2, view: str = "detailed", t: str = "", **look) -> ET.Element:
    return ET.fromstring(draw(table, width, VIEWS[view], Look(**look), t=t))


def texts(svg: ET.Element) -> list[str]:
    return [element.text for element in svg.iter() if element.tag.endswith("text")]


def bars(svg: ET.Element, category: str) -> list[dict[str, float]]:
    """The rectangles of a category's colour, the legend's (the last) left out."""
    colour = CATEGORIES[category].colour
    rects = [e.attrib for e in svg.iter() if e.tag.endswith("rect") and e.get("fill") == colour]
    return [{key: float(r[key]) for key in ("x", "y", "width", "height")} for r in rects[:-1]]


def test_a_bar_is_as_high_as_its_heads_and_says_its_share(table):
    svg = drawn(table)
    first, second = bars(svg, "unclassified")
    # [0, 2): 2 induction, 2 unclassified; [2, 3): 0 and 2. So both bars have 2 heads.
    assert first["height"] == pytest.approx(second["height"])
    (induction,) = bars(svg, "induction")
    assert induction["height"] == pytest.approx(first["height"])
    # a stack: one lies upon the other
    assert first["y"] + first["height"] == pytest.approx(induction["y"], abs=0.02)
    assert texts(svg).count("50.0%") == 2
    assert texts(svg).count("100.0%") == 1
    # two layers are twice as wide as one
    assert first["width"] == pytest.approx(2 * second["width"], abs=0.02)


def test_shares_reach_a_hundred_per_cent(table):
    svg = drawn(table, show="percent")
    first, second = bars(svg, "unclassified")
    assert second["height"] == pytest.approx(2 * first["height"], abs=0.02)
    assert "share of heads" in texts(svg)


def test_it_says_what_the_table_is_called_and_escapes_it(table):
    svg = draw(table, 2, VIEWS["detailed"])
    assert "<script>" not in svg
    assert '<script>"Tiny" & co' in texts(ET.fromstring(svg))


def test_the_legend_counts_the_heads_of_all_layers(table):
    assert "Induction pattern  2" in texts(drawn(table))
    assert "Unclassified  4" in texts(drawn(table))
    assert "Content  2" in texts(drawn(table, view="grouped"))


def test_what_was_not_measured_is_no_zero():
    published = Store("memory://", create=True).read("gpt2-xl")
    shown = texts(drawn(published, 12))
    assert not any(text.startswith(("Broad", "Duplicate token")) for text in shown)
    assert any(text.startswith("Induction pattern  6") for text in shown)


def test_a_budget_is_drawn_in_shares(table):
    svg = drawn(table, view="budget")
    assert "share of attention" in texts(svg)
    assert any(text.endswith("12.5%") for text in texts(svg))  # of eight destinations


def test_a_what_if_is_told(table):
    assert "what if: thresholds induction:0.3" in " ".join(texts(drawn(table, t="induction:0.3")))
    assert "what if" not in " ".join(texts(drawn(table)))


def test_every_layer_alone_in_the_longest_model_is_drawn():
    made = made_tables.heads(200, 1, induction=np.tile([0.9, 0.05], 100))
    table = Table("long", made, made_tables.provenance(200, 1))
    svg = drawn(table, 1)
    assert len(bars(svg, "induction")) == 100
    names = [text for text in texts(svg) if text.startswith("[")]
    assert 5 < len(names) < 40  # those that fit side by side


def test_the_dark_theme_has_its_own_ground(table):
    fills = {e.get("fill") for e in drawn(table, theme="dark").iter()}
    assert COLOURS["dark"].surface in fills
    assert COLOURS["light"].ink not in fills


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_are_those_of_the_page(theme):
    blocks = dict(
        re.findall(r'^(:root|:root\[data-theme="dark"\]) \{(.*?)\}', CSS.read_text(), re.S | re.M)
    )
    block = blocks[":root" if theme == "light" else ':root[data-theme="dark"]']
    page = dict(re.findall(r"--([\w-]+): (#\w+);", block))
    for name, value in vars(COLOURS[theme]).items():
        assert page[name.replace("_", "-")] == value, name


@pytest.mark.parametrize(
    ("top", "found"),
    [(1.04, [0, 1]), (2, [0, 1, 2]), (75, [0, 20, 40, 60]), (312, [0, 100, 200, 300])],
)
def test_ticks_are_whole_and_round(top, found):
    assert ticks(top) == found


@pytest.mark.parametrize(("layers", "width"), [(1, 1), (2, 1), (6, 2), (10, 2), (48, 12), (30, 8)])
def test_the_default_width_is_the_page_s(layers, width):
    assert default_width(layers) == width  # halves to even, as defaultWidth in assets/views/bins.js


def test_borderline_heads_are_a_line_inside_their_segment():
    heads = made_tables.heads(1, 4, induction=[0.7, 0.7, 0.401, 0.4005])  # errors are .001
    assert heads["borderline"].tolist() == [False, False, True, True]
    svg = drawn(Table("made", heads, made_tables.provenance(1, 4)), width=1)
    (bar,) = bars(svg, "induction")
    inner = [e.attrib for e in svg.iter() if e.tag.endswith("rect") and e.get("width") == "3"]
    assert [float(line["height"]) for line in inner] == [pytest.approx(bar["height"] / 2, abs=0.01)]
    assert float(inner[0]["y"]) == bar["y"]


def test_a_thin_segment_is_not_covered_by_its_edge():
    heads = made_tables.heads(1, 1200, induction=[0.9] + [0.05] * 1199)
    svg = drawn(Table("made", heads, made_tables.provenance(1, 1200)), width=1)
    colour = CATEGORIES["induction"].colour
    thin = next(e.attrib for e in svg.iter() if e.get("fill") == colour)
    assert float(thin["height"]) < 1
    assert (thin["stroke"], thin["stroke-width"]) == (colour, "1.5")


def test_heads_that_nobody_measured_are_told_and_not_drawn(tmp_path):
    """D6. GPT-2 XL, published: 62 induction and 36 previous-token heads of 1,200; the tallest bar
    of named heads, [12, 24), has 24 + 17 = 41 of 300, and shares stay of those 300."""
    published = Store(str(tmp_path)).read("gpt2-xl-published")
    for show in ("count", "percent"):
        svg = drawn(published, 12, show=show)
        said = texts(svg)
        assert "9 not measured" in said
        assert any("1,102 heads not measured and not drawn" in one for one in said)
        assert "Not measured  1,102" not in said
        assert {"8.0%", "5.7%"} <= set(said)
        stacked = [
            bars(svg, name)[0 if name == "induction" else 1]
            for name in ("induction", "previous_token")
        ]
        height = sum(box["height"] for box in stacked)
        plot = 560 - 78 - 48
        assert height == pytest.approx(plot / 1.04, abs=0.1)
    whole = texts(drawn(published, 12, unmeasured=True))
    assert "Not measured  1,102" in whole
    assert not any("not drawn" in one for one in whole)


def test_segments_that_are_seen_alone_stand_on_the_axis(table):
    """Unclassified heads: 2 of 4 in [0, 2), 2 of 2 in [2, 3); the induction heads are left out."""
    plot = 560 - 78 - 48
    svg = drawn(table, only=("unclassified",))
    first, second = bars(svg, "unclassified")
    assert first["height"] == pytest.approx(second["height"])
    assert first["height"] == pytest.approx(plot / 1.04, abs=0.1)
    assert bars(svg, "induction") == []
    assert "Induction pattern  2" not in texts(svg)
    first, second = bars(drawn(table, only=("unclassified",), show="percent"), "unclassified")
    assert second["height"] == pytest.approx(plot / 1.04, abs=0.1)  # 100 % of two heads
    assert first["height"] == pytest.approx(second["height"] / 2, abs=0.1)
