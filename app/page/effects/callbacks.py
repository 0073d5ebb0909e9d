"""The summed effects are asked for in an open drawer; they follow table, width and thresholds."""

from typing import Any

from dash import Dash, Input, Output

from app.analysis.effects import prompts_of, weigh
from app.page import ids, inputs
from app.page.effects.data import pack_weighed
from app.page.wiring import clientside, key_of, table_of
from app.views.thresholds import apply, normal
from vocabulary.evidence import MEASURES


def register(app: Dash) -> None:
    """Attach the callbacks to the app."""
    clientside(
        app,
        "wantEffects",
        Input(ids.PAYLOAD, "data"),
        Input(ids.SETTLED, "data"),
        Input(ids.EFFECTS_OF, "data"),
        Input(ids.OPENED, "data"),
    )
    clientside(
        app,
        "drawEffects",
        Output(ids.EFFECTS_CHOICE, "children"),
        Output(ids.EFFECTS_WORDS, "children"),
        Output(ids.EFFECTS_TABLE, "children"),
        Input(ids.EFFECTS, "data"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.EFFECTS_OF, "data"),
        Input(ids.OPENED, "data"),
        Input(ids.VIEWPORT, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.EFFECTS, "data"), Input(ids.EFFECTS_WANTED, "data"), prevent_initial_call=True
    )
    def show_effects(wanted: Any) -> Any:
        effect, width = inputs.text(wanted, "effect"), inputs.number(wanted, "width")
        t = normal(inputs.text(wanted, "t"))
        table = apply(table_of(wanted), t)
        prompts = prompts_of(table.provenance, effect) if effect in MEASURES else None
        found = pack_weighed(weigh(table.heads, effect, width, table.grid, prompts))
        return {**key_of(wanted), "effect": effect, "width": width, "t": t, **found}
