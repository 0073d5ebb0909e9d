"""The controls above the chart, the legend's chips and the downloads."""

from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria, data
from app.views.catalogue import VIEWS

#: Views that every table has; the browser offers the others where a table has them.
TAXONOMIES = {
    view.name: view.label for view in VIEWS.values() if view.control == "taxonomy" and not view.pack
}
#: What the chart can be saved as, and what can be copied (``assets/page/copying.js``).
SAVED = {"png": "PNG, 2x", "svg": "SVG"}
COPIED = {
    "markdown": "Bins as a Markdown table",
    "bibtex": "Citation (BibTeX)",
    "python": "Python one-liner",
    "embed": "Embed code (HTML)",
}
SHOWS = {"count": "# heads", "percent": "Share"} | {
    view.name: view.label for view in VIEWS.values() if view.control == "show"
}


def build() -> Component:
    """Bin width, count or share, taxonomy, downloads; then the chips."""
    return html.Div(
        [
            html.Div([_width(), _choices(), _downloads()], className="controls"),
            html.Div(
                id=ids.CHIPS,
                className="chips",
                role="group",
                **aria(label="Categories: press one to see it alone"),
            ),
            html.P(id=ids.CHIP_SENTENCE, className="chip-sentence"),
        ],
        className="control-block",
    )


def _width() -> Component:
    return html.Div(
        [
            html.Div(
                [
                    html.Span("Bin width", className="label"),
                    html.Span(id=ids.WIDTH_TEXT, className="value"),
                ],
                className="label-row",
            ),
            dmc.Slider(
                id=ids.BIN_WIDTH,
                min=1,
                max=48,
                value=12,
                step=1,
                updatemode="mouseup",  # what follows the drag: assets/chart/drag.js
                thumbLabel="Bin width in layers",
                label=None,
                size=6,
                thumbSize=24,
            ),
        ],
        className="control width-control",
    )


def _choices() -> Component:
    return html.Div(
        [
            _segmented(ids.SHOW, "Bars show", SHOWS, "count"),
            _segmented(ids.TAXONOMY, "Categories", TAXONOMIES, "detailed"),
        ],
        className="choices",
    )


def _segmented(name: str, label: str, choices: dict[str, str], value: str) -> Component:
    return html.Div(
        [
            html.Span(label, className="label"),
            dmc.SegmentedControl(
                id=name,
                data=[{"value": key, "label": text} for key, text in choices.items()],
                value=value,
                size="sm",
                transitionDuration=120,
            ),
        ],
        className="control",
        role="group",
        **aria(label=label),
    )


def _downloads() -> Component:
    return html.Div(
        [
            html.Span("Download and share", className="label"),
            html.Div(
                [
                    _file(ids.DOWNLOAD_HEADS, "Heads", "Every head with all scores, as CSV"),
                    _menu("", "Other formats of the head table", [], ids.FORMATS_HEADS),
                    _file(ids.DOWNLOAD_BINS, "Bins", "The chart's numbers, as CSV"),
                    _menu("", "Other formats of the binned table", [], ids.FORMATS_BINS),
                    _menu("Chart", "Save the chart", _items(SAVED, "save")),
                    _menu("Copy", "Copy for a paper or a notebook", _items(COPIED, "copy")),
                ],
                className="button-row",
            ),
        ],
        className="control downloads",
        role="group",
        **aria(label="Download and share"),
    )


def _file(name: str, label: str, title: str) -> Component:
    return html.A(label, id=name, className="button", download="", href="#", title=title)


def _items(choices: dict[str, str], action: str) -> list[Component]:
    return [
        html.Button(label, type="button", id=f"{action}-{key}", **data(**{action: key}))
        for key, label in choices.items()
    ]


def _menu(text: str, label: str, items: list[Component], name: str | None = None) -> Component:
    """A button that opens a short list; ``assets/page/menus.js`` closes it."""
    kind = "menu-mark" if text else "caret"
    named: dict[str, Any] = {"id": name} if name else {}
    listed = html.Div(items, className="menu-list", **named)
    return html.Details(
        [html.Summary(text, className=f"button {kind}", **aria(label=label)), listed],
        className="menu",
    )
