"""How callbacks are attached and what they read: shared by all features of the page."""

from typing import Any

import flask
from dash import ClientsideFunction, Dash, Input

from app.page import ids, inputs
from app.reading import Reader
from cache.store import Table

#: Where ``assets/main.js`` puts the browser's callbacks.
NAMESPACE = "headstrata"
#: What is drawn, once the width rests. The charts follow its drag without Dash
#: (``assets/chart/drag.js``).
DRAWN = (
    Input(ids.PAYLOAD, "data"),
    Input(ids.SETTLED, "data"),
    Input(ids.TAXONOMY, "value"),
)


def clientside(app: Dash, name: str, *parts: Any, **options: Any) -> None:
    """Attach the browser's callback of this name."""
    attach: Any = app.clientside_callback  # Dash leaves it untyped
    attach(ClientsideFunction(NAMESPACE, name), *parts, **options)


def reader() -> Reader:
    """The application's reader of the cache."""
    found: Reader = flask.current_app.config["READER"]
    return found


def table_of(wanted: Any, side: str = "model") -> Table:
    """The table that a request names.

    Raises:
        UserError: It names none, or there is no such table.
    """
    return reader().table(inputs.text(wanted, side))


def view_of(wanted: Any) -> tuple[int, str, str]:
    """Width, view and thresholds of what is asked about.

    Raises:
        UserError: One of them is missing or of the wrong kind.
    """
    thresholds = inputs.optional(wanted, "t") or ""
    return inputs.number(wanted, "width"), inputs.text(wanted, "taxonomy"), thresholds


def key_of(wanted: Any) -> dict[str, str]:
    """Name and stamp of the table that an answer is about, so that the browser can match them.

    Raises:
        UserError: One of them is missing.
    """
    return {"model": inputs.text(wanted, "model"), "stamp": inputs.text(wanted, "stamp")}
