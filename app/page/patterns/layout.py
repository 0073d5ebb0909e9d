"""The drawer with thumbnails of the listed heads, and up to four pinned ones side by side."""

from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria
from app.page.parts import drawer
from app.page.parts import stores as empty_stores
from app.page.selection.head_pattern import prompt_list


def stores() -> list[Component]:
    """The feature's data in the browser."""
    return empty_stores(ids.PINS)


def panel() -> Component:
    """Closed at first; ``assets/patterns/`` fills it when it is opened."""
    return drawer(ids.PATTERNS_PANEL, "patterns", "Attention patterns side by side", _body())


def _body() -> list[Component]:
    return [
        html.Div(
            [prompt_list("gallery-prompt"), html.P(id=ids.GALLERY_NOTE, className="quiet")],
            className="gallery-head",
        ),
        html.P(id="pins-problem", className="quiet", role="status"),
        html.Div(id="pins", className="pins", hidden=True),
        html.P(id="pins-scale", className="quiet"),
        html.P(id="gallery-problem", className="quiet", role="status"),
        html.Div(
            id="gallery",
            className="gallery",
            role="group",
            **aria(label="Thumbnails; the arrow keys go from one to the next, P pins"),
        ),
        html.P(
            "Queries down, keys across. Each thumbnail has its own scale: darkest is its largest "
            "weight outside the first column. Press one for its card, + to pin it.",
            className="quiet",
        ),
    ]
