"""From a click to the segment's heads and the head's card."""

from collections.abc import Callable
from typing import Any

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from app.page import ids, inputs
from app.page.frame import frame
from app.page.selection import head_card, head_more, head_pattern
from app.page.wiring import DRAWN, clientside, reader, table_of
from app.patterns import found_heads
from app.sources import sources
from app.views.thresholds import apply
from cache.patterns import HeadPatterns
from cache.store import BadTableError, Table
from headstrata.errors import ObstacleError


def register(app: Dash) -> None:
    """Attach the callbacks to the app."""
    _choose(app)
    _show(app)
    _head(app)


def _choose(app: Dash) -> None:
    for name, source in (
        ("clickChart", Input(ids.CHART, "clickData")),
        ("clickMap", Input(ids.MAP, "clickData")),
        ("clickRow", Input(ids.SEGMENT_TABLE, "cellClicked")),
    ):
        clientside(
            app,
            name,
            Output(ids.SELECTION, "data", allow_duplicate=True),
            source,
            State(ids.SELECTION, "data"),
            State(ids.PAYLOAD, "data"),
            prevent_initial_call=True,
        )


def _show(app: Dash) -> None:
    clientside(app, "reachThin", Input(ids.CHART, "figure"), prevent_initial_call=True)
    clientside(
        app,
        "showSegment",
        Output(ids.SEGMENT_TITLE, "children"),
        Output(ids.SEGMENT_SECTION, "hidden"),
        Output(ids.SEGMENT_SLOT, "children"),
        *DRAWN,
        Input(ids.SELECTION, "data"),
        Input(ids.ISOLATED, "data"),
    )
    clientside(
        app,
        "tellHead",
        Output(ids.HEAD_SAID, "children"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.SELECTION, "data"),
    )
    clientside(
        app,
        "showPanel",
        Output(ids.PANEL, "className"),
        Output(ids.HEAD_CARD, "hidden"),
        Input(ids.SELECTION, "data"),
        Input(ids.SEGMENT_SECTION, "hidden"),
    )
    clientside(
        app,
        "wantHead",
        Output(ids.HEAD_WANTED, "data"),
        Input(ids.PAYLOAD, "data"),
        Input(ids.SELECTION, "data"),
        State(ids.HEAD_WANTED, "data"),
    )
    clientside(
        app,
        "drawPattern",
        Output(ids.PATTERN_NOTE, "children"),
        Output(ids.PATTERN_HEAD, "children"),
        Input(ids.PATTERN, "data"),
        Input(ids.PROMPT, "data"),
        Input(ids.VIEWPORT, "data"),
        prevent_initial_call=True,
    )


def _head(app: Dash) -> None:
    wanted_head = Input(ids.HEAD_WANTED, "data")

    @app.callback(Output(ids.HEAD_VERDICT, "children"), wanted_head, prevent_initial_call=True)
    def show_head(wanted: Any) -> Any:
        return frame(_of_head(wanted, head_card.build))

    @app.callback(Output(ids.PATTERN, "data"), wanted_head, prevent_initial_call=True)
    def show_pattern(wanted: Any) -> Any:
        return _of_head(wanted, _pattern)

    @app.callback(Output(ids.HEAD_MORE, "children"), wanted_head, prevent_initial_call=True)
    def show_more(wanted: Any) -> Any:
        return frame(_of_head(wanted, _more))


def _of_head(wanted: Any, tell: Callable[[Table, str], Any]) -> Any:
    """What ``tell`` says of the wanted head.

    Raises:
        UserError: There is no such table or head.
    """
    table = apply(table_of(wanted), inputs.optional(wanted, "t"))
    return tell(table, inputs.text(wanted, "head"))


def _pattern(table: Table, head: str) -> dict[str, Any]:
    try:
        found = _stored(table, head)
    except (BadTableError, ObstacleError) as error:
        sources().passing = True
        return head_pattern.none(head, f"{error}.")
    return head_pattern.pack(found, table, head)


def _stored(table: Table, head: str) -> HeadPatterns | None:
    """What stands beside the table of the head.

    Raises:
        BadTableError, ObstacleError: It cannot be read.
    """
    row = head_card.find(table, head)
    place = int(row["layer"]), int(row["head"])
    found = found_heads(reader().home(table.name), table, [place])
    return None if found is None else found[place]


def _more(table: Table, head: str) -> list[Component]:
    found = reader()
    names = [e.name for e in found.entries() if e.name != table.name]
    others = found.readable(names[: head_more.OTHER_TABLES])
    try:
        stored = _stored(table, head)
    except (BadTableError, ObstacleError):  # the pattern's place says why
        sources().passing = True
        stored = None
    return head_more.build(table, head, others, stored.reads if stored else None)
