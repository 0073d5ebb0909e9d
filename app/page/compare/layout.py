"""The drawer that puts a second table beside the shown one."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from app.analysis.agreement import Agreement, is_same_model
from app.analysis.protocol import Apart, apart, defined_apart, sentence
from app.page import ids
from app.page.attributes import aria, data
from app.page.compare import comparison
from app.page.compare.comparison import Difference, Pair
from app.page.fields import Combobox, Segments
from app.page.graphs import canvas, graph
from app.page.parts import drawer
from app.page.parts import stores as empty_stores
from cache.grid import head_name
from vocabulary.taxonomy import SCORES, category_named


def stores() -> list[Component]:
    """The feature's data in the browser."""
    return empty_stores(ids.COMPARE_WANTED, ids.COMPARED, ids.PAIRS)


def panel(models: list[dict[str, str]]) -> Component:
    """Closed at first.

    Args:
        models: The choices of the select.
    """
    return drawer(ids.COMPARE_PANEL, "compare", "Compare with another table", build(models))


def build(models: list[dict[str, str]]) -> list[Component]:
    """The select, both charts, and places for words and the scatter; filled when opened."""
    return [
        html.Div(
            Combobox(
                id=ids.COMPARE,
                label="Table to compare with",
                data=models,
                placeholder="Choose a second table",
                clearable=True,
            ),
            className="compare-select",
        ),
        html.P(
            "Choose a second table: its shares at each depth stand beside those of the shown one, "
            "with the differences in numbers.",
            id=ids.COMPARE_HINT,
            className="quiet",
        ),
        html.Div(
            [
                html.Div(id=ids.COMPARE_APART, className="compare-apart"),
                html.Div(className="skeleton", **aria(hidden="true")),
                html.Ul(id=ids.COMPARE_LEGEND, className="legend", **aria(label="Colours")),
                html.Div(
                    [_chart(ids.COMPARE_CHART_ONE), _chart(ids.COMPARE_CHART_OTHER)],
                    className="side-by-side",
                    id=ids.COMPARE_CHARTS,
                    hidden=True,
                ),
                html.Div(id=ids.COMPARE_WORDS, className="compare-words"),
                html.Div(id=ids.COMPARE_NUMBERS, className="compare-numbers"),
                html.Div(id=ids.COMPARE_EFFECTS, className="compare-effects"),
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


def measured_apart(both: Pair) -> list[Component]:
    """What differs in how the two tables were measured, told before any number."""
    if both.view.counts_heads and both.view.untouched:
        return []  # published of the models, not measured in the tables
    records = both.one.provenance, both.other.provenance
    scores = ("first_token",) if both.view.untouched else tuple(SCORES)
    found, undefined = apart(*records, scores), defined_apart(*records, scores)
    said = sentence(found, undefined)
    if not said:
        return []
    return [
        html.P(said, className="lead"),
        html.Details(
            [html.Summary("How each was measured"), _settings(found, both.called)],
            open=bool(undefined),
            className="settings-apart",
        ),
    ]


def _settings(found: list[Apart], called: tuple[str, str]) -> Component:
    names = html.Tr([html.Th("", scope="col"), *(html.Th(name, scope="col") for name in called)])
    rows = [
        html.Tr([html.Th(row.what, scope="row"), html.Td(row.one), html.Td(row.other)])
        for row in found
    ]
    return html.Div(
        html.Table([html.Thead(names), html.Tbody(rows)], className="apart"),
        className="table-frame",
        tabIndex="0",
        role="region",
        **aria(label="How each was measured"),
    )


def words(
    both: Pair, told: list[Difference], bins: int, thresholds: str, pin: str
) -> list[Component]:
    """What is compared, and the differences in sentences; the browser lists the numbers.

    Args:
        both: The pair.
        told: The segments that both tables could name a head after.
        bins: How many bins of depth.
        thresholds: The changed thresholds (empty: the defaults).
        pin: The start of the hash that the link gave the second table (empty: none).
    """
    said = [comparison.summary(told, both), comparison.incomplete(both)]
    moved = comparison.moved(both.other, pin)
    return [
        *([html.P(moved, className="view-note")] if moved else []),
        *(html.P(sentence, className="view-note") for sentence in both.missing),
        *(html.P(sentence, className="lead") for sentence in said if sentence),
        html.P(_note(both, bins, thresholds), className="quiet"),
    ]


def _note(both: Pair, bins: int, thresholds: str) -> str:
    parts = [
        f"Both in {bins} bin{'s' if bins > 1 else ''} of equal depth: 0% is the first layer, "
        "100% the last."
    ]
    same_model = is_same_model(both.one.provenance, both.other.provenance)
    if both.view.same_model and same_model:
        parts.append(both.view.same_model)
    elif both.view.compared:
        parts.append(both.view.compared)
    else:
        parts.append("Shares are of the heads of each bin.")
    if thresholds:
        parts.append(
            "The changed thresholds do not touch this view."
            if both.view.untouched
            else "Both under the changed thresholds."
        )
    return " ".join(parts)


def heads(
    shared: list[str], found: Agreement | None, called: tuple[str, str], apart: str
) -> list[Component]:
    """Head against head: the choice of score, rho in words, the scatter, who disagrees.

    Args:
        shared: The scores that both tables have.
        found: The agreement on one of them; None: not one model.
        called: What the two tables are called.
        apart: In which settings they differ, as a sentence.
    """
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
            Segments(
                id=ids.COMPARE_SCORE,
                label="Score to compare",
                data=[{"value": name, "label": SCORES[name].label} for name in shared],
                value=found.score,
            ),
            className="score-choice",
        ),
        html.P(found.sentence(*called), className="lead"),
        *([html.P(apart, className="quiet")] if apart else []),
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
        return [html.P("No head disagrees.")]
    rest = len(found.disagreeing) - len(rows)
    return [
        html.H4("Heads that disagree, widest difference first"),
        html.Ul([_pair(row) for row in rows.to_dict("records")], className="pairs"),
        *([html.P(f"and {rest:,} more", className="quiet")] if rest else []),
    ]


def _pair(row: dict[Any, Any]) -> Component:
    one, other = (category_named(row[f"category_{side}"]).label for side in ("one", "other"))
    name = head_name(row["layer"], row["head"])
    values = "" if row["one"] != row["one"] else f" {row['one']:.2f} → {row['other']:.2f}"
    button = html.Button(
        name, type="button", className="head-link", **data(head=f"{row['layer']}.{row['head']}")
    )
    return html.Li(
        [
            button,
            html.Span(values, className="pair-values"),
            html.Span(
                f"{one} in both, across the threshold" if one == other else f"{one} → {other}",
                className="quiet",
            ),
        ]
    )
