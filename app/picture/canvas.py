"""What the picture is put together from: rectangles, lines, texts, segments with patterns."""

from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree as ET

from app.picture.theme import COLOURS, Theme
from app.views.segments import Segment

_FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif"
)
_SMALL = 12
_SLIM = 3
"""px: lower segments have an edge of their own colour."""
TILE = 7
"""px of a pattern's tile."""
#: What is drawn in a tile, by plotly's name of the pattern: path, and its stroke's width.
STROKES: dict[str, tuple[str, str]] = {
    "/": ("M-1 1 L1 -1 M0 7 L7 0 M6 8 L8 6", "1"),
    "\\": ("M-1 6 L1 8 M0 0 L7 7 M6 -1 L8 1", "1"),
    "x": ("M0 7 L7 0 M0 0 L7 7", "0.5"),
    "|": ("M3.5 0 V7", "1"),
    "-": ("M0 3.5 H7", "1"),
    "+": ("M3.5 0 V7 M0 3.5 H7", "0.5"),
    ".": ("M3.5 3.5 h0.01", "3"),
}


class Box(NamedTuple):
    """A rectangle in px, y from above."""

    x: float
    y: float
    width: float
    height: float


class Canvas:
    """An SVG document of some px in one theme's colours.

    Args:
        width: px.
        height: px.
        theme: Whose colours.
        segments: All that ``segment`` will draw.
    """

    def __init__(self, width: int, height: int, theme: Theme, segments: Iterable[Segment]) -> None:
        self.colours, self.theme = COLOURS[theme], theme
        self._svg = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {width} {height}",
                "width": str(width),
                "height": str(height),
                "role": "img",
                "font-family": _FONT,
            },
        )
        self._patterns(segments)
        self.rect(Box(0, 0, width, height), self.colours.surface)

    def __str__(self) -> str:
        return ET.tostring(self._svg, encoding="unicode")

    def describe(self, title: str, description: str) -> None:
        """What a screen reader says of the picture."""
        for place, (tag, text) in enumerate((("title", title), ("desc", description))):
            told = ET.Element(tag)
            told.text = text
            self._svg.insert(place, told)

    def rect(self, box: Box, fill: str, **more: str) -> None:
        """A filled rectangle."""
        place = {name: _px(number) for name, number in box._asdict().items()}
        ET.SubElement(self._svg, "rect", {**place, "fill": fill, **more})

    def level(self, x: float, y: float, width: float, stroke: str) -> None:
        """A horizontal line."""
        ends = {"x1": _px(x), "x2": _px(x + width), "y1": _px(y), "y2": _px(y)}
        ET.SubElement(self._svg, "line", {**ends, "stroke": stroke})

    def text(self, x: float, y: float, text: str, fill: str, **style: str) -> None:
        """A line of text on its base line; ``style`` are SVG attributes with ``_`` for ``-``."""
        named = {name.replace("_", "-"): value for name, value in style.items()}
        place = {"x": _px(x), "y": _px(y), "fill": fill, "font-size": str(_SMALL)}
        ET.SubElement(self._svg, "text", place | named).text = text

    def segment(self, box: Box, segment: Segment) -> None:
        """A part of a bar, or its swatch: colour, then pattern, as a second channel."""
        colour = self.paint(segment)[0]
        edge = {"stroke": self.colours.segment_edge, "stroke-width": "1"}
        if box.height < _SLIM:  # the page's edge would cover it
            edge = {"stroke": colour, "stroke-width": "1.5"}
        elif box.width < 16:
            edge["stroke-width"] = "0.5"
        self.rect(box, colour, **edge)
        if segment.pattern:
            self.rect(box, f"url(#{segment.name})")

    def paint(self, segment: Segment) -> tuple[str, str]:
        """A segment's colour, and that of text on it."""
        if self.theme == "dark" and segment.dark:
            return segment.dark, segment.dark_ink
        return segment.colour, segment.ink

    def _patterns(self, segments: Iterable[Segment]) -> None:
        definitions = ET.SubElement(self._svg, "defs")
        size = {"width": str(TILE), "height": str(TILE), "patternUnits": "userSpaceOnUse"}
        for segment in segments:
            if segment.pattern:
                path, wide = STROKES[segment.pattern]
                tile = ET.SubElement(definitions, "pattern", {"id": segment.name, **size})
                stroke = {"stroke": self.paint(segment)[1], "stroke-opacity": "0.22"}
                stroke["stroke-linecap"] = "round"
                ET.SubElement(tile, "path", {"d": path, "stroke-width": wide, **stroke})


def text_width(text: str) -> float:
    """About how wide a text of 12 px is: no font is at hand, so rather too wide than too narrow."""
    return sum(_SMALL * (0.35 if character in " .,()[]|il·" else 0.6) for character in text)


def _px(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
