"""The key observations of any view of a table."""

from app.analysis.evidence import of_table
from app.analysis.observations import Observation, observe_heads
from app.analysis.share_observations import observe_shares
from app.views.intervals import with_intervals
from app.views.view import View
from cache.grid import Grid
from cache.store import Table


def shape(grid: Grid) -> list[Observation]:
    """What must be known of a model whose layers are not alike before its shares are read."""
    of = "shares are of the heads that there are"
    if grid.attention_text:
        each = f"{grid.heads_text} heads each"
        return [Observation("shape", f"{grid.attention_text}, {each}: {of}.")]
    if grid.heads_by_layer is not None:
        return [Observation("shape", f"The layers have {grid.heads_text} heads: {of}.")]
    return []


def observe(table: Table, width: int, view: View) -> list[Observation]:
    """The observations about a table under a view, in reading order.

    Args:
        table: After what-if thresholds, if any.
        width: Layers per bin.
        view: One that the table has.

    Raises:
        UserError: The width or the view is not one that can be had.
    """
    heads = view.labelled(table)
    if view.counts_heads:
        intervals = with_intervals(view.binned(table, width), table, view.column)
        found = observe_heads(heads, width, view, table.grid, intervals)
        found += [Observation(*told) for told in of_table(heads, view, table.provenance)]
    else:
        found = observe_shares(table, width, view)
    return [
        *shape(table.grid),
        *found,
        *(Observation("count", sentence) for sentence in view.remarks(heads)),
    ]
