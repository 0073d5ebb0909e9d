"""The page's layout, built for each visit from what the cache holds."""

from typing import Any

import flask
from dash import dcc, html
from dash.development.base_component import Component

from app.page import definitions, guide, header, ids
from app.page.attributes import aria, data
from app.page.chart import controls
from app.page.chart import layout as chart
from app.page.compare import layout as compare
from app.page.effects import layout as effects
from app.page.fields import Held
from app.page.frame import frame
from app.page.observations import layout as observations
from app.page.parts import stores as empty_stores
from app.page.patterns import layout as patterns
from app.page.ranked import layout as ranked
from app.page.reference import layout as reference
from app.page.scatter import layout as scatter
from app.page.selection import layout as selection
from app.page.sensitivity import layout as sensitivity
from app.page.table import layout as table
from app.page.table import models as tables
from app.page.thresholds import layout as thresholds
from app.reading import Reader

FEATURES = (
    table,
    chart,
    selection,
    patterns,
    thresholds,
    compare,
    observations,
    reference,
    ranked,
    sensitivity,
    scatter,
    effects,
)


def build() -> Component:
    """The whole page for one visitor."""
    reader: Reader = flask.current_app.config["READER"]
    models = tables.listing(reader.entries())
    return frame(
        html.Div(
            [
                *_stores(models, reader),
                *(store for feature in FEATURES for store in feature.stores()),
                html.A("Skip to the chart", href=f"#{ids.CHART}", className="skip-link"),
                header.build(models),
                html.Main(_main(models), id=ids.PAGE, className="page"),
                header.footer(models),
            ]
        )
    )


def _stores(models: list[dict[str, Any]], reader: Reader) -> list[Component]:
    return [
        Held(id=ids.BOOT, data=reader.default_name()),
        Held(id=ids.DEFINITIONS, data=definitions.build()),
        Held(id=ids.MODELS, data=models),
        Held(id=ids.PROBLEMS, data=tables.unusable(reader.problems())),
        Held(id=ids.OPENED, data={}),
        *empty_stores(ids.URL, ids.THEME, ids.VIEWPORT),
        dcc.Interval(id=ids.POLL, interval=round(reader.settings.refresh_s * 1000)),
    ]


def _main(models: list[dict[str, Any]]) -> list[Component]:
    return [
        _notice(),
        html.Div([], id=ids.JOBS, className="jobs"),
        html.Div(table.empty(), id=ids.EMPTY, hidden=bool(models)),
        html.Div(
            [
                table.heading(),
                controls.chips(),
                controls.build(),
                chart.note(),
                html.P(id=ids.PRINTED, className="printed"),
                html.Div([_figures(), _side()], className="stage"),
                _drawers(models),
                table.about(),
            ],
            id=ids.CONTENT,
            className="content",
            hidden=not models,
        ),
    ]


def _notice() -> Component:
    close = html.Button(
        "×",
        type="button",
        className="close-status",
        title="Close",
        **aria(label="Close the note"),
        **data(action="close-status"),
    )
    status = html.Div(id=ids.STATUS, className="status", role="status", **aria(live="polite"))
    return html.Div([status, close], className="notice")


def _figures() -> Component:
    of_heads = (ranked, thresholds, sensitivity, scatter, effects)
    drawers = [feature.panel() for feature in of_heads]
    return html.Div([chart.bars(), chart.head_map(), *drawers], className="figures")


def _side() -> Component:
    parts = [selection.build(), observations.panel(), guide.build()]
    return html.Div(parts, id=ids.SIDE, className="side")


def _drawers(models: list[dict[str, Any]]) -> Component:
    return html.Section(
        [patterns.panel(), compare.panel(tables.options(models)), reference.panel()],
        className="drawers",
        **aria(label="Patterns, comparison and reference"),
    )
