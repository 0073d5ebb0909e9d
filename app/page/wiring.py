"""How callbacks are attached and what they read: shared by all features of the page."""

from typing import Any

import flask
from dash import ClientsideFunction, Dash, Input

from app.page import ids, inputs
from app.reading import Reader
from cache.store import Table
from headstrata.errors import UserError
from vocabulary.taxonomy import CATEGORIES

#: Where ``assets/main.js`` puts the browser's callbacks.
NAMESPACE = "headstrata"
#: What is drawn, once the width rests. The charts follow its drag without Dash
#: (``assets/chart/drag.js``).
DRAWN = (
    Input(ids.PAYLOAD, "data"),
    Input(ids.SETTLED, "data"),
    Input(ids.TAXONOMY, "value"),
)


#: Stores that are empty at first and then filled. What reads one is called when it is filled;
#: without the initial call dash-renderer has fewer to keep waiting, each of which it compares
#: with each other, value by value, every time that one of them is done (``difference`` in
#: https://github.com/plotly/dash/blob/v4.4.1/dash/dash-renderer/src/observers/requestedCallbacks.ts).
AWAITED = (ids.URL, ids.TABLE, ids.PAYLOAD)


def clientside(app: Dash, name: str, *parts: Any, **options: Any) -> None:
    """Attach the browser's callback of this name."""
    if any(isinstance(part, Input) and part.component_id in AWAITED for part in parts):
        options["prevent_initial_call"] = True
    attach: Any = app.clientside_callback  # Dash leaves it untyped
    attach(ClientsideFunction(NAMESPACE, name), *parts, **options)


def reader() -> Reader:
    """The application's reader of the cache."""
    found: Reader = flask.current_app.config["READER"]
    return found


def table_of(wanted: Any, side: str = "model") -> Table:
    """The table that a request names.

    Raises:
        UserError: It names none, there is no such table, or the page cannot draw it.
    """
    return drawable(reader().table(inputs.text(wanted, side)))


def drawable(table: Table) -> Table:
    """The table itself, if the page has a colour and a place for each of its categories.

    Raises:
        UserError: Some heads are in a category that only a newer version knows.
    """
    unknown = sorted(set(table.heads["category"]) - set(CATEGORIES))
    if unknown:
        raise UserError(
            f"{table.name} has heads in categories that this version of Headstrata does not know "
            f"({', '.join(unknown)}): update Headstrata to see it here; its rows can be "
            f"downloaded from /api/heads?model={table.name}"
        )
    return table


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
