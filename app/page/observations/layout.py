"""The key observations as the page shows them: a few first, the rest on demand."""

import re

from dash import html
from dash.development.base_component import Component

from app.analysis.budget_observations import observe_budget
from app.analysis.observations import Observation, observe
from app.analysis.operation_observations import observe_operations
from app.page import ids
from app.page.attributes import aria
from app.page.parts import stores as empty_stores
from app.views.catalogue import TAXONOMIES
from app.views.extras import with_operations
from app.views.thresholds import apply
from cache.store import Table
from headstrata.errors import UserError

#: Sentences of each kind that stand there at once; further ones are one press away.
SHOWN = {"limits": 1, "dominant": 2, "trend": 3, "count": 1, "borderline": 1, "absent": 0}
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
    if taxonomy not in TAXONOMIES:
        raise UserError(f"taxonomy {taxonomy[:60]!r} is not one of {', '.join(TAXONOMIES)}")
    shown = apply(table, thresholds)
    if taxonomy == "budget":
        return observe_budget(shown.heads, width)
    if taxonomy == "operations":
        labelled = with_operations(shown)
        return [*observe(labelled, width, TAXONOMIES[taxonomy]), *observe_operations(labelled)]
    return observe(shown.heads, width, TAXONOMIES[taxonomy])


def about(width: int, taxonomy: str, thresholds: str) -> str:
    """What the sentences are about: the names, the bins, changed thresholds."""
    bins = "one layer" if width == 1 else f"{width} layers"
    words = f"By {_NAMES[taxonomy]}, in bins of {bins}"
    if not thresholds:
        return f"{words}."
    if taxonomy in _UNTOUCHED:
        return f"{words}. The changed thresholds do not touch {_UNTOUCHED[taxonomy]}."
    return f"{words}, under the changed thresholds."


_NAMES = {
    "detailed": "category",
    "grouped": "group of categories",
    "operations": "family of operations",
    "budget": "destination of attention",
}
#: What no threshold of ours has a part in.
_UNTOUCHED = {"operations": "published operations", "budget": "a budget"}


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
