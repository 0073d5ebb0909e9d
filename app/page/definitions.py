"""What the browser must know of views, thresholds and figures, sent once with the page."""

from dataclasses import asdict
from typing import Any

from app.page.chart import figures
from app.page.graphs import CONFIG
from app.page.ranked import layout as ranked
from app.page.selection import grid
from app.views import measures
from app.views.catalogue import VIEWS
from app.views.view import View, stored
from vocabulary.prompts import PROMPTS
from vocabulary.taxonomy import CATEGORIES, RULED_SCORES, SCORES, THRESHOLDS


def build() -> dict[str, Any]:
    """Views with their segments and figure skeletons, thresholds, the grid's columns."""
    return {
        "views": {view.name: _view(view) for view in VIEWS.values()},
        "figures": {view.name: _skeletons(view) for view in VIEWS.values()},
        "thresholds": THRESHOLDS,
        "scoreOf": {name: CATEGORIES[name].score for name in THRESHOLDS},
        "ruledScores": RULED_SCORES,
        "scoreLabels": {name: score.label for name, score in SCORES.items()},
        "measures": measures.known(),
        "prompts": {prompt.name: prompt.label for prompt in PROMPTS.values()},
        "config": CONFIG,
        "grid": grid.build().to_plotly_json(),
        "ranked": ranked.known(),
    }


def _view(view: View) -> dict[str, Any]:
    return {
        "label": view.label,
        "noun": view.noun,
        "by": view.by,
        "control": view.control,
        "segments": [asdict(segment) for segment in view.segments],
        "countsHeads": view.counts_heads,
        "shared": view.shared,
        "untouched": bool(view.untouched),
        "packed": view.pack is not None,
        "addsColumns": view.labelled is not stored,
        **view.browser,
    }


def _skeletons(view: View) -> dict[str, Any]:
    return {"chart": figures.chart(view), "map": figures.head_map(view.segments)}
