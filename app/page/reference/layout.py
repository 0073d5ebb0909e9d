"""The panel about a published figure of GPT-2 XL: as described, and corrected."""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from app.analysis import reference_figure as reference
from app.analysis.binned_check import check_summary
from app.analysis.integrity import BinCheck
from app.page import ids
from app.page.attributes import aria
from app.page.graphs import graph
from app.page.parts import drawer
from app.page.parts import stores as empty_stores
from app.page.template import FONT
from app.views.segments import ink
from vocabulary.citations import CITATIONS

#: What all bars share: percentages stand in the middle, neither turned nor shrunk.
_BARS = {
    "textposition": "inside",
    "insidetextanchor": "middle",
    "textangle": 0,
    "constraintext": "none",
    "textfont": {"size": 12},
    "hovertemplate": "<b>%{fullData.name}</b>, %{x}: %{customdata:.1f}%<extra></extra>",
}
#: Heads from which a segment is tall enough for its percentage.
_TALL_ENOUGH = 2


def stores() -> list[Component]:
    """The feature's data in the browser."""
    return empty_stores(ids.REFERENCE_WANTED, ids.CHECK_WANTED)


def panel() -> Component:
    """Closed at first; of another model than the figure's there is a link to it."""
    places = [html.Div(id=ids.REFERENCE_BODY), html.Div(id=ids.REFERENCE_CHECK)]
    address = f"./?model={reference.REFERENCE}#{ids.REFERENCE_PANEL}"
    return html.Div(
        [
            drawer(ids.REFERENCE_PANEL, "reference", "Reference figure", places),
            html.P(
                html.A(
                    "A published figure of GPT-2 XL's heads, and what did not add up", href=address
                ),
                id=ids.REFERENCE_LINK,
                className="quiet reference-link",
                hidden=True,
            ),
        ]
    )


def build() -> list[Component]:
    """Both charts, their numbers, and in words what did not add up."""
    paper = CITATIONS[reference.CITATION]
    first, *reasons, meaning = reference.explain()
    return [
        html.P(
            [
                "A published figure of heads of GPT-2 xl by layer bin, most likely from ",
                html.A(paper.short, href=paper.url, rel="noopener"),
                f" (MAPS). {first}",
            ],
            className="lead",
        ),
        html.Div(
            [
                _chart("As described", reference.described(), "described"),
                _chart("Corrected", reference.corrected(), "corrected"),
            ],
            className="side-by-side",
        ),
        _numbers(),
        html.H3("What did not add up, and why"),
        html.Ul([html.Li(sentence) for sentence in reasons], className="reasons"),
        html.P(meaning),
    ]


def check_of(title: str, width: int, checks: list[BinCheck]) -> list[Component]:
    """What the same check says of the bins that are shown.

    Args:
        title: What the table is called.
        width: Layers per bin.
        checks: One a bin.
    """
    bins = "one layer" if width == 1 else f"{width} layers"
    wrong = [check for check in checks if not check.is_sound]
    return [
        html.H3("The same check on what is shown now"),
        html.P(f"{title}, bins of {bins}: {check_summary(checks)}"),
        *([html.Ul([html.Li(c.sentence()) for c in wrong], className="reasons")] if wrong else []),
        html.P(
            ["A binned table of your own, as a file: ", html.Code("headstrata check FILE"), "."],
            className="quiet",
        ),
    ]


def figure(table: pd.DataFrame) -> dict[str, Any]:
    """A stacked bar as the seed drew it: title, axes, 0-35 heads, percentages inside.

    Args:
        table: ``reference_figure.described()`` or ``.corrected()``.
    """
    traces = [_trace(row, table[table["segment"] == row.name]) for row in reference.ROWS]
    low, high = reference.Y_RANGE
    tallest = float(table.groupby("bin")["height"].sum().max())
    top = max(high, tallest * 1.03)
    axis = {"fixedrange": True, "ticks": "outside", "ticklen": 4, "tickfont": {"size": 12}}
    return {
        "data": traces,
        "layout": {
            "template": {"data": {"bar": [_BARS]}},
            "barmode": "stack",
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "bargap": 0.2,
            "font": {"family": FONT, "size": 13},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 48, "r": 8, "t": 34, "b": 46},
            "title": {"text": reference.TITLE, "x": 0.5, "font": {"size": 14}},
            "xaxis": {**axis, "title": {"text": reference.X_TITLE, "font": {"size": 12}}},
            "yaxis": {
                **axis,
                "title": {"text": reference.Y_TITLE, "font": {"size": 12}},
                "range": [low, top],
                "dtick": 5,
                "showgrid": False,
                "zeroline": False,
            },
            **(_end_of_axis(high) if tallest > high else {}),
        },
    }


def _end_of_axis(high: int) -> dict[str, Any]:
    """A line where the described axis ends: a bar above it cannot be right."""
    line = {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": high,
        "y1": high,
        "line": {"width": 1, "dash": "dash", "color": "#87918f"},
    }
    words = {
        "xref": "paper",
        "x": 0.01,
        "xanchor": "left",
        "y": high,
        "yanchor": "bottom",
        "text": f"its axis ends at {high}",
        "showarrow": False,
        "font": {"size": 12},
    }
    return {"shapes": [line], "annotations": [words]}


def _trace(row: reference.Row, own: pd.DataFrame) -> dict[str, Any]:
    texts = [
        f"{percent:.1f}%" if height >= _TALL_ENOUGH else ""
        for percent, height in zip(own["percent"], own["height"], strict=True)
    ]
    return {
        "type": "bar",
        "name": row.label,
        "x": own["bin"].tolist(),
        "y": own["height"].round(2).tolist(),
        "text": texts,
        "customdata": own["percent"].tolist(),
        "textfont": {"color": ink(row.colour)},
        "marker": {"color": row.colour},
    }


def _chart(title: str, table: pd.DataFrame, name: str) -> Component:
    return html.Div(
        [
            html.H3(title),
            html.Div(
                graph(f"reference-{name}", figure(table)),
                className="reference-chart",
                role="img",
                **aria(label=f"{reference.TITLE}, {title.lower()}: the numbers are in the table"),
            ),
        ]
    )


def _numbers() -> Component:
    """Percentages as described and heads as corrected, row by row."""
    described, corrected = reference.described(), reference.corrected()
    head = html.Tr(
        [
            html.Th("Colour", scope="col"),
            *(html.Th(f"{name} described", scope="col") for name in reference.BINS),
            *(html.Th(f"{name} corrected", scope="col") for name in reference.BINS),
        ]
    )
    rows = [_number_row(row, described, corrected) for row in reversed(reference.ROWS)]
    checks = [*reference.check_described(), *reference.check_corrected()]
    sums = [
        html.Td(
            f"{check.nearest_total} heads" if check.is_sound else f"{check.total_percent:.1f}%",
            className="" if check.is_sound else "bad",
        )
        for check in checks
    ]
    total = html.Tr([html.Th("Sum", scope="row"), *sums], className="sum")
    return html.Div(
        html.Table([html.Thead(head), html.Tbody([*rows, total])], className="numbers"),
        className="table-frame",
        tabIndex="0",
        role="region",
        **aria(label="The percentages of both figures"),
    )


def _number_row(row: reference.Row, described: pd.DataFrame, corrected: pd.DataFrame) -> Component:
    was = described.loc[described["segment"] == row.name, "percent"]
    own = corrected[corrected["segment"] == row.name]
    name = [
        html.Span(className="swatch pattern-plain", style={"--swatch": row.colour}),
        html.Span(row.label.capitalize(), className="row-name"),
        html.Span(row.meaning, className="quiet block"),
    ]
    cells = [html.Td(f"{percent:.1f}%") for percent in was]
    cells += [
        html.Td(f"{heads} = {percent:.1f}%" if heads else "0")
        for heads, percent in zip(own["heads"], own["percent"], strict=True)
    ]
    return html.Tr([html.Th(name, scope="row"), *cells])
