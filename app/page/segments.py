"""Segments: what a bar is made of under a taxonomy, read from ``classify.taxonomy``."""

from dataclasses import asdict, dataclass
from typing import Any

from classify.taxonomy import CATEGORIES, GROUPS, Category, Group

#: Text in front of a colour: near black or white, whichever contrasts more.
DARK_INK, LIGHT_INK = "#1a1c1e", "#ffffff"


@dataclass(frozen=True)
class Segment:
    """One category or group as the page draws it."""

    name: str
    label: str
    sentence: str
    colour: str
    ink: str
    pattern: str
    dark: str = ""
    """The colour on the dark theme, where that is another one; likewise the ink."""
    dark_ink: str = ""


def detailed() -> list[Segment]:
    """One segment a category, in drawing order (bottom first)."""
    return [
        Segment(c.name, c.label, c.sentence, c.colour, ink(c.colour), c.pattern, *_dark(c))
        for c in CATEGORIES.values()
    ]


def grouped() -> list[Segment]:
    """One segment a group, in drawing order (bottom first)."""
    return [
        Segment(
            g.name,
            g.label,
            f"{g.sentence[0].upper()}{g.sentence[1:]}.",
            g.colour,
            ink(g.colour),
            g.pattern,
            *_dark(g),
        )
        for g in GROUPS.values()
    ]


def _dark(one: Category | Group) -> tuple[str, str]:
    return (one.dark, ink(one.dark)) if one.dark else ("", "")


def swatch(category: Category) -> dict[str, str]:
    """The style of a category's swatch; ``assets/css/chart.css`` draws it."""
    dark = {"--swatch-dark": category.dark} if category.dark else {}
    return {"--swatch": category.colour, **dark}


def definitions() -> dict[str, Any]:
    """The taxonomies for the browser: segments, and which group each category is in."""
    groups = list(GROUPS)
    return {
        "detailed": {"by": "category", "segments": [asdict(s) for s in detailed()]},
        "grouped": {
            "by": "group",
            "segments": [asdict(s) for s in grouped()],
            "of": [groups.index(c.group) for c in CATEGORIES.values()],
        },
    }


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
