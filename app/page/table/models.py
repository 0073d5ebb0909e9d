"""The tables that can be chosen: for the select, for reading a link, and what is new."""

from typing import Any

from dash import html, no_update
from dash.development.base_component import Component

from app.page import inputs
from app.page.attributes import data
from app.views.packing import pack_grid
from cache.provenance import Provenance
from cache.store import Entry, Problem
from headstrata.errors import UserError


def listing(entries: list[Entry]) -> list[dict[str, Any]]:
    """The tables for the model select and for reading a link."""
    return [
        {
            "name": entry.name,
            "title": entry.provenance.title,
            **pack_grid(entry.provenance.grid),
            "label": f"{entry.provenance.title} · {_kind(entry.provenance)}",
            "stamp": entry.stamp,
        }
        for entry in entries
    ]


def unusable(problems: list[Problem]) -> list[dict[str, str]]:
    """The files that cannot be shown and why, for a link to one of them."""
    return [{"name": problem.name, "reason": problem.reason} for problem in problems]


def options(models: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The choices of the model select; a title that occurs twice also tells its name."""
    labels = [model["label"] for model in models]
    return [
        {
            "value": model["name"],
            "label": model["label"]
            if labels.count(model["label"]) == 1
            else f"{model['label']} ({model['name']})",
        }
        for model in models
    ]


def news(known: Any, models: list[dict[str, Any]]) -> Any:
    """What to say about tables that were not there before.

    Raises:
        UserError: ``known`` is not a list of tables.
    """
    if not isinstance(known, list):
        raise UserError("the known tables are not a list")
    names = {inputs.text(model, "name") for model in known}
    new = [model for model in models if model["name"] not in names]
    if not new:
        return no_update
    told = [_ready(model) for model in new]
    return told[0] if len(told) == 1 else html.Ul([html.Li(parts) for parts in told])


def _ready(model: dict[str, Any]) -> list[Component | str]:
    show = html.Button(
        "Show it", className="button plain", type="button", **data(model=model["name"])
    )
    return [f"{model['title']} is ready. ", show]


def _kind(record: Provenance) -> str:
    return f"{record.source} {record.computed_at:%Y-%m-%d}"
