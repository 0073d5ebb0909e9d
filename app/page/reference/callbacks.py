"""The reference figure when it is opened, and its check on the bins that are shown."""

from typing import Any

from dash import Dash, Input, Output, html

from app import downloads
from app.analysis.binned_check import check_binned_table
from app.page import ids
from app.page.frame import frame
from app.page.reference import layout
from app.page.wiring import clientside, table_of, view_of
from app.views.thresholds import apply
from headstrata.errors import UserError


def register(app: Dash) -> None:
    """Attach the callbacks to the app."""
    clientside(
        app,
        "offerReference",
        Output(ids.REFERENCE_PANEL, "hidden"),
        Output(ids.REFERENCE_LINK, "hidden"),
        Input(ids.PAYLOAD, "data"),
    )
    clientside(
        app,
        "wantCheck",
        Input(ids.PAYLOAD, "data"),
        Input(ids.SETTLED, "data"),
        Input(ids.OPENED, "data"),
    )

    @app.callback(
        Output(ids.REFERENCE_BODY, "children"),
        Input(ids.REFERENCE_WANTED, "data"),
        prevent_initial_call=True,
    )
    def show_reference(_: bool) -> Any:
        return frame(layout.build())

    @app.callback(
        Output(ids.REFERENCE_CHECK, "children"),
        Input(ids.CHECK_WANTED, "data"),
        prevent_initial_call=True,
    )
    def check_shown(wanted: Any) -> Any:
        try:
            width, taxonomy, thresholds = view_of(wanted)
            table = apply(table_of(wanted), thresholds)
            checks = check_binned_table(downloads.binned(table, width, taxonomy))
        except UserError as error:
            return frame(html.P(f"{error}."))
        return frame(layout.check_of(table.provenance.title, width, checks))
