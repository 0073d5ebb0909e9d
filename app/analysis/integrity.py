"""Do the shares of a binned table make 100% of whole heads?

A percentage printed with one decimal stands for a whole number of heads only under
some totals: 21.2% is 7 of 33 but of no total near 34. So a stacked bar that was
copied or read wrongly gives itself away. Works on any binned table, ours included; where
shares are of attention and not of heads (the budget) they need only make 100%.

Shares are rounded one by one, so those of a right bin may add up to 99.9 or 100.1: what
rounding explains is let pass, and no more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd


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
    empty: bool = False
    """Whether the bin says that it has no heads: its layers have no attention."""

    @property
    def is_sound(self) -> bool:
        """Whether the bin makes 100% of whole heads."""
        counted = bool(self.totals) or not self.nearest_total
        return self.whole and counted and not self.differing

    def sentence(self, labels: Mapping[str, str] | None = None) -> str:
        """What is right or wrong, in words."""
        labels = labels or {}
        if self.empty:
            return f"{self.bin}: no heads."
        if self.is_sound:
            of = f"{self.nearest_total:,} heads" if self.nearest_total else "the attention"
            if f"{self.total_percent:.1f}" == "100.0":
                return f"{self.bin}: 100.0% of {of}."
            return (
                f"{self.bin}: 100% of {of}; its shares, rounded one by one, add up to "
                f"{self.total_percent:.1f}%."
            )
        counted = self.counts.items() if self.nearest_total else ()
        odd = [labels.get(name, name) for name, count in counted if count is None]
        parts = []
        if not self.whole:
            parts.append(f"the shares add up to {self.total_percent:.1f}%, not 100%")
        if odd:
            parts.append(f"not a whole number of {self.nearest_total} heads: {', '.join(odd)}")
        elif self.missing:
            much = f"{abs(self.missing)} of {self.nearest_total} heads"
            parts.append(f"{much} are {'missing' if self.missing > 0 else 'too many'}")
        if self.differing:
            named = ", ".join(labels.get(name, name) for name in self.differing)
            parts.append(f"the percentage is not that of the counted heads: {named}")
        return f"{self.bin}: {'; '.join(parts)}."


def no_heads(name: str) -> BinCheck:
    """The check of a bin that has no heads, and says so."""
    return BinCheck(name, 0.0, True, (), 0, {}, None, empty=True)


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
            Keep them below 100 x 10^decimals: under a larger total every
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
            {
                str(key): _digits(percent, decimals)
                for key, percent in zip(inside[segment], inside["percent"], strict=True)
            },
            list(by_bin[str(name)]) if by_bin is not None else for_all,
            decimals,
            counted[str(name)] if counted else {},
        )
        for name, inside in shares.groupby("bin", sort=False)
    ]


def _check(
    name: str,
    printed: Mapping[str, int],
    totals: list[int],
    decimals: int,
    counted: Mapping[str, int],
) -> BinCheck:
    total, unit = sum(printed.values()), 10**decimals
    fits = {
        n: {key: whole_heads(p, n, decimals, counted.get(key)) for key, p in printed.items()}
        for n in totals
    }
    sound = tuple(n for n in totals if None not in fits[n].values() and _sum(fits[n].values()) == n)
    likeliest = min(sound or totals, key=lambda n: _badness(fits[n], n), default=0)
    counts = fits.get(likeliest, dict.fromkeys(printed))
    return BinCheck(
        bin=name,
        total_percent=total / unit,
        whole=2 * abs(total - 100 * unit) <= len(printed),  # half a last digit each
        totals=sound,
        nearest_total=likeliest,
        counts=counts,
        missing=None if None in counts.values() else likeliest - _sum(counts.values()),
        differing=tuple(
            key
            for key, heads in counted.items()
            if counts[key] is not None and rounded(heads, likeliest, decimals) != printed[key]
        ),
    )


def whole_heads(
    printed: int, total: int, decimals: int = 1, counted: int | None = None
) -> int | None:
    """The whole number of heads whose percentage is printed so, if there is one.

    Args:
        printed: In last digits: 212 for 21.2%.
        total: Heads in the bin.
        decimals: Digits behind the point.
        counted: The number that it is said to stand for: that one, if it is printed so.

    Returns:
        None if the printed figure is not the nearest rounding of any whole number of
        ``total`` heads. Halves are rounded away from zero where the table counts its heads,
        as ours do; who printed another may have rounded them either way.
    """
    if counted is not None and rounded(counted, total, decimals) == printed:
        return counted
    whole: int = 100 * 10**decimals
    heads = (2 * printed * total + whole) // (2 * whole)
    return heads if 2 * abs(heads * whole - printed * total) <= total else None


def rounded(heads: int, total: int, decimals: int) -> int:
    """A percentage in last digits: the nearest, halves away from zero (``cache.percent``)."""
    whole: int = 100 * 10**decimals
    return (2 * heads * whole + total) // (2 * total)


def _badness(counts: Mapping[str, int | None], total: int) -> tuple[int, int]:
    """How badly a total fits: percentages that are not whole, then heads left over."""
    odd = sum(count is None for count in counts.values())
    return odd, abs(total - _sum(counts.values()))


def _sum(counts: Iterable[int | None]) -> int:
    return sum(count or 0 for count in counts)


def _digits(percent: object, decimals: int) -> int:
    """``21.2%`` as 212 last digits."""
    unit: int = 10**decimals
    return round(Fraction(str(percent).removesuffix("%").strip()) * unit)
