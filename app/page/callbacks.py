"""All callbacks of the page: the address and the theme here, the rest by feature."""

from dash import Dash, Input, Output, State

from app.page import ids
from app.page.chart import callbacks as chart
from app.page.compare import callbacks as compare
from app.page.effects import callbacks as effects
from app.page.observations import callbacks as observations
from app.page.patterns import callbacks as patterns
from app.page.ranked import callbacks as ranked
from app.page.reference import callbacks as reference
from app.page.scatter import callbacks as scatter
from app.page.selection import callbacks as selection
from app.page.selection import grid
from app.page.sensitivity import callbacks as sensitivity
from app.page.table import callbacks as table
from app.page.thresholds import callbacks as thresholds
from app.page.wiring import DRAWN, clientside

FEATURES = (
    table,
    chart,
    selection,
    patterns,
    thresholds,
    compare,
    observations,
    reference,
    ranked,
    sensitivity,
    scatter,
    effects,
)


def register(app: Dash) -> None:
    """Attach every callback to the app."""
    grid.load_late()
    _address(app)
    _theme(app)
    for feature in FEATURES:
        feature.register(app)


def _address(app: Dash) -> None:
    """From the link to the controls, and from what is shown to the link and the downloads."""
    clientside(
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
        State(ids.PROBLEMS, "data"),
    )
    # One callback for what the features keep of a link, and not one of each: dash-renderer compares
    # all that wait with each other (app/page/wiring.py). The order is that of assets/main.js.
    clientside(
        app,
        "restoreFeatures",
        Output(ids.ISOLATED, "data"),
        Output(ids.UNMEASURED, "data"),
        Output(ids.COLOUR_OF, "data"),
        Output(ids.PROMPT, "data"),
        Output(ids.PINS, "data"),
        Output(ids.THRESHOLDS, "data"),
        Output(ids.COMPARE, "value"),
        Output(ids.SENSITIVITY_OF, "data"),
        Output(ids.SCATTER_OF, "data"),
        Output(ids.EFFECTS_OF, "data"),
        Input(ids.URL, "data"),
    )
    clientside(
        app,
        "adopt",
        Output(ids.BIN_WIDTH, "max"),
        Output(ids.BIN_WIDTH, "value"),
        Output(ids.MAP_NOTE, "children"),
        Output(ids.SELECTION, "data", allow_duplicate=True),
        Output(ids.STATUS, "children", allow_duplicate=True),
        Input(ids.PAYLOAD, "data"),
        State(ids.URL, "data"),
        State(ids.BIN_WIDTH, "value"),
        State(ids.SELECTION, "data"),
        prevent_initial_call=True,
    )
    clientside(
        app,
        "tellFinding",
        Output(ids.HEADING, "children"),
        Output(ids.SOURCE_NOTE, "children"),
        Input(ids.PAYLOAD, "data"),
    )
    clientside(
        app,
        "writeUrl",
        Output(ids.DOWNLOAD_HEADS, "href"),
        Output(ids.DOWNLOAD_BINS, "href"),
        Output(ids.FORMATS_HEADS, "children"),
        Output(ids.FORMATS_BINS, "children"),
        *DRAWN,
        Input(ids.SHOW, "value"),
        Input(ids.SELECTION, "data"),
        Input(ids.THEME, "data"),
        Input(ids.COMPARE, "value"),
        Input(ids.ISOLATED, "data"),
        Input(ids.COLOUR_OF, "data"),
        Input(ids.PROMPT, "data"),
        Input(ids.PINS, "data"),
    )


def _theme(app: Dash) -> None:
    clientside(
        app,
        "toggleTheme",
        Output(ids.THEME, "data", allow_duplicate=True),
        Input(ids.THEME_TOGGLE, "n_clicks"),
        prevent_initial_call=True,
    )
    clientside(
        app,
        "useTheme",
        Output(ids.VIEWPORT, "data"),
        Input(ids.THEME, "data"),
    )
