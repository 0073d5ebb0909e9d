"""Two tables side by side: shares by relative depth, and head by head for one model.

Models differ in depth, so bins are equal shares of it: a layer belongs to the bin
that holds its middle. With no more bins than layers, no bin is empty.
"""

from dataclasses import dataclass

import pandas as pd

from app.analysis.rank import Correlation, spearman
from app.analysis.taxonomies import Taxonomy
from cache.bins import tenths_of_percent
from cache.provenance import Provenance
from cache.schema import SCORES
from headstrata.errors import UserError

_KEY = ["layer", "head"]
#: The category of heads that nobody judged: it can't disagree with anything.
_UNJUDGED = "not_measured"


@dataclass(frozen=True)
class Agreement:
    """How far two tables of one model agree on one score."""

    score: str
    pairs: pd.DataFrame
    """layer, head, one, other, difference (other - one), category_one, category_other."""
    correlation: Correlation | None
    """None if fewer than three heads have the score, or it is constant."""
    largest: float
    """The largest absolute difference; NaN without pairs."""
    where: tuple[int, int] | None
    """The head (layer, head) with it."""
    disagreeing: pd.DataFrame
    """The pairs whose categories differ, widest difference first; unjudged heads left out."""
    judged: int
    """Heads that both tables give a category."""

    def sentence(self, one: str, other: str) -> str:
        """The agreement in words; ``one`` and ``other`` name the two tables."""
        if self.where is None:
            return f"{one} and {other} have no head whose {self.score} both measured."
        layer, head = self.where
        rho = f"Spearman's rho {self.correlation.rho:.3f}, " if self.correlation else ""
        return (
            f"{one} against {other}, {self.score} of {len(self.pairs):,} heads: {rho}largest "
            f"difference {self.largest:.3f} at L{layer}.H{head}; {len(self.disagreeing):,} of "
            f"{self.judged:,} heads that both name differ in category."
        )


def relative_bins(layers: int, width: int, other_layers: int) -> int:
    """How many aligned bins a slider's width in layers means, at most one a layer."""
    return min(-(-layers // width), layers, other_layers)


def align(one: pd.DataFrame, other: pd.DataFrame, bins: int, taxonomy: Taxonomy) -> pd.DataFrame:
    """Shares per bin of relative depth in two tables, and their differences.

    Args:
        one: A head table with the taxonomy's column.
        other: Another; it may have other numbers of layers and heads.
        bins: How many equal shares of the depth.
        taxonomy: Which names the heads go by.

    Returns:
        One row a bin and segment, in drawing order: ``bin`` (``0-25%``), ``start``,
        ``stop`` (0..1), the taxonomy's column, and for each side ``layers_…`` (``[0, 12)``),
        ``heads_…``, ``share_…`` (0..1), ``percent_…`` (as drawn); ``difference``
        (share of the other minus share of the one).

    Raises:
        UserError: More bins than layers in one of the tables, or fewer than one.
    """
    shallow = min(_layers(one), _layers(other))
    if not 1 <= bins <= shallow:
        raise UserError(f"{bins} bins of depth are not between 1 and {shallow} layers")
    left = _by_depth(one, bins, taxonomy).add_suffix("_one")
    right = _by_depth(other, bins, taxonomy).add_suffix("_other")
    joined = left.join(right).reset_index(names=["place", taxonomy.by])
    joined["difference"] = joined["share_other"] - joined["share_one"]
    joined.insert(0, "bin", [f"{i / bins:.0%}-{(i + 1) / bins:.0%}" for i in joined["place"]])
    joined.insert(1, "start", joined["place"] / bins)
    joined.insert(2, "stop", (joined["place"] + 1) / bins)
    return joined.drop(columns="place")


def _layers(heads: pd.DataFrame) -> int:
    return int(heads["layer"].max()) + 1


def _by_depth(heads: pd.DataFrame, bins: int, taxonomy: Taxonomy) -> pd.DataFrame:
    """Columns layers, heads, share, percent; index (bin number, segment)."""
    # floor(bins * (layer + 1/2) / layers), in whole numbers
    place = (2 * heads["layer"].astype(int) + 1) * bins // (2 * _layers(heads))
    rows = {}
    for number, inside in heads.groupby(place):
        counts = inside[taxonomy.by].value_counts().reindex(list(taxonomy.labels), fill_value=0)
        span = f"[{inside['layer'].min()}, {inside['layer'].max() + 1})"
        drawn = tenths_of_percent(counts.to_numpy())
        for (segment, count), tenths in zip(counts.items(), drawn, strict=True):
            rows[number, segment] = (span, count, count / len(inside), f"{tenths / 10:.1f}%")
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["layers", "heads", "share", "percent"]
    ).set_axis(pd.MultiIndex.from_tuples(list(rows)))


def is_same_model(one: Provenance, other: Provenance) -> bool:
    """Whether the heads of two tables are the same heads."""
    shape = (one.layers, one.heads) == (other.layers, other.heads)
    known = one.reference is not None and one.reference == other.reference
    return shape and (known or one.model == other.model)


def shared_scores(one: pd.DataFrame, other: pd.DataFrame) -> list[str]:
    """The scores that both tables measured, in the schema's order."""
    return [name for name in SCORES if one[name].notna().any() and other[name].notna().any()]


def agree(one: pd.DataFrame, other: pd.DataFrame, score: str) -> Agreement:
    """Compare one score head by head.

    Raises:
        UserError: The tables do not have the same heads, or no such score.
    """
    if score not in SCORES:
        raise UserError(f"no score named {score!r}; there are: {', '.join(SCORES)}")
    both = one[[*_KEY, score, "category"]].merge(
        other[[*_KEY, score, "category"]], on=_KEY, suffixes=("_one", "_other")
    )
    if not len(both) == len(one) == len(other):
        raise UserError(
            f"head by head only one model can be compared: {len(one)} and {len(other)} heads, "
            f"{len(both)} in common"
        )
    both = both.rename(columns={f"{score}_one": "one", f"{score}_other": "other"})
    both["difference"] = both["other"] - both["one"]
    columns = [*_KEY, "one", "other", "difference", "category_one", "category_other"]
    judged = both[(both[["category_one", "category_other"]] != _UNJUDGED).all(axis=1)]
    differing = judged[judged["category_one"] != judged["category_other"]]
    order = differing["difference"].abs().sort_values(ascending=False, kind="stable").index
    pairs = both.loc[both["difference"].notna(), columns].reset_index(drop=True)
    apart = pairs["difference"].abs()
    worst = int(apart.to_numpy().argmax()) if len(pairs) else None
    return Agreement(
        score=score,
        pairs=pairs,
        correlation=spearman(pairs["one"], pairs["other"]),
        largest=float("nan") if worst is None else float(apart.iloc[worst]),
        where=None
        if worst is None
        else (int(pairs["layer"].iloc[worst]), int(pairs["head"].iloc[worst])),
        disagreeing=differing.loc[order, columns].reset_index(drop=True),
        judged=len(judged),
    )
