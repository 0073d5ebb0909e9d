"""Segments can be told apart by every reader: simulated colour blindness, and a second channel."""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest

from app.views.categories import DETAILED, GROUPED
from app.views.segments import Segment, contrast, ink

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SIMULATIONS = {
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
LIGHT, DARK = "#ffffff", "#141817"  # surfaces of assets/css/theme.css


def lab(colour: str, vision: str) -> np.ndarray:
    """CIE L*a*b* (D65) of ``#rrggbb`` as this vision sees it."""
    srgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(SIMULATIONS[vision] @ linear, 0, 1)
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.array(to_xyz) @ seen / np.array([0.9505, 1, 1.089])
    f = [np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: Segment, other: Segment, vision: str) -> float:
    return float(np.linalg.norm(lab(one.colour, vision) - lab(other.colour, vision)))


def on_dark(segments: list[Segment]) -> list[Segment]:
    """The segments in the dark theme's colours."""
    return [replace(s, colour=s.dark or s.colour, ink=s.dark_ink or s.ink) for s in segments]


@pytest.mark.parametrize("vision", SIMULATIONS)
@pytest.mark.parametrize(
    ("segments", "least"),
    [
        (list(DETAILED.segments), 10.0),
        (list(GROUPED.segments), 20.0),
        (on_dark(list(DETAILED.segments)), 10.0),
        (on_dark(list(GROUPED.segments)), 20.0),
    ],
)
def test_any_two_colours_differ_in_every_vision(segments: list[Segment], least: float, vision: str):
    near = {
        (one.name, other.name): round(apart, 1)
        for one, other in combinations(segments, 2)
        if (apart := distance(one, other, vision)) < least
    }
    assert near == {}


def test_neighbours_in_a_bar_have_different_patterns_too():
    for segments in (list(DETAILED.segments), list(GROUPED.segments)):
        stacked = [segment.pattern for segment in segments]
        pairs = list(pairwise(stacked))
        assert sum(one == other for one, other in pairs) == 0, stacked


def test_percentages_are_legible_on_every_segment():
    light = [*list(DETAILED.segments), *list(GROUPED.segments)]
    for segment in [*light, *on_dark(light)]:
        assert contrast(segment.ink, segment.colour) >= 4.5, segment.name


def test_what_was_not_measured_does_not_outshine_the_rest_on_the_dark_theme():
    for segments in (on_dark(list(DETAILED.segments)), on_dark(list(GROUPED.segments))):
        *named, unmeasured = segments
        assert unmeasured.name == "not_measured"
        assert all(contrast(unmeasured.colour, DARK) < contrast(s.colour, DARK) for s in named)


def test_contrast_is_wcags():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert ink("#113a29") == "#ffffff"
    assert ink("#f4efc8") != "#ffffff"
