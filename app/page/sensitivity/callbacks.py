"""From a chosen category to its curve: the browser asks once a table and category."""

from typing import Any

from dash import Dash, Input, Output

from app.analysis import sensitivity
from app.page import ids, inputs
from app.page.wiring import clientside, key_of, table_of
from app.views.thresholds import normal, parse_thresholds
from vocabulary.taxonomy import THRESHOLDS


def register(app: Dash) -> None:
    """Attach the callbacks to the app."""
    clientside(
        app,
        "wantSensitivity",
        Input(ids.TABLE, "data"),
        Input(ids.THRESHOLDS, "data"),
        Input(ids.SENSITIVITY_OF, "data"),
        Input(ids.OPENED, "data"),
    )
    clientside(
        app,
        "drawSensitivity",
        Output(ids.SENSITIVITY_CHOICE, "children"),
        Output(ids.SENSITIVITY_WORDS, "children"),
        Input(ids.SENSITIVITY, "data"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.THRESHOLDS, "data"),
        Input(ids.SENSITIVITY_OF, "data"),
        Input(ids.OPENED, "data"),
        Input(ids.VIEWPORT, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.SENSITIVITY, "data"),
        Input(ids.SENSITIVITY_WANTED, "data"),
        prevent_initial_call=True,
    )
    def show_curve(wanted: Any) -> Any:
        category, t = inputs.text(wanted, "category"), normal(inputs.text(wanted, "t"))
        heads = table_of(wanted).heads
        counts = sensitivity.curve(heads, category, {**THRESHOLDS, **parse_thresholds(t)})
        return {**key_of(wanted), "category": category, "t": t, "counts": counts}
