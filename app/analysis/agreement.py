"""Two tables of one model, head by head: how far they agree on a score, and who disagrees."""

from dataclasses import dataclass

import pandas as pd

from app.analysis.rank import Correlation, spearman
from app.views.words import decimals, signed
from cache.bins import NOT_MEASURED
from cache.grid import head_name
from cache.provenance import Provenance
from cache.schema import SCORES
from headstrata.errors import UserError
from vocabulary.taxonomy import SCORES as DESCRIBED

_KEY = ["layer", "head"]


@dataclass(frozen=True)
class Agreement:
    """How far two tables of one model agree on one score."""

    score: str
    thresholds: tuple[float, float] | None
    """The score's threshold in each table; None: no category is based on it."""
    pairs: pd.DataFrame
    """layer, head, one, other, difference (other - one), category_one, category_other,
    renamed (both name the head, and differently), crossed (one score reaches its table's
    threshold, the other does not)."""
    correlation: Correlation | None
    """None if fewer than three heads have the score, or it is constant."""
    largest: float
    """The largest absolute difference; NaN without pairs."""
    where: tuple[int, int] | None
    """The head (layer, head) with it."""
    disagreeing: pd.DataFrame
    """All heads that are renamed or crossed, with the columns of ``pairs``; largest
    difference first. A head without a category in one of the tables is not renamed."""
    judged: int
    """Heads that have a category in both tables."""

    def sentence(self, one: str, other: str) -> str:
        """The agreement in words; ``one`` and ``other`` name the two tables."""
        label = DESCRIBED[self.score].label
        if self.where is None:
            return f"{one} and {other} have no head whose score “{label}” both measured."
        layer, head = self.where
        return (
            f"{one} against {other}. {label}, {len(self.pairs):,} heads: {self._rank()}largest "
            f"difference {self.largest:.3f} at {head_name(layer, head)}. {self._who()}"
        )

    def _rank(self) -> str:
        """Spearman's rho in words, as the start of a sentence."""
        found = self.correlation
        if found is None:
            return ""
        rho = f"Spearman's rho {signed(found.rho, 3)}"
        if found.interval is None:
            return f"{rho}, "
        low, high = (signed(end) for end in found.interval)
        verdict = "" if found.is_clear else ", no clear agreement"
        if found.is_clear and found.rho < 0:
            verdict = ", against each other"
        return f"{rho} (95% interval {low} to {high}){verdict}; "

    def _who(self) -> str:
        """How many heads disagree, and on what."""
        renamed = int(self.disagreeing["renamed"].sum())
        parts = [f"{renamed:,} of {self.judged:,} that both name differ in category"]
        if self.thresholds is not None:
            crossed = int(self.disagreeing["crossed"].sum())
            here, there = map(decimals, self.thresholds)
            which = f"the threshold {here}"
            if here != there:
                which = f"their thresholds, {here} and {there}"
            parts.append(f"{crossed:,} lie on different sides of {which}")
        count = len(self.disagreeing)
        verb = "head disagrees" if count == 1 else "heads disagree"
        return f"{count:,} {verb}: {', '.join(parts)}."


def is_same_model(one: Provenance, other: Provenance) -> bool:
    """Whether the heads of two tables are the same heads."""
    known = one.reference is not None and one.reference == other.reference
    return one.grid == other.grid and (known or one.model == other.model)


def shared_scores(one: pd.DataFrame, other: pd.DataFrame) -> list[str]:
    """The scores that both tables measured, in the schema's order."""
    both = [name for name in SCORES if name in one and name in other]
    return [name for name in both if one[name].notna().any() and other[name].notna().any()]


def agree(
    one: pd.DataFrame,
    other: pd.DataFrame,
    score: str,
    thresholds: tuple[float, float] | None = None,
) -> Agreement:
    """Compare one score head by head.

    Args:
        one: A head table.
        other: A table of the same heads.
        score: The name of a score.
        thresholds: The score's threshold in each table, if a category is based on it.

    Raises:
        UserError: The tables do not have the same heads, or no such score.
    """
    if score not in SCORES:
        raise UserError(f"no score named {score!r}; there are: {', '.join(SCORES)}")
    both = _side_by_side(one, other, score)
    names = both[["category_one", "category_other"]]
    judged = (names != NOT_MEASURED).all(axis=1)
    both["renamed"] = judged & (names["category_one"] != names["category_other"])
    measured = both["difference"].notna()
    both["crossed"] = False
    if thresholds:
        reached = both["one"] >= thresholds[0], both["other"] >= thresholds[1]
        both["crossed"] = measured & (reached[0] != reached[1])
    pairs = both[measured].reset_index(drop=True)
    apart = pairs["difference"].abs()
    worst = int(apart.to_numpy().argmax()) if len(pairs) else None
    differing = both[both["renamed"] | both["crossed"]]
    order = differing["difference"].abs().sort_values(ascending=False, kind="stable").index
    return Agreement(
        score=score,
        thresholds=thresholds,
        pairs=pairs,
        correlation=spearman(pairs["one"], pairs["other"]),
        largest=float("nan") if worst is None else float(apart.iloc[worst]),
        where=None
        if worst is None
        else (int(pairs["layer"].iloc[worst]), int(pairs["head"].iloc[worst])),
        disagreeing=differing.loc[order].reset_index(drop=True),
        judged=int(judged.sum()),
    )


def _side_by_side(one: pd.DataFrame, other: pd.DataFrame, score: str) -> pd.DataFrame:
    """layer, head, one, other, difference, category_one, category_other; one row per head.

    Raises:
        UserError: The tables do not have the same heads.
    """
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
    return both[[*_KEY, "one", "other", "difference", "category_one", "category_other"]]
