"""What the server answers for the panels: thin adapters around pure functions.

It is asked when a panel is opened, when a slider rests, and, at most every tenth of a
second, while a threshold is dragged: its rules are the worker's own.
"""

from typing import Any

import flask
from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component

from app import downloads
from app.analysis.binned_check import check_binned_table
from app.analysis.settings import settings_apart
from app.page import asked, payload
from app.panels import (
    compare_data,
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
from cache.store import Table
from headstrata.errors import UserError

#: What changed thresholds change of the packed table.
VERDICT = ("detailed", "runner_up", "borderline", "score", "error", "margin")


def register(app: Dash) -> None:
    """Attach the server's callbacks to the app."""
    _views(app)
    _panels(app)
    _comparison(app)


def _views(app: Dash) -> None:
    @app.callback(
        Output(ids.WHATIF, "data"), Input(ids.WHATIF_WANTED, "data"), prevent_initial_call=True
    )
    def what_if(wanted: Any) -> Any:
        t = normal(asked.text(wanted, "t"))
        table = payload.build(apply(_table(wanted), t))
        return {**_key(wanted), "t": t, **{name: table[name] for name in VERDICT}}

    @app.callback(
        Output(ids.EXTRAS, "data"), Input(ids.EXTRAS_WANTED, "data"), prevent_initial_call=True
    )
    def further_views(wanted: Any) -> Any:
        return {**_key(wanted), **extras.build(_table(wanted))}

    @app.callback(
        Output(ids.OBSERVATIONS, "children"),
        Input(ids.OBSERVE_WANTED, "data"),
        prevent_initial_call=True,
    )
    def observe(wanted: Any) -> Any:
        try:
            view = _view(wanted)
            found = observations.of_table(_table(wanted), *view)
        except UserError as error:
            return html.P(f"{error}.")
        return observations.build(found, observations.about(*view))


def _panels(app: Dash) -> None:
    @app.callback(
        Output(ids.WHATIF_BODY, "children"),
        Input(ids.SLIDERS_WANTED, "data"),
        State(ids.THRESHOLDS, "data"),
        prevent_initial_call=True,
    )
    def show_sliders(wanted: Any, thresholds: Any) -> Any:
        return whatif_panel.build(asked.numbers(thresholds), asked.texts(wanted, "scores"))

    @app.callback(
        Output(ids.REFERENCE_BODY, "children"),
        Input(ids.REFERENCE_WANTED, "data"),
        prevent_initial_call=True,
    )
    def show_reference(_: bool) -> Any:
        return reference_panel.build()

    @app.callback(
        Output(ids.REFERENCE_CHECK, "children"),
        Input(ids.CHECK_WANTED, "data"),
        prevent_initial_call=True,
    )
    def check_shown(wanted: Any) -> Any:
        try:
            width, taxonomy, thresholds = _view(wanted)
            table = apply(_table(wanted), thresholds)
            checks = check_binned_table(downloads.binned(table, width, taxonomy))
        except UserError as error:
            return html.P(f"{error}.")
        return reference_panel.check_of(table.provenance.title, width, checks)


def _comparison(app: Dash) -> None:
    @app.callback(
        Output(ids.COMPARED, "data"),
        Output(ids.COMPARE_WORDS, "children"),
        Input(ids.COMPARE_WANTED, "data"),
        prevent_initial_call=True,
    )
    def compare(wanted: Any) -> Any:
        try:
            return _compared(wanted)
        except UserError as error:
            return None, html.P(f"{error}.")

    @app.callback(
        Output(ids.PAIRS, "data"),
        Input(ids.COMPARE_WANTED, "data"),
        prevent_initial_call=True,
    )
    def pair_heads(wanted: Any) -> Any:
        try:
            one, other = _tables(wanted)
            _, found = comparison.agreement(one, other, asked.optional(wanted, "score"))
        except UserError:
            return None
        called = comparison.names(one, other)
        return found and compare_data.pack_pairs(found, called, one.provenance.heads)

    @app.callback(
        Output(ids.COMPARE_HEADS, "children"),
        Input(ids.COMPARE_WANTED, "data"),
        prevent_initial_call=True,
    )
    def compare_heads(wanted: Any) -> Any:
        try:
            one, other = _tables(wanted)
            shared, found = comparison.agreement(one, other, asked.optional(wanted, "score"))
        except UserError:
            return []
        apart = settings_apart(one.provenance, other.provenance)
        return compare_panel.heads(shared, found, comparison.names(one, other), apart)


def _compared(wanted: Any) -> tuple[dict[str, Any], list[Component]]:
    """What the second table is drawn from, and the differences in words.

    Raises:
        UserError: Something is asked for that cannot be had.
    """
    width, taxonomy, thresholds = _view(wanted)
    show = asked.optional(wanted, "show") or ""
    both = comparison.pair(*_tables(wanted), taxonomy, show)
    bins, found = comparison.differences(both, width)
    told = comparison.comparable(found, both)
    packed = compare_data.pack_other(both, told)
    packed |= {key: wanted.get(key) for key in ("model", "other", "taxonomy", "show")}
    return packed, compare_panel.words(both, told, bins, normal(thresholds), show)


def _tables(wanted: Any) -> tuple[Table, Table]:
    """Both tables under the thresholds asked for.

    Raises:
        UserError: There is no such table, or the thresholds make no sense.
    """
    t = asked.optional(wanted, "t")
    one, other = (apply(_table(wanted, side), t) for side in ("model", "other"))
    return one, other


def _table(wanted: Any, side: str = "model") -> Table:
    return _reader().table(asked.text(wanted, side))


def _view(wanted: Any) -> tuple[int, str, str]:
    """Width, taxonomy and thresholds of what is asked about."""
    thresholds = asked.optional(wanted, "t") or ""
    return asked.number(wanted, "width"), asked.text(wanted, "taxonomy"), thresholds


def _key(wanted: Any) -> dict[str, str]:
    return {"model": asked.text(wanted, "model"), "stamp": asked.text(wanted, "stamp")}


def _reader() -> Reader:
    reader: Reader = flask.current_app.config["READER"]
    return reader
