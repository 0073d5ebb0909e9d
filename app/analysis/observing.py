"""The key observations of any view of a table."""

from app.analysis.observations import Observation, observe_heads
from app.analysis.share_observations import observe_shares
from app.views.view import View
from cache.store import Table


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
        found = observe_heads(heads, width, view)
    else:
        found = observe_shares(table, width, view)
    return [*found, *(Observation("count", sentence) for sentence in view.remarks(heads))]
