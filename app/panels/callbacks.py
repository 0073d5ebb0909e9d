"""The panels' callbacks: thin adapters around the pure functions beside this file.

What follows a drag of the bin width runs in the browser (``assets/panels-callbacks.js``).
The server is asked when a panel is opened, when a slider rests, and, at most every
tenth of a second, while a threshold is dragged: its rules are the worker's own.
"""

from typing import Any

import flask
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from app.page import ids as page
from app.page import payload
from app.panels import (
    compare_panel,
    comparison,
    extras,
    ids,
    observations,
    reference_panel,
    whatif_panel,
)
from app.panels.thresholds import apply, normal
from app.reading import Reader
from classify.taxonomy import SCORES
from headstrata.errors import UserError

NAMESPACE = "headstrata_panels"
#: What changed thresholds change of the packed table.
VERDICT = ("detailed", "runner_up", "borderline", "score", "error", "margin")

_DEFINITIONS = State(page.DEFINITIONS, "data")


def register(app: Dash) -> None:
    """Attach the panels' callbacks to the app."""
    _settle(app)
    _thresholds(app)
    _views(app)
    _compare(app)
    _answer_views(app)
    _answer_panels(app)


def _clientside(app: Dash, name: str, *parts: Any, **options: Any) -> None:
    clientside: Any = app.clientside_callback  # Dash leaves it untyped
    clientside(ClientsideFunction(NAMESPACE, name), *parts, **options)


def _settle(app: Dash) -> None:
    """From the stored table to the drawn one."""
    _clientside(
        app,
        "restore",
        Output(ids.THRESHOLDS, "data"),
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
        _DEFINITIONS,
    )


def _thresholds(app: Dash) -> None:
    _clientside(
        app,
        "wantWhatIf",
        Input(ids.TABLE, "data"),
        Input(ids.THRESHOLDS, "data"),
        _DEFINITIONS,
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
        _DEFINITIONS,
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
        _DEFINITIONS,
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
        "tellView",
        Output(ids.VIEW_NOTE, "children"),
        Input(page.PAYLOAD, "data"),
        State(page.SHOW, "value"),
        State(ids.THRESHOLDS, "data"),
        _DEFINITIONS,
    )
    _clientside(
        app,
        "wantObservations",
        Input(page.PAYLOAD, "data"),
        Input(page.BIN_WIDTH, "value"),
        Input(page.TAXONOMY, "value"),
    )


def _compare(app: Dash) -> None:
    view = (
        Input(page.PAYLOAD, "data"),
        Input(page.BIN_WIDTH, "value"),
        Input(page.TAXONOMY, "value"),
    )
    _clientside(
        app,
        "wantCompared",
        *view,
        Input(ids.COMPARE, "value"),
        Input(ids.OPENED, "data"),
        State(ids.COMPARE_WANTED, "data"),
    )
    _clientside(
        app,
        "drawCompared",
        Output(ids.COMPARE_CHART_ONE, "figure"),
        Output(ids.COMPARE_CHART_OTHER, "figure"),
        *view,
        Input(ids.COMPARED, "data"),
        Input(ids.OPENED, "data"),
        Input(page.VIEWPORT, "data"),
        _DEFINITIONS,
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
        _DEFINITIONS,
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


def _answer_views(app: Dash) -> None:
    @app.callback(Output(ids.WHATIF, "data"), Input(ids.WHATIF_WANTED, "data"))
    def what_if(wanted: dict[str, Any] | None) -> Any:
        if not wanted:
            return no_update
        try:
            t = normal(str(wanted["t"]))
            table = payload.build(apply(_reader().table(str(wanted["model"])), t))
        except UserError:
            return no_update
        return {**_key(wanted), "t": t, **{name: table[name] for name in VERDICT}}

    @app.callback(Output(ids.EXTRAS, "data"), Input(ids.EXTRAS_WANTED, "data"))
    def further_views(wanted: dict[str, Any] | None) -> Any:
        if not wanted:
            return no_update
        try:
            return {**_key(wanted), **extras.build(_reader().table(str(wanted["model"])))}
        except UserError:
            return no_update

    @app.callback(Output(ids.OBSERVATIONS, "children"), Input(ids.OBSERVE_WANTED, "data"))
    def observe(wanted: dict[str, Any] | None) -> Any:
        if not wanted:
            return no_update
        try:
            table = _reader().table(str(wanted["model"]))
            found = observations.of_table(
                table, int(wanted["width"]), str(wanted["taxonomy"]), wanted["t"]
            )
        except UserError as error:
            return html.P(f"{error}.")
        return observations.build(found)


def _answer_panels(app: Dash) -> None:
    @app.callback(
        Output(ids.WHATIF_BODY, "children"),
        Input(ids.SLIDERS_WANTED, "data"),
        State(ids.THRESHOLDS, "data"),
    )
    def show_sliders(wanted: dict[str, Any] | None, thresholds: dict[str, float]) -> Any:
        if not wanted:
            return no_update
        return whatif_panel.build(thresholds or {}, wanted["scores"])

    @app.callback(
        Output(ids.REFERENCE_BODY, "children"),
        Input(ids.OPENED, "data"),
        State(ids.REFERENCE_BODY, "children"),
    )
    def show_reference(opened: dict[str, bool] | None, shown: Any) -> Any:
        return (
            reference_panel.build() if (opened or {}).get("reference") and not shown else no_update
        )

    @app.callback(
        Output(ids.COMPARED, "data"),
        Output(ids.PAIRS, "data"),
        Output(ids.COMPARE_WORDS, "children"),
        Output(ids.COMPARE_HEADS, "children"),
        Input(ids.COMPARE_WANTED, "data"),
    )
    def compare(wanted: dict[str, Any] | None) -> Any:
        if not wanted:
            return no_update, no_update, no_update, no_update
        try:
            return compared(wanted)
        except UserError as error:
            return None, None, html.P(f"{error}."), []


def compared(wanted: dict[str, Any]) -> tuple[Any, Any, list[Component], list[Component]]:
    """The other table, the pairs of heads, the words, the head-by-head part.

    Raises:
        UserError: There is no such table, or a value makes no sense.
    """
    t = normal(wanted.get("t"))
    one, other = (apply(_reader().table(str(wanted[side])), t) for side in ("model", "other"))
    called = comparison.names(one, other)
    bins, found = comparison.differences(one, other, int(wanted["width"]), str(wanted["taxonomy"]))
    shared, agreement = comparison.agreement(one, other, wanted.get("score"))
    pairs = None
    if agreement is not None:
        pairs = comparison.pack_pairs(agreement, called, SCORES[agreement.score].label)
        pairs["threshold"] = compare_panel.threshold_of(agreement.score)
    return (
        {**_slim(payload.build(other)), "names": list(called)},
        pairs,
        compare_panel.words(found, called, bins, t),
        compare_panel.heads(shared, agreement, called),
    )


def _slim(packed: dict[str, Any]) -> dict[str, Any]:
    """Of the other table only what its chart needs."""
    return {key: packed[key] for key in ("name", "title", "layers", "heads", "detailed")}


def _key(wanted: dict[str, Any]) -> dict[str, Any]:
    return {"model": wanted["model"], "stamp": wanted["stamp"]}


def _reader() -> Reader:
    reader: Reader = flask.current_app.config["READER"]
    return reader
