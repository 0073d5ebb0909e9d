"""What the server answers for the page: a table, what is known of it, a head's card, jobs.

Thin adapters around the pure functions beside this file. A ``UserError`` that is
not caught here ends as a note in the page (``app.server.report``).
"""

from collections.abc import Callable
from typing import Any

import flask
from dash import Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from app.page import (
    about,
    asked,
    head_card,
    head_more,
    head_pattern,
    header,
    ids,
    jobs,
    payload,
)
from app.page.attributes import data
from app.panels import extras
from app.panels import ids as panel_ids
from app.panels.thresholds import apply
from app.reading import Reader
from cache.patterns import read_head
from cache.store import BadTableError, Table
from headstrata.errors import ObstacleError, UserError


def register(app: Dash) -> None:
    """Attach the server's callbacks to the app."""
    _table(app)
    _head(app)
    _news(app)


def _table(app: Dash) -> None:
    @app.callback(
        Output(panel_ids.TABLE, "data"),
        Output(ids.STATUS, "children", allow_duplicate=True),
        Input(ids.MODEL, "value"),
        Input(ids.REFRESH, "data"),
        prevent_initial_call="initial_duplicate",
    )
    def show_table(name: str | None, _: str | None) -> Any:
        if not name:
            return no_update, no_update
        try:
            return _shown(name), no_update
        except UserError as error:
            return no_update, f"{error}."

    # Once the table is there, so that the chart does not wait for them.
    @app.callback(
        Output(ids.ORIGIN, "children"), Input(ids.SHOWN, "data"), prevent_initial_call=True
    )
    def show_origin(shown: Any) -> Any:
        return about.origin(_reader().table(asked.text(shown, "name")), _reader().problems())

    @app.callback(
        Output(ids.MEANING, "children"), Input(ids.SHOWN, "data"), prevent_initial_call=True
    )
    def show_meaning(shown: Any) -> Any:
        return about.definitions(_reader().table(asked.text(shown, "name")).provenance)

    @app.callback(
        Output(ids.SOURCES, "children"), Input(ids.SHOWN, "data"), prevent_initial_call=True
    )
    def show_sources(shown: Any) -> Any:
        return about.papers(_reader().table(asked.text(shown, "name")).provenance)


def _head(app: Dash) -> None:
    wanted_head = Input(ids.HEAD_WANTED, "data")

    @app.callback(Output(ids.HEAD_VERDICT, "children"), wanted_head, prevent_initial_call=True)
    def show_head(wanted: Any) -> Any:
        return _of_head(wanted, head_card.build)

    @app.callback(Output(ids.PATTERN, "data"), wanted_head, prevent_initial_call=True)
    def show_pattern(wanted: Any) -> Any:
        return _of_head(wanted, _pattern)

    @app.callback(Output(ids.HEAD_MORE, "children"), wanted_head, prevent_initial_call=True)
    def show_more(wanted: Any) -> Any:
        return _of_head(wanted, _more)


def _news(app: Dash) -> None:
    @app.callback(
        Output(ids.MODELS, "data"),
        Output(ids.MODEL, "data"),
        Output(ids.MODEL, "disabled"),
        Output(ids.JOBS, "children"),
        Output(ids.EMPTY, "hidden"),
        Output(ids.CONTENT, "hidden"),
        Output(ids.TABLE_ACTIONS, "hidden"),
        Output(ids.STATUS, "children", allow_duplicate=True),
        Input(ids.POLL, "n_intervals"),
        State(ids.MODELS, "data"),
        prevent_initial_call="initial_duplicate",
    )
    def poll(_: int | None, known: Any) -> Any:
        reader = _reader()
        models = payload.listing(reader.entries())
        rows = jobs.build(reader.jobs())
        if not models:  # else "About this table" lists them
            rows += jobs.refused(reader.problems())
        if models == known:
            return no_update, no_update, no_update, rows, *[no_update] * 4
        bare = not models
        note = news(known, models)
        return models, header.options(models), bare, rows, not bare, bare, bare, note


def _of_head(wanted: Any, tell: Callable[[Table, str], Any]) -> Any:
    """What ``tell`` says of the wanted head.

    Raises:
        UserError: There is no such table or head.
    """
    table = apply(_reader().table(asked.text(wanted, "model")), asked.optional(wanted, "t"))
    return tell(table, asked.text(wanted, "head"))


def _pattern(table: Table, head: str) -> dict[str, Any]:
    row = head_card.find(table, head)
    try:
        found = read_head(
            _reader().store,
            table.name,
            int(row["layer"]),
            int(row["head"]),
            table.provenance.run_key,
        )
    except (BadTableError, ObstacleError) as error:
        return head_pattern.none(head, f"{error}.")
    return head_pattern.pack(found, table, head)


def _more(table: Table, head: str) -> list[Component]:
    reader = _reader()
    names = [e.name for e in reader.entries() if e.name != table.name]
    others = reader.readable(names[: head_more.OTHER_TABLES])
    return head_more.build(table, head, others)


def news(known: Any, models: list[dict[str, Any]]) -> Any:
    """What to say about tables that were not there before.

    Raises:
        UserError: ``known`` is not a list of tables.
    """
    if not isinstance(known, list):
        raise UserError("the known tables are not a list")
    names = {asked.text(model, "name") for model in known}
    new = [model for model in models if model["name"] not in names]
    if not new:
        return no_update
    told = [_ready(model) for model in new]
    return told[0] if len(told) == 1 else html.Ul([html.Li(parts) for parts in told])


def _ready(model: dict[str, Any]) -> list[Component | str]:
    show = html.Button(
        "Show it", className="button plain", type="button", **data(model=model["name"])
    )
    return [f"{model['title']} is ready. ", show]


def _shown(name: str) -> dict[str, Any]:
    reader = _reader()
    table = reader.table(name)
    stamp = reader.stamp(name)[1]
    return {**payload.build(table), "stamp": stamp, "has": extras.offered(table)}


def _reader() -> Reader:
    reader: Reader = flask.current_app.config["READER"]
    return reader
