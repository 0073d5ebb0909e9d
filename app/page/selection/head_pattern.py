"""One head's attention patterns, packed for ``assets/selection/pattern.js``, which draws them."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria, data
from app.page.graphs import canvas
from app.page.selection import head_steps
from app.patterns import said, triangle
from cache.patterns import HeadPatterns
from cache.store import Table
from vocabulary.prompts import PROMPTS

#: Where the colour scale is marked; ``assets/selection/pattern.js`` writes the weights there.
MARKS = (0, 25, 50, 75, 100)


def pack(patterns: HeadPatterns | None, table: Table, head: str) -> dict[str, Any]:
    """Tokens and the lower triangle's bytes (base64, row by row) of each stored prompt.

    About 12 KB for all; ``why`` says why there is none.
    """
    if patterns is None:
        return none(head, why_none(table))
    probes = {
        name: {**said(name, pattern), "weights": triangle(pattern.weights)}
        for name, pattern in patterns.items()
    }
    return {"head": head, "probes": probes, "skipped": dict(patterns.skipped), "why": ""}


def none(head: str, why: str) -> dict[str, Any]:
    """No patterns, and the reason."""
    return {"head": head, "probes": {}, "skipped": {}, "why": why}


def why_none(table: Table) -> str:
    """Why a table has no patterns, and how to get them."""
    if table.provenance.source == "published":
        return (
            "No attention pattern: this table holds published scores. Classify the model to "
            f"see its patterns: headstrata classify {table.provenance.model}"
        )
    return "No attention pattern is stored beside this table; classify the model again."


def build() -> Component:
    """The picture's place in the card: the prompts, its tokens, the matrix, what it shows."""
    return html.Section(
        [
            html.Div(
                [
                    html.H3("Attention pattern"),
                    html.Span(id=ids.PATTERN_HEAD, className="pattern-head"),
                    head_steps.build(),
                    html.Button(
                        "Pin",
                        type="button",
                        className="button plain",
                        id="pin-head",  # assets/patterns/
                        **aria(pressed="false"),
                    ),
                    html.Button(
                        "Enlarge",
                        type="button",
                        className="button plain",
                        id="pattern-size",
                        **aria(expanded="false"),
                        **data(action="pattern-size"),
                    ),
                ],
                className="row-heading",
            ),
            html.Div(prompt_list(ids.PATTERN_PROMPT), className="prompt-choice"),
            html.Div(
                id="pattern-strip",
                className="tokens",
                role="group",
                **aria(label="Tokens of the prompt; the arrow keys go from one to the next"),
            ),
            html.P(id="pattern-words", className="token-words quiet", **aria(live="polite")),
            html.Div(
                [
                    canvas(ids.PATTERN_CHART),
                    html.Div(className="pointed-row"),
                    html.Div(className="pointed-column"),
                ],
                className="pattern-frame",
                role="img",
                id="pattern-frame",
                **aria(describedby=ids.PATTERN_NOTE, label="Attention pattern"),
            ),
            _scale(),
            html.P(id=ids.PATTERN_NOTE, className="quiet"),
        ],
        className="pattern",
        id="pattern",
    )


def prompt_list(name: str) -> Component:
    """The list of prompts; ``assets/selection/prompt.js`` says which a table has.

    Args:
        name: The element's id.
    """
    options = [html.Option(prompt.label, value=prompt.name) for prompt in PROMPTS.values()]
    return html.Label(
        [
            html.Span("Prompt", className="quiet"),
            html.Select(options, id=name, className="prompt-select"),
        ],
        className="prompt-label",
    )


def _scale() -> Component:
    """The colours of weights: by the square root, so that faint attention shows."""
    marks = [html.Span(style={"left": f"{place}%"}) for place in MARKS]
    return html.Div(
        [
            html.Span("Weight", className="pattern-scale-name"),
            html.Div([html.Div(className="pattern-ramp"), html.Div(marks, className="marks")]),
        ],
        className="pattern-scale",
        role="img",
        **aria(label="Colour scale of weights, by their square root"),
    )
