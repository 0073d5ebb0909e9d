"""What follows the controls at once, in the browser: bars, map, chips, the chart's table.

The server is asked for a measure only that the map is to be coloured by.
"""

from typing import Any

from dash import Dash, Input, Output, State

from app.page import ids, inputs
from app.page.wiring import DRAWN, clientside, key_of, table_of
from app.views.measures import of_heads


def register(app: Dash) -> None:
    """Attach the callbacks to the app."""
    _draw(app)
    _view(app)
    _light(app)
    _colour(app)


def _draw(app: Dash) -> None:
    clientside(
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
    clientside(
        app,
        "drawMap",
        Output(ids.MAP, "figure"),
        Output(ids.MAP_COLOUR, "children"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.TAXONOMY, "value"),
        Input(ids.ISOLATED, "data"),
        Input(ids.COLOUR_OF, "data"),
        Input(ids.COLOUR, "data"),
        Input(ids.VIEWPORT, "data"),
    )
    clientside(
        app,
        "drawChips",
        Output(ids.CHIPS, "children"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.TAXONOMY, "value"),
        Input(ids.ISOLATED, "data"),
    )
    clientside(
        app,
        "drawTwin",
        Output(ids.CHART_TABLE, "children"),
        *DRAWN,
        Input(ids.SELECTION, "data"),
        Input(ids.TWIN, "data"),
    )


def _view(app: Dash) -> None:
    """What a view cannot show is let go; what must be said of it is said."""
    clientside(
        app,
        "letGo",
        Output(ids.ISOLATED, "data", allow_duplicate=True),
        Input(ids.PAYLOAD, "data"),
        State(ids.ISOLATED, "data"),
        prevent_initial_call=True,
    )
    clientside(
        app,
        "tellView",
        Output(ids.VIEW_NOTE, "children"),
        Output(ids.TAXONOMY, "disabled"),
        Input(ids.PAYLOAD, "data"),
        State(ids.SHOW, "value"),
        State(ids.THRESHOLDS, "data"),
    )


def _light(app: Dash) -> None:
    """Pointing at a bar lights its columns of the map; pointing at a cell, its segment."""
    clientside(
        app,
        "lightColumns",
        Input(ids.CHART, "hoverData"),
        State(ids.PAYLOAD, "data"),
        prevent_initial_call=True,
    )
    clientside(
        app,
        "lightSegment",
        Input(ids.MAP, "hoverData"),
        State(ids.PAYLOAD, "data"),
        State(ids.BIN_WIDTH, "value"),
        State(ids.TAXONOMY, "value"),
        State(ids.SHOW, "value"),
        State(ids.ISOLATED, "data"),
        prevent_initial_call=True,
    )


def _colour(app: Dash) -> None:
    """The map by a measure, which is fetched when it is chosen."""
    clientside(app, "wantColour", Input(ids.PAYLOAD, "data"), Input(ids.COLOUR_OF, "data"))

    @app.callback(
        Output(ids.COLOUR, "data"), Input(ids.COLOUR_WANTED, "data"), prevent_initial_call=True
    )
    def measure_heads(wanted: Any) -> Any:
        name = inputs.text(wanted, "measure")
        return {**key_of(wanted), "measure": name, **of_heads(table_of(wanted).heads, name)}
