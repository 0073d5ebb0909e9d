"""What-if thresholds: the worker's own rules with other thresholds on the stored scores."""

import math
import re
from collections.abc import Mapping

import pandas as pd

from cache import schema
from cache.store import Table
from headstrata.errors import UserError
from vocabulary import rules
from vocabulary.taxonomy import THRESHOLDS

#: Thresholds are read and written to a thousandth: finer than any score's standard error.
_DIGITS = 3
_STEPS: int = 10**_DIGITS
_DECIMAL = re.compile(r"\d*\.?\d+", re.ASCII)


def what_if(heads: pd.DataFrame, thresholds: Mapping[str, float]) -> pd.DataFrame:
    """Apply the rules with other thresholds.

    Args:
        heads: A head table; it is not changed.
        thresholds: Category to threshold, those that differ from the defaults. Without
            any, the stored table is returned.

    Returns:
        The table with category, group, runner-up, margin and borderline anew.

    Raises:
        UserError: An unknown category, or a threshold outside (0, 1].
    """
    changed_only = changed(thresholds)
    if not changed_only:
        return heads
    verdict = rules.verdict_columns(heads, changed_only)
    return heads.assign(**verdict).astype({name: schema.DTYPES[name] for name in verdict})


def changed(thresholds: Mapping[str, float]) -> dict[str, float]:
    """Those of the thresholds that differ from their defaults, in the taxonomy's order.

    Raises:
        UserError: An unknown category, or a threshold outside (0, 1].
    """
    for name, value in thresholds.items():
        _check(name, value)
    return {
        name: thresholds[name]
        for name, default in THRESHOLDS.items()
        if name in thresholds and thresholds[name] != default
    }


def parse_thresholds(text: str | None) -> dict[str, float]:
    """Read ``induction:0.3,broad:0.7``: the grammar of links, API and page.

    Categories and plain decimals (digits, one point; no sign, no exponent), separated by
    commas; spaces around either and empty parts mean nothing. No category twice.

    Returns:
        The thresholds that differ from their defaults; empty for an empty text.

    Raises:
        UserError: Names the invalid part and what is allowed.
    """
    found: dict[str, float] = {}
    for part in (text or "").split(","):
        if not part.strip(" "):
            continue
        name, colon, number = (piece.strip(" ") for piece in part.partition(":"))
        if not colon:
            raise UserError(
                f"threshold {part.strip()[:60]!r}: write CATEGORY:VALUE, such as {_EXAMPLE}"
            )
        if name in found:
            raise UserError(f"threshold {name[:60]!r} is given twice")
        value = _read(name, number)
        _check(name, value)
        found[name] = value
    return changed(found)


def _read(name: str, number: str) -> float:
    """A plain decimal to the thousandth, halves up; as ``assets/thresholds/`` reads it.

    Raises:
        UserError: It is none.
    """
    if not _DECIMAL.fullmatch(number):
        raise UserError(
            f"threshold {name[:60]}: {number[:60]!r} is not a plain decimal, such as 0.3"
        )
    thousandths = float(number) * _STEPS
    if math.isinf(thousandths):
        return thousandths  # hundreds of digits
    whole = math.floor(thousandths)
    return (whole + (thousandths - whole >= 0.5)) / _STEPS  # JavaScript's Math.round


_EXAMPLE = "induction:0.3"


def format_thresholds(thresholds: Mapping[str, float]) -> str:
    """The text for a link: only what differs from the defaults, in a fixed order."""
    rounded = {name: round(value, _DIGITS) for name, value in thresholds.items()}
    return ",".join(f"{name}:{value:g}" for name, value in changed(rounded).items())


def describe_thresholds(thresholds: Mapping[str, float]) -> str:
    """For exports: ``thresholds: induction 0.3 (default 0.4)``, or that they are the defaults."""
    parts = [
        f"{name} {value:g} (default {THRESHOLDS[name]:g})"
        for name, value in changed(thresholds).items()
    ]
    return f"thresholds: {', '.join(parts)}" if parts else "default thresholds"


def _check(name: str, value: float) -> None:
    if name not in THRESHOLDS:
        raise UserError(f"no threshold named {name[:60]!r}; there are: {', '.join(THRESHOLDS)}")
    if not (math.isfinite(value) and 0 < value <= 1):
        raise UserError(f"threshold {name}: {value:g} is not above 0 and at most 1")


def apply(table: Table, text: str | None) -> Table:
    """The table under the thresholds of a link (``induction:0.3,broad:0.7``).

    Its provenance has the thresholds and says that they were changed; if none differs
    from the defaults, the table itself is returned.

    Raises:
        UserError: Names the invalid part of ``text``.
    """
    thresholds = parse_thresholds(text)
    if not thresholds:
        return table
    record = table.provenance
    in_force = {**THRESHOLDS, **thresholds}
    taxonomy = record.taxonomy.model_copy(update={"thresholds": in_force})
    note = f"Categories with changed {describe_thresholds(thresholds)}."
    changed = record.model_copy(update={"taxonomy": taxonomy, "notes": [*record.notes, note]})
    return Table(table.name, what_if(table.heads, thresholds), changed)


def normal(text: str | None) -> str:
    """The thresholds of a link in their normal form; empty for the defaults.

    Raises:
        UserError: Names the invalid part of ``text``.
    """
    return format_thresholds(parse_thresholds(text))
