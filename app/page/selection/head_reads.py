"""What a head reads on natural text: sentences, distances, tokens, and examples in their words."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from app.analysis import reads
from app.page.attributes import data
from cache.percent import percent_of
from cache.reads import Example, HeadReads
from cache.store import Table

#: Bins of distances with less than this share are not listed.
_WORTH_LISTING = 0.02
#: Shares are printed as parts of this whole.
_WHOLE = 10_000
#: As ``assets/selection/tokens.js`` writes it.
_LINE_BREAK = "⏎"
_NOTHING_BEYOND = "No token stands out beyond chance from what its places alone would give it."


def build(row: pd.Series, table: Table, read: HeadReads | None) -> list[Component]:
    """The card's section; empty for a table of published scores.

    Args:
        row: The head's row.
        table: Its table.
        read: What stands beside its patterns; None: nothing.
    """
    said: list[Component] = [html.P(told) for told in reads.of_head(row)]
    said += _distances(row)
    if read is not None:
        said += [*_tokens(read), *_examples(read.examples)]
    if lacks := reads.lacking(row, table.provenance):
        said.append(html.P(lacks, className="quiet"))
    return [html.H3("What it reads on natural text"), *said] if said else []


def _distances(row: pd.Series) -> list[Component]:
    listed = [
        html.Li([f"{name} ", html.B(_percent(share))])
        for name, share in reads.distances(row)
        if share >= _WORTH_LISTING
    ]
    return [html.Ul(listed, className="read-list distances")] if listed else []


def _tokens(read: HeadReads) -> list[Component]:
    if not read.tokens:
        return [html.P(_NOTHING_BEYOND, className="quiet")] if read.by_position else []
    what, short = (
        ("what its places alone would give them", "by position alone")
        if read.by_position
        else ("what an even spread would give them", "if even")
    )
    listed = [
        html.Li(
            [
                html.Code(_on_one_line(one.text), className="read-token"),
                " ",
                html.B(_percent(one.share)),
                f" ({_percent(one.expected)} {short})",
            ]
        )
        for one in read.tokens
    ]
    return [
        html.P(
            f"Tokens that it reads most beyond {what}, as shares of its attention past the first "
            "token:",
            className="quiet",
        ),
        html.Ul(listed, className="read-list read-tokens"),
    ]


def _examples(examples: list[Example]) -> list[Component]:
    if not examples:
        return []
    return [
        html.P(
            "Examples, two from each fifth of its largest weight: the query, and the token that "
            "it attends to most, with the words around them.",
            className="quiet",
        ),
        html.Ul([_example(one) for one in examples], className="examples"),
        html.P(
            [
                html.Button(
                    "Its whole pattern on natural text",
                    type="button",
                    className="head-link",
                    **data(action="natural-pattern"),  # assets/selection/clicks.js
                ),
                " is of another stretch of the same text: the examples come from longer ones.",
            ],
            className="quiet",
        ),
    ]


def _example(one: Example) -> Component:
    place = f"{one.back} back" if one.back else "itself"
    return html.Li(
        [
            html.B(f"{one.weight:.2f}"),
            f" {place}: ",
            _quoted(one.query),
            " reads ",
            _quoted(one.key),
        ]
    )


def _quoted(words: tuple[str, str, str]) -> Component:
    before, token, behind = map(_on_one_line, words)
    return html.Q([before.lstrip(), html.Mark(token), behind])


def _on_one_line(text: str) -> str:
    return text.replace("\n", _LINE_BREAK)


def _percent(share: float) -> str:
    return str(percent_of(round(_WHOLE * share), _WHOLE))
