"""What the page's callbacks will write at the first, for the server's own first page."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from app.analysis.heading import heading as finding
from app.page import ids
from app.page.attributes import aria
from app.page.chart.controls import SHOWS, TAXONOMIES
from app.page.first.address import Asked
from app.page.observations import layout as observations
from app.page.table.payload import source_note
from app.picture.bars import left_out
from app.picture.legend import Entry, legend_of, not_measured
from app.views.catalogue import VIEWS
from app.views.measures import measured
from app.views.segments import Segment
from app.views.thresholds import describe_thresholds, parse_thresholds
from cache.bins import NOT_MEASURED, bin_name, layer_bins

#: Plotly's pattern shapes, as class names of ``assets/css/page.css``.
_PATTERNS = {
    "/": "slash",
    "\\": "backslash",
    "|": "bar",
    "-": "dash",
    "+": "plus",
    "x": "cross",
    ".": "dot",
}


def values(asked: Asked) -> dict[str, dict[str, Any]]:
    """By element id, the properties that are not yet in the layout."""
    record = asked.table.provenance
    return {
        ids.MODEL: {"value": asked.table.name},
        ids.TAXONOMY: {"value": asked.taxonomy, "data": _choices(TAXONOMIES, asked)},
        ids.SHOW: {"value": asked.show, "data": _choices(SHOWS, asked)},
        ids.BIN_WIDTH: {"value": asked.width, "max": record.layers},
        ids.WIDTH_TEXT: {"children": _unit(asked.width, record.layers)},
        ids.HEADING: {"children": heading(asked)},
        ids.SOURCE_NOTE: {
            "children": [
                html.Span(f"{record.title} · ", className="source-model"),
                html.Span(source_note(record), className=f"source {record.source}"),
            ]
        },
        ids.CHIPS: {"children": _chips(asked)},
        ids.VIEW_NOTE: {"children": _notes(asked)},
        "chart-reading": {"children": _reading(asked)},
        ids.MAP_NOTE: {"children": _map_note(asked)},
        ids.MAP_COLOUR: {"children": _map_colour(asked)},
        "map-inner": {"style": {"--map-height": _map_height(asked)}},
    }


def observed(asked: Asked) -> dict[str, dict[str, Any]]:
    """The observations, which an embedded chart does not show."""
    view = asked.width, asked.view.name, asked.t
    found = observations.of_table(asked.table, asked.width, asked.view.name, None)
    return {ids.OBSERVATIONS: {"children": observations.build(found, observations.about(*view))}}


def _choices(choices: dict[str, str], asked: Asked) -> list[dict[str, Any]]:
    """What there is to choose from, disabled where the table lacks it."""
    return [
        {
            "value": name,
            "label": label,
            "disabled": name in VIEWS and not VIEWS[name].has(asked.table),
        }
        for name, label in choices.items()
    ]


def heading(asked: Asked) -> str:
    """The finding."""
    return finding(asked.table, asked.view, asked.t)


def _map_height(asked: Asked) -> str:
    """As ``mapHeight`` in ``assets/chart/headmap.js``: cells as tall as wide, within reason."""
    grid = asked.table.grid
    cell = f"clamp(10px, (100cqw - 70px) / {grid.layers}, 26px)"
    return f"min(var(--map-most), max(56px, {grid.most_heads} * {cell}) + 46px)"


def _reading(asked: Asked) -> str:
    """As ``readingText`` in ``assets/chart/reading.js``."""
    layers = asked.table.provenance.layers
    *_, (start, stop) = layer_bins(layers, asked.width)
    rest = stop - start
    flips = asked.view.counts_heads and not asked.view.untouched
    said = {
        "Height: heads; in the bars: share of the bin.": (
            asked.view.counts_heads and asked.show == "count"
        ),
        "The line inside a segment: its borderline heads, whose category could flip within two "
        "standard errors.": flips and bool(asked.table.heads["borderline"].any()),
        f"The last bar is narrower: {bin_name(start, stop)} has "
        f"{rest} layer{'' if rest == 1 else 's'}.": rest < min(asked.width, layers),
    }
    return " ".join(sentence for sentence, applies in said.items() if applies)


def _map_note(asked: Asked) -> str:
    """As ``mapNote`` in ``assets/page/callbacks.js``."""
    grid = asked.table.grid
    layers = f"{grid.layers:,} layer{'' if grid.layers == 1 else 's'}"
    heads = f"{grid.heads_text} head{'' if grid.most_heads == 1 else 's'}"
    return f"{layers} × {heads}, one cell each, under their bars"


def _map_colour(asked: Asked) -> Component | None:
    """As ``colourChoice`` in ``assets/chart/coloured.js``, without its choices."""
    if not measured(asked.table.heads):
        return None
    return html.Label(["Colour by", html.Select(html.Option("category"), disabled=True)])


def _notes(asked: Asked) -> Component | None:
    changed = parse_thresholds(asked.t)
    if not changed or asked.view.untouched:
        return None
    told = f"{describe_thresholds(changed)}."
    return html.P([html.Strong("What if: "), told], className="view-note what-if-note")


def _chips(asked: Asked) -> list[Component | None]:
    legend = legend_of(asked.table, asked.view)
    before = {entry.segment.name: entry for entry in legend_of(asked.stored, asked.view)}
    missing = left_out(asked.table, asked.view, asked.unmeasured)
    drawn = [e for e in legend if not missing or e.segment.name != NOT_MEASURED]
    chips = [
        _chip(entry, asked.only, entry.heads - before[entry.segment.name].heads)
        for entry in drawn
        if not entry.unknown
    ]
    rest = not_measured(legend)
    return [*chips, html.Span(rest, className="chips-rest") if rest else None]


def _chip(entry: Entry, only: tuple[str, ...], step: int) -> Component | None:
    if entry.segment.optional and entry.none:
        return None
    pressed = entry.segment.name in only
    kinds = {"chip": True, "none": entry.none, "dimmed": bool(only) and not pressed}
    return html.Button(
        [
            _swatch(entry.segment),
            html.Span(entry.segment.short or entry.segment.label, className="chip-label"),
            html.Span(
                [
                    entry.amount,
                    html.Span(f" ({_step(step)})", className="chip-step") if step else None,
                ],
                className="chip-count",
                title=entry.percent,
            ),
        ],
        type="button",
        className=" ".join(kind for kind, applies in kinds.items() if applies),
        **aria(pressed=str(pressed).lower()),
    )


def _step(heads: int) -> str:
    """As ``stepText`` in ``assets/views/changes.js``."""
    return f"{heads:+}".replace("-", "−")


def _swatch(segment: Segment) -> Component:
    style = {"--swatch": segment.colour, "--swatch-ink": segment.ink}
    if segment.dark:
        style |= {"--swatch-dark": segment.dark, "--swatch-ink-dark": segment.dark_ink}
    kind = f"swatch pattern-{_PATTERNS.get(segment.pattern, 'plain')}"
    return html.Span(className=kind, style=style, **aria(hidden="true"))


def _unit(width: int, layers: int) -> str:
    """``layers, 4 bins``: as ``unitText`` in ``assets/fields/widths.js``."""
    bins = -(-layers // width)
    return f"layer{'' if width == 1 else 's'}, {bins:,} bin{'' if bins == 1 else 's'}"
