"""The page's layout, built for each visit from what the cache holds."""

from typing import Any

import dash_mantine_components as dmc
import flask
from dash import dcc, html
from dash.development.base_component import Component

from app.page import controls, figures, grid, header, ids, payload, segments, selection
from app.page.attributes import aria, data
from app.page.graphs import graph
from app.page.template import FONT
from app.panels import layout as panels
from app.panels import views
from app.reading import Reader

#: The page shows browsers' own fonts and one accent; the rest is in assets/css/theme.css.
THEME = {
    "fontFamily": FONT,
    "primaryColor": "teal",
    "primaryShade": {"light": 9, "dark": 4},
    "defaultRadius": "md",
    "respectReducedMotion": True,
    "cursorType": "pointer",
}


def build() -> Component:
    """The whole page for one visitor."""
    reader: Reader = flask.current_app.config["READER"]
    models = payload.listing(reader.entries())
    page: Component = dmc.MantineProvider(
        id=ids.PROVIDER,
        theme=THEME,
        children=[
            *_stores(models, reader),
            *panels.stores(),
            html.A("Skip to the chart", href=f"#{ids.CHART}", className="skip-link"),
            header.build(models),
            html.Main(_main(models), id=ids.PAGE, className="page"),
            header.footer(),
        ],
    )
    return page


def _stores(models: list[dict[str, Any]], reader: Reader) -> list[Component]:
    return [
        dcc.Store(id=ids.BOOT, data=reader.default_name()),
        dcc.Store(id=ids.DEFINITIONS, data=definitions()),
        dcc.Store(id=ids.MODELS, data=models),
        dcc.Store(id=ids.SETTLED),
        dcc.Store(id=ids.SHOWN),
        dcc.Store(id=ids.PAYLOAD),
        dcc.Store(id=ids.SELECTION, data={}),
        dcc.Store(id=ids.ISOLATED),
        dcc.Store(id=ids.TWIN),
        dcc.Store(id=ids.REFRESH),
        dcc.Store(id=ids.THEME),
        dcc.Store(id=ids.VIEWPORT),
        dcc.Store(id=ids.HEAD_WANTED),
        dcc.Store(id=ids.PATTERN),
        dcc.Store(id=ids.URL),
        dcc.Store(id=ids.LIT_COLUMNS),
        dcc.Store(id=ids.LIT_SEGMENT),
        dcc.Interval(id=ids.POLL, interval=round(reader.settings.refresh_s * 1000)),
    ]


def definitions() -> dict[str, Any]:
    """Taxonomies, figure skeletons and the grid's columns: sent once."""
    return {
        **views.definitions(),
        "taxonomies": {**segments.definitions(), **views.taxonomies()},
        "figures": {
            name: {"chart": figures.chart(parts), "map": figures.head_map(parts)}
            for name, parts in (
                ("detailed", segments.detailed()),
                ("grouped", segments.grouped()),
            )
        }
        | views.skeletons(),
        "config": figures.CONFIG,
        "grid": grid.build().to_plotly_json(),
    }


def _main(models: list[dict[str, Any]]) -> list[Component]:
    return [
        html.Div(
            [
                html.Div(id=ids.STATUS, className="status", role="status", **aria(live="polite")),
                html.Button(
                    "×",
                    type="button",
                    className="close-status",
                    title="Close",
                    **aria(label="Close the note"),
                    **data(action="close-status"),
                ),
            ],
            className="notice",
        ),
        html.Div(id=ids.JOBS, className="jobs"),
        html.Div(empty(), id=ids.EMPTY, hidden=bool(models)),
        html.Div(
            [
                _heading(),
                controls.build(),
                panels.above(),
                html.Div(
                    [
                        _figures(),
                        html.Div(
                            [selection.build(), panels.beside()], id=ids.SIDE, className="side"
                        ),
                    ],
                    className="stage",
                ),
                panels.below(models),
                html.Section(
                    [
                        html.H2("About this table"),
                        html.Div(id=ids.ORIGIN),
                        html.Div(id=ids.MEANING),
                        html.Div(id=ids.SOURCES),
                    ],
                    id=ids.ABOUT,
                    className="about",
                ),
            ],
            id=ids.CONTENT,
            hidden=not models,
        ),
    ]


def _heading() -> Component:
    return html.Div(
        [
            html.H1(id=ids.HEADING),
            html.P(id=ids.SOURCE_NOTE, className="source-note"),
        ],
        className="heading",
    )


def _figures() -> Component:
    return html.Div([_chart(), panels.under(), _map()], className="figures")


def _chart() -> Component:
    return html.Section(
        [
            html.Div(
                [
                    graph(ids.CHART, clear_on_unhover=True),
                    html.Div(className="light", id="chart-light"),
                ],
                className="chart-frame",
                role="figure",
                **aria(labelledby=ids.CHART_SUMMARY),
            ),
            html.P(id=ids.CHART_SUMMARY, className="visually-hidden"),
            html.Details(
                [
                    html.Summary("The same as a table, for keyboard and screen reader"),
                    html.Div(id=ids.CHART_TABLE, className="chart-table"),
                ],
                className="twin",
                id="chart-twin",
            ),
        ],
        **aria(label="Heads per layer bin"),
    )


def _map() -> Component:
    return html.Section(
        [
            html.Div(
                [html.H2("Every head"), html.P(id=ids.MAP_NOTE, className="quiet")],
                className="section-heading",
            ),
            html.Div(
                html.Div(
                    [
                        graph(ids.MAP, clear_on_unhover=True),
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


def empty() -> Component:
    """What a cache without tables looks like, and what to type."""
    return html.Section(
        [
            html.H1("No model has been classified yet"),
            html.P(
                "Headstrata shows what the attention heads of a language model attend to, layer "
                "by layer. This cache holds no table that can be shown. Classify a model and it "
                "appears here by itself, without a reload:"
            ),
            html.Pre(
                "headstrata classify smollm2-135m      # small, runs on a CPU in minutes\n"
                "headstrata classify gpt2-xl           # 1,200 heads; best on a GPU"
            ),
            html.P(
                "Both write to the same cache as this page when HEADSTRATA_CACHE (or --cache) "
                "names it. The progress is shown here."
            ),
        ],
        className="empty",
    )
