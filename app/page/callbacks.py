"""What of the page runs in the browser: ``assets/*/callbacks.js``, wired up.

Whatever must follow a control is here; the server (``answers.py``) is asked for a
table, a head's card, and now and then whether a job moved.
"""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from app.page import answers, grid, ids
from app.panels import callbacks as panels
from app.panels import ids as panel_ids

NAMESPACE = "headstrata"


def register(app: Dash) -> None:
    """Attach every callback to the app."""
    grid.load_late()
    _restore(app)
    _draw(app)
    _select(app)
    _settle(app)
    answers.register(app)
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
        Output(ids.STATUS, "children", allow_duplicate=True),
        Input(ids.PAYLOAD, "data"),
        State(ids.URL, "data"),
        State(ids.BIN_WIDTH, "value"),
        State(ids.SELECTION, "data"),
        prevent_initial_call=True,
    )


#: Once the width rests. The charts follow its drag without Dash (``assets/chart/drag.js``).
_VIEW = (
    Input(ids.PAYLOAD, "data"),
    Input(ids.SETTLED, "data"),
    Input(ids.TAXONOMY, "value"),
)


def _draw(app: Dash) -> None:
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
    )
    _clientside(
        app,
        "drawMap",
        Output(ids.MAP, "figure"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.TAXONOMY, "value"),
        Input(ids.ISOLATED, "data"),
        Input(ids.VIEWPORT, "data"),
    )
    _clientside(
        app,
        "drawChips",
        Output(ids.CHIPS, "children"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.TAXONOMY, "value"),
        Input(ids.ISOLATED, "data"),
    )
    _clientside(
        app,
        "drawTwin",
        Output(ids.CHART_TABLE, "children"),
        *_VIEW,
        Input(ids.SELECTION, "data"),
        Input(ids.TWIN, "data"),
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
    _clientside(
        app,
        "drawPattern",
        Output(ids.PATTERN_NOTE, "children"),
        Output(ids.PATTERN_HEAD, "children"),
        Input(ids.PATTERN, "data"),
        Input(ids.PROBE, "value"),
        Input(ids.VIEWPORT, "data"),
        prevent_initial_call=True,
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
