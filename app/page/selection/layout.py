"""The panel beside the chart: what is chosen, or what to read here."""

from dash import dcc, html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria, data
from app.page.parts import stores as empty_stores
from app.page.selection import head_pattern, head_steps
from app.views.catalogue import VIEWS


def stores() -> list[Component]:
    """The feature's data in the browser."""
    return [dcc.Store(id=ids.SELECTION, data={}), *empty_stores(ids.HEAD_WANTED, ids.PATTERN)]


def build() -> Component:
    """Segment title and table, head card; and what stands there before anything is chosen."""
    return html.Aside(
        [
            html.Button(
                "Close",
                className="button plain close-panel",
                type="button",
                **data(action="let-go"),
            ),
            html.Div(_reading_guide(), id=ids.PANEL_EMPTY, className="guide"),
            html.Section(
                [
                    html.H2(id=ids.SEGMENT_TITLE, **aria(live="polite")),
                    html.Div(id=ids.SEGMENT_SLOT, className="grid-slot"),
                ],
                id=ids.SEGMENT_SECTION,
                hidden=True,
            ),
            html.Section(
                [
                    head_steps.build(in_map=True),
                    html.Div(id=ids.HEAD_VERDICT, **aria(live="polite")),
                    head_pattern.build(),
                    html.Div(id=ids.HEAD_MORE),
                ],
                id=ids.HEAD_CARD,
                className="head-card",
                tabIndex="-1",  # where the focus goes when a head is chosen by key
                hidden=True,
                **aria(label="Chosen head"),
            ),
        ],
        id=ids.PANEL,
        className="panel",
        **aria(label="Selection"),
    )


def _reading_guide() -> list[Component]:
    guides = "; ".join(view.guide for view in reversed(VIEWS.values()) if view.guide)
    return [
        html.H2("How to read this"),
        html.P(
            "Each bar is a bin of layers, each segment the heads in it that attend to the same "
            f"thing. Every head is counted once. {guides}. Shares are rounded one by one: a bin's "
            "may add up to 99.9% or 100.1%."
        ),
        html.P(
            "Press a segment to list its heads, a cell of the map to see one head, a category "
            "above to see it alone. The arrow keys go from head to head; Escape lets go."
        ),
        html.P(
            "A dot marks a borderline head: its category could flip within two standard errors."
        ),
        html.Button("Got it", type="button", className="button", **data(action="hide-guide")),
    ]
