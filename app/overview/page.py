"""The overview as HTML: complete without scripts; ``assets/overview/`` moves it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import jinja2

from app.overview import cards as made
from app.overview.cards import Card
from app.overview.depth import HEIGHT, WIDTH
from app.overview.query import FEWEST, MOST, SORTS, TAXONOMIES, Asked
from app.picture.canvas import STROKES
from app.views.catalogue import VIEWS
from app.views.segments import Segment
from cache.bins import NOT_MEASURED
from cache.counts import Counts
from cache.tables import Entry, Problem
from headstrata import __version__

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Site(NamedTuple):
    """What is not of the tables."""

    assets: Mapping[str, str]
    """The addresses of the script and the style sheet."""
    offered: Sequence[str]
    """The models that a visitor may ask the worker for."""


def render(
    entries: Sequence[Entry],
    counts: Mapping[str, Counts | Problem],
    problems: Sequence[Problem],
    asked: Asked,
    site: Site,
) -> str:
    """The whole page.

    Args:
        entries: All tables, as the page lists them.
        counts: Of each table (``Reader.counts``).
        problems: Files that cannot be listed.
        asked: What the address asks for.
        site: What the page is made with on this site.
    """
    view = asked.view
    known = {name: own for name, own in counts.items() if not isinstance(own, Problem)}
    cards = made.build(entries, known, view)
    used = {name for card in cards for name in card.heads} - {NOT_MEASURED}
    segments = [segment for segment in view.segments if segment.name in used]
    shown = {card.name for card in cards if made.found(card, asked.q)}
    return _TEMPLATES.get_template("overview.html").render(
        asked=asked,
        cards=(ordered := made.order(cards, asked)),
        shown=shown,
        told=_told(asked, segments),
        segments=segments,
        rankable=[one for one in view.segments if one.name in used | {asked.sort}],
        styles=[_style(segment) for segment in segments],
        strokes=STROKES,
        problems=_problems(entries, counts, problems, asked),
        sorts=SORTS,
        taxonomies=[VIEWS[name] for name in TAXONOMIES],
        assets=site.assets,
        offered=site.offered,
        version=__version__,
        size={"width": WIDTH, "height": HEIGHT, "fewest": FEWEST, "most": MOST},
        data=_data(ordered, segments, asked),
    )


def _told(asked: Asked, segments: list[Segment]) -> list[Segment]:
    """The segments whose shares stand at the pictures: those seen alone, and the sorted one."""
    return [one for one in segments if one.name in (*asked.only, asked.sort)]


def _style(segment: Segment) -> dict[str, str]:
    """A segment's colours by theme."""
    return {
        "name": segment.name,
        "colour": segment.colour,
        "ink": segment.ink,
        "dark": segment.dark or segment.colour,
        "dark_ink": segment.dark_ink or segment.ink,
        "pattern": segment.pattern,
    }


def _problems(
    entries: Sequence[Entry],
    counts: Mapping[str, Counts | Problem],
    problems: Sequence[Problem],
    asked: Asked,
) -> list[Problem]:
    """Every file without a picture, once, and why."""
    told = {problem.name: problem for problem in problems}
    for entry in entries:
        own = counts.get(entry.name)
        if isinstance(own, Problem):
            told[entry.name] = own
        elif own is not None and (why := made.undrawable(entry, own, asked.view)):
            told[entry.name] = Problem(entry.name, why)
    return sorted(told.values(), key=lambda problem: problem.name)


def _data(cards: list[Card], segments: list[Segment], asked: Asked) -> dict[str, Any]:
    """What the browser reads: the tables in the order in which they stand in the page."""
    return {
        "asked": {"sort": asked.sort, "bins": asked.bins, "only": list(asked.only)},
        "taxonomy": asked.taxonomy,
        "segments": [{"name": one.name, "label": one.label} for one in segments],
        "tables": [card.packed for card in cards],
    }
