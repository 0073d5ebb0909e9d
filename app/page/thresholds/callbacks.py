"""From a threshold's slider to the categories under it: the rules are the worker's own.

The server is asked at most every tenth of a second while a slider is dragged.
"""

from typing import Any

from dash import ALL, Dash, Input, Output, State

from app.page import ids, inputs
from app.page.frame import frame
from app.page.table import payload
from app.page.thresholds import layout
from app.page.wiring import clientside, key_of, table_of
from app.views.thresholds import apply, normal

#: What changed thresholds change of the packed table.
VERDICT = ("detailed", "runner_up", "borderline", "score", "error", "margin", "findings", "chances")


def register(app: Dash) -> None:
    """Attach the callbacks to the app."""
    _browser(app)
    _server(app)


def _browser(app: Dash) -> None:
    clientside(
        app,
        "offerThresholds",
        Output(ids.WHATIF_PANEL, "hidden"),
        Input(ids.PAYLOAD, "data"),
    )
    clientside(
        app,
        "wantWhatIf",
        Input(ids.TABLE, "data"),
        Input(ids.THRESHOLDS, "data"),
    )
    clientside(
        app,
        "wantSliders",
        Output(ids.SLIDERS_WANTED, "data"),
        Input(ids.TABLE, "data"),
        Input(ids.OPENED, "data"),
        State(ids.SLIDERS_WANTED, "data"),
        prevent_initial_call=True,
    )
    clientside(
        app,
        "readSliders",
        Output(ids.THRESHOLDS, "data", allow_duplicate=True),
        Output(ids.threshold_value(ALL), "children"),
        Input(ids.threshold(ALL), "value"),
        State(ids.threshold(ALL), "id"),
        State(ids.THRESHOLDS, "data"),
        prevent_initial_call=True,
    )
    clientside(
        app,
        "drawThresholds",
        Output(ids.WHATIF_COUNT, "children"),
        Output(ids.WHATIF_CHANGES, "children"),
        Output(ids.threshold_count(ALL), "children"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.WHATIF_BODY, "children"),
        State(ids.threshold_count(ALL), "id"),
        prevent_initial_call=True,
    )


def _server(app: Dash) -> None:
    @app.callback(
        Output(ids.WHATIF, "data"), Input(ids.WHATIF_WANTED, "data"), prevent_initial_call=True
    )
    def what_if(wanted: Any) -> Any:
        t = normal(inputs.text(wanted, "t"))
        table = payload.build(apply(table_of(wanted), t), t)
        return {**key_of(wanted), "t": t, **{name: table[name] for name in VERDICT}}

    @app.callback(
        Output(ids.WHATIF_BODY, "children"),
        Input(ids.SLIDERS_WANTED, "data"),
        State(ids.THRESHOLDS, "data"),
        prevent_initial_call=True,
    )
    def show_sliders(wanted: Any, thresholds: Any) -> Any:
        return frame(layout.build(inputs.numbers(thresholds), inputs.texts(wanted, "scores")))
