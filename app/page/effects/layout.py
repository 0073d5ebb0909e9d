"""The drawer of the summed effects; filled when it is opened."""

from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria
from app.page.graphs import canvas
from app.page.parts import drawer
from app.page.parts import stores as empty_stores


def stores() -> list[Component]:
    """The feature's data in the browser."""
    return empty_stores(ids.EFFECTS_OF, ids.EFFECTS_WANTED, ids.EFFECTS)


def panel() -> Component:
    """Closed at first."""
    return drawer(ids.EFFECTS_PANEL, "effects", "Weigh by effect", _body())


def _body() -> list[Component]:
    return [
        html.P(
            "An effect is how much the loss rises when the head's output is replaced by its mean. "
            "Above the axis: the sum of the effects of a category's heads that help; below it: "
            "of those without which the loss falls. Effects do not add up, since heads back one "
            "another up: a sum is a sum, not a share of the loss.",
            className="quiet",
        ),
        html.Div(
            id=ids.EFFECTS_CHOICE,
            className="chips",
            role="group",
            **aria(label="Text that effects are measured on"),
        ),
        html.Div(id=ids.EFFECTS_WORDS, role="status"),
        html.Div(
            canvas(ids.EFFECTS_CHART),
            className="effects-chart",
            role="img",
            **aria(labelledby=ids.EFFECTS_WORDS),
        ),
        html.Div(id=ids.EFFECTS_TABLE),
    ]
