"""Two tables side by side, packed for the browser: ``assets/compare/depth.js`` reads it."""

from collections.abc import Sequence
from typing import Any

from app.analysis.agreement import Agreement
from app.analysis.taxonomies import DESTINATION
from app.page.payload import SCORE_UNIT, pack
from app.panels.comparison import Difference, Pair
from app.panels.extras import pack_layers
from cache.schema import BUDGET
from classify.taxonomy import CATEGORIES, SCORES


def pack_other(both: Pair, told: Sequence[Difference]) -> dict[str, Any]:
    """What the browser draws the second table from, beside the first, which it has.

    Args:
        both: The pair.
        told: The segments that can be compared, in the table's order.

    Returns:
        The second table's name, size, scores and, in the pair's view, either ``index`` (each head's
        segment) or ``layers`` (``extras.pack_layers``).
    """
    record = both.other.provenance
    return {
        "name": both.other.name,
        "layers": record.layers,
        "heads": record.heads,
        "scores": record.scores,
        "names": list(both.called),
        "as": both.view.name,
        "told": [difference.name for difference in told],
        **_amounts(both),
    }


def _amounts(both: Pair) -> dict[str, str]:
    heads = both.heads[1]
    if both.view.by == DESTINATION:
        return {"masses": pack_layers(heads["layer"], heads[list(BUDGET)])}
    order = {name: float(place) for place, name in enumerate(both.view.labels)}
    return {"index": pack(heads[both.view.by].map(order), 1)}


def pack_pairs(found: Agreement, called: tuple[str, str], heads: int) -> dict[str, Any]:
    """The scatter's data for the browser; ``heads`` is heads per layer."""
    pairs = found.pairs
    order = {name: float(i) for i, name in enumerate(CATEGORIES)}
    differs = (pairs["renamed"] | pairs["crossed"]).astype(float)
    return {
        "score": SCORES[found.score].label,
        "thresholds": found.thresholds,
        "names": list(called),
        "heads": heads,
        "places": pack(pairs["layer"].astype(int) * heads + pairs["head"], 3),
        "one": pack(pairs["one"], 2, SCORE_UNIT),
        "other": pack(pairs["other"], 2, SCORE_UNIT),
        "categories": [pack(pairs[f"category_{side}"].map(order), 1) for side in ("one", "other")],
        "differs": pack(differs, 1),
    }
