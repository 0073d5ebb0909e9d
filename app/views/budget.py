"""The view of the attention budget: how heads divide their attention on natural text.

It needs no thresholds and no labels: the masses of a head add up to 1 by construction
(disjoint destinations, in the order of ``taxonomy.BUDGET``), and so do their means over the
heads of a bin.
"""

from collections.abc import Sequence
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.views.packing import SCORE_UNIT, pack
from app.views.segments import Segment, ink
from app.views.view import View
from app.views.words import counted, joined
from cache.bins import check_width, tenths_of_percent
from cache.store import Table
from headstrata.errors import UserError
from vocabulary.budget import DESTINATIONS
from vocabulary.taxonomy import BUDGET

Floats = NDArray[np.float64]

#: A layer's mean masses are sent in millionths: a slider's sums stay exact to the digit drawn.
MASS_UNIT = 1e-6
#: Steps of the integer arithmetic that rounds shares: far finer than a tenth of a per cent.
_STEPS = 10**9
#: A head with a larger share than this gives most of its attention to one destination.
_MOST = 0.5


def has_budget(heads: pd.DataFrame) -> bool:
    """Whether every head's budget was measured (not so in published tables).

    A mean over some of a bin's heads would not be a share of the bin's attention.
    """
    return bool(heads[list(BUDGET)].notna().all(axis=None))


def budget_by_bin(heads: pd.DataFrame, width: int = 1) -> pd.DataFrame:
    """The mean budget of each bin's heads.

    Args:
        heads: A head table with every head's masses measured.
        width: Layers per bin (1: one bin a layer).

    Returns:
        Columns ``bin``, ``start``, ``stop``, ``destination``, ``label``, ``heads``
        (heads in the bin), ``share`` (0..1; a bin's add up to 1) and
        ``percent`` (as drawn; a bin's add up to exactly 100.0).

    Raises:
        UserError: The width is out of range, or the table has no budget.
    """
    layers = int(heads["layer"].max()) + 1
    check_width(width, layers)
    if not has_budget(heads):
        raise UserError(
            "this table has no attention budget: of some or all of its heads nobody published "
            "where the rest of the attention goes; classify the model to see it"
        )
    rows = []
    for start in range(0, layers, width):
        stop = min(start + width, layers)
        inside = heads[(heads["layer"] >= start) & (heads["layer"] < stop)]
        for row in drawn(inside[list(BUDGET)].to_numpy(dtype=np.float64).mean(axis=0)):
            row |= {"bin": f"[{start}, {stop})", "start": start, "stop": stop}
            rows.append(row | {"heads": len(inside)})
    columns = ["bin", "start", "stop", "destination", "label", "heads", "share", "percent"]
    return pd.DataFrame(rows)[columns]


def drawn(masses: Floats) -> list[dict[str, object]]:
    """A stacked bar that adds up to 100.0 % from masses of shape (8,).

    Returns:
        One row per destination: ``destination``, ``label``, ``share``, ``percent``.
    """
    whole = np.clip(masses, 0, None)  # 16-bit sums can dip a little below 0
    shares = whole / whole.sum()
    tenths = tenths_of_percent(np.rint(shares * _STEPS).astype(np.int64))
    return [
        {
            "destination": part.name,
            "label": part.label,
            "share": float(share),
            "percent": f"{tenth / 10:.1f}%",
        }
        for part, share, tenth in zip(DESTINATIONS.values(), shares, tenths, strict=True)
    ]


def pack_budget(layer: pd.Series, masses: pd.DataFrame) -> dict[str, str]:
    """Mean masses of each layer, and where each head sends most.

    Args:
        layer: Shape (heads,).
        masses: Shape (heads, 8).

    Returns:
        ``layers``: layers x 8 numbers of 4 digits in millionths; ``top``: one digit a
        head; ``share``: that destination's share in thousandths, two digits a head.
    """
    values = _whole(masses)
    return {
        "layers": pack_layers(layer, masses),
        "top": pack(values.argmax(axis=1), 1),
        "share": pack(values.max(axis=1), 2, SCORE_UNIT),
    }


def pack_layers(layer: pd.Series, masses: pd.DataFrame) -> str:
    """Mean masses of each layer: layers x 8 numbers of 4 digits in millionths."""
    means = pd.DataFrame(_whole(masses)).groupby(layer.to_numpy()).mean().to_numpy()
    return pack(means.ravel(), 4, MASS_UNIT)


def _whole(masses: pd.DataFrame) -> np.ndarray:
    """Each head's masses, shape (heads, 8), so that they add up to exactly 1."""
    values = masses.to_numpy(np.float64).clip(0)
    return np.asarray(values / values.sum(axis=1, keepdims=True))


def remarks(heads: pd.DataFrame) -> list[str]:
    """How many heads give more than half of their attention to one destination, and to which.

    Everything else is no destination: it is what the named ones leave.
    """
    named = [name for name in BUDGET if name != "mass_other"]
    values = heads[named].to_numpy(dtype=np.float64)
    largest = values.argmax(axis=1)[values.max(axis=1) > _MOST]
    size, count = len(values), len(largest)
    if not count:
        return [
            f"None of the {counted(size)} gives more than half of its attention to one of the "
            f"{len(named)} named destinations."
        ]
    by_place = np.bincount(largest, minlength=len(named))
    parts = [
        f"{by_place[place]:,} to {BUDGET[named[place]]}"
        for place in np.argsort(-by_place, kind="stable")
        if by_place[place]
    ]
    gives = "gives more than half of its" if count == 1 else "give more than half of their"
    return [
        f"{count:,} of {counted(size)} ({count / size:.1%}) {gives} attention to one named "
        f"destination: {joined(parts)}."
    ]


def _shares(heads: pd.DataFrame) -> dict[str, float]:
    masses = heads[list(BUDGET)].to_numpy(dtype=np.float64).mean(axis=0)
    return {str(row["destination"]): cast(float, row["share"]) for row in drawn(masses)}


def _packed(table: Table) -> dict[str, str]:
    return pack_budget(table.heads["layer"], table.heads[list(BUDGET)])


def _packed_shares(heads: pd.DataFrame) -> dict[str, str]:
    return {"masses": pack_layers(heads["layer"], heads[list(BUDGET)])}


def _lacking(titles: Sequence[str], published: bool) -> str:
    verb = "have" if len(titles) > 1 else "has"
    why = ": nobody published where the rest of the attention goes" if published else ""
    return f"{joined(list(titles))} {verb} no attention budget{why}."


BUDGET_VIEW = View(
    name="budget",
    label="Budget",
    control="show",
    noun="destination",
    plural="Attention budgets",
    by="destination of attention",
    column="destination",
    segments=tuple(
        Segment(d.name, d.label, d.sentence, d.colour, ink(d.colour), d.pattern)
        for d in DESTINATIONS.values()
    ),
    binned=lambda table, width: budget_by_bin(table.heads, width),
    guide="Under Budget a segment is a share of the heads' attention instead",
    named_as="the heads with a budget",
    untouched="a budget",
    has=lambda table: has_budget(table.heads),
    lacking=_lacking,
    measured_shares=_shares,
    shared="attention",
    pack=_packed,
    pack_shares=_packed_shares,
    remarks=remarks,
    hover="<b>%{customdata[2]}</b> of the bin's attention; the largest share of "
    "%{customdata[1]} heads%{customdata[3]}",
)
