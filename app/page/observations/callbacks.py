"""From what is shown to sentences about it."""

from typing import Any

from dash import Dash, Input, Output, State, html

from app.page import ids
from app.page.frame import frame
from app.page.observations import layout
from app.page.wiring import clientside, table_of, view_of
from headstrata.errors import UserError


def register(app: Dash) -> None:
    """Attach the callbacks to the app."""
    clientside(
        app,
        "wantObservations",
        Input(ids.PAYLOAD, "data"),
        Input(ids.SETTLED, "data"),
    )

    clientside(
        app,
        "showObserved",
        Input(ids.OBSERVATIONS, "children"),
        State(ids.PAYLOAD, "data"),
        State(ids.SETTLED, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.OBSERVATIONS, "children"),
        Input(ids.OBSERVE_WANTED, "data"),
        prevent_initial_call=True,
    )
    def observe(wanted: Any) -> Any:
        try:
            view = view_of(wanted)
            found = layout.of_table(table_of(wanted), *view)
        except UserError as error:
            return frame(html.P(f"{error}."))
        return frame(layout.build(found, layout.about(*view)))
