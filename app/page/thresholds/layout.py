"""The drawer of what-if thresholds: one slider a category, its default marked."""

from collections.abc import Collection, Mapping

from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import data
from app.page.fields import Held, Slider
from app.page.parts import drawer
from app.page.parts import stores as empty_stores
from app.views.segments import swatch
from vocabulary.taxonomy import CATEGORIES, SCORES, THRESHOLDS, Category

#: Thresholds move in hundredths: as fine as a standard error of most scores.
STEP = 0.01


def stores() -> list[Component]:
    """The feature's data in the browser."""
    return [
        Held(id=ids.THRESHOLDS, data={}),
        *empty_stores(ids.WHATIF_WANTED, ids.WHATIF, ids.SLIDERS_WANTED),
    ]


def panel() -> Component:
    """Under the chart, which stays in view while they are moved."""
    return drawer(ids.WHATIF_PANEL, "whatif", "What-if thresholds", [], body_id=ids.WHATIF_BODY)


def build(thresholds: Mapping[str, float], measured: Collection[str]) -> list[Component]:
    """The sliders and the place of the list of changed heads.

    Args:
        thresholds: Those that differ from the defaults now.
        measured: The scores that the shown table has.
    """
    return [
        html.P(
            "The same rules as the worker's, on the stored scores, with other thresholds. Chart, "
            "map, tables, downloads and the link follow; the tick is the default.",
            className="quiet",
        ),
        html.Div(
            [
                _slider(category, thresholds.get(category.name), category.score in measured)
                for category in CATEGORIES.values()
                if category.name in THRESHOLDS
            ],
            className="threshold-grid",
        ),
        html.Div(
            [
                html.P(id=ids.WHATIF_COUNT, className="what-if-count", role="status"),
                html.Button(
                    "Reset", className="button", type="button", **data(action="reset-thresholds")
                ),
            ],
            className="what-if-result",
        ),
        html.Details(
            [html.Summary("Which heads"), html.Ul(id=ids.WHATIF_CHANGES, className="changes")],
            id=ids.WHATIF_WHICH,
            className="which",
        ),
    ]


def _slider(category: Category, value: float | None, measured: bool) -> Component:
    default = THRESHOLDS[category.name]
    score = SCORES[str(category.score)]
    slider = Slider(
        id=ids.threshold(category.name),
        label=f"Threshold of {category.label}, default {default:g}",
        min=STEP,
        max=1,
        step=STEP,
        value=default if value is None else value,
        mark=default,
        disabled=not measured,
    )
    return html.Div(
        [
            html.Div(
                [
                    html.Span(
                        [
                            html.Span(
                                className="swatch pattern-plain",
                                style=swatch(category),
                            ),
                            category.label,
                        ],
                        className="threshold-name",
                        title=score.sentence,
                    ),
                    html.Span(id=ids.threshold_value(category.name), className="threshold-value"),
                    html.Span(id=ids.threshold_count(category.name), className="threshold-count")
                    if measured
                    else html.Span("score not in this table", className="threshold-count"),
                ],
                className="threshold-row",
            ),
            slider,
        ],
        className=f"threshold{'' if measured else ' unmeasured'}",
        **data(threshold=category.name),
    )
