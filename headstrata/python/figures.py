"""A table's figures for notebooks: the page's bars, and one head's attention pattern.

Skeleton, colours and numbers are the page's. What the browser measures there (which texts fit)
plotly does here, and the legend stands in the figure.
"""

import html
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from app.page.chart import figures
from app.page.template import template
from app.picture.chart import default_width
from app.picture.theme import COLOURS
from app.views.catalogue import VIEWS, find
from app.views.segments import segment_of
from app.views.view import View
from cache.grid import head_name
from cache.patterns import Pattern
from cache.store import Table
from headstrata.errors import UserError

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

#: How high bars are; views under the page's "Bars show" bring their own heights.
SHOWS = ["count", "percent", *(view.name for view in VIEWS.values() if view.control == "show")]

_COLOURS = COLOURS["light"]
_ACCENT = "#0b6b5f"
"""Weight 1 of a pattern: ``--accent`` of ``assets/css/theme.css``."""
#: Of a bin's width, between two bars, and of the axis over the tallest bar, where it counts
#: heads: as ``assets/chart/``.
_GAP, _HEADROOM = 0.16, 1.04
_LABELS = 12
"""Bin labels that fit side by side in a notebook."""
_HEIGHT, _SQUARE = 480, 640
"""px of the bars, and of a pattern's sides."""
#: Steps of a pattern's colours, of its tokens' labels, and how many tokens must come again before
#: it is called a copy: as ``assets/selection/pattern.js``.
_STEPS, _TOKEN_SHOWN, _REPEATED = (0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1), 11, 4
_EVERY_TOKEN = 40
"""Up to so many tokens each has a label; of more every second, third, …"""


def chart(table: Table, width: int | None, taxonomy: str, show: str) -> "Figure":
    """The stacked bars of a table.

    Args:
        table: As stored.
        width: Layers a bin; None: as the page opens.
        taxonomy: What bars are divided by, as in ``/api/bins``.
        show: One of ``SHOWS``.

    Raises:
        UserError: A value is not valid, or the table lacks what the view draws.
    """
    from plotly.graph_objects import Figure  # noqa: PLC0415 - only who draws waits for it

    if show not in SHOWS:
        raise UserError(f"show {show!r:.60} is not one of {', '.join(SHOWS)}")
    view = VIEWS.get(show) or find(taxonomy)
    if not view.has(table):
        record = table.provenance
        raise UserError(view.lacking([record.title], record.source == "published"))
    layers = table.provenance.layers
    binned = view.binned(table, default_width(layers) if width is None else width)
    view = _of_table(view, table, binned)
    percent = show != "count" or not view.counts_heads
    skeleton = figures.chart(view)
    bars = [
        _bar(trace, binned[binned[view.column] == trace["meta"]], percent)
        for trace in skeleton["data"]
    ]
    return Figure(data=bars, layout=_chart_layout(skeleton["layout"], table, binned, view, percent))


def pattern(table: Table, layer: int, head: int, probe: str, drawn: Pattern) -> "Figure":
    """One head's attention on one prompt: queries down, keys across, a cell a weight.

    Args:
        table: The head's table.
        layer: The head's layer.
        head: Its number within the layer.
        probe: The prompt's probe.
        drawn: What the head did on it, T tokens.
    """
    from plotly.graph_objects import Figure  # noqa: PLC0415 - only who draws waits for it

    size = len(drawn.tokens)
    texts = [html.escape(_signs(token), quote=False) for token in drawn.tokens]
    above = np.triu(np.ones((size, size), dtype=bool), 1)
    cells = {
        "type": "heatmap",
        "z": np.where(above, np.nan, drawn.weights / 255),
        "zmin": 0,
        "zmax": 1,
        "showscale": False,
        "colorscale": [[share * share, _mixed(share)] for share in _STEPS],
        "text": [
            [f"<b>{query} → {key}</b><br>query {q}, key {k}" for k, key in enumerate(texts)]
            for q, query in enumerate(texts)
        ],
        "hovertemplate": "%{text}<br>weight %{z:.2f}<extra></extra>",
        "hoverongaps": False,
    }
    title = f"{table.provenance.title}, {head_name(layer, head)}: {probe}"
    return Figure(data=[cells], layout=_pattern_layout(title, drawn.tokens, probe))


def _of_table(view: View, table: Table, binned: pd.DataFrame) -> View:
    """The view with the segments that this table has, of newer ones a stand-in."""
    known = {segment.name: segment for segment in view.segments}
    others: dict[str, Any] = {**table.groups, **table.categories}
    names = dict.fromkeys(binned[view.column])
    segments = (known[name] if name in known else segment_of(others[name]) for name in names)
    told = "<b>%{customdata[1]}</b> heads, " if view.counts_heads else ""
    what = "the bin" if view.counts_heads else f"the bin's {view.shared}"
    hover = f"{told}<b>%{{customdata[2]}}</b> of {what}"
    return replace(view, segments=tuple(segments), hover=hover)


def _bar(trace: dict[str, Any], rows: pd.DataFrame, percent: bool) -> dict[str, Any]:
    """A segment's trace with its numbers: ``rows`` of the binned table, one a bin."""
    wide = rows["stop"] - rows["start"]
    some = rows["share"].fillna(0) > 0
    return {
        **trace,
        "x": (rows["start"] + rows["stop"] - 1) / 2,
        "y": 100 * rows["share"].fillna(0) if percent else rows["heads"],
        "width": wide * (1 - _GAP),
        "text": rows["percent"].where(some, ""),
        "constraintext": "inside",  # with uniformtext: shown where it fits
        "customdata": rows[["bin", "heads", "percent"]].to_numpy(),
        "showlegend": bool(some.any()),
        "marker": {**trace["marker"], "line": {"width": 1, "color": _COLOURS.segment_edge}},
    }


def _chart_layout(
    layout: dict[str, Any], table: Table, binned: pd.DataFrame, view: View, percent: bool
) -> dict[str, Any]:
    bins = binned.drop_duplicates("start")[["bin", "start", "stop"]]
    shown = bins.iloc[:: -(-len(bins) // _LABELS)]
    tallest = 100 if percent else binned.groupby("start")["heads"].sum().max() * _HEADROOM
    return {
        **layout,
        "template": _tinted(),
        "height": _HEIGHT,
        "title": {"text": html.escape(table.provenance.title, quote=False)},
        "showlegend": True,
        "legend": {"traceorder": "reversed"},
        "uniformtext": {"mode": "hide", "minsize": 10},
        "xaxis": {
            **layout["xaxis"],
            "range": [-0.5, table.provenance.layers - 0.5],
            "tickvals": (shown["start"] + shown["stop"] - 1) / 2,
            "ticktext": shown["bin"],
        },
        "yaxis": {
            **layout["yaxis"],
            "range": [0, max(tallest, 1)],
            "ticksuffix": "%" if percent else "",
            "title": {"text": f"share of {view.shared}" if percent else "# heads"},
        },
    }


def _pattern_layout(title: str, tokens: Sequence[str], probe: str) -> dict[str, Any]:
    size = len(tokens)
    step = -(-size // _EVERY_TOKEN)
    axis = {
        "fixedrange": True,
        "showgrid": False,
        "ticks": "",
        "tickvals": list(range(0, size, step)),
        "ticktext": [html.escape(_label(token), quote=False) for token in tokens[::step]],
        "tickfont": {"size": 10},
        "constrain": "domain",
    }
    return {
        "template": _tinted(),
        "width": _SQUARE,
        "height": _SQUARE,
        "margin": {"l": 98, "r": 12, "t": 44, "b": 98},
        "title": {"text": html.escape(title, quote=False)},
        "dragmode": False,
        "shapes": _copy_lines(second_copy(tokens) if probe == "repeated" else 0, size),
        "xaxis": {
            **axis,
            "title": {"text": "Key", "standoff": 2},
            "tickangle": -90,
            "range": [-0.5, size - 0.5],
        },
        "yaxis": {
            **axis,
            "title": {"text": "Query", "standoff": 2},
            "range": [size - 0.5, -0.5],
            "constraintoward": "top",
            "scaleanchor": "x",
        },
    }


def second_copy(tokens: Sequence[str]) -> int:
    """Where the stretch behind the first token begins again; 0: nowhere."""
    for start in range(2, len(tokens) - _REPEATED + 1):
        if list(tokens[start:]) == list(tokens[1 : 1 + len(tokens) - start]):
            return start
    return 0


def _copy_lines(start: int, size: int) -> list[dict[str, Any]]:
    """A line before the first query of the second copy, and one before its first key."""
    if not start:
        return []
    edge = start - 0.5
    line = {"type": "line", "line": {"color": _COLOURS.ink_2, "width": 1, "dash": "dot"}}
    return [
        {**line, "x0": -0.5, "x1": edge, "y0": edge, "y1": edge},
        {**line, "x0": edge, "x1": edge, "y0": edge, "y1": size - 0.5},
    ]


def _signs(token: str) -> str:
    """A token with signs for the spaces and line breaks in it."""
    shown = f"␣{token[1:]}" if token.startswith(" ") else token
    return shown.replace("\n", "⏎").replace("\t", "⇥")


def _label(token: str) -> str:
    """A token on an axis."""
    text = _signs(token)
    return text if len(text) <= _TOKEN_SHOWN else f"{text[: _TOKEN_SHOWN - 1]}…"


def _mixed(share: float) -> str:
    """A colour from nothing to the accent; by the square root, so that faint attention shows."""
    low, high = (
        np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])
        for colour in (_COLOURS.grid, _ACCENT)
    )
    red, green, blue = (round(float(part)) for part in low + (high - low) * share)
    return f"rgb({red},{green},{blue})"


def _tinted() -> dict[str, Any]:
    """The page's template with the colours of its light theme (``assets/chart/theme.js``)."""
    layout = template()["layout"]
    axis = {"gridcolor": _COLOURS.grid, "linecolor": _COLOURS.line, "tickcolor": _COLOURS.line}
    ticks = {"tickfont": {**layout["xaxis"]["tickfont"], "color": _COLOURS.ink_2}}
    return {
        "layout": {
            **layout,
            "paper_bgcolor": _COLOURS.surface,
            "plot_bgcolor": _COLOURS.surface,
            "font": {**layout["font"], "color": _COLOURS.ink},
            "xaxis": {**layout["xaxis"], **axis, **ticks},
            "yaxis": {**layout["yaxis"], **axis, **ticks},
        }
    }
