"""What the overview's address asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from app.picture.theme import COLOURS
from app.views.catalogue import VIEWS
from app.views.view import View
from cache.bins import NOT_MEASURED

#: How many bars a picture may have.
FEWEST, MOST, USUAL = 2, 12, 6
#: The views that count heads by what the small pictures have: categories.
TAXONOMIES = ("detailed", "grouped")
#: Orders besides the share of a segment, with what the page calls them.
SORTS = {"date": "newest first", "name": "name", "layers": "layers"}
_KEYS = ("q", "sort", "bins", "taxonomy", "only", "theme")
_LONGEST = 100
"""Characters of a search."""


@dataclass(frozen=True)
class Asked:
    """The state of the overview; what is not in the address stands at its usual value."""

    q: str = ""
    sort: str = "date"
    bins: int = USUAL
    taxonomy: str = "detailed"
    only: tuple[str, ...] = ()
    """Segments that are seen alone."""
    theme: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)
    """What of the address is not usable, and why."""

    @property
    def view(self) -> View:
        """What the bars are divided by."""
        return VIEWS[self.taxonomy]

    def address(self, **changes: Any) -> str:
        """The query of this state with changes; ``./models?…`` without what is usual."""
        usual, changed = Asked(), replace(self, **changes)
        told = {key: getattr(changed, key) for key in _KEYS}
        told["only"] = ",".join(changed.only)
        kept = {k: v for k, v in told.items() if v and v != getattr(usual, k)}
        return f"models?{urlencode(kept, safe=',')}" if kept else "models"


def read(query: Mapping[str, str]) -> Asked:
    """The state that an address asks for; what is not usable is noted and stands as usual."""
    notes = [
        f"{_shown(key)} is not known here; there are {', '.join(_KEYS)}."
        for key in query
        if key not in _KEYS
    ]

    def choice(key: str, allowed: list[str], usual: str) -> str:
        value = query.get(key) or usual
        if value in (*allowed, usual):
            return value
        notes.append(f"{key}={_shown(value)} is not one of {', '.join(allowed)}.")
        return usual

    taxonomy = choice("taxonomy", list(TAXONOMIES), "detailed")
    segments = [name for name in VIEWS[taxonomy].labels if name != NOT_MEASURED]
    sort = choice("sort", [*SORTS, *segments], "date")
    theme = choice("theme", list(COLOURS), "")
    wanted = [name for name in query.get("only", "").split(",") if name]
    if unknown := [name for name in wanted if name not in segments]:
        notes.append(f"only={_shown(unknown[0])} is not one of {', '.join(segments)}.")
    only = tuple(name for name in segments if name in wanted)
    bins = _bins(query.get("bins"), notes)
    q = query.get("q", "")[:_LONGEST].strip()
    return Asked(q, sort, bins, taxonomy, only, theme, tuple(notes))


def _bins(text: str | None, notes: list[str]) -> int:
    if not text:
        return USUAL
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
    if FEWEST <= number <= MOST:
        return number
    notes.append(f"bins={_shown(text)} is not a whole number from {FEWEST} to {MOST}.")
    return USUAL


def _shown(value: str) -> str:
    return repr(value if len(value) <= 60 else f"{value[:60]}…")
