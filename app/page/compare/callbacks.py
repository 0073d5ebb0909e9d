"""From a second table's name to what is drawn and said beside the shown one."""

from typing import Any

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from app.analysis.settings import settings_apart
from app.page import ids, inputs
from app.page.compare import comparison, data, effects, layout
from app.page.frame import frame
from app.page.wiring import DRAWN, clientside, table_of, view_of
from app.views.thresholds import apply, normal
from cache.store import Table
from headstrata.errors import UserError


def register(app: Dash) -> None:
    """Attach the callbacks to the app."""
    _ask(app)
    _draw(app)
    _scatter(app)
    _server(app)


def _ask(app: Dash) -> None:
    clientside(
        app,
        "offerTables",
        Output(ids.COMPARE, "data"),
        Output(ids.COMPARE, "value", allow_duplicate=True),
        Input(ids.MODEL, "data"),
        Input(ids.PAYLOAD, "data"),
        State(ids.COMPARE, "value"),
        prevent_initial_call=True,
    )
    clientside(
        app,
        "wantCompared",
        *DRAWN,
        Input(ids.SHOW, "value"),
        Input(ids.COMPARE, "value"),
        Input(ids.OPENED, "data"),
    )
    clientside(
        app,
        "chooseScore",
        Input(ids.COMPARE_SCORE, "value"),
        State(ids.COMPARE_WANTED, "data"),
        prevent_initial_call=True,
    )


def _draw(app: Dash) -> None:
    clientside(
        app,
        "drawCompared",
        Output(ids.COMPARE_HINT, "hidden"),
        Output(ids.COMPARE_BODY, "hidden"),
        Output(ids.COMPARE_CHARTS, "hidden"),
        Output(ids.COMPARE_LEGEND, "children"),
        Output(ids.COMPARE_NUMBERS, "children"),
        *DRAWN,
        Input(ids.SHOW, "value"),
        Input(ids.COMPARE, "value"),
        Input(ids.COMPARED, "data"),
        Input(ids.OPENED, "data"),
        Input(ids.VIEWPORT, "data"),
    )


def _scatter(app: Dash) -> None:
    clientside(
        app,
        "drawScatter",
        Output(ids.COMPARE_SCATTER, "figure"),
        Input(ids.PAIRS, "data"),
        Input(ids.COMPARE_HEADS, "children"),
        Input(ids.VIEWPORT, "data"),
        prevent_initial_call=True,
    )
    clientside(
        app,
        "clickScatter",
        Output(ids.SELECTION, "data", allow_duplicate=True),
        Input(ids.COMPARE_SCATTER, "clickData"),
        State(ids.SELECTION, "data"),
        prevent_initial_call=True,
    )


def _server(app: Dash) -> None:
    wanted_pair = Input(ids.COMPARE_WANTED, "data")

    @app.callback(
        Output(ids.COMPARED, "data"),
        Output(ids.COMPARE_WORDS, "children"),
        Output(ids.COMPARE_APART, "children"),
        Output(ids.COMPARE_EFFECTS, "children"),
        wanted_pair,
        prevent_initial_call=True,
    )
    def compare(wanted: Any) -> Any:
        try:
            return _compared(wanted)
        except UserError as error:
            return None, f"{error}.", [], []

    @app.callback(Output(ids.PAIRS, "data"), wanted_pair, prevent_initial_call=True)
    def pair_heads(wanted: Any) -> Any:
        try:
            one, other = _tables(wanted)
            _, found = comparison.agreement(one, other, inputs.optional(wanted, "score"))
        except UserError:
            return None
        called = comparison.names(one, other)
        return found and data.pack_pairs(found, called, one.grid)

    @app.callback(Output(ids.COMPARE_HEADS, "children"), wanted_pair, prevent_initial_call=True)
    def compare_heads(wanted: Any) -> Any:
        try:
            one, other = _tables(wanted)
            shared, found = comparison.agreement(one, other, inputs.optional(wanted, "score"))
        except UserError:
            return []
        apart = settings_apart(one.provenance, other.provenance)
        return frame(layout.heads(shared, found, comparison.names(one, other), apart))


def _compared(wanted: Any) -> tuple[dict[str, Any], Component, Component, Component]:
    """What the second table is drawn from, the differences in words, in measurements, in effects.

    Raises:
        UserError: Something is asked for that cannot be had.
    """
    width, taxonomy, thresholds = view_of(wanted)
    show = inputs.optional(wanted, "show") or ""
    both = comparison.pair(*_tables(wanted), taxonomy, show)
    bins, found = comparison.differences(both, width)
    told = comparison.comparable(found, both)
    packed = data.pack_other(both, told)
    packed |= {key: wanted.get(key) for key in ("model", "other", "taxonomy", "show")}
    changed = normal(thresholds)
    words = layout.words(both, told, bins, changed, inputs.optional(wanted, "pin") or "")
    apart = layout.measured_apart(both)
    weighed = effects.build(both, width, bins, changed)
    return packed, frame(words), frame(apart), frame(weighed)


def _tables(wanted: Any) -> tuple[Table, Table]:
    """Both tables under the thresholds asked for.

    Raises:
        UserError: There is no such table, or the thresholds make no sense.
    """
    t = inputs.optional(wanted, "t")
    one, other = (apply(table_of(wanted, side), t) for side in ("model", "other"))
    return one, other
