"""Tables' effects side by side: each category's sums, over all layers and by relative depth."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from app.views.measures import EFFECTS, measured
from cache.bins import bin_name, layer_bins
from cache.store import Table
from headstrata.errors import UserError
from vocabulary.evidence import MEASURES
from vocabulary.taxonomy import CATEGORIES

#: The row of all heads.
ALL = "all"


@dataclass(frozen=True)
class Sums:
    """Some heads' effects, in nats per token; what helps apart from what harms."""

    heads: int
    """With a measured effect."""
    above: float
    """Sum of the positive effects."""
    above_se: float
    """Its standard error if the heads' errors are independent."""
    below: float
    """Sum of the negative effects (<= 0)."""
    below_se: float
    differing: int
    """Heads whose effect differs from 0 at two standard errors."""


_COLUMNS = ["effect", "table", "bin", "start", "stop", "category", *Sums.__dataclass_fields__]


def shared_effects(*tables: Table) -> list[str]:
    """The effects that all tables have, in the vocabulary's order."""
    known = [measured(table.heads) for table in tables]
    return [name for name in EFFECTS if all(name in measures for measures in known)]


def effects_by_depth(tables: Sequence[Table], bins: int) -> pd.DataFrame:
    """The summed effects of each category in some tables, as rows.

    Args:
        tables: Under the thresholds that are asked about; they may have other numbers of layers.
        bins: How many equal shares of the depth, as in ``sums_by_depth``.

    Returns:
        ``effect``, ``table`` (its name), ``bin`` (``0%-25%``), ``start``, ``stop`` (0..1),
        ``category``, and the fields of ``Sums``: a row for each effect that all tables have, each
        table, each bin, and each category with a measured head in any table.

    Raises:
        UserError: They have no effect in common.
    """
    rows = []
    for effect in _required(*tables):
        named = _named(effect, *tables)
        for table in tables:
            for name in named:
                whole, *parts = _sums(table, effect, bins, name)
                for place, sums in enumerate(parts or [whole]):
                    depth = place / bins, (place + 1) / bins
                    share = "-".join(f"{edge:.0%}" for edge in depth)
                    rows.append((effect, table.name, share, *depth, name, *asdict(sums).values()))
    return pd.DataFrame(rows, columns=_COLUMNS)


def effects_by_layers(table: Table, width: int) -> pd.DataFrame:
    """The summed effects of each category of one table, in the bins of the page.

    Args:
        table: Under the thresholds that are asked about.
        width: Layers a bin.

    Returns:
        As ``effects_by_depth``; ``bin`` is ``[0, 12)``, ``start`` and ``stop`` are layers.

    Raises:
        UserError: The table has no effects, or the width is out of range.
    """
    rows = []
    for effect in _required(table):
        known = table.heads[table.heads[effect].notna()]
        for name in _named(effect, table):
            own = known[known["category"] == name]
            for start, stop in layer_bins(table.grid.layers, width):
                sums = _sum(own[own["layer"].between(start, stop - 1)], effect)
                place = bin_name(start, stop), start, stop
                rows.append((effect, table.name, *place, name, *asdict(sums).values()))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _required(*tables: Table) -> list[str]:
    """The effects that all have.

    Raises:
        UserError: There are none.
    """
    if effects := shared_effects(*tables):
        return effects
    names = " and ".join(dict.fromkeys(table.name for table in tables))
    both = "have no effect in common" if " " in names else "has no effects"
    raise UserError(f"{names} {both}: headstrata classify MODEL --evidence measures them")


def _named(effect: str, *tables: Table) -> list[str]:
    """The categories that have a head with this effect in any of the tables, in drawing order."""
    known = (table.heads[table.heads[effect].notna()] for table in tables)
    present = {name for heads in known for name in heads["category"]}
    return [category for category in CATEGORIES if category in present]


def sums_by_depth(
    one: Table, other: Table, effect: str, bins: int
) -> dict[str, tuple[list[Sums], list[Sums]]]:
    """The summed effects of each category in both tables.

    Args:
        one: A table under the thresholds that are asked about.
        other: Another; it may have other numbers of layers and heads.
        effect: An effect that both have.
        bins: How many equal shares of the depth; a layer belongs to the one that contains its
            middle, as in ``app.analysis.compare``.

    Returns:
        By category in drawing order, of those with a measured head in a table, and last ``ALL``:
        each table's sums over all layers, then (with more than one bin) in each bin.
    """
    found = {
        name: (list(_sums(one, effect, bins, name)), list(_sums(other, effect, bins, name)))
        for name in [*CATEGORIES, ALL]
    }
    return {name: sides for name, sides in found.items() if any(side[0].heads for side in sides)}


def _sums(table: Table, effect: str, bins: int, name: str) -> Iterator[Sums]:
    known = table.heads[table.heads[effect].notna()]
    own = known if name == ALL else known[known["category"] == name]
    yield _sum(own, effect)
    if bins == 1:
        return
    # floor(bins * (layer + 1/2) / layers), in whole numbers
    place = (2 * own["layer"].astype(int) + 1) * bins // (2 * table.provenance.layers)
    for number in range(bins):
        yield _sum(own[place == number], effect)


def _sum(rows: pd.DataFrame, effect: str) -> Sums:
    values = rows[effect].to_numpy(np.float64)
    errors = rows[f"{effect}_se"].to_numpy(np.float64)
    up, down = values > 0, values < 0
    return Sums(
        heads=len(rows),
        above=float(values[up].sum()),
        above_se=float(np.hypot.reduce(errors[up])),
        below=float(values[down].sum()),
        below_se=float(np.hypot.reduce(errors[down])),
        differing=int(rows[MEASURES[effect].sign].isin(["positive", "negative"]).sum()),
    )
