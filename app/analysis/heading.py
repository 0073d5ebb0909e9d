"""The page's heading: the one finding of what is shown, in a sentence."""

import pandas as pd

from app.views.view import View
from cache.percent import percent_of
from cache.store import Table
from vocabulary.findings import DOES, ELSE, FAMOUS
from vocabulary.taxonomy import BUDGET

#: A destination of attention that is none of its own.
_REST = "mass_other"


def heading(table: Table, view: View, thresholds: str = "") -> str:
    """``95 of 270 heads rest on the first token; 6 show the induction pattern, layers 17 to 23``.

    The commonest habit and the induction pattern, or the commonest two; in a view that counts
    no heads the two largest shares. Where some heads have no name for want of scores, how many
    have one comes first. A threshold's finding says "What if".

    Args:
        table: After ``app.views.thresholds.apply``, if any thresholds are changed.
        view: One that the table has.
        thresholds: The changed ones, as in a link; empty: the defaults.
    """
    if not view.counts_heads:
        return _shares(table, view)
    found = _counts(view.labelled(table), view.column, list(view.labels), table)
    return f"What if: {found}" if thresholds and not view.untouched else found


def _counts(heads: pd.DataFrame, column: str, order: list[str], table: Table) -> str:
    size = len(heads)
    counts = {str(name): int(count) for name, count in heads[column].value_counts().items()}
    told = _told([name for name in order if name in DOES and name in counts], counts)
    if size == 1:
        return f"The only head {DOES[told[0]][1]}" if told else "The only head has no clear habit"
    apart = next((name for name in ELSE if name in counts), None)
    few = size - counts.get(apart or "", 0)
    if told and counts[told[0]] == size:
        return f"All {size:,} heads {DOES[told[0]][0]}"
    if apart and not few:
        return f"None of {size:,} heads {ELSE[apart][1]}"
    if not told:
        return f"None of {size:,} heads has one clear habit"
    of = "" if apart else f" of {size:,} heads"
    parts: list[str] = []
    for name in told:
        layer = heads.loc[heads[column] == name, "layer"]
        where = _layers(layer, table.grid.layers) if parts or name in FAMOUS else ""
        amount = f"{counts[name]:,}{'' if parts else of}"
        parts.append(f"{amount} {_does(DOES[name], counts[name])}{where}")
    start = f"{few:,} of {size:,} heads {_does(ELSE[apart], few)}: " if apart else ""
    return start + "; ".join(parts)


def _told(present: list[str], counts: dict[str, int]) -> list[str]:
    """The commonest first; then a famous one, or else the next."""
    ordered = sorted(present, key=lambda name: -counts[name])  # ties as they are drawn
    famous = [name for name in FAMOUS if name in ordered[1:]]
    return [*ordered[:1], *(famous or ordered[1:2])]


def _does(forms: tuple[str, str], count: int) -> str:
    return forms[1] if count == 1 else forms[0]


def _layers(layer: "pd.Series[int]", layers: int) -> str:
    """``, layers 17 to 23``; empty where these are all."""
    found = sorted(set(layer.tolist()))
    low, high = found[0], found[-1]
    if low == high:
        return f", layer {low}" if layers > 1 else ""
    if (low, high) == (0, layers - 1):
        return ""
    return f", layers {low} {'and' if len(found) == 2 else 'to'} {high}"


def _shares(table: Table, view: View) -> str:
    """``44.5% of all attention goes to the first token, 12.0% to the previous token``."""
    parts, total = view.parts(view.labelled(table))
    largest = sorted((name for name in parts if name != _REST), key=lambda name: -parts[name])
    told = [
        f"{percent_of(parts[name], total)}{{}} to {BUDGET.get(name, view.labels[name].lower())}"
        for name in largest[:2]
    ]
    first, *rest = told
    return ", ".join([first.format(f" of all {view.shared} goes"), *(r.format("") for r in rest)])
