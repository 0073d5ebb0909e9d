"""Places for figures: dash's own graph where clicks and hovers matter, else a plain one."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from app.page import figures


def graph(name: str, figure: dict[str, Any] | None = None, **options: Any) -> Component:
    """A ``dcc.Graph``; without a figure it shows nothing, not even axes, until one comes."""
    return dcc.Graph(
        id=name,
        figure=figure or figures.nothing(),
        config=figures.config(),
        responsive=True,
        className="graph",
        **options,
    )


def canvas(name: str) -> Component:
    """A place that ``assets/chart/draw.js`` draws in, without a figure until then."""
    return html.Div(html.Div(className="graph"), id=name, className="graph")
