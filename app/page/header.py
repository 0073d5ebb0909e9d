"""The page's head (name, model, link, theme) and foot."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria, data
from app.page.table import models as tables


def build(models: list[dict[str, Any]]) -> Component:
    """Name, model select, copy link, theme."""
    return html.Header(
        [
            html.A(
                [html.Span(className="mark", **aria(hidden="true")), "Headstrata"],
                href="/",
                className="brand",
            ),
            dmc.Select(
                id=ids.MODEL,
                data=tables.options(models),
                value=None,  # the link decides: assets/page/callbacks.js, restore
                allowDeselect=False,
                searchable=len(models) > 8,
                disabled=not models,
                placeholder="no model yet",
                checkIconPosition="right",
                comboboxProps={"shadow": "md"},
                className="model-select",
                maxDropdownHeight=420,
                **aria(label="Model"),  # of the field and of its list
            ),
            html.Span(id=ids.SAID, className="visually-hidden", role="status"),
            html.Div(
                [
                    html.Div(
                        [
                            html.Button(
                                "Copy link",
                                id=ids.COPY_LINK,
                                className="button",
                                type="button",
                                **data(copy="link"),
                            ),
                            _guide("button plain"),
                            html.A("About", href=f"#{ids.ABOUT}", className="button plain"),
                        ],
                        id=ids.TABLE_ACTIONS,
                        hidden=not models,
                    ),
                    html.Button(
                        html.Span(className="theme-icon", **aria(hidden="true")),
                        id=ids.THEME_TOGGLE,
                        className="button icon",
                        type="button",
                        **aria(label="Dark theme", pressed="false"),
                    ),
                ],
                className="header-actions",
            ),
        ],
        className="header",
    )


def _guide(style: str) -> Component:
    """The way back to the explanation, once it was dismissed."""
    return html.Button(
        "How to read this",
        className=f"{style} show-guide",
        type="button",
        **data(action="show-guide"),
    )


def footer() -> Component:
    """Where the data is, for programs; on a phone the explanation too."""
    return html.Footer(
        [
            html.A(
                "Open in Headstrata",
                href="/",
                id=ids.WHOLE,
                className="whole",
                target="_blank",  # the page itself may not stand in another site's frame
                rel="noopener",
            ),
            _guide("head-link"),
            "Head tables over HTTP: ",
            dcc.Link("/api/models", href="/api/models", refresh=True),
            " · ",
            dcc.Link("/api/taxonomy", href="/api/taxonomy", refresh=True),
        ],
        className="footer",
    )
