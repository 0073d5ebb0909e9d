"""Places for figures: a graph where clicks and hovers matter, else a plain one."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from app.page.fields import Graph

#: No upload button, no logo, nothing that the page offers better elsewhere.
CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "doubleClick": False,
    "scrollZoom": False,
}


def graph(name: str, figure: dict[str, Any] | None = None) -> Component:
    """A figure that tells where it was pressed and pointed at; nothing is drawn without one."""
    return Graph(id=name, figure=figure)


def canvas(name: str) -> Component:
    """A place that ``assets/chart/draw.js`` draws in, without a figure until then."""
    return html.Div(html.Div(className="graph"), id=name, className="graph")
