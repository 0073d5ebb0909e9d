"""Figure skeletons: traces, hover texts and axes. ``assets/`` fills in the numbers."""

import textwrap
from collections.abc import Sequence
from typing import Any

from app.page.template import MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, template
from app.views.segments import Segment
from app.views.view import View

#: Characters of a line in a hover label.
HOVER_WRAP = 46


def chart(view: View) -> dict[str, Any]:
    """The stacked bars: one trace a segment, always all of them, in one order.

    The browser sets ``x``, ``y``, ``width``, ``text`` and ``customdata``: bin,
    heads, share, the strongest heads and their score, segment.
    """
    return {"data": [_bar(segment, view) for segment in view.segments], "layout": _chart_layout()}


def head_map(segments: Sequence[Segment]) -> dict[str, Any]:
    """One cell a head, coloured by segment; a dot marks borderline heads."""
    cells = {
        "type": "heatmap",
        "colorscale": _steps([segment.colour for segment in segments]),
        "zmin": -0.5,
        "zmax": len(segments) - 0.5,
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "hovertemplate": "%{text}<extra></extra>",
    }
    dots = {
        "type": "scatter",
        "mode": "markers",
        "marker": {"size": 3.5, "symbol": "circle", "line": {"width": 0}},
        "hoverinfo": "skip",
    }
    return {"data": [cells, dots], "layout": _map_layout()}


def _bar(segment: Segment, view: View) -> dict[str, Any]:
    sentence = "<br>".join(textwrap.wrap(segment.sentence, HOVER_WRAP))
    return {
        "type": "bar",
        "name": segment.label,
        "meta": segment.name,
        "marker": {
            "color": segment.colour,
            "line": {"width": 1},
            "pattern": {
                "shape": segment.pattern,
                "fillmode": "overlay",
                "fgcolor": segment.ink,
                "fgopacity": 0.2,
                "size": 7,
                "solidity": 0.14,
            },
        },
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": segment.ink, "size": 12},
        "hovertemplate": (
            f"<b>{segment.label}</b> in layers %{{customdata[0]}}<br>{sentence}<br><br>"
            f"{view.hover}<extra></extra>"
        ),
    }


def _chart_layout() -> dict[str, Any]:
    return {
        "template": template(),
        "barmode": "stack",
        "clickmode": "event",
        "hovermode": "closest",
        "dragmode": False,
        "margin": {"l": MARGIN_LEFT, "r": MARGIN_RIGHT, "t": MARGIN_TOP, "b": MARGIN_BOTTOM},
        "xaxis": {
            "type": "linear",
            "title": {"text": "Layer bin"},
            "tickangle": 0,
            "fixedrange": True,
            "showgrid": False,
        },
        "yaxis": {"type": "linear", "fixedrange": True, "rangemode": "tozero"},
    }


def _map_layout() -> dict[str, Any]:
    return {
        "template": template(),
        "clickmode": "event",
        "hovermode": "closest",
        "dragmode": False,
        "margin": {"l": MARGIN_LEFT, "r": MARGIN_RIGHT, "t": 4, "b": 42},
        "xaxis": {"title": {"text": "Layer"}, "fixedrange": True, "showgrid": False},
        "yaxis": {"title": {"text": "Head"}, "fixedrange": True, "showgrid": False},
    }


def _steps(colours: Sequence[str]) -> list[list[Any]]:
    """A colour scale of equal flat steps."""
    size = len(colours)
    return [[edge / size, colour] for i, colour in enumerate(colours) for edge in (i, i + 1)]
