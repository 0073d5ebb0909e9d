"""The route of the overview."""

from functools import cache
from pathlib import Path
from typing import cast

import flask

from app import asking
from app.overview import page
from app.overview.query import read
from app.reading import Reader

blueprint = flask.Blueprint("overview", __name__)

_ASSETS = Path(__file__).resolve().parents[2] / "assets"
_LOADED = {"script": "overview.js", "style": "headstrata.css", "icon": "favicon.svg"}


@blueprint.get("/models")
def overview() -> flask.Response:
    """Every table as a small picture."""
    reader = cast(Reader, flask.current_app.config["READER"])
    entries = reader.entries()
    counts = reader.counts(entries)
    asked = read(flask.request.args.to_dict())
    had = {entry.name for entry in entries}
    allowed = flask.current_app.config["SETTINGS"].models_allowed
    offered = [model for model in allowed if asking.table_name(model) not in had]
    site = page.Site(_addresses(), offered)
    text = page.render(entries, counts, reader.problems(), asked, site)
    response = flask.Response(text, content_type="text/html; charset=utf-8")
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(flask.request)
    return response


@cache
def _addresses() -> dict[str, str]:
    """Relative, so that they are right under a path prefix.

    With the time of writing, as Dash adds it: the dashboard's copy serves here too.
    """
    return {
        kind: f"assets/{name}?m={(_ASSETS / name).stat().st_mtime}"
        for kind, name in _LOADED.items()
    }
