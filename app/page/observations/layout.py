"""The key observations as the page shows them: a few first, the rest on demand."""

import re

from dash import html
from dash.development.base_component import Component

from app.analysis.observations import Observation
from app.analysis.observing import observe
from app.page import ids
from app.page.attributes import aria
from app.page.parts import stores as empty_stores
from app.views.catalogue import find
from app.views.thresholds import apply
from cache.store import Table

#: Sentences of each kind that stand there at once; further ones are one press away.
SHOWN = {
    "shape": 1,
    "dominant": 2,
    "effect": 1,
    "trend": 3,
    "limits": 1,
    "count": 1,
    "borderline": 1,
    "absent": 0,
}
_ORDER = list(SHOWN)
_BIN = re.compile(r"\[(\d+), (\d+)\)")


def stores() -> list[Component]:
    """The feature's data in the browser."""
    return empty_stores(ids.OBSERVE_WANTED)


def panel() -> Component:
    """Beside the chart; the server writes the sentences anew when a slider rests."""
    return html.Section(
        [
            html.H2("Key observations", id="observations-title"),
            html.Div(id=ids.OBSERVATIONS, className="observation-list"),
        ],
        className="observations",
        **aria(labelledby="observations-title"),
    )


def of_table(table: Table, width: int, taxonomy: str, thresholds: str | None) -> list[Observation]:
    """The observations of a table as it is shown.

    Raises:
        UserError: The width, the taxonomy or a threshold is not one that can be had.
    """
    view = find(taxonomy)
    return observe(apply(table, thresholds), width, view)


def about(width: int, taxonomy: str, thresholds: str) -> str:
    """What the sentences are about: the names, the bins, changed thresholds."""
    bins = "one layer" if width == 1 else f"{width} layers"
    view = find(taxonomy)
    words = f"By {view.by}, in bins of {bins}"
    if not thresholds:
        return f"{words}."
    if view.untouched:
        return f"{words}. The changed thresholds do not touch {view.untouched}."
    return f"{words}, under the changed thresholds."


def build(found: list[Observation], about: str) -> list[Component]:
    """The sentences: what leads, the clearest trends, what is unsure; then all others.

    Args:
        found: As ``of_table`` gives them.
        about: What they are about, in a phrase.
    """
    ordered = sorted(found, key=lambda o: _ORDER.index(o.kind))
    left = dict(SHOWN)
    first: list[Observation] = []
    rest: list[Observation] = []
    for observation in ordered:
        left[observation.kind] -= 1
        (first if left[observation.kind] >= 0 else rest).append(observation)
    parts: list[Component] = [
        html.P(about, className="quiet"),
        html.Ul([_sentence(o) for o in first], className="observed"),
    ]
    if rest:
        more = f"{len(rest)} more observation{'s' if len(rest) > 1 else ''}"
        parts.append(
            html.Details(
                [html.Summary(more), html.Ul([_sentence(o) for o in rest], className="observed")],
                className="more-observed",
            )
        )
    return parts


def _sentence(observation: Observation) -> Component:
    # a line must not end inside a bin
    sentence = _BIN.sub("[\\1,\u00a0\\2)", observation.sentence)
    return html.Li(sentence, className=f"observation {observation.kind}")
