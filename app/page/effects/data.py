"""The summed effects as plain data: ``assets/effects/`` only draws."""

from typing import Any

from app.analysis.effects import Weighed, Weight

#: Decimals of a sum in nats.
_DECIMALS = 6


def pack_weighed(weighed: Weighed) -> dict[str, Any]:
    """``bins``, ``categories`` (by bin, and ``total``), ``total``, ``apart``, ``sentences``."""
    return {
        "bins": [[start, stop] for start, stop in weighed.bins],
        "categories": [
            {"name": name, "bins": list(map(_plain, bins)), "total": _plain(weighed.totals[name])}
            for name, bins in weighed.categories.items()
        ],
        "total": _plain(weighed.total),
        "apart": weighed.apart,
        "sentences": weighed.sentences,
    }


def _plain(weight: Weight) -> dict[str, Any]:
    return {
        "heads": weight.heads,
        "above": round(weight.above, _DECIMALS),
        "below": round(weight.below, _DECIMALS),
        "differing": weight.differing,
        "strongest": weight.strongest,
    }
