"""The drawer of the sensitivity curve; filled when it is opened."""

from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria
from app.page.graphs import canvas
from app.page.parts import drawer
from app.page.parts import stores as empty_stores


def stores() -> list[Component]:
    """The feature's data in the browser."""
    return empty_stores(ids.SENSITIVITY_OF, ids.SENSITIVITY_WANTED, ids.SENSITIVITY)


def panel() -> Component:
    """Closed at first."""
    return drawer(ids.SENSITIVITY_PANEL, "sensitivity", "Does it depend on the threshold?", _body())


def _body() -> list[Component]:
    return [
        html.P(
            "Heads in a category under every threshold of its own, the others as they are now. "
            "Dotted: the default. Press the curve to see the whole page under that threshold.",
            className="quiet",
        ),
        html.Div(
            id=ids.SENSITIVITY_CHOICE,
            className="chips",
            role="group",
            **aria(label="Category whose threshold is varied"),
        ),
        html.P(id=ids.SENSITIVITY_WORDS, className="lead", role="status"),
        html.Div(
            canvas(ids.SENSITIVITY_CHART),
            className="sensitivity-chart",
            role="img",
            **aria(labelledby=ids.SENSITIVITY_WORDS),
        ),
    ]
