"""Segments can be told apart by every reader, in both themes: among each other, and from the page.

By colour (simulated colour blindness) and by a second channel, the pattern.
"""

import re
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from colour_vision import VISIONS, difference

from app.picture.theme import COLOURS
from app.views.catalogue import VIEWS
from app.views.segments import Segment, contrast, ink
from vocabulary.taxonomy import category_named, group_named

STYLE = Path(__file__).parents[2] / "assets/css/theme.css"
#: A segment that most tables do not have: its neighbours lie upon each other, too.
RARE = ("learned_sink", "mass_sink")


def grounds(theme: str) -> list[str]:
    """What segments and their swatches stand on: the page, and what lies over it."""
    block = STYLE.read_text().split('[data-theme="dark"] {')[theme == "dark"]
    return [re.search(rf"--{name}: (#\w+)", block).group(1) for name in ("surface", "raised")]


def drawn(view: str, theme: str) -> list[Segment]:
    """The view's segments, bottom first, in a theme's colours."""
    segments = list(VIEWS[view].segments)
    if theme == "light":
        return segments
    return [replace(s, colour=s.dark, ink=s.dark_ink) for s in segments]


each_view = pytest.mark.parametrize("view", VIEWS)
each_theme = pytest.mark.parametrize("theme", COLOURS)


@each_theme
@each_view
def test_every_segment_stands_out_from_its_ground(view: str, theme: str):
    for ground in grounds(theme):
        pale = {s.name: contrast(s.colour, ground) for s in drawn(view, theme)}
        assert {name: found for name, found in pale.items() if found < 3} == {}


@each_theme
def test_the_dark_grounds_are_those_of_the_pictures(theme: str):
    assert COLOURS[theme].surface == grounds(theme)[0]


@pytest.mark.parametrize("vision", VISIONS)
@each_theme
@each_view
def test_what_lies_upon_each_other_differs_in_every_vision(view: str, theme: str, vision: str):
    segments = drawn(view, theme)
    stacks = [segments, [s for s in segments if s.name not in RARE]]
    near = {
        (one.name, other.name): round(apart, 1)
        for stack in stacks
        for one, other in pairwise(stack)
        if (apart := difference(one.colour, other.colour, vision)) < 15
    }
    assert near == {}


@pytest.mark.parametrize("vision", VISIONS)
@each_theme
@each_view
def test_any_two_cells_of_the_map_differ_in_every_vision(view: str, theme: str, vision: str):
    near = {
        (one.name, other.name): round(apart, 1)
        for one, other in combinations(drawn(view, theme), 2)
        if (apart := difference(one.colour, other.colour, vision)) < 10
    }
    assert near == {}


@pytest.mark.parametrize("vision", VISIONS)
@each_theme
def test_induction_is_not_taken_for_the_commonest_category(theme: str, vision: str):
    by_name = {segment.name: segment.colour for segment in drawn("detailed", theme)}
    assert difference(by_name["induction"], by_name["first_token"], vision) > 17


def test_neighbours_in_a_bar_have_different_patterns_too():
    for view in ("detailed", "grouped"):
        stacked = [segment.pattern for segment in VIEWS[view].segments]
        assert sum(one == other for one, other in pairwise(stacked)) == 0, stacked


@each_theme
@each_view
def test_percentages_are_legible_on_every_segment(view: str, theme: str):
    for segment in drawn(view, theme):
        assert contrast(segment.ink, segment.colour) >= 4.5, segment.name


@each_theme
@pytest.mark.parametrize("view", ["detailed", "grouped"])
def test_what_was_not_measured_does_not_outshine_the_rest(view: str, theme: str):
    ground = COLOURS[theme].surface
    *named, unmeasured = drawn(view, theme)
    assert unmeasured.name == "not_measured"
    assert all(contrast(unmeasured.colour, ground) <= contrast(s.colour, ground) for s in named)


def test_the_stand_ins_of_newer_categories_stand_out_too():
    for one in (category_named("from_tomorrow", "content"), group_named("from_tomorrow")):
        for theme, colour in (("light", one.colour), ("dark", one.dark)):
            assert min(contrast(colour, ground) for ground in grounds(theme)) >= 3


def test_contrast_is_wcags():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert ink("#113a29") == "#ffffff"
    assert ink("#f4efc8") != "#ffffff"


def test_the_distance_is_cam02_ucs():
    # lightness J' runs from 0 to 100
    assert difference("#000000", "#ffffff") == pytest.approx(100, abs=0.5)
    # of this project's first palette, reckoned by another program
    assert difference("#f4efc8", "#dfe4ea") == pytest.approx(15.3, abs=0.2)
    assert difference("#e0b8b9", "#dfe4ea", "deuteranopia") == pytest.approx(13.1, abs=0.1)
    assert difference("#e0b8b9", "#dfe4ea", "protanopia") == pytest.approx(13.9, abs=0.1)
