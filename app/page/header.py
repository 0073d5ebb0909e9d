"""The page's head (name, model, link, theme) and foot."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria, data
from app.page.fields import Combobox
from app.page.find import layout as find
from app.page.table import models as tables
from headstrata import __version__


def build(models: list[dict[str, Any]]) -> Component:
    """Name, model select, copy link, theme."""
    return html.Header(
        [
            html.A(
                [html.Span(className="mark", **aria(hidden="true")), "Headstrata"],
                href="./",
                className="brand",
            ),
            html.Div(
                Combobox(
                    id=ids.MODEL,
                    label="Model",
                    data=tables.options(models),
                    value=None,  # the link decides: assets/page/callbacks.js, restore
                    disabled=not models,
                    placeholder="no model yet",
                ),
                className="model-select",
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
                            find.button(),
                            _guide("button plain"),
                            html.A("All models", href="models", className="button plain"),
                            html.A("About", href=f"#{ids.ABOUT}", className="button plain"),
                        ],
                        id=ids.TABLE_ACTIONS,
                        className="table-actions",
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
    """The way to the explanation, which is folded."""
    return html.A("How to read this", href=f"#{ids.GUIDE}", className=style)


def footer(models: list[dict[str, Any]]) -> Component:
    """Where the data is, for programs; on a phone the explanation too, which needs a table."""
    return html.Footer(
        [
            html.A(
                "Open in Headstrata",
                href="./",
                id=ids.WHOLE,
                className="whole",
                target="_blank",  # the page itself may not stand in another site's frame
                rel="noopener",
            ),
            *([_guide("head-link")] if models else []),
            html.A("All models", href="models"),  # on a phone the header has no room for it
            " · Head tables over HTTP: ",
            html.A("/api/models", href="api/models"),
            " · ",
            html.A("/api/taxonomy", href="api/taxonomy"),
            " · ",
            html.A("OpenAPI", href="api/openapi.json"),
            f" · Headstrata {__version__}",
        ],
        className="footer",
    )
