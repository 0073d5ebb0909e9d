"""Where the panels stand: stores, the note above the chart, what is beside and below it."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from app.page import header
from app.page.attributes import aria, data
from app.panels import compare_panel, ids


def stores() -> list[Component]:
    """The panels' data in the browser."""
    empty = (
        ids.TABLE,
        ids.WHATIF_WANTED,
        ids.WHATIF,
        ids.EXTRAS_WANTED,
        ids.EXTRAS,
        ids.OBSERVE_WANTED,
        ids.COMPARED,
        ids.COMPARE_WANTED,
        ids.SLIDERS_WANTED,
        ids.PAIRS,
        ids.REFERENCE_WANTED,
        ids.CHECK_WANTED,
    )
    return [
        dcc.Store(id=ids.THRESHOLDS, data={}),
        dcc.Store(id=ids.OPENED, data={}),
        *(dcc.Store(id=name) for name in empty),
    ]


def above() -> Component:
    """Between controls and chart: what is said of the view."""
    return html.Div(id=ids.VIEW_NOTE, className="view-notes", role="status")


def under() -> Component:
    """Under the chart, which stays in view while they are moved: the what-if thresholds."""
    return _panel(
        ids.WHATIF_PANEL,
        "whatif",
        "What-if thresholds",
        html.Div(id=ids.WHATIF_BODY, className="panel-body"),
    )


def beside() -> Component:
    """Key observations; the server writes them anew when a slider rests."""
    return html.Section(
        [
            html.H2("Key observations", id="observations-title"),
            html.Div(id=ids.OBSERVATIONS, className="observation-list"),
        ],
        className="observations",
        **aria(labelledby="observations-title"),
    )


def below(models: list[dict[str, Any]]) -> Component:
    """Comparison and reference figure, closed at first."""
    return html.Section(
        [
            _panel(
                ids.COMPARE_PANEL,
                "compare",
                "Compare with another table",
                html.Div(compare_panel.build(header.options(models)), className="panel-body"),
            ),
            _panel(
                ids.REFERENCE_PANEL,
                "reference",
                "Reference figure",
                html.Div(
                    [html.Div(id=ids.REFERENCE_BODY), html.Div(id=ids.REFERENCE_CHECK)],
                    className="panel-body",
                ),
            ),
        ],
        className="drawers",
        **aria(label="Comparison and reference"),
    )


def _panel(name: str, key: str, title: str, body: Component) -> Component:
    return html.Details([html.Summary(title), body], id=name, className="drawer", **data(panel=key))
