"""From two chosen scores or measures to a point a head."""

from dataclasses import asdict
from typing import Any

from dash import Dash, Input, Output

from app.analysis.surprises import surprises
from app.page import ids, inputs
from app.page.scatter.data import pack_axes
from app.page.wiring import clientside, key_of, table_of
from app.views.thresholds import apply, normal


def register(app: Dash) -> None:
    """Attach the callbacks to the app."""
    clientside(
        app,
        "wantScatter",
        Input(ids.PAYLOAD, "data"),
        Input(ids.SCATTER_OF, "data"),
        Input(ids.OPENED, "data"),
    )
    clientside(
        app,
        "drawTwoScores",
        Output(ids.SCATTER_CHOICE, "children"),
        Output(ids.SCATTER_WORDS, "children"),
        Output(ids.SCATTER_SURPRISES, "children"),
        Input(ids.SCATTER, "data"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.SELECTION, "data"),
        Input(ids.SCATTER_OF, "data"),
        Input(ids.OPENED, "data"),
        Input(ids.VIEWPORT, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.SCATTER, "data"), Input(ids.SCATTER_WANTED, "data"), prevent_initial_call=True
    )
    def show_scores(wanted: Any) -> Any:
        x, y, t = (inputs.text(wanted, key) for key in ("x", "y", "t"))
        t = normal(t)
        heads = apply(table_of(wanted), t).heads
        told = [asdict(one) for one in surprises(heads, x, y)]
        about = {**key_of(wanted), "of": f"{x}:{y}", "t": t, "surprises": told}
        return {**about, **pack_axes(heads, x, y)}
