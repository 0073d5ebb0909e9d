"""The chart before scripts: where it stands, and what it shows in a frame of which size."""

import re

import made_tables
import pytest

from app.picture.chart import Look
from app.picture.fluid import _tick, draw
from app.views.catalogue import VIEWS
from cache.store import Table


@pytest.fixture(scope="module")
def table() -> Table:
    """Three layers of two heads: each layer an induction head and an unclassified one."""
    made = made_tables.heads(induction=[0.9, 0.05, 0.9, 0.05, 0.05, 0.05])
    return Table("tiny", made, made_tables.provenance(title='<script>"Tiny" & co'))


def drawn(table: Table, **look: str) -> str:
    return draw(table, 2, VIEWS["detailed"], Look(**look))


def rects(html: str, category: str) -> list[list[float]]:
    """x, y, width, height in percent of the axes."""
    stack = re.search(rf'<g class="first-stack first-{category}">(.*?)</g>', html).group(1)
    return [
        [float(n) for n in re.findall(r'="([\d.]+)%"', rect)] for rect in stack.split("/>")[:-1]
    ]


def test_bars_stand_in_percent_of_the_axes(table):
    html = drawn(table)
    # Bins [0, 2) and [2, 3) of 3 layers with gaps of .16 of a bin; the axis ends at 4 * 1.04.
    (induction,) = rects(html, "induction")
    assert induction == pytest.approx([5.333, 51.923, 56, 48.077], abs=0.001)
    assert rects(html, "unclassified") == [
        pytest.approx([5.333, 3.846, 56, 48.077], abs=0.001),
        pytest.approx([69.333, 51.923, 28, 48.077], abs=0.001),
    ]
    assert rects(drawn(table, show="percent"), "unclassified")[1][3] == 100


def test_a_percentage_is_left_out_where_the_frame_is_too_small(table):
    html = drawn(table)
    # "50.0%" is 33 px wide and needs 39 of the 56 % of a width without the margins' 70 px,
    # and 15 of the 48.077 % of a height without their 72.
    assert re.search(r'<text class="[^"]* f140-104"[^>]*>50.0%</text>', html)
    assert "@container (max-width:139.9px) or (max-height:103.9px){text.f140-104" in html


@pytest.mark.parametrize(
    ("top", "height", "step"),
    # heads of a bin, px of the frame, and the distance of ticks that plotly 4.1.1 drew
    [(74.88, 348, 10), (74.88, 316, 20), (4.16, 348, 1), (100, 348, 20)],
)
def test_ticks_are_as_far_apart_as_plotly_draws_them(top, height, step):
    assert _tick(top, height) == step


def test_a_title_is_text(table):
    html = drawn(table)
    assert "<script>" not in html
    assert "&lt;script&gt;&quot;Tiny&quot; &amp; co" in html  # in what a screen reader says
