"""The stacked bars as SVG for a frame of any size, in the reader's own theme.

They stand where plotly will draw them (margins, gaps, ticks, which texts fit), so that the page
shows its chart before its scripts run and nothing moves when they have. What depends on the
frame's size in px is left to container queries
(https://www.w3.org/TR/css-contain-3/#container-queries).
"""

from collections.abc import Iterator
from html import escape
from itertools import groupby
from math import ceil, floor, log10

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
from app.picture.canvas import STROKES, TILE, text_width
from app.picture.chart import PLAIN, Look
from app.picture.legend import described, legend_of
from app.views.segments import Segment
from app.views.view import View
from cache.store import Table

#: px around the axes; as ``assets/chart/geometry.js``.
LEFT, RIGHT, TOP, BOTTOM = 58, 12, 26, 46
#: px: the frames that are planned for (``assets/css/``): their heights, and the narrowest.
_HEIGHTS = range(160, 1001)
_NARROWEST, _WIDEST = 200, 4000
#: px of a digit, and of what else stands in a tick's label, in type of 12 px.
_DIGIT, _GLYPHS = 7.6, {"%": 11.4, ",": 3.8, ".": 3.8}


def draw(table: Table, width: int, view: View, look: Look = PLAIN) -> str:
    """The picture as an HTML element ``head-chart-first`` that fills its frame.

    Args:
        table: As stored, or under thresholds (``app.views.thresholds.apply``).
        width: Layers a bin.
        view: What the bars are divided by; ``view.has(table)``.
        look: How it looks; the theme is the page's.

    Raises:
        UserError: The width is out of range, or the table cannot be shown under the view.
    """
    percent = look.show == "percent" or not view.counts_heads
    bars = bars_of(table, width, view, percent, shown(table, view, look.unmeasured, look.only))
    whole = not left_out(table, view, look.unmeasured) and not look.only
    top, layers = axis_top(bars, percent, whole), table.provenance.layers
    texts = list(_texts(bars, top, layers))
    title = f"share of {view.shared}" if percent else "# heads"
    drawn = [segment for segment in view.segments if any(_parts(bars, segment))]
    return "".join(
        [
            '<div id="head-chart-first" class="first-chart" role="img" '
            f'aria-label="{escape(described(table, view, legend_of(table, view)))}">',
            "<style>",
            *(_paint(segment) for segment in drawn),
            *_fitting(texts),
            *_thinned(bars, layers),
            *_spaced(top),
            '</style><svg class="first-plot" aria-hidden="true"><defs>',
            *(_pattern(segment) for segment in drawn if segment.pattern),
            "</defs>",
            *_heights(top, "%" if percent else "", title),
            '<g class="first-bins">',
            *_bins(bars, layers),
            "</g>",
            *(_stack(segment, bars, top, layers) for segment in drawn),
            *_edges(bars, top, layers),
            *(text for text, _, _ in texts),
            '<text class="first-axis" x="50%" y="100%" dy="39">Layer bin</text>',
            "</svg></div>",
        ]
    )


def _parts(bars: list[Bar], segment: Segment) -> Iterator[tuple[Bar, Part]]:
    """A segment in each bar that has some of it."""
    for bar in bars:
        yield from ((bar, part) for part in bar.parts if part.segment == segment and part.value)


def _place(bar: Bar, part: Part, top: float, layers: int) -> tuple[float, float, float, float]:
    """x, y, width, height in percent of the axes."""
    wide = bar.stop - bar.start
    return (
        100 * (bar.start + wide * GAP / 2) / layers,
        100 * (1 - (part.below + part.value) / top),
        100 * wide * (1 - GAP) / layers,
        100 * part.value / top,
    )


def _stack(segment: Segment, bars: list[Bar], top: float, layers: int) -> str:
    rects = []
    for bar, part in _parts(bars, segment):
        x, y, wide, high = (_short(one) for one in _place(bar, part, top, layers))
        rects.append(f'<rect x="{x}%" y="{y}%" width="{wide}%" height="{high}%"/>')
    one = "".join(rects)
    over = f'<g fill="url(#first-{segment.name})">{one}</g>' if segment.pattern else ""
    return f'<g class="first-stack first-{segment.name}">{one}</g>{over}'


def _edges(bars: list[Bar], top: float, layers: int) -> Iterator[str]:
    """The line inside a segment, as high as its borderline heads; its place in px is the CSS's."""
    for bar in bars:
        for part in bar.parts:
            if not part.borderline:
                continue
            x, y, wide, _ = _place(bar, part, top, layers)
            place = f'x="{_short(x)}%" y="{_short(y)}%" width="{_short(wide)}%"'
            high = _short(100 * part.borderline / top)
            yield f'<svg class="first-edge" {place} height="{high}%"><rect height="100%"/></svg>'


def _texts(bars: list[Bar], top: float, layers: int) -> Iterator[tuple[str, int, int]]:
    """Each percentage, with the least width and height in px of a frame where it fits."""
    for bar in bars:
        for part in bar.parts:
            if not part.value:
                continue
            x, y, wide, high = _place(bar, part, top, layers)
            needs = 100 * (text_width(part.percent) + TEXT_PADDING) / wide
            least = ceil(needs) + LEFT + RIGHT, ceil(100 * TEXT_HEIGHT / high) + TOP + BOTTOM
            if least[0] > _WIDEST or least[1] > _HEIGHTS[-1]:
                continue
            place = f'x="{_short(x + wide / 2)}%" y="{_short(y + high / 2)}%"'
            kind = f"first-percent first-{part.segment.name} {_name(*least)}"
            yield f'<text class="{kind}" {place} dy="4">{part.percent}</text>', *least


def _fitting(texts: list[tuple[str, int, int]]) -> Iterator[str]:
    for wide, high in sorted({(wide, high) for _, wide, high in texts}):
        asked = f"(max-width:{wide - 0.1}px) or (max-height:{high - 0.1}px)"
        yield f"@container {asked}{{text.{_name(wide, high)}{{display:none}}}}"


def _name(wide: int, high: int) -> str:
    return f"f{wide}-{high}"


def _bins(bars: list[Bar], layers: int) -> Iterator[str]:
    """The bins' names and ticks."""
    for bar in bars:
        x = _short(100 * (bar.start + bar.stop) / 2 / layers)
        yield (f'<svg x="{x}%" y="100%"><path d="M0 0v4"/><text dy="19.4">{bar.name}</text></svg>')


def _thinned(bars: list[Bar], layers: int) -> Iterator[str]:
    """As many names as fit side by side (``everyNth`` in ``assets/chart/bars.js``)."""
    widest = max(text_width(bar.name) for bar in bars) + 10
    share = (bars[0].stop - bars[0].start) / layers
    before = _WIDEST
    for step in range(2, len(bars) + 1):
        # step - 1 is too little in a frame narrower than this
        below = ceil(widest / (share * (step - 1))) + LEFT + RIGHT
        if before <= _NARROWEST:
            return
        asked = f"(max-width:{below - 0.1}px)"
        narrower = ceil(widest / (share * step)) + LEFT + RIGHT
        if step < len(bars):
            asked += f" and (min-width:{narrower}px)"
        before = narrower
        others = f".first-bins > :not(:nth-child({step}n + 1))"
        yield f"@container {asked}{{{others}{{display:none}}}}"


def _heights(top: float, unit: str, title: str) -> Iterator[str]:
    """The ticks of the y axis with its title, for every distance that they have in some frame."""
    for step in sorted({_tick(top, high) for high in _HEIGHTS}):
        lines, widest = [], 0.0
        for place in range(floor(top / step + 1e-9) + 1):
            y = _short(100 * (1 - place * step / top))
            label = f"{place * step:,g}{unit}"
            widest = max(widest, sum(_GLYPHS.get(glyph, _DIGIT) for glyph in label))
            lines.append(
                f'<svg y="{y}%"><line x2="100%"/><path d="M-4 0h4"/>'
                f'<text x="-7.4" dy="4">{label}</text></svg>'
            )
        turned = f"translate({_short(-widest - 19.7)}) rotate(-90)"
        told = f'<text class="first-axis" transform="{turned}">{escape(title)}</text>'
        lines.append(f'<svg y="50%">{told}</svg>')
        yield f'<g class="first-y {_tick_name(step)}">{"".join(lines)}</g>'


def _spaced(top: float) -> Iterator[str]:
    for step, frames in groupby(_HEIGHTS, lambda high: _tick(top, high)):
        high = list(frames)
        asked = f"(min-height:{high[0] - 0.5}px) and (max-height:{high[-1] + 0.5}px)"
        yield f"@container {asked}{{.{_tick_name(step)}{{display:inline}}}}"


def _tick(top: float, height: int) -> float:
    """The distance of ticks that plotly chooses in a frame of some px.

    A tick each 40 px at the least, 5 to 10 of them, at 1, 2 or 5 times a power of ten:
    https://github.com/plotly/plotly.js/blob/v4.1.1/src/plots/cartesian/axes.js (``autoTicks``).
    """
    if top < 6:
        return 1  # there is no half a head
    rough = top / (min(9, max(4, (height - TOP - BOTTOM) / 40)) + 1)
    power = 10.0 ** floor(log10(rough))
    return next(power * nice for nice in (1, 2, 5, 10) if power * nice >= rough * (1 - 1e-9))


def _tick_name(step: float) -> str:
    return f"first-y{step:g}".replace(".", "-")


def _paint(segment: Segment) -> str:
    name = f".first-{segment.name}"
    light = f"{name}{{--fill:{segment.colour};--on:{segment.ink}}}"
    if not segment.dark:
        return light
    dark = f"{{--fill:{segment.dark};--on:{segment.dark_ink}}}"
    return (
        f"{light}[data-theme=dark] {name}{dark}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme]) {name}{dark}}}"
    )


def _pattern(segment: Segment) -> str:
    path, wide = STROKES[segment.pattern]
    size = f'width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse"'
    return (
        f'<pattern id="first-{segment.name}" {size}><path class="first-{segment.name} first-stroke"'
        f' d="{path}" stroke-width="{wide}" stroke-linecap="round"/></pattern>'
    )


def _short(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
