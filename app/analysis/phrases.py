"""Phrases that several computed sentences use: trends, bins, counts."""

import pandas as pd

from app.analysis.rank import LEAST_PAIRS, Correlation
from app.views.words import joined, signed

#: The most bins that are named in one sentence.
MOST_BINS = 4


def movement(shares: pd.Series, correlation: Correlation | None) -> str:
    """How a share moves with depth, with rho and its interval.

    Args:
        shares: Of each layer, shape (layers,).
        correlation: Spearman's rho of the shares with depth, where there is one.
    """
    if correlation is None and (shares != shares.iloc[0]).any():
        return f"{len(shares)} layers are too few for a trend"
    if correlation is None:
        return "the same share in every layer"
    rho = f"Spearman's rho {signed(correlation.rho)}"
    if correlation.interval is None:
        few = "too few" if correlation.n < LEAST_PAIRS else "neighbours too alike"
        return f"{rho} with depth over {correlation.n} layers, {few} for an interval"
    low, high = (signed(end) for end in correlation.interval)
    interval = f"{rho}, 95% interval {low} to {high}, {correlation.n} layers"
    worth = round(min(correlation.worth, correlation.n))
    if worth < correlation.n:
        interval += f" that, alike as neighbours are, tell as much as {worth}"
    if not correlation.is_clear:
        return f"no clear trend with depth ({interval})"
    return f"its share {'rises' if correlation.rho > 0 else 'falls'} with depth ({interval})"


def led(places: list[tuple[str, str]], count: int) -> str:
    """The bins in which something leads, as (bin, percent), of ``count`` bins."""
    if len(places) == count > 1:
        return f"every bin ({span([percent for _, percent in places])})"
    if len(places) <= MOST_BINS:
        return joined([f"{place} ({percent})" for place, percent in places])
    many = f"{len(places)} of {count} bins"
    percents = span([percent for _, percent in places])
    stretches = runs([place for place, _ in places])
    if len(stretches) > MOST_BINS:
        return f"{many} ({percents})"
    return f"{joined(stretches)} ({many}, {percents})"


def runs(bins: list[str]) -> list[str]:
    """Bins that follow one another joined: ``[0, 1)`` and ``[1, 2)`` are ``[0, 2)``."""
    found: list[str] = []
    for place in bins:
        start, stop = place.strip("[)").split(", ")
        if found and found[-1].endswith(f", {start})"):
            found[-1] = f"{found[-1].split(', ')[0]}, {stop})"
        else:
            found.append(place)
    return found


def named_bins(bins: list[str]) -> str:
    """The bins by name, or their number if there are too many."""
    return joined(bins) if len(bins) <= MOST_BINS else f"{len(bins)} bins"


def span(percents: list[str]) -> str:
    """``4.0% to 12.5%``."""
    ordered = sorted(percents, key=lambda text: float(text.rstrip("%")))
    return ordered[0] if ordered[0] == ordered[-1] else f"{ordered[0]} to {ordered[-1]}"
