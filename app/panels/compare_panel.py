"""The panel that puts a second table beside the shown one."""

from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from app.analysis.compare import Agreement
from app.page.attributes import aria, data
from app.page.graphs import canvas, graph
from app.panels import comparison, ids
from app.panels.comparison import Difference
from classify.taxonomy import CATEGORIES, GROUPS, SCORES, THRESHOLDS


def build(models: list[dict[str, str]]) -> list[Component]:
    """The select, both charts, and places for words and the scatter; filled when opened."""
    return [
        html.Div(
            dmc.Select(
                id=ids.COMPARE,
                data=models,
                placeholder="Choose a second table",
                clearable=True,
                inputProps=aria(label="Table to compare with"),
                comboboxProps={"shadow": "md"},
                className="compare-select",
            ),
            className="compare-head",
        ),
        html.P(
            "Choose a second table: its shares at each depth stand beside those of the shown one, "
            "with the differences in numbers.",
            id=ids.COMPARE_HINT,
            className="quiet",
        ),
        html.Div(
            [
                html.Div(
                    [_chart(ids.COMPARE_CHART_ONE), _chart(ids.COMPARE_CHART_OTHER)],
                    className="side-by-side",
                    id=ids.COMPARE_CHARTS,
                    hidden=True,
                ),
                html.Div(id=ids.COMPARE_WORDS, className="compare-words"),
                html.Div(id=ids.COMPARE_HEADS, className="compare-heads"),
            ],
            id=ids.COMPARE_BODY,
            hidden=True,
        ),
    ]


def _chart(name: str) -> Component:
    return html.Div(
        canvas(name),
        className="compare-chart",
        role="img",
        **aria(label="Shares by relative depth; the numbers are in the table below"),
    )


def words(
    found: list[Difference],
    comparable: list[Difference],
    said: list[str],
    called: tuple[str, str],
    view: tuple[int, str],
) -> list[Component]:
    """The differences in sentences, then every segment in a table.

    Args:
        found: All segments.
        comparable: Those of them that both tables could name a head after; they come first.
        said: The sentences.
        called: What the two tables are called.
        view: How many bins, and the changed thresholds (empty: the defaults).
    """
    bins, thresholds = view
    rest = [d for d in found if d not in comparable]
    note = (
        f"Both in {bins} bin{'s' if bins > 1 else ''} of equal depth: 0% is the first layer, "
        "100% the last."
    )
    if thresholds:
        note += " Both under the changed thresholds."
    head = html.Tr(
        [html.Th(text, scope="col") for text in ("Heads", *called, "Difference", "Widest in")]
    )
    return [
        *(html.P(sentence, className="lead") for sentence in said if sentence),
        html.P(note, className="quiet"),
        html.Div(
            html.Table(
                [
                    html.Thead(head),
                    html.Tbody(
                        [*(_row(d) for d in comparable), *(_row(d, differs=False) for d in rest)]
                    ),
                ],
                className="numbers",
            ),
            className="table-frame",
            tabIndex="0",
            role="region",
            **aria(label="Differences per category"),
        ),
    ]


def _depth(place: str) -> str:
    """``0%-25%`` as the charts write it: ``0–25%``."""
    start, stop = place.split("-")
    return f"{start.rstrip('%')}–{stop}"


def _row(difference: Difference, *, differs: bool = True) -> Component:
    known = CATEGORIES.get(difference.name) or GROUPS[difference.name]
    place, step = difference.widest
    cells = [
        f"{heads:,} · {100 * share:.1f}%"
        for heads, share in zip(difference.heads, difference.shares, strict=True)
    ]
    return html.Tr(
        [
            html.Th(
                [
                    html.Span(className="swatch pattern-plain", style={"--swatch": known.colour}),
                    difference.label,
                ],
                scope="row",
            ),
            *(html.Td(cell) for cell in cells),
            html.Td(comparison.points(difference.step) if differs else "–", className="step"),
            html.Td(f"{_depth(place)}: {comparison.points(step)}" if step and differs else "–"),
        ]
    )


def heads(shared: list[str], found: Agreement | None, called: tuple[str, str]) -> list[Component]:
    """Head against head: the choice of score, rho in words, the scatter, who disagrees."""
    if found is None:
        return [
            html.P(
                "Head by head only two tables of one model can be compared, such as published "
                "scores against computed ones.",
                className="quiet",
            )
        ]
    return [
        html.H3("Head by head"),
        html.Div(
            dmc.SegmentedControl(
                id=ids.COMPARE_SCORE,
                data=[{"value": name, "label": SCORES[name].label} for name in shared],
                value=found.score,
                size="sm",
            ),
            className="score-choice",
            role="group",
            **aria(label="Score to compare"),
        ),
        html.P(found.sentence(*called), className="lead"),
        html.Div(
            [
                html.Div(
                    graph(ids.COMPARE_SCATTER),
                    className="compare-scatter",
                    role="img",
                    **aria(
                        label=f"{SCORES[found.score].label}, one point a head. "
                        f"{found.sentence(*called)}"
                    ),
                ),
                html.Div(_disagreeing(found), className="disagreeing"),
            ],
            className="scatter-row",
        ),
    ]


def _disagreeing(found: Agreement) -> list[Component]:
    rows = found.disagreeing.head(comparison.NAMED)
    if rows.empty:
        return [html.P("No head that both name has another category in the other table.")]
    rest = len(found.disagreeing) - len(rows)
    return [
        html.H4(f"{len(found.disagreeing):,} heads that disagree, widest difference first"),
        html.Ul([_pair(row) for row in rows.to_dict("records")], className="pairs"),
        *([html.P(f"and {rest:,} more", className="quiet")] if rest else []),
    ]


def _pair(row: dict[Any, Any]) -> Component:
    one, other = (CATEGORIES[row[f"category_{side}"]].label for side in ("one", "other"))
    name = f"L{row['layer']}.H{row['head']}"
    values = "" if row["one"] != row["one"] else f" {row['one']:.2f} → {row['other']:.2f}"
    button = html.Button(
        name, type="button", className="head-link", **data(head=f"{row['layer']}.{row['head']}")
    )
    return html.Li(
        [
            button,
            html.Span(values, className="pair-values"),
            html.Span(f"{one} → {other}", className="quiet"),
        ]
    )


def threshold_of(score: str) -> float | None:
    """The default threshold on a score, for the scatter's guide lines."""
    return next(
        (
            THRESHOLDS[c.name]
            for c in CATEGORIES.values()
            if c.score == score and c.name in THRESHOLDS
        ),
        None,
    )
