"""What of the panels runs in the browser: ``assets/*/callbacks.js``, wired up.

From the stored table, thresholds and controls to the drawn table; from there to notes
and charts, and to what the server is asked for (``answers.py``).
"""

from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State

from app.page import ids as page
from app.panels import answers, ids

NAMESPACE = "headstrata"
#: What the bars show; ``assets/chart/drag.js`` draws while the width's slider is dragged.
_VIEW = (
    Input(page.PAYLOAD, "data"),
    Input(page.SETTLED, "data"),
    Input(page.TAXONOMY, "value"),
)


def register(app: Dash) -> None:
    """Attach the panels' callbacks to the app."""
    _settle(app)
    _thresholds(app)
    _views(app)
    _compare(app)
    _reference(app)
    answers.register(app)


def _clientside(app: Dash, name: str, *parts: Any, **options: Any) -> None:
    clientside: Any = app.clientside_callback  # Dash leaves it untyped
    clientside(ClientsideFunction(NAMESPACE, name), *parts, **options)


def _settle(app: Dash) -> None:
    """From the stored table to the drawn one."""
    _clientside(
        app,
        "restoreThresholds",
        Output(ids.THRESHOLDS, "data"),
        Input(page.URL, "data"),
    )
    _clientside(
        app,
        "restoreCompare",
        Output(ids.COMPARE, "value"),
        Input(page.URL, "data"),
    )
    _clientside(
        app,
        "settle",
        Output(page.PAYLOAD, "data"),
        Input(ids.TABLE, "data"),
        Input(ids.WHATIF, "data"),
        Input(ids.EXTRAS, "data"),
        Input(ids.THRESHOLDS, "data"),
        Input(page.TAXONOMY, "value"),
        Input(page.SHOW, "value"),
    )


def _thresholds(app: Dash) -> None:
    _clientside(
        app,
        "wantWhatIf",
        Input(ids.TABLE, "data"),
        Input(ids.THRESHOLDS, "data"),
    )
    _clientside(
        app,
        "wantSliders",
        Output(ids.SLIDERS_WANTED, "data"),
        Input(ids.TABLE, "data"),
        Input(ids.OPENED, "data"),
        State(ids.SLIDERS_WANTED, "data"),
        prevent_initial_call=True,
    )
    _clientside(
        app,
        "readSliders",
        Output(ids.THRESHOLDS, "data", allow_duplicate=True),
        Output(ids.threshold_value(ALL), "children"),
        Input(ids.threshold(ALL), "value"),
        State(ids.threshold(ALL), "id"),
        State(ids.THRESHOLDS, "data"),
        prevent_initial_call=True,
    )
    _clientside(
        app,
        "drawThresholds",
        Output(ids.WHATIF_COUNT, "children"),
        Output(ids.WHATIF_CHANGES, "children"),
        Output(ids.threshold_count(ALL), "children"),
        Input(page.PAYLOAD, "data"),
        Input(ids.WHATIF_BODY, "children"),
        State(ids.threshold_count(ALL), "id"),
        prevent_initial_call=True,
    )


def _views(app: Dash) -> None:
    _clientside(
        app,
        "wantExtras",
        Input(ids.TABLE, "data"),
        Input(page.TAXONOMY, "value"),
        Input(page.SHOW, "value"),
    )
    _clientside(
        app,
        "offer",
        Output(page.TAXONOMY, "data"),
        Output(page.TAXONOMY, "value", allow_duplicate=True),
        Input(ids.TABLE, "data"),
        State(page.TAXONOMY, "value"),
        State(page.TAXONOMY, "data"),
        prevent_initial_call=True,
    )
    _clientside(
        app,
        "letGo",
        Output(page.ISOLATED, "data"),
        Input(page.PAYLOAD, "data"),
        State(page.ISOLATED, "data"),
        prevent_initial_call=True,
    )
    _clientside(
        app,
        "tellView",
        Output(ids.VIEW_NOTE, "children"),
        Output(page.TAXONOMY, "disabled"),
        Input(page.PAYLOAD, "data"),
        State(page.SHOW, "value"),
        State(ids.THRESHOLDS, "data"),
    )
    _clientside(
        app,
        "wantObservations",
        Input(page.PAYLOAD, "data"),
        Input(page.SETTLED, "data"),
    )


def _reference(app: Dash) -> None:
    _clientside(
        app,
        "wantCheck",
        Input(page.PAYLOAD, "data"),
        Input(page.SETTLED, "data"),
        Input(ids.OPENED, "data"),
    )


def _compare(app: Dash) -> None:
    _clientside(
        app,
        "wantCompared",
        *_VIEW,
        Input(page.SHOW, "value"),
        Input(ids.COMPARE, "value"),
        Input(ids.OPENED, "data"),
    )
    _clientside(
        app,
        "drawCompared",
        Output(ids.COMPARE_HINT, "hidden"),
        Output(ids.COMPARE_BODY, "hidden"),
        Output(ids.COMPARE_CHARTS, "hidden"),
        Output(ids.COMPARE_NUMBERS, "children"),
        *_VIEW,
        Input(page.SHOW, "value"),
        Input(ids.COMPARE, "value"),
        Input(ids.COMPARED, "data"),
        Input(ids.OPENED, "data"),
        Input(page.VIEWPORT, "data"),
    )
    _clientside(
        app,
        "offerTables",
        Output(ids.COMPARE, "data"),
        Input(page.MODEL, "data"),
        prevent_initial_call=True,
    )
    _clientside(
        app,
        "chooseScore",
        Input(ids.COMPARE_SCORE, "value"),
        State(ids.COMPARE_WANTED, "data"),
        prevent_initial_call=True,
    )
    _clientside(
        app,
        "drawScatter",
        Output(ids.COMPARE_SCATTER, "figure"),
        Input(ids.PAIRS, "data"),
        Input(ids.COMPARE_HEADS, "children"),
        Input(page.VIEWPORT, "data"),
        prevent_initial_call=True,
    )
    _clientside(
        app,
        "clickScatter",
        Output(page.SELECTION, "data", allow_duplicate=True),
        Input(ids.COMPARE_SCATTER, "clickData"),
        State(page.SELECTION, "data"),
        prevent_initial_call=True,
    )
