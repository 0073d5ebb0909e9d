"""What an answer was made from, so that it can be told whether it would be made the same again."""

from dataclasses import dataclass, field
from typing import Any

import flask

from cache.files import File

#: Where the sources of a request's answer stand in its WSGI environment.
SOURCES = "headstrata.sources"


@dataclass
class Sources:
    """Tables that were looked up, with the stamps of their files."""

    tables: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The name that was asked for, to the table's own name and stamp."""
    patterns: dict[str, str | None] = field(default_factory=dict)
    """A table's name to the stamp of the patterns beside it; None: there were none."""
    listing: int | None = None
    """The hash of the whole list (``listing_of``), if it was asked for."""
    damaged: int | None = None
    """How many damaged tables this process had met, if that went in."""
    passing: bool = False
    """Whether something else went in: jobs, a fault, an obstacle. Such an answer is not kept."""


def sources() -> Sources:
    """The sources of the answer that is being made; outside of a request, of none."""
    if not flask.has_request_context():
        return Sources()
    environ: dict[str, Any] = flask.request.environ
    found: Sources = environ.setdefault(SOURCES, Sources())
    return found


def listing_of(files: dict[str, File]) -> int:
    """A hash of all names and stamps; the same within this process only."""
    return hash(tuple((name, file.stamp) for name, file in files.items()))
