"""The ranked heads are asked for once their drawer is open, and follow table and thresholds."""

from typing import Any

from dash import Dash, Input, Output

from app.page import ids, inputs
from app.page.ranked import data
from app.page.wiring import clientside, table_of
from app.views import head_filter
from app.views.thresholds import apply
from headstrata.errors import UserError


def register(app: Dash) -> None:
    """Attach the callbacks to the app."""
    clientside(
        app,
        "wantRanked",
        Input(ids.PAYLOAD, "data"),
        Input(ids.OPENED, "data"),
        Input(ids.RANKED_CHOICE, "data"),
    )

    @app.callback(
        Output(ids.RANKED, "data"),
        Input(ids.RANKED_WANTED, "data"),
        prevent_initial_call=True,
    )
    def rank(wanted: Any) -> Any:
        t = inputs.optional(wanted, "t") or ""
        table = apply(table_of(wanted), t)
        asked = {key: inputs.optional(wanted, key) for key in head_filter.KEYS}
        try:
            heads = head_filter.read(asked, table.provenance.layers)
        except UserError as error:
            return {"why": f"{str(error)[0].upper()}{str(error)[1:]}."}
        return data.build(table, heads, inputs.number(wanted, "rows"), t)

    clientside(app, "drawRanked", Input(ids.RANKED, "data"), prevent_initial_call=True)
