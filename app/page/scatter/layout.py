"""The drawer of the scatter of two scores or measures; filled when it is opened."""

from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria, data
from app.page.graphs import canvas
from app.page.parts import drawer
from app.page.parts import stores as empty_stores


def stores() -> list[Component]:
    """The feature's data in the browser."""
    return empty_stores(ids.SCATTER_OF, ids.SCATTER_WANTED, ids.SCATTER)


def panel() -> Component:
    """Closed at first."""
    return drawer(ids.SCATTER_PANEL, "scatter", "Two scores of every head", _body())


def _body() -> list[Component]:
    return [
        html.P(
            "One point a head, in its category's colour; dotted: the thresholds. The bars of a "
            "head that is pointed at or chosen are one standard error either way. Press a point "
            "for the head's card.",
            className="quiet",
        ),
        html.Div(
            id=ids.SCATTER_CHOICE,
            className="scatter-choice",
            role="group",
            **aria(label="Scores to plot"),
        ),
        html.P(id=ids.SCATTER_WORDS, className="quiet", role="status"),
        html.Div(
            [
                canvas(ids.SCATTER_CHART),
                html.Span(className="scatter-error", id="scatter-error-x"),
                html.Span(className="scatter-error", id="scatter-error-y"),
            ],
            className="scatter-chart",
            role="img",
            **aria(labelledby=ids.SCATTER_WORDS),
        ),
        html.Div(id=ids.SCATTER_SURPRISES, className="surprises", **data(list="surprises")),
    ]
