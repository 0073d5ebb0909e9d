"""Segments: the parts of a bar, with their colours and the colour of text on them."""

from dataclasses import dataclass

from vocabulary.budget import Destination
from vocabulary.operations import OperationFamily
from vocabulary.taxonomy import Category, Group

#: Text on a colour: near black or white, the one with more contrast.
DARK_INK, LIGHT_INK = "#1a1c1e", "#ffffff"


@dataclass(frozen=True)
class Segment:
    """One category, group, family or destination, with its style on the page."""

    name: str
    label: str
    sentence: str
    colour: str
    ink: str
    pattern: str
    dark: str = ""
    """The colour on the dark theme if it differs; the same for the ink."""
    dark_ink: str = ""
    optional: bool = False
    """Whether it is listed only where there is some of it."""
    short: str = ""
    """The label in the legend's row; '' is the label itself."""


#: What the vocabulary gives a colour, for each theme.
Styled = Category | Group | OperationFamily | Destination


def segment_of(one: Styled, sentence: str = "", *, optional: bool = False) -> Segment:
    """The segment of an entry of the vocabulary, by default with its own sentence."""
    dark_ink = ink(one.dark) if one.dark else ""
    told = sentence or one.sentence
    style = (one.colour, ink(one.colour), one.pattern, one.dark, dark_ink)
    short = one.short if isinstance(one, Category) else ""
    return Segment(one.name, one.label, told, *style, optional, short)


def swatch(one: Styled) -> dict[str, str]:
    """The style of a swatch; ``assets/css/chart.css`` draws it."""
    return {"--swatch": one.colour, "--swatch-dark": one.dark or one.colour}


def ink(colour: str) -> str:
    """The ink that contrasts more with a background colour ``#rrggbb``."""
    return max((DARK_INK, LIGHT_INK), key=lambda choice: contrast(choice, colour))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1..21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0..1 (WCAG 2.2)."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
