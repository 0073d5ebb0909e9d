"""Where the bars and the map stand, and what is said of the view."""

from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria
from app.page.graphs import graph
from app.page.parts import stores as empty_stores


def stores() -> list[Component]:
    """The feature's data in the browser."""
    return empty_stores(
        ids.SETTLED,
        ids.ISOLATED,
        ids.UNMEASURED,
        ids.COLOUR_OF,
        ids.COLOUR_WANTED,
        ids.COLOUR,
        ids.TWIN,
    )


def note() -> Component:
    """Between controls and chart: what is said of the view."""
    return html.Div(id=ids.VIEW_NOTE, className="view-notes", role="status")


def bars() -> Component:
    """The stacked bars, and the same as a table."""
    return html.Section(
        [
            html.Div(
                [
                    graph(ids.CHART),
                    html.Div(className="light", id="chart-light"),
                    html.Div(id="chart-thin", **aria(hidden="true")),
                ],
                className="chart-frame",
                role="figure",
                **aria(labelledby=ids.CHART_SUMMARY),
            ),
            html.P(id="chart-reading", className="chart-reading"),  # filled in by chart/draw.js
            html.P(id=ids.CHART_SUMMARY, className="visually-hidden"),
            html.Details(
                [
                    html.Summary("The same as a table"),
                    html.Div(id=ids.CHART_TABLE, className="chart-table"),
                ],
                className="twin",
                id="chart-twin",
            ),
        ],
        className="bars-section",
        **aria(label="Heads per layer bin"),
    )


def head_map() -> Component:
    """One cell a head, under its bar."""
    return html.Section(
        [
            html.Div(
                [
                    html.H2("Every head"),
                    html.P(id=ids.MAP_NOTE, className="quiet"),
                    html.Div(id=ids.MAP_COLOUR, className="map-colour"),
                ],
                className="section-heading",
            ),
            html.Div(
                html.Div(
                    [
                        graph(ids.MAP),
                        html.Div(
                            [
                                html.Div(className="bin-lines"),
                                html.Div(className="light", id="map-light"),
                                html.Div(className="chosen-cell", id="map-chosen"),
                            ],
                            className="map-overlay",
                        ),
                    ],
                    className="map-inner",
                    id="map-inner",
                ),
                className="map-frame",
                tabIndex="0",
                role="figure",
                **aria(
                    label="Map of heads, layers across and heads down. Arrow keys move from "
                    "head to head, Enter goes to its card."
                ),
                id="map-frame",
            ),
        ],
        className="map-section",
        **aria(label="Head map"),
    )
