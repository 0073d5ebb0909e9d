"""The effects of both tables' categories in numbers, where both have them."""

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from app.analysis.compared_effects import ALL, Sums, shared_effects, sums_by_depth
from app.page.attributes import aria
from app.page.compare.comparison import Pair, depth
from app.views.segments import swatch
from app.views.words import counted, signed
from cache.provenance import Provenance
from cache.store import Table
from vocabulary.evidence import MEASURES
from vocabulary.taxonomy import CATEGORIES

_DIGITS = 3


def build(both: Pair, width: int, bins: int, thresholds: str = "") -> list[Component]:
    """A table an effect; empty where the two have none in common.

    Args:
        both: The pair.
        width: Layers of the first table to a bin.
        bins: How many bins of depth that means.
        thresholds: The changed thresholds, as in a link; empty: the defaults.
    """
    effects = shared_effects(both.one, both.other)
    if not effects:
        return []
    return [
        html.H3("Effects by category and depth"),
        html.P(
            "In nats per token, ± one standard error (if the heads' are independent): first the "
            "sum of the effects of a category's heads that help, then, below 0, of those without "
            "which the loss falls. Effects do not add up, since heads back one another up: a sum "
            "is a sum, not a share of the loss. A dash: no measured head.",
            className="quiet",
        ),
        html.P(
            html.A("Effects as CSV", href=f"api/effects?{_query(both, width, thresholds)}"),
            className="quiet",
        ),
        *[part for effect in effects for part in _effect(both, effect, bins)],
    ]


def _query(both: Pair, width: int, thresholds: str) -> str:
    asked = {"model": both.one.name, "other": both.other.name, "width": width, "format": "csv"}
    return urlencode(asked | ({"t": thresholds} if thresholds else {}))


def _effect(both: Pair, effect: str, bins: int) -> list[Component]:
    tables = both.one, both.other
    sums = sums_by_depth(*tables, effect, bins)
    places = [f"{i / bins:.0%}-{(i + 1) / bins:.0%}" for i in range(bins)] if bins > 1 else []
    names = ["Category", "Table", "Heads", "All layers", *map(depth, places)]
    label = MEASURES[effect].label
    measured = [
        told
        for name, table in zip(both.called, tables, strict=True)
        if (told := _measured(name, table, MEASURES[effect].probe or ""))
    ]
    return [
        html.H4(label),
        *([html.P(" ".join(measured), className="quiet")] if measured else []),
        html.Div(
            html.Table(
                [
                    html.Thead(html.Tr([html.Th(name, scope="col") for name in names])),
                    *(html.Tbody(_rows(name, both, sides)) for name, sides in sums.items()),
                ],
                className="numbers",
            ),
            className="table-frame",
            tabIndex="0",
            role="region",
            **aria(label=f"{label} in both tables"),
        ),
    ]


def _measured(name: str, table: Table, probe: str) -> str:
    """``SmolLM2: 6 prompts of 257 tokens, loss 3.214.``; empty where the table does not tell."""
    record: Provenance = table.provenance
    effects = record.evidence.effects if record.evidence else []
    for one in effects:
        if one.probe == probe:
            prompts = counted(one.prompts, "prompt")
            return f"{name}: {prompts} of {one.length:,} tokens, loss {one.loss:.3f}."
    return ""


def _rows(name: str, both: Pair, sides: tuple[list[Sums], list[Sums]]) -> list[Component]:
    """One row a table, under the category's name."""
    rows: list[Component] = []
    for at, (called, sums) in enumerate(zip(both.called, sides, strict=True)):
        cells: list[Component] = (
            [html.Th(_name(name), scope="rowgroup", rowSpan=2)] if at == 0 else []
        )
        cells.append(html.Th(called, scope="row", className="of-table"))
        cells.append(html.Td(f"{sums[0].heads:,}"))
        rows.append(html.Tr([*cells, *map(_cell, sums)]))
    return rows


def _name(name: str) -> list[Component | str]:
    if name == ALL:
        return ["All"]
    mark = html.Span(
        className="swatch pattern-plain", style=swatch(CATEGORIES[name]), **aria(hidden="true")
    )
    return [mark, CATEGORIES[name].label]


def _cell(sums: Sums) -> Component:
    if not sums.heads:
        return html.Td("–")
    told = [
        html.Span(f"{sign}{signed(value, _DIGITS)} ± {error:.{_DIGITS}f}")
        for sign, value, error in (
            ("+", sums.above, sums.above_se),
            ("", sums.below, sums.below_se),
        )
        if value
    ]
    return html.Td(told or "0")
