"""The integrity check on any binned table: one of ours, a file, or a figure copied by hand."""

import numpy as np
import pandas as pd

from app.analysis.integrity import BinCheck, check_bins, no_heads
from app.views.catalogue import VIEWS
from headstrata.errors import UserError

#: Columns that may name the segments of a bin, the most likely first.
NAMING = (*(view.column for view in VIEWS.values()), "segment", "label")
#: Columns of views that do not count heads.
_SHARES = {view.column for view in VIEWS.values() if not view.counts_heads}
#: The largest number of heads in a bin that is tried; no bin of a known model has more.
_MOST_HEADS = 999


def check_summary(checks: list[BinCheck]) -> str:
    """How many bins are sound, in a sentence."""
    wrong = sum(not check.is_sound for check in checks)
    count = len(checks)
    what = (
        "100% of whole heads" if any(c.nearest_total for c in checks) else "100% of the attention"
    )
    if not wrong:
        return f"All {count} bins make {what}." if count > 1 else f"Its one bin makes {what}."
    verb = "does" if wrong == 1 else "do"
    return f"{wrong} of {count} bins {verb} not make {what}."


def check_binned_table(
    binned: pd.DataFrame, by: str | None = None, most: int | None = None
) -> list[BinCheck]:
    """Check any binned table.

    Args:
        binned: One row per bin and segment: ``bin``, a column that names the segment, and
            ``percent`` as printed (or ``share``, 0..1). With ``heads`` each bin is checked
            against the heads that it counts; without, against every number of heads that
            a bin may hold (up to ``most``).
        by: The column that names the segment; by default the first of ``NAMING``.
        most: Heads that a bin may hold, where they are not counted; by default as many as
            the printed digits can tell apart.

    Returns:
        One check per bin, in the table's order.

    Raises:
        UserError: Names the column or value that is missing or invalid.
    """
    segment = by or next((name for name in NAMING if name in binned), None)
    if segment is None or segment not in binned or "bin" not in binned:
        raise UserError(
            "a binned table has a column bin, one that names the segment "
            f"({', '.join(NAMING)}) and percent; this one has: {', '.join(map(str, binned))}"
        )
    told = _telling(binned)
    checks = {check.bin: check for check in _checks(told, segment, most)}
    return [checks.get(name) or no_heads(name) for name in dict.fromkeys(binned["bin"].map(str))]


def _telling(binned: pd.DataFrame) -> pd.DataFrame:
    """The bins that have shares: of layers without attention there are dashes, and no heads.

    Raises:
        UserError: None has.
    """
    shares = binned.get("percent", binned.get("share"))
    if binned.empty or shares is None:
        return binned
    missing = shares.isin(["–"])
    if "heads" in binned:
        # a file of text (CSV) has its numbers as text
        missing = (missing | shares.isna()) & (pd.to_numeric(binned["heads"], errors="coerce") == 0)
    told = binned[~missing.groupby(binned["bin"]).transform("all")]
    if told.empty:
        raise UserError("no bin of the table has a share")
    return told


def _checks(binned: pd.DataFrame, segment: str, most: int | None) -> list[BinCheck]:
    """The checks of bins that have shares (arguments as ``check_binned_table``)."""
    table = _complete(binned, segment)
    decimals = max(len(text.partition(".")[2]) for text in table["percent"])
    if segment in _SHARES:
        return check_bins(table, segment, [], decimals)
    if "heads" not in table:
        tellable = min(100 * 10**decimals - 1, _MOST_HEADS)
        return check_bins(table, segment, range(1, (most or tellable) + 1), decimals)
    counted = {
        str(name): dict(zip(inside[segment].astype(str), inside["heads"].map(int), strict=True))
        for name, inside in table.groupby("bin", sort=False)
    }
    totals = {name: [sum(heads.values())] for name, heads in counted.items()}
    if empty := [name for name, (total,) in totals.items() if not total]:
        raise UserError(f"the bin {empty[0]} holds no heads")
    return check_bins(table, segment, totals, decimals, counted)


def _complete(binned: pd.DataFrame, segment: str) -> pd.DataFrame:
    """The table with ``percent`` as text without its sign, ``heads`` as whole numbers.

    Raises:
        UserError: A value is missing or invalid, or a bin has a segment twice.
    """
    if binned.empty:
        raise UserError("the binned table has no rows")
    if "percent" not in binned and "share" not in binned:
        raise UserError("the binned table has neither a column percent nor share")
    columns = ["bin", segment, "percent" if "percent" in binned else "share"]
    table = binned[[*columns, *(["heads"] if "heads" in binned else [])]].reset_index(drop=True)
    if table.isna().any(axis=None):
        row = int(table.isna().any(axis=1).to_numpy().argmax())
        raise UserError(f"row {row + 1} of the binned table lacks a value")
    if "share" in table:
        shares = _numbers(table["share"], "share")
        table["percent"] = [f"{100 * share:.1f}" for share in shares]
    table["percent"] = table["percent"].astype(str).str.removesuffix("%").str.strip()
    _numbers(table["percent"], "percent")
    if "heads" in table:
        heads = _numbers(table["heads"], "heads")
        if (heads % 1 != 0).any():
            raise UserError("the binned table counts heads that are not whole")
        table["heads"] = heads.astype("int64")
    if (twice := table.duplicated(["bin", segment])).any():
        one = table[twice].iloc[0]
        raise UserError(f"the bin {one['bin']} has {one[segment]!r} twice")
    return table


def _numbers(values: pd.Series, column: str) -> pd.Series:
    """Finite numbers >= 0.

    Raises:
        UserError: Names the first value that is not such a number.
    """
    numbers = pd.to_numeric(values, errors="coerce")
    wrong = ~(np.isfinite(numbers) & (numbers >= 0))
    if wrong.any():
        value = str(values[wrong].iloc[0])[:60]
        raise UserError(f"the column {column} holds {value!r}, not a number from 0 on")
    return numbers
