"""From the list of heads and the pinned ones to their pictures; all of it in the browser."""

from dash import Dash, Input, Output

from app.page import ids
from app.page.wiring import DRAWN, clientside


def register(app: Dash) -> None:
    """Attach the callbacks to the app."""
    clientside(
        app,
        "showPatterns",
        Output(ids.GALLERY_NOTE, "children"),
        *DRAWN,
        Input(ids.SELECTION, "data"),
        Input(ids.ISOLATED, "data"),
        Input(ids.PROMPT, "data"),
        Input(ids.PINS, "data"),
        Input(ids.OPENED, "data"),
        Input(ids.VIEWPORT, "data"),
    )
