"""The controls above the chart, the legend's chips and the downloads."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria

TAXONOMIES = {"detailed": "Detailed", "grouped": "Grouped"}  # operations: panels, where published
SHOWS = {"count": "# heads", "percent": "Share", "budget": "Budget"}


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
                updatemode="drag",
                thumbLabel="Bin width in layers",
                label=None,
                size=6,
                thumbSize=22,
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
            html.Span("Download", className="label"),
            html.Div(
                [
                    html.A(
                        "Heads",
                        id=ids.DOWNLOAD_HEADS,
                        className="button",
                        download="",
                        href="#",
                        title="Every head with all scores, as CSV",
                    ),
                    _more(ids.FORMATS_HEADS, "Other formats of the head table"),
                    html.A(
                        "Bins",
                        id=ids.DOWNLOAD_BINS,
                        className="button",
                        download="",
                        href="#",
                        title="The chart's numbers, as CSV",
                    ),
                    _more(ids.FORMATS_BINS, "Other formats of the binned table"),
                    dmc.Menu(
                        [
                            dmc.MenuTarget(
                                html.Button("Chart", className="button menu", type="button")
                            ),
                            dmc.MenuDropdown(
                                [
                                    dmc.MenuItem("PNG, 2x", id="save-png"),
                                    dmc.MenuItem("SVG", id="save-svg"),
                                ]
                            ),
                        ],
                        shadow="md",
                        withinPortal=True,
                    ),
                ],
                className="button-row",
            ),
        ],
        className="control downloads",
        role="group",
        **aria(label="Download"),
    )


def _more(name: str, label: str) -> Component:
    menu: Component = dmc.Menu(
        [
            dmc.MenuTarget(
                html.Button("", className="button caret", type="button", **aria(label=label))
            ),
            dmc.MenuDropdown(id=name, children=[]),
        ],
        shadow="md",
        position="bottom-end",
        withinPortal=True,
    )
    return menu
