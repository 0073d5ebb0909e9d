"""The stacked bars as SVG: the same numbers, order, colours and rounding as on the page.

It needs no script and no font of its own, so it works as an image in any page, README or
mail, and before a page's scripts have run.
"""

from dataclasses import dataclass
from typing import Literal

from app.picture.axis import ticks
from app.picture.bars import (
    GAP,
    TEXT_HEIGHT,
    TEXT_PADDING,
    Bar,
    Part,
    axis_top,
    bars_of,
    left_out,
    shown,
)
from app.picture.canvas import Box, Canvas, text_width
from app.picture.legend import described, legend_of, not_measured
from app.picture.theme import Theme
from app.views.thresholds import normal
from app.views.view import View
from app.views.words import counted as counted_heads
from cache.store import Table
from vocabulary.citations import CITATIONS

Show = Literal["count", "percent"]

#: px; those of the page's own export (``assets/chart/picture.js``).
WIDTH, HEIGHT = 1000, 560
_LEFT, _TOP, _BOTTOM, _RIGHT = 70, 78, 48, 12
_SWATCH = Box(12, 0, 30, 13)
_LEGEND = 66
"""Of the legend beside its longest text."""
_LINE, _LEGEND_LINE = 16, 20
_INSET, _INNER, _NARROW = 4, 3, 0.2
"""Of the line inside a segment, and what they take of a narrow bar at the most; as
``assets/chart/edges.js``."""


@dataclass(frozen=True)
class Look:
    """What is up to whom looks at it."""

    show: Show = "count"
    """Whether bars are as high as their number of heads, or 100 % each; always 100 % in views
    that count no heads."""
    theme: Theme = "light"
    unmeasured: bool = False
    """Whether heads that nobody measured are drawn beside the others."""
    only: tuple[str, ...] = ()
    """Names of the segments that are drawn, without the others; empty: all."""


PLAIN = Look()


@dataclass(frozen=True)
class _Plot:
    """Where the axes are, and what a unit of each is in px."""

    box: Box
    per_unit: float
    per_layer: float

    def part(self, bar: Bar, part: Part) -> Box:
        """The rectangle of a segment."""
        layers = bar.stop - bar.start
        return Box(
            self.box.x + (bar.start + layers * GAP / 2) * self.per_layer,
            self.floor - (part.below + part.value) * self.per_unit,
            layers * (1 - GAP) * self.per_layer,
            part.value * self.per_unit,
        )

    @property
    def floor(self) -> float:
        """Where bars stand."""
        return self.box.y + self.box.height


def default_width(layers: int) -> int:
    """The bin width of a page that is opened without one: a quarter of the layers."""
    return max(1, round(layers / 4))


def draw(table: Table, width: int, view: View, look: Look = PLAIN, *, t: str = "") -> str:
    """The picture, as an SVG document.

    Args:
        table: As stored, or under thresholds (``app.views.thresholds.apply``).
        width: Layers a bin.
        view: What the bars are divided by; ``view.has(table)``.
        look: How it looks.
        t: The thresholds, as in a link; they are told in the picture.

    Raises:
        UserError: The width is out of range, or the table cannot be shown under the view.
    """
    percent = look.show == "percent" or not view.counts_heads
    title, legend = table.provenance.title, legend_of(table, view)
    right = max(text_width(entry.text) for entry in legend) + _LEGEND
    canvas = Canvas(WIDTH, HEIGHT, look.theme, view.segments)
    canvas.describe(title, described(table, view, legend))
    canvas.text(_LEFT, 27, title, canvas.colours.ink, font_size="17", font_weight="600")
    segments = shown(table, view, look.unmeasured, look.only)
    bars = bars_of(table, width, view, percent, segments)
    missing = left_out(table, view, look.unmeasured)
    for place, line in enumerate(_wrapped(_caption(table, width, view, t, missing))):
        canvas.text(_LEFT, 48 + _LINE * place, line, canvas.colours.ink_2)
    plot = _plot(
        table.provenance.layers, right, axis_top(bars, percent, not missing and not look.only)
    )
    _draw_axes(canvas, plot, bars, f"share of {view.shared}" if percent else "# heads")
    for bar in bars:
        _draw_bar(canvas, plot, bar)
    x, y = WIDTH - right + _SWATCH.x, float(_TOP)
    named = [entry for entry in legend if not entry.unknown]
    drawn = [entry for entry in named if entry.segment.name in segments]
    for entry in reversed(drawn):
        canvas.segment(_SWATCH._replace(x=x, y=y), entry.segment)
        canvas.text(x + _SWATCH.width + 8, y + 11, entry.text, canvas.colours.ink)
        y += _LEGEND_LINE
    if rest := not_measured(legend):
        canvas.text(x + _SWATCH.width + 8, y + 11, rest, canvas.colours.ink_2)
    return str(canvas)


def _caption(table: Table, width: int, view: View, t: str, missing: int) -> list[str]:
    record = table.provenance
    papers = ", ".join(CITATIONS[key].short for key in view.citations)
    source = f"{view.plural} published by {papers}" if papers else record.describe_source()
    changed = "" if view.untouched else normal(t).replace(",", ", ")
    return [
        table.name,
        f"{source}, {record.computed_at:%Y-%m-%d}",
        f"{width} {'layer' if width == 1 else 'layers'} a bin, percentages rounded one by one",
        *([f"what if: thresholds {changed}"] if changed else []),
        *([f"{counted_heads(missing)} not measured and not drawn"] if missing else []),
    ]


def _wrapped(phrases: list[str]) -> list[str]:
    """At most two lines: there is no room for more."""
    first, *rest = phrases
    lines = [first]
    for phrase in rest:
        longer = f"{lines[-1]} · {phrase}"
        if len(lines) == 1 and text_width(longer) > WIDTH - _LEFT - _RIGHT:
            lines.append(phrase)
        else:
            lines[-1] = longer
    return lines


def _plot(layers: int, right: float, top: float) -> _Plot:
    box = Box(_LEFT, _TOP, WIDTH - _LEFT - right, HEIGHT - _TOP - _BOTTOM)
    return _Plot(box, box.height / top, box.width / layers)


def _draw_axes(canvas: Canvas, plot: _Plot, bars: list[Bar], counted: str) -> None:
    box, colours = plot.box, canvas.colours
    unit = "" if counted.startswith("#") else "%"
    for tick in ticks(box.height / plot.per_unit):
        y = plot.floor - tick * plot.per_unit
        canvas.level(box.x, y, box.width, colours.grid)
        canvas.text(box.x - 7, y + 4, f"{tick:,}{unit}", colours.ink_2, text_anchor="end")
    canvas.level(box.x, plot.floor, box.width, colours.line)
    widest = max(text_width(bar.name) for bar in bars) + 10
    every = int(-(-widest // ((bars[0].stop - bars[0].start) * plot.per_layer)))
    for bar in bars[::every]:
        x = box.x + (bar.start + bar.stop) / 2 * plot.per_layer
        canvas.text(x, plot.floor + 18, bar.name, colours.ink_2, text_anchor="middle")
    title = {"font_size": "13", "text_anchor": "middle"}
    canvas.text(box.x + box.width / 2, HEIGHT - 9, "Layer bin", colours.ink, **title)
    x, y = 20.0, box.y + box.height / 2
    canvas.text(x, y, counted, colours.ink, transform=f"rotate(-90 {x:g} {y:g})", **title)


def _draw_bar(canvas: Canvas, plot: _Plot, bar: Bar) -> None:
    for part in bar.parts:
        if not part.value:
            continue
        box = plot.part(bar, part)
        canvas.segment(box, part.segment)
        if part.borderline:
            inset, line = (min(px, _NARROW * box.width) for px in (_INSET, _INNER))
            high = part.borderline * plot.per_unit
            edge = Box(box.x + box.width - inset - line, box.y, line, high)
            canvas.rect(edge, canvas.colours.surface)
        if box.height >= TEXT_HEIGHT and box.width >= text_width(part.percent) + TEXT_PADDING:
            x, y = box.x + box.width / 2, box.y + box.height / 2 + 4
            _, ink = canvas.paint(part.segment)
            canvas.text(x, y, part.percent, ink, text_anchor="middle")
