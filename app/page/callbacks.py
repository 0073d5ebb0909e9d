"""Callbacks: thin adapters between components and the pure functions beside this file.

Whatever must follow a control runs in the browser (``assets/callbacks.js``); the server
is asked for a table, a head's card, and now and then whether a job moved.
"""

from collections.abc import Callable
from typing import Any

import flask
from dash import ClientsideFunction, Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from app.page import about, grid, head_card, head_more, head_pattern, header, ids, jobs, payload
from app.page.attributes import data
from app.panels import callbacks as panels
from app.panels import extras
from app.panels import ids as panel_ids
from app.panels.thresholds import apply
from app.reading import Reader
from cache.patterns import read_head
from cache.store import Table
from headstrata.errors import UserError

NAMESPACE = "headstrata"


def register(app: Dash) -> None:
    """Attach every callback to the app."""
    grid.load_late()
    _restore(app)
    _draw(app)
    _select(app)
    _settle(app)
    _ask(app)
    _ask_of_head(app)
    panels.register(app)


def _clientside(app: Dash, name: str, *parts: Any, **options: Any) -> None:
    clientside: Any = app.clientside_callback  # Dash leaves it untyped
    clientside(ClientsideFunction(NAMESPACE, name), *parts, **options)


def _restore(app: Dash) -> None:
    _clientside(
        app,
        "restore",
        Output(ids.MODEL, "value"),
        Output(ids.TAXONOMY, "value"),
        Output(ids.SHOW, "value"),
        Output(ids.SELECTION, "data"),
        Output(ids.THEME, "data"),
        Output(ids.URL, "data"),
        Output(ids.STATUS, "children"),
        Input(ids.BOOT, "data"),
        State(ids.MODELS, "data"),
        State(ids.DEFINITIONS, "data"),
    )
    _clientside(
        app,
        "adopt",
        Output(ids.BIN_WIDTH, "max"),
        Output(ids.BIN_WIDTH, "value"),
        Output(ids.BIN_WIDTH, "marks"),
        Output(ids.HEADING, "children"),
        Output(ids.SOURCE_NOTE, "children"),
        Output(ids.MAP_NOTE, "children"),
        Output(ids.SELECTION, "data", allow_duplicate=True),
        Input(ids.PAYLOAD, "data"),
        State(ids.URL, "data"),
        State(ids.BIN_WIDTH, "value"),
        State(ids.SELECTION, "data"),
        prevent_initial_call=True,
    )


#: Once the width rests. The charts follow its drag without Dash (``assets/drag.js``).
_VIEW = (
    Input(ids.PAYLOAD, "data"),
    Input(ids.SETTLED, "data"),
    Input(ids.TAXONOMY, "value"),
)


def _draw(app: Dash) -> None:
    definitions = State(ids.DEFINITIONS, "data")
    _clientside(
        app,
        "drawChart",
        Output(ids.CHART, "figure"),
        Output(ids.WIDTH_TEXT, "children"),
        Output(ids.CHART_SUMMARY, "children"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.BIN_WIDTH, "value"),
        Input(ids.TAXONOMY, "value"),
        Input(ids.SHOW, "value"),
        Input(ids.SELECTION, "data"),
        Input(ids.ISOLATED, "data"),
        Input(ids.VIEWPORT, "data"),
        definitions,
    )
    _clientside(
        app,
        "drawMap",
        Output(ids.MAP, "figure"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.TAXONOMY, "value"),
        Input(ids.ISOLATED, "data"),
        Input(ids.VIEWPORT, "data"),
        definitions,
    )
    _clientside(
        app,
        "drawChips",
        Output(ids.CHIPS, "children"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.TAXONOMY, "value"),
        Input(ids.ISOLATED, "data"),
        definitions,
    )
    _clientside(
        app,
        "drawTwin",
        Output(ids.CHART_TABLE, "children"),
        *_VIEW,
        Input(ids.SELECTION, "data"),
        Input(ids.TWIN, "data"),
        definitions,
    )


def _select(app: Dash) -> None:
    selection = Output(ids.SELECTION, "data", allow_duplicate=True)
    for name, source in (
        ("clickChart", Input(ids.CHART, "clickData")),
        ("clickMap", Input(ids.MAP, "clickData")),
        ("clickRow", Input(ids.SEGMENT_TABLE, "cellClicked")),
    ):
        _clientside(
            app, name, selection, source, State(ids.SELECTION, "data"), prevent_initial_call=True
        )
    _clientside(
        app,
        "showSegment",
        Output(ids.SEGMENT_TITLE, "children"),
        Output(ids.SEGMENT_SECTION, "hidden"),
        Output(ids.SEGMENT_SLOT, "children"),
        *_VIEW,
        Input(ids.SELECTION, "data"),
        State(ids.DEFINITIONS, "data"),
    )
    _clientside(
        app,
        "showPanel",
        Output(ids.PANEL, "className"),
        Output(ids.PANEL_EMPTY, "hidden"),
        Output(ids.HEAD_CARD, "hidden"),
        Input(ids.SELECTION, "data"),
        Input(ids.SEGMENT_SECTION, "hidden"),
    )
    _clientside(
        app,
        "wantHead",
        Output(ids.HEAD_WANTED, "data"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.SELECTION, "data"),
        State(ids.HEAD_WANTED, "data"),
    )


def _settle(app: Dash) -> None:
    _clientside(
        app,
        "writeUrl",
        Output(ids.DOWNLOAD_HEADS, "href"),
        Output(ids.DOWNLOAD_BINS, "href"),
        Output(ids.FORMATS_HEADS, "children"),
        Output(ids.FORMATS_BINS, "children"),
        *_VIEW,
        Input(ids.SHOW, "value"),
        Input(ids.SELECTION, "data"),
        Input(ids.THEME, "data"),
        Input(panel_ids.COMPARE, "value"),
    )
    _clientside(
        app,
        "lightColumns",
        Output(ids.LIT_COLUMNS, "data"),
        Input(ids.CHART, "hoverData"),
        State(ids.PAYLOAD, "data"),
        prevent_initial_call=True,
    )
    _clientside(
        app,
        "lightSegment",
        Output(ids.LIT_SEGMENT, "data"),
        Input(ids.MAP, "hoverData"),
        State(ids.PAYLOAD, "data"),
        State(ids.BIN_WIDTH, "value"),
        State(ids.TAXONOMY, "value"),
        State(ids.SHOW, "value"),
        State(ids.ISOLATED, "data"),
        State(ids.DEFINITIONS, "data"),
        prevent_initial_call=True,
    )
    _clientside(
        app,
        "toggleTheme",
        Output(ids.THEME, "data", allow_duplicate=True),
        Input(ids.THEME_TOGGLE, "n_clicks"),
        prevent_initial_call=True,
    )
    _clientside(
        app,
        "useTheme",
        Output(ids.PROVIDER, "forceColorScheme"),
        Output(ids.VIEWPORT, "data"),
        Input(ids.THEME, "data"),
    )
    _clientside(
        app,
        "refresh",
        Output(ids.REFRESH, "data"),
        Input(ids.MODELS, "data"),
        State(ids.PAYLOAD, "data"),
        prevent_initial_call=True,
    )
    _clientside(
        app,
        "openFirst",
        Output(ids.MODEL, "value", allow_duplicate=True),
        Input(ids.MODELS, "data"),
        State(ids.MODEL, "value"),
        prevent_initial_call=True,
    )


def _ask(app: Dash) -> None:
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
    @app.callback(Output(ids.ORIGIN, "children"), Input(ids.SHOWN, "data"))
    def show_origin(shown: dict[str, Any] | None) -> Any:
        return _about(shown, lambda table: about.origin(table, _reader().problems()))

    @app.callback(Output(ids.MEANING, "children"), Input(ids.SHOWN, "data"))
    def show_meaning(shown: dict[str, Any] | None) -> Any:
        return _about(shown, lambda table: about.definitions(table.provenance))

    @app.callback(
        Output(ids.MODELS, "data"),
        Output(ids.MODEL, "data"),
        Output(ids.MODEL, "disabled"),
        Output(ids.JOBS, "children"),
        Output(ids.EMPTY, "hidden"),
        Output(ids.CONTENT, "hidden"),
        Output(ids.STATUS, "children", allow_duplicate=True),
        Input(ids.POLL, "n_intervals"),
        State(ids.MODELS, "data"),
        prevent_initial_call="initial_duplicate",
    )
    def poll(_: int | None, known: list[dict[str, Any]]) -> Any:
        reader = _reader()
        models = payload.listing(reader.entries())
        rows = jobs.build(reader.jobs())
        if models == known:
            return no_update, no_update, no_update, rows, no_update, no_update, no_update
        note = news(known, models)
        return models, header.options(models), not models, rows, bool(models), not models, note


def _ask_of_head(app: Dash) -> None:
    wanted_head = Input(ids.HEAD_WANTED, "data")

    @app.callback(Output(ids.HEAD_VERDICT, "children"), wanted_head)
    def show_head(wanted: dict[str, Any] | None) -> Any:
        return _of_head(wanted, head_card.build, no_update)

    @app.callback(Output(ids.PATTERN, "data"), wanted_head)
    def show_pattern(wanted: dict[str, Any] | None) -> Any:
        return _of_head(wanted, _pattern, no_update)

    @app.callback(Output(ids.HEAD_MORE, "children"), wanted_head)
    def show_more(wanted: dict[str, Any] | None) -> Any:
        return _of_head(wanted, _more, [])

    _clientside(
        app,
        "drawPattern",
        Output(ids.PATTERN_NOTE, "children"),
        Input(ids.PATTERN, "data"),
        Input(ids.PROBE, "value"),
        Input(ids.VIEWPORT, "data"),
        State(ids.DEFINITIONS, "data"),
        prevent_initial_call=True,
    )


def _of_head(
    wanted: dict[str, Any] | None, tell: Callable[[Table, str], Any], otherwise: Any
) -> Any:
    """What ``tell`` says of the wanted head; a note if there is none such."""
    if not wanted or not wanted.get("head"):
        return otherwise
    try:
        table = apply(_reader().table(str(wanted["model"])), wanted.get("t"))
        return tell(table, str(wanted["head"]))
    except UserError as error:
        return html.P(f"{error}.") if otherwise == [] else otherwise


def _pattern(table: Table, head: str) -> dict[str, Any]:
    row = head_card.find(table, head)
    found = read_head(_reader().store, table.name, int(row["layer"]), int(row["head"]))
    return head_pattern.pack(found, table, head)


def _more(table: Table, head: str) -> list[Component]:
    reader = _reader()
    names = [e.name for e in reader.entries() if e.name != table.name]
    others = {name: reader.table(name) for name in names[: head_more.OTHER_TABLES]}
    return head_more.build(table, head, others)


def news(known: list[dict[str, Any]], models: list[dict[str, Any]]) -> Any:
    """What to say about tables that were not there before."""
    names = {model["name"] for model in known}
    new = [model for model in models if model["name"] not in names]
    if not new:
        return no_update
    return [part for model in new for part in _ready(model)]


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


def _about(shown: dict[str, Any] | None, tell: Callable[[Table], list[Component]]) -> Any:
    if not shown:
        return no_update
    try:
        return tell(_reader().table(str(shown["name"])))
    except UserError:
        return no_update  # removed meanwhile; the page says so


def _reader() -> Reader:
    reader: Reader = flask.current_app.config["READER"]
    return reader
