"""Places for figures: dash's own graph where clicks and hovers matter, else a plain one."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

#: No upload button, no logo, nothing that the page offers better elsewhere.
CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "doubleClick": False,
    "scrollZoom": False,
}


def config() -> Any:
    """``CONFIG`` as dcc.Graph's annotation wants it."""
    return dict(CONFIG)


def nothing() -> dict[str, Any]:
    """A figure to come: plotly would draw axes from -1 to 6."""
    axis = {"visible": False}
    clear = "rgba(0,0,0,0)"
    colours = {"paper_bgcolor": clear, "plot_bgcolor": clear}
    return {"data": [], "layout": {"autosize": True, "xaxis": axis, "yaxis": axis, **colours}}


def graph(name: str, figure: dict[str, Any] | None = None, **options: Any) -> Component:
    """A ``dcc.Graph``; without a figure it shows nothing, not even axes, until one comes."""
    return dcc.Graph(
        id=name,
        figure=figure or nothing(),
        config=config(),
        responsive=True,
        className="graph",
        **options,
    )


def canvas(name: str) -> Component:
    """A place that ``assets/chart/draw.js`` draws in, without a figure until then."""
    return html.Div(html.Div(className="graph"), id=name, className="graph")
