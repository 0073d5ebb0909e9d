"""The legend's chips, the controls over the chart and the one menu of downloads."""

from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria, data
from app.page.fields import BinWidth, Segments
from app.views.catalogue import VIEWS

#: The browser disables those that a table lacks.
TAXONOMIES = {view.name: view.label for view in VIEWS.values() if view.control == "taxonomy"}
#: What the chart can be saved as, and what can be copied (``assets/page/copying.js``).
SAVED = {"png": "PNG, 2x", "svg": "SVG"}
COPIED = {
    "markdown": "Bins as a Markdown table",
    "bibtex": "Citation (BibTeX)",
    "python": "Python, two lines",
    "embed": "Embed code (HTML)",
}
SHOWS = {"count": "# heads", "percent": "Share"} | {
    view.name: view.label for view in VIEWS.values() if view.control == "show"
}


def chips() -> Component:
    """The legend: one row, pushed sideways where it is too long."""
    return html.Div(
        [
            html.Div(
                id=ids.CHIPS,
                className="chips",
                role="group",
                **aria(label="Categories: press to see them alone and list their heads"),
            ),
            html.P(id=ids.CHIP_SENTENCE, className="chip-sentence"),
        ],
        className="chip-block",
    )


def build() -> Component:
    """Bin width; count or share, taxonomy and downloads, on small screens behind "Options"."""
    return html.Div(
        [
            html.Div(
                [
                    html.Span("Bin width", className="label", **aria(hidden="true")),
                    BinWidth(id=ids.BIN_WIDTH, max=48, value=12),
                    html.Span(id=ids.WIDTH_TEXT, className="value"),
                ],
                className="width-control",
            ),
            html.Button(
                "Options",
                type="button",
                className="button options-toggle",
                **aria(expanded="false", controls="options"),
                **data(action="options"),
            ),
            html.Div(
                [
                    _segmented(ids.SHOW, "Bars show", SHOWS, "count"),
                    _segmented(ids.TAXONOMY, "Categories", TAXONOMIES, "detailed"),
                    _downloads(),
                ],
                className="options",
                id="options",
            ),
        ],
        className="controls",
    )


def _segmented(name: str, label: str, choices: dict[str, str], value: str) -> Component:
    listed = [{"value": key, "label": text} for key, text in choices.items()]
    return Segments(id=name, label=label, data=listed, value=value)


def _downloads() -> Component:
    """A button that opens a list; ``assets/page/menus.js`` closes it."""
    return html.Details(
        [
            html.Summary("Download", className="button menu-mark"),
            html.Div(
                [
                    _group(
                        "Heads, with all scores",
                        [_file(ids.DOWNLOAD_HEADS, "CSV"), html.Span(id=ids.FORMATS_HEADS)],
                    ),
                    _group(
                        "Bins, the chart's numbers",
                        [_file(ids.DOWNLOAD_BINS, "CSV"), html.Span(id=ids.FORMATS_BINS)],
                    ),
                    _group("Chart", _items(SAVED, "save")),
                    _group("Copy", _items(COPIED, "copy")),
                ],
                className="menu-list",
            ),
        ],
        className="menu",
        id="downloads",
    )


def _group(title: str, items: list[Component]) -> Component:
    return html.Div(
        [html.Span(title, className="menu-title"), *items],
        className="menu-group",
        role="group",
        **aria(label=title),
    )


def _file(name: str, label: str) -> Component:
    return html.A(label, id=name, download="", href="#")


def _items(choices: dict[str, str], action: str) -> list[Component]:
    return [
        html.Button(label, type="button", id=f"{action}-{key}", **data(**{action: key}))
        for key, label in choices.items()
    ]
