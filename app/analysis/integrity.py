"""Do the shares of a binned table make 100 % of whole heads?

A percentage printed with one decimal stands for a whole number of heads only under
some totals: 21.2 % is 7 of 33 but of no total near 34. So a stacked bar that was
copied or read wrongly gives itself away. Works on any binned table, ours included; where
shares are of attention and not of heads (the budget) they need only make 100 %.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

#: Rounded percentages of a right bin may miss 100 by half a last digit each.
_HALF_DIGIT = Fraction(1, 2)


@dataclass(frozen=True)
class BinCheck:
    """What is right or wrong with one bin."""

    bin: str
    total_percent: float
    """The sum of the percentages as printed."""
    whole: bool
    """Whether the sum is 100, up to the rounding of its parts."""
    totals: tuple[int, ...]
    """Numbers of heads under which every percentage is whole and they add up to all heads."""
    nearest_total: int
    """The number of heads that fits most percentages (the smallest sound one, if any); 0: the
    shares are not of heads."""
    counts: Mapping[str, int | None]
    """Heads of each segment under ``nearest_total``; None: not a whole number of heads."""
    missing: int | None
    """Heads of ``nearest_total`` that no segment accounts for (negative: too many)."""
    differing: tuple[str, ...] = ()
    """Segments whose percentage stands for another number of heads than the table counts."""

    @property
    def is_sound(self) -> bool:
        """Whether the bin makes 100 % of whole heads."""
        counted = bool(self.totals) or not self.nearest_total
        return self.whole and counted and not self.differing

    def sentence(self, labels: Mapping[str, str] | None = None) -> str:
        """What is right or wrong, in words."""
        labels = labels or {}
        if self.is_sound:
            of = f"{self.nearest_total:,} heads" if self.nearest_total else "the attention"
            return f"{self.bin}: {self.total_percent:.1f} % of {of}."
        counted = self.counts.items() if self.nearest_total else ()
        odd = [labels.get(name, name) for name, count in counted if count is None]
        parts = []
        if not self.whole:
            parts.append(f"the shares add up to {self.total_percent:.1f} %, not 100 %")
        if odd:
            parts.append(f"not a whole number of {self.nearest_total} heads: {', '.join(odd)}")
        elif self.missing:
            much = f"{abs(self.missing)} of {self.nearest_total} heads"
            parts.append(f"{much} are {'missing' if self.missing > 0 else 'too many'}")
        if self.differing:
            named = ", ".join(labels.get(name, name) for name in self.differing)
            parts.append(f"the percentage is not that of the counted heads: {named}")
        return f"{self.bin}: {'; '.join(parts)}."


def check_bins(
    shares: pd.DataFrame,
    segment: str,
    totals: Mapping[str, Iterable[int]] | Iterable[int],
    decimals: int = 1,
    counted: Mapping[str, Mapping[str, int]] | None = None,
) -> list[BinCheck]:
    """Check every bin of a table of printed percentages.

    Args:
        shares: One row a bin and segment: ``bin``, the segment's column and ``percent``
            (a number, or text such as ``21.2%``).
        segment: The column that names the segment.
        totals: Plausible numbers of heads in a bin: for all bins alike, or by bin; none
            if the shares are not of heads.
            Keep them well below 50 x 10^decimals: under a larger total every
            percentage is a whole number of heads, and the check says nothing.
        decimals: Digits behind the point that the percentages were printed with.
        counted: Heads by bin and segment, where the table counts them: in a large bin a
            percentage stands for more than one number of heads.

    Returns:
        One check a bin, in the table's order.
    """
    by_bin = totals if isinstance(totals, Mapping) else None
    for_all = [] if isinstance(totals, Mapping) else list(totals)
    return [
        _check(
            str(name),
            dict(zip(inside[segment].astype(str), map(_number, inside["percent"]), strict=True)),
            list(by_bin[str(name)]) if by_bin is not None else for_all,
            decimals,
            counted[str(name)] if counted else {},
        )
        for name, inside in shares.groupby("bin", sort=False)
    ]


def _check(
    name: str,
    percents: Mapping[str, Fraction],
    totals: list[int],
    decimals: int,
    counted: Mapping[str, int],
) -> BinCheck:
    unit = Fraction(1, 10**decimals)
    # largest-remainder drawing moves a part by up to one last digit, rounding by a half
    slack = unit * _HALF_DIGIT * len(percents)
    total = sum(percents.values(), Fraction(0))
    fits = {
        n: {key: whole_heads(p, n, unit, counted.get(key)) for key, p in percents.items()}
        for n in totals
    }
    if not totals:
        return BinCheck(
            name, float(total), abs(total - 100) <= slack, (), 0, dict.fromkeys(percents), None
        )
    sound = tuple(n for n in totals if None not in fits[n].values() and _sum(fits[n].values()) == n)
    nearest = sound[0] if sound else min(totals, key=lambda n: _badness(fits[n], n))
    counts = fits[nearest]
    return BinCheck(
        bin=name,
        total_percent=float(total),
        whole=abs(total - 100) <= slack,
        totals=sound,
        nearest_total=nearest,
        counts=counts,
        missing=None if None in counts.values() else nearest - _sum(counts.values()),
    )


def whole_heads(
    percent: Fraction, total: int, unit: Fraction = Fraction(1, 10), counted: int | None = None
) -> int | None:
    """The whole number of heads that a printed percentage stands for, if there is one.

    Args:
        percent: As printed, 0..100.
        total: Heads in the bin.
        unit: The last printed digit.
        counted: The number that it is said to stand for: that one, if it may.

    Returns:
        None if no whole number of ``total`` heads is printed that way: its true
        percentage must be less than one last digit away (half for rounding, a whole
        one for bars drawn to add up to exactly 100).
    """
    likely = [] if counted is None else [counted]
    for heads in (*likely, round(percent * total / 100)):
        if abs(Fraction(100 * heads, total) - percent) < unit:
            return heads
    return None


def _badness(counts: Mapping[str, int | None], total: int) -> tuple[int, int]:
    """How badly a total fits: percentages that are not whole, then heads left over."""
    odd = sum(count is None for count in counts.values())
    return odd, abs(total - _sum(counts.values()))


def _sum(counts: Iterable[int | None]) -> int:
    return sum(count or 0 for count in counts)


def _number(percent: object) -> Fraction:
    return Fraction(str(percent).removesuffix("%").strip())
