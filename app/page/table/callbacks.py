"""From the chosen name to the table that is drawn, and news of other tables and jobs."""

from typing import Any

from dash import Dash, Input, Output, State, no_update

from app.page import ids
from app.page.frame import frame
from app.page.table import about, jobs, models, payload
from app.page.wiring import clientside, drawable, key_of, reader, table_of
from app.views import catalogue
from headstrata.errors import UserError


def register(app: Dash) -> None:
    """Attach the callbacks to the app."""
    _fetch(app)
    _settle(app)
    _further(app)
    _about(app)
    _news(app)


def _fetch(app: Dash) -> None:
    @app.callback(
        Output(ids.TABLE, "data"),
        Output(ids.STATUS, "children", allow_duplicate=True),
        Input(ids.MODEL, "value"),
        Input(ids.REFRESH, "data"),
        prevent_initial_call="initial_duplicate",
    )
    def show_table(name: str | None, _: str | None) -> Any:
        if not name:
            return no_update, no_update
        try:
            trouble = reader().trouble(name)
            return _shown(name), f"{trouble[0].upper()}{trouble[1:]}." if trouble else no_update
        except UserError as error:
            return no_update, f"{error}."


def _shown(name: str) -> dict[str, Any]:
    found = reader()
    table = drawable(found.table(name))
    stamp = found.stamp(name)[1]
    views = {"has": catalogue.offered(table), "lacks": catalogue.lacking(table)}
    return {**payload.build(table), "stamp": stamp, **views}


def _settle(app: Dash) -> None:
    """The stored table with thresholds and view put on it is the drawn one."""
    clientside(
        app,
        "settle",
        Output(ids.PAYLOAD, "data"),
        Input(ids.TABLE, "data"),
        Input(ids.WHATIF, "data"),
        Input(ids.FURTHER, "data"),
        Input(ids.THRESHOLDS, "data"),
        Input(ids.TAXONOMY, "value"),
        Input(ids.SHOW, "value"),
        Input(ids.UNMEASURED, "data"),
    )


def _further(app: Dash) -> None:
    """A view that a table lacks is disabled; what the others need is fetched when chosen."""
    clientside(
        app,
        "offer",
        Output(ids.TAXONOMY, "data"),
        Output(ids.TAXONOMY, "value", allow_duplicate=True),
        Output(ids.SHOW, "data"),
        Output(ids.SHOW, "value", allow_duplicate=True),
        Input(ids.TABLE, "data"),
        State(ids.TAXONOMY, "data"),
        State(ids.TAXONOMY, "value"),
        State(ids.SHOW, "data"),
        State(ids.SHOW, "value"),
        prevent_initial_call=True,
    )
    clientside(
        app,
        "wantExtras",
        Input(ids.TABLE, "data"),
        Input(ids.TAXONOMY, "value"),
        Input(ids.SHOW, "value"),
    )

    @app.callback(
        Output(ids.FURTHER, "data"),
        Input(ids.FURTHER_WANTED, "data"),
        prevent_initial_call=True,
    )
    def further_views(wanted: Any) -> Any:
        table = table_of(wanted)
        found = payload.findings(table, further=True)
        return {**key_of(wanted), **catalogue.further(table), "findings": found}


def _about(app: Dash) -> None:
    """The texts about a table follow it, so that the chart does not wait for them."""

    @app.callback(
        Output(ids.ABOUT_TEXT, "children"),
        Input(ids.SHOWN, "data"),
        prevent_initial_call=True,
    )
    def show_about(shown: Any) -> Any:
        table = table_of(shown, "name")
        return frame(about.text(table, reader().problems()))


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
        State(ids.JOBS, "children"),
        prevent_initial_call="initial_duplicate",
    )
    def poll(_: int | None, known: Any, told: Any) -> Any:
        found = reader()
        listed = models.listing(found.entries())
        rows = jobs.build(found.jobs())
        if not listed:  # else "About this table" lists them
            rows += jobs.refused(found.problems())
        retold = no_update if jobs.same(rows, told) else rows  # rows that are made anew lose focus
        if listed == known:
            return no_update, no_update, no_update, retold, *[no_update] * 4
        bare = not listed
        note = models.news(known, listed)
        return listed, models.options(listed), bare, retold, not bare, bare, bare, note

    clientside(app, "leaveOutDismissed", Input(ids.JOBS, "children"), prevent_initial_call=True)
    clientside(
        app,
        "refresh",
        Output(ids.REFRESH, "data"),
        Input(ids.MODELS, "data"),
        State(ids.PAYLOAD, "data"),
        prevent_initial_call=True,
    )
    clientside(
        app,
        "openFirst",
        Output(ids.MODEL, "value", allow_duplicate=True),
        Input(ids.MODELS, "data"),
        State(ids.MODEL, "value"),
        prevent_initial_call=True,
    )
