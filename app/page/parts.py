"""Parts that several features are built of: a drawer, and empty stores."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from app.page.attributes import data
from app.page.fields import Held


def drawer(
    name: str, key: str, title: str, body: Sequence[Component], body_id: str | None = None
) -> Component:
    """A titled part of the page that is closed at first.

    Args:
        name: The element's id.
        key: Its name in the store ``OPENED``, which ``assets/`` keeps.
        title: What can be read while it is closed.
        body: What is inside.
        body_id: The id of the inside, where a callback fills it.
    """
    named: dict[str, Any] = {"id": body_id} if body_id else {}
    inside = html.Div(list(body), className="panel-body", **named)
    return html.Details(
        [html.Summary(title), inside], id=name, className="drawer", **data(panel=key)
    )


def stores(*names: str) -> list[Component]:
    """Empty stores of these ids."""
    return [Held(id=name) for name in names]
