"""What an address asks for, read as ``assets/page/link.js`` reads it, but without a word.

Nonsense falls back; the page's own note names it.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from app.page.wiring import drawable
from app.picture.chart import Look, Show, default_width
from app.reading import Reader
from app.views.catalogue import VIEWS
from app.views.thresholds import apply, format_thresholds, parse_thresholds
from app.views.view import View
from cache.bins import NOT_MEASURED
from cache.store import Table
from headstrata.errors import UserError

_WIDTH = re.compile(r"\d{1,6}", re.ASCII)
_USUAL = next(iter(VIEWS))


@dataclass(frozen=True)
class Asked:
    """What is to be drawn."""

    stored: Table
    table: Table
    """Under the thresholds."""
    width: int
    """Layers a bin."""
    view: View
    taxonomy: str
    """Where the taxonomy's control stands."""
    show: str
    """Where the other one stands."""
    theme: str
    """``light``, ``dark``, or empty for the reader's own."""
    t: str
    """Thresholds in their normal form."""
    unmeasured: bool
    """Whether heads that nobody measured are drawn."""
    only: tuple[str, ...]
    """Segments that are seen alone; empty: all."""

    @property
    def look(self) -> Look:
        """How the chart looks."""
        heights: dict[str, Show] = {"percent": "percent"}
        return Look(heights.get(self.show, "count"), unmeasured=self.unmeasured, only=self.only)


def read(query: Mapping[str, str], reader: Reader) -> Asked | None:
    """What a query asks for; None if there is no table that can be shown."""
    stored = _table(query.get("model"), reader)
    if stored is None:
        return None
    t = _thresholds(query.get("t", ""))
    table = apply(stored, t)
    taxonomy = _choice(query.get("taxonomy"), "taxonomy", _USUAL)
    show = _choice(query.get("show"), "show", "count", "percent")
    wanted = (VIEWS[name] for name in (show, taxonomy, _USUAL) if name in VIEWS)
    view = next(view for view in wanted if view.has(table))
    theme = query.get("theme", "")
    asked_only = query.get("only", "").split(",")
    only = tuple(segment.name for segment in view.segments if segment.name in asked_only)
    return Asked(
        stored,
        table,
        _width(query.get("bins", ""), table),
        view,
        taxonomy,
        show,
        theme if theme in {"light", "dark"} else "",
        t,
        query.get("unmeasured") == "1" or NOT_MEASURED in only,
        only,
    )


def _table(name: str | None, reader: Reader) -> Table | None:
    usual = reader.default_name()
    for one in (name, usual):
        with suppress(UserError):
            if one:
                return drawable(reader.table(one))
    return None


def _choice(value: str | None, control: str, *usual: str) -> str:
    views = (view.name for view in VIEWS.values() if view.control == control)
    return value if value in {*usual, *views} else usual[0]


def _width(text: str, table: Table) -> int:
    layers = table.provenance.layers
    width = int(text) if _WIDTH.fullmatch(text) else 0
    return width if 1 <= width <= layers else default_width(layers)


def _thresholds(text: str) -> str:
    found: dict[str, float] = {}
    for part in text.split(","):
        with suppress(UserError):
            found |= parse_thresholds(part)
    return format_thresholds(found)
