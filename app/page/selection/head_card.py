"""The card of one head: its category, every score against its threshold, the rival."""

import math
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from app.analysis.evidence import lacking, of_head
from app.page.attributes import aria
from app.views.segments import swatch
from app.views.words import decimals
from cache.grid import head_name
from cache.provenance import Provenance
from cache.store import Table
from headstrata.errors import UserError
from vocabulary.precedence import NEAR, why_not
from vocabulary.rules import limit
from vocabulary.taxonomy import CATEGORIES, REQUIRED_SCORES, SCORES, Category, category_named

#: How much of a name that is none a message repeats.
_SHOWN = 20


def find(table: Table, head: str) -> pd.Series:
    """The row of head ``LAYER.HEAD``.

    Raises:
        UserError: The table has no such head.
    """
    row = table.grid.find(head)
    if row is None:
        raise UserError(f"{table.provenance.title} has no head {head[:_SHOWN]!r}")
    return table.heads.iloc[row]


def build(table: Table, head: str) -> list[Component]:
    """The card's parts.

    Raises:
        UserError: The table has no such head.
    """
    row = find(table, head)
    category = category_named(row["category"], row["group"])
    return [
        html.H2(
            [
                html.Span(head_name(row["layer"], row["head"]), className="head-name"),
                html.Span([_swatch(category), category.label], className="head-category"),
            ]
        ),
        html.P(category.sentence),
        html.P(verdict(row, table.provenance), className="verdict"),
        *[html.P(said, className="verdict") for said in also_reached(row, table.provenance)],
        html.Div(
            [_score(row, name, table.provenance) for name in SCORES if _known(row, name)],
            className="scores",
        ),
        html.P(_scale(table.provenance), className="quiet"),
        *[html.P(said, className="evidence") for said in of_head(row)],
        *([html.P(lacks, className="quiet")] if (lacks := lacking(row, table.provenance)) else []),
    ]


def verdict(row: "pd.Series[Any]", record: Provenance) -> str:
    """How sure the category is, in words."""
    rival = CATEGORIES.get(row["runner_up"]) if isinstance(row["runner_up"], str) else None
    if rival is None:
        return "Nothing can be said about a runner-up: the other scores were not measured."
    named = category_named(row["category"], row["group"]).score is not None
    margin = f"{row['margin']:.2f}"
    words = (
        f"Runner-up: {_rival(row, rival, record)}. Margin {margin}: so far apart are the two "
        "scores, each divided by its threshold."
        if named
        else f"Nearest: {rival.label}; its score reaches {_reached(float(row['margin']))} of the "
        "threshold."
    )
    if row["borderline"]:
        return f"{words} Borderline: the category could flip within two standard errors."
    return f"{words} The category holds within two standard errors." if _has_errors(row) else words


def _rival(row: "pd.Series[Any]", rival: Category, record: Provenance) -> str:
    """``Previous token``; of one that is far from its threshold: none near."""
    score = rival.score or ""
    limit = threshold(row, score, record)
    share = float(row[score]) / limit if limit else math.nan
    if not share < NEAR:  # also where nobody measured it
        return rival.label
    return f"none near (the nearest, {rival.label}, reaches {_reached(1 - share)} of its threshold)"


def also_reached(row: "pd.Series[Any]", record: Provenance) -> list[str]:
    """Why the head is not named after further scores that reach their thresholds: a sentence each.

    Rules of the category's own tier compete by score/threshold: the verdict tells of them.
    """
    own = category_named(row["category"], row["group"])
    reached = [
        category
        for category in CATEGORIES.values()
        if category.score
        and category.name != own.name
        and (limit := threshold(row, category.score, record)) is not None
        and float(row[category.score]) >= limit
    ]
    return why_not(own, reached)


def _reached(short: float) -> str:
    """``43%``: how much of the threshold a score reaches that falls short of it by ``short``."""
    return f"{math.floor(100 * (1 - short) + 1e-4)}%"  # never 100% of what it does not reach


def _has_errors(row: "pd.Series[Any]") -> bool:
    return any(pd.notna(row[f"{name}_se"]) for name in SCORES)


def _known(row: "pd.Series[Any]", name: str) -> bool:
    return bool(pd.notna(row[name]))


def _score(row: "pd.Series[Any]", name: str, record: Provenance) -> Component:
    value, error = float(row[name]), float(row[f"{name}_se"])
    wanted = threshold(row, name, record)
    own = category_named(row["category"], row["group"]).score == name
    reached = wanted is not None and value >= wanted
    ruled = _ruled(wanted, reached=reached)
    return html.Div(
        [
            html.Span(SCORES[name].label, className="score-name", title=SCORES[name].sentence),
            html.Span(_marks(value, error, wanted), className="track", **aria(hidden="true")),
            html.Span(_words(value, error), className="score-value"),
            html.Span(ruled, className="visually-hidden"),
        ],
        className=f"score{' own' if own else ''}{' reached' if reached else ''}",
        title=_exactly(value, error, ruled),
    )


def _ruled(wanted: float | None, *, reached: bool) -> str:
    """``threshold 0.40, reached``; empty for scores that decide nothing."""
    if wanted is None:
        return ""
    return f"threshold {decimals(wanted)}, " + ("reached" if reached else "not reached")


def _exactly(value: float, error: float, ruled: str) -> str:
    """A digit more than the card has room for, and the threshold."""
    number = f"{value:.3f}" if math.isnan(error) else f"{value:.3f} ± {error:.3f}"
    return f"{number}; {ruled}" if ruled else number


def _words(value: float, error: float) -> str:
    """``0.78 ± 0.01``, as ``assets/views/phrases.js`` writes it."""
    if math.isnan(error):
        return f"{value:.2f}"
    return f"{value:.2f} ± " + ("<0.01" if error < 0.005 else f"{error:.2f}")


def _marks(value: float, error: float, wanted: float | None) -> list[Component]:
    marks: list[Component] = [html.Span(className="fill", style={"width": _percent(value)})]
    if not math.isnan(error):
        low, high = max(0.0, value - 2 * error), min(1.0, value + 2 * error)
        marks.append(
            html.Span(
                className="whisker", style={"left": _percent(low), "width": _percent(high - low)}
            )
        )
    if wanted is not None:
        marks.append(html.Span(className="limit", style={"left": _percent(wanted)}))
    return marks


def _percent(share: float) -> str:
    return f"{100 * min(1.0, max(0.0, share)):.2f}%"


def threshold(row: "pd.Series[Any]", name: str, record: Provenance) -> float | None:
    """The threshold that a score had to reach; None for scores that decide nothing."""
    for category in CATEGORIES.values():
        if category.score == name and category.name in record.taxonomy.thresholds:
            thresholds = record.taxonomy.thresholds
            return float(limit(category.name, thresholds, row["delimiter_base_rate"]))
    return None


def _scale(record: Provenance) -> str:
    missing = len(set(REQUIRED_SCORES) - set(record.measured))
    scale = "Bars run from 0 to 1; the tick is the threshold"
    if record.source == "computed":
        return f"{scale}, the line two standard errors either way."
    return f"{scale}. {missing} of the {len(REQUIRED_SCORES)} scores were not published."


def _swatch(category: Category) -> Component:
    return html.Span(
        className="swatch pattern-plain", style=swatch(category), **aria(hidden="true")
    )
