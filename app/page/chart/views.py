"""The further views as the page draws them: operations (what heads write) and budget."""

import textwrap
from dataclasses import asdict
from typing import Any

from app.page.chart import figures
from app.views.budget import destinations
from app.views.operations import FAMILIES
from app.views.segments import Segment, ink
from vocabulary.citations import CITATIONS
from vocabulary.operations import OPERATION_THRESHOLD, OPERATIONS, OPERATIONS_CITATION
from vocabulary.taxonomy import BUDGET, CATEGORIES, SCORES, THRESHOLDS


def families() -> list[Segment]:
    """One segment a family of operations, in drawing order."""
    return [
        Segment(f.name, f.label, f.sentence, f.colour, ink(f.colour), f.pattern)
        for f in FAMILIES.values()
    ]


def budget() -> list[Segment]:
    """One segment a destination of attention, in drawing order."""
    return [
        Segment(
            d.name, d.label, f"Attention to: {BUDGET[d.name]}.", d.colour, ink(d.colour), d.pattern
        )
        for d in destinations()
    ]


def definitions() -> dict[str, Any]:
    """What the browser must know of the views and of thresholds, sent once."""
    return {
        "operations": {
            "list": [{"label": o.label, "family": o.family} for o in OPERATIONS.values()],
            "threshold": OPERATION_THRESHOLD,
            "source": CITATIONS[OPERATIONS_CITATION].short,
            "url": CITATIONS[OPERATIONS_CITATION].url,
        },
        "thresholds": THRESHOLDS,
        "scoreOf": {name: CATEGORIES[name].score for name in THRESHOLDS},
        "scoreLabels": {name: score.label for name, score in SCORES.items()},
    }


def taxonomies() -> dict[str, Any]:
    """Beside ``segments.definitions()``: what each head is counted under."""
    return {
        "operations": {"by": "family", "segments": [asdict(s) for s in families()]},
        "budget": {"by": "destination", "segments": [asdict(s) for s in budget()]},
    }


def skeletons() -> dict[str, Any]:
    """Figure skeletons of the further views."""
    shares = figures.chart(budget())
    for segment, trace in zip(budget(), shares["data"], strict=True):
        trace["hovertemplate"] = _budget_hover(segment)
    return {
        "operations": {"chart": figures.chart(families()), "map": figures.head_map(families())},
        "budget": {"chart": shares, "map": figures.head_map(budget())},
    }


def _budget_hover(segment: Segment) -> str:
    sentence = "<br>".join(textwrap.wrap(segment.sentence, figures.HOVER_WRAP))
    return (
        f"<b>{segment.label}</b> in layers %{{customdata[0]}}<br>{sentence}<br><br>"
        "<b>%{customdata[2]}</b> of the bin's attention; the largest share of "
        "%{customdata[1]} heads%{customdata[3]}<extra></extra>"
    )
