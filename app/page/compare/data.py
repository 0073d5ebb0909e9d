"""Two tables side by side, packed for the browser: ``assets/compare/`` reads it."""

from collections.abc import Sequence
from typing import Any

from app.analysis.agreement import Agreement
from app.page.compare.comparison import Difference, Pair
from app.views.packing import SCORE_UNIT, pack, pack_grid
from cache.grid import Grid
from cache.pins import SHOWN
from vocabulary.taxonomy import CATEGORIES, SCORES


def pack_other(both: Pair, told: Sequence[Difference]) -> dict[str, Any]:
    """What the browser draws the second table from, beside the first, which it has.

    Args:
        both: The pair.
        told: The segments that can be compared, in the table's order.

    Returns:
        The second table's name, the start of its hash, size, scores and, in the pair's view, either
        ``index`` (each head's segment) or what else the view is binned from (``View.packed``).
    """
    record, grid = both.other.provenance, both.other.grid
    return {
        "name": both.other.name,
        "hash": both.other.sha256[:SHOWN],
        **pack_grid(grid),
        "scores": record.scores,
        "names": list(both.called),
        "as": both.view.name,
        "told": [difference.name for difference in told],
        **both.view.packed(both.heads[1], grid.layers),
    }


def pack_pairs(found: Agreement, called: tuple[str, str], grid: Grid) -> dict[str, Any]:
    """The scatter's data for the browser.

    Args:
        found: The agreement on one score.
        called: What the two tables are called.
        grid: Which row is which head, in both.
    """
    pairs = found.pairs
    order = {name: float(i) for i, name in enumerate(CATEGORIES)}
    differs = (pairs["renamed"] | pairs["crossed"]).astype(float)
    return {
        "score": SCORES[found.score].label,
        "thresholds": found.thresholds,
        "names": list(called),
        **pack_grid(grid),
        "places": pack(grid.rows(pairs["layer"], pairs["head"]), 3),
        "one": pack(pairs["one"], 2, SCORE_UNIT),
        "other": pack(pairs["other"], 2, SCORE_UNIT),
        "categories": [pack(pairs[f"category_{side}"].map(order), 1) for side in ("one", "other")],
        "differs": pack(differs, 1),
    }
