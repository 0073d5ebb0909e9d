"""The first HTML for an address: heading, source and chart stand in it before any script runs."""

import logging
from typing import Any, cast

import flask
from dash import Dash
from dash.development.base_component import Component

from app.page import ids
from app.page.first import about, address
from app.page.first.address import Asked
from app.page.first.scripts import without_waiting
from app.page.first.values import heading, observed, values
from app.page.markup import markup
from app.picture import fluid
from app.reading import Reader
from app.sources import sources
from headstrata.errors import ObstacleError

EMBED = "/embed"

log = logging.getLogger("headstrata.web")


class Page(Dash):
    """Dash with a first page."""

    def interpolate_index(self, *args: Any, **parts: Any) -> str:
        """Called by Dash for ``/`` and ``/embed``: the index string with what it stands for.

        https://github.com/plotly/dash/blob/v4.4.1/dash/dash.py#L1434
        """
        whole = without_waiting(cast(Any, super()).interpolate_index(*args, **parts))
        asked, page = _first(self)
        marks = {
            "<!--attributes-->": _attributes(asked),
            "<!--about-->": about.tags(
                asked, _preview(asked) if asked else "Headstrata", flask.request.url_root
            ),
            "<!--title-->": about.title(asked),
            "<!--first-->": page,
        }
        for mark, text in marks.items():
            whole = whole.replace(mark, text, 1)
        return whole


def _preview(asked: Asked) -> str:
    """The finding with the model's name, which stands in the page's select."""
    return f"{asked.table.provenance.title}: {heading(asked)}"


def _first(app: Dash) -> tuple[Asked | None, str]:
    """What is asked for and its page; nothing where there is nothing to show.

    Nothing, too, when it fails: the scripts will say why, and work without it.
    """
    reader = cast(Reader, flask.current_app.config["READER"])
    try:
        asked = address.read(flask.request.args, reader)
        return (asked, _page(app, asked)) if asked else (None, "")
    except ObstacleError as obstacle:  # the cache cannot be read now
        sources().passing = True
        log.warning("no first page: %s", obstacle)
        return None, ""
    except Exception:
        sources().passing = True
        log.exception("the first page of %s failed", flask.request.full_path)
        return None, ""


def _page(app: Dash, asked: Asked) -> str:
    layout = cast(Any, app.layout)
    built: Component = layout() if callable(layout) else layout
    chart = fluid.draw(asked.table, asked.width, asked.view, asked.look)
    title = '<p class="first-title">What if</p>' if asked.t and not asked.view.untouched else ""
    place = {ids.CHART: f'<div class="graph">{chart}{title}</div>'}
    written = values(asked) | ({} if _is_embedded() else observed(asked))
    return f'<div class="first-page">{markup(built, written, place)}</div>'


def _attributes(asked: Asked | None) -> str:
    theme = f' data-theme="{asked.theme}"' if asked and asked.theme else ""
    return theme + (' data-view="embed"' if _is_embedded() else "")


def _is_embedded() -> bool:
    return flask.request.path.endswith(EMBED)
