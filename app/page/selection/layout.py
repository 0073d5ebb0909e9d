"""The panel beside the chart: what is chosen."""

from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria, data
from app.page.fields import Held
from app.page.parts import stores as empty_stores
from app.page.selection import head_pattern, head_steps


def stores() -> list[Component]:
    """The feature's data in the browser."""
    return [
        Held(id=ids.SELECTION, data={}),
        *empty_stores(ids.HEAD_WANTED, ids.PATTERN, ids.PROMPT),
    ]


def build() -> Component:
    """Segment title and table, head card; empty before anything is chosen."""
    return html.Aside(
        [
            html.Button(
                "Close",
                className="button plain close-panel",
                type="button",
                **data(action="let-go"),
            ),
            html.Section(
                [
                    html.H2(id=ids.SEGMENT_TITLE, **aria(live="polite")),
                    html.Div(id=ids.SEGMENT_SLOT, className="grid-slot"),
                ],
                id=ids.SEGMENT_SECTION,
                hidden=True,
            ),
            html.P(id=ids.HEAD_SAID, className="visually-hidden", role="status"),
            html.Section(
                [
                    head_steps.build(in_map=True),
                    html.Div(id=ids.HEAD_VERDICT),
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
