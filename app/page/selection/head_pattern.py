"""One head's attention patterns, packed for ``assets/selection/pattern.js``, which draws them."""

import base64
import math
from typing import Any

import dash_mantine_components as dmc
import numpy as np
from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria, data
from app.page.graphs import canvas
from app.page.selection import head_steps
from cache.patterns import HeadPatterns
from cache.store import Table
from vocabulary.taxonomy import describe_probe

#: The probes' names on the switch; what each is, in words, comes from the taxonomy.
LABELS = {"repeated": "Repeated tokens", "natural": "Natural text"}
#: Weights marked on the colour scale.
SCALE = (0, 0.05, 0.25, 0.5, 1)


def pack(patterns: HeadPatterns | None, table: Table, head: str) -> dict[str, Any]:
    """Tokens and the lower triangle's bytes (base64, row by row) of each probe.

    About 4 KB for both probes of 64 tokens; ``why`` says why there is none.
    """
    if patterns is None:
        return none(head, why_none(table))
    probes = {
        name: {
            "tokens": pattern.tokens,
            "sentence": describe_probe(name),
            "weights": _triangle(pattern.weights),
        }
        for name, pattern in patterns.items()
    }
    return {"head": head, "probes": probes, "why": ""}


def none(head: str, why: str) -> dict[str, Any]:
    """No patterns, and the reason."""
    return {"head": head, "probes": {}, "why": why}


def why_none(table: Table) -> str:
    """Why a table has no patterns, and how to get them."""
    if table.provenance.source == "published":
        return (
            "No attention pattern: this table holds published scores. Classify the model to "
            f"see its patterns: headstrata classify {table.provenance.model}"
        )
    return "No attention pattern is stored beside this table; classify the model again."


def build() -> Component:
    """The picture's place in the card: probe switch, picture, what it shows."""
    return html.Section(
        [
            html.Div(
                [
                    html.H3("Attention pattern"),
                    html.Span(id=ids.PATTERN_HEAD, className="pattern-head"),
                    head_steps.build(),
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
            dmc.SegmentedControl(
                id=ids.PROBE,
                data=[{"value": name, "label": label} for name, label in LABELS.items()],
                value="repeated",
                size="xs",
            ),
            html.Div(
                canvas(ids.PATTERN_CHART),
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


def _scale() -> Component:
    """The colours of weights: by the square root, so that faint attention shows."""
    marks = [
        html.Span(f"{weight:g}", style={"left": f"{100 * math.sqrt(weight):.1f}%"})
        for weight in SCALE
    ]
    return html.Div(
        [
            html.Span("Weight", className="pattern-scale-name"),
            html.Div([html.Div(className="pattern-ramp"), html.Div(marks, className="marks")]),
        ],
        className="pattern-scale",
        role="img",
        **aria(label="Colour scale of weights from 0 to 1, by their square root"),
    )


def _triangle(weights: "np.ndarray[Any, np.dtype[np.uint8]]") -> str:
    rows, keys = np.tril_indices(len(weights))
    return base64.b64encode(weights[rows, keys].tobytes()).decode()
