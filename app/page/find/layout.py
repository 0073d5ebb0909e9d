"""The button that opens the find box."""

from dash import html
from dash.development.base_component import Component

from app.page.attributes import aria, data


def button() -> Component:
    """In the header; ``/`` and Ctrl-K do the same."""
    return html.Button(
        ["Find", html.Kbd("/", className="find-key", **aria(hidden="true"))],
        type="button",
        className="button find-open",
        title="Find a head, a model, a category (/ or Ctrl-K)",
        **aria(haspopup="dialog", keyshortcuts="/ Control+K Meta+K"),
        **data(action="find"),
    )
