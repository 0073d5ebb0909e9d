"""What-if thresholds: the worker's own rules with other thresholds on the stored scores."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cache.store import Table
from headstrata.errors import UserError
from vocabulary import rules
from vocabulary.taxonomy import THRESHOLDS

#: Thresholds are read and written to a thousandth: finer than any score's standard error.
_DIGITS = 3


@dataclass(frozen=True)
class WhatIf:
    """A table under changed thresholds."""

    heads: pd.DataFrame
    """The table with new category, group, runner-up, margin and borderline."""
    thresholds: dict[str, float]
    """All thresholds in force."""
    changed: pd.DataFrame
    """layer, head, from, to: the heads that changed their category."""

    def sentence(self) -> str:
        """How many heads changed, in words."""
        if self.changed.empty:
            return f"None of the {len(self.heads):,} heads changes its category."
        share = len(self.changed) / len(self.heads)
        return (
            f"{len(self.changed):,} of {len(self.heads):,} heads ({share:.1%}) change their "
            "category."
        )


def what_if(heads: pd.DataFrame, thresholds: Mapping[str, float]) -> WhatIf:
    """Apply the rules with other thresholds.

    Args:
        heads: A head table; it is not changed.
        thresholds: Category to threshold, those that differ from the defaults. Without
            any, the stored table is returned.

    Raises:
        UserError: An unknown category, or a threshold outside (0, 1].
    """
    changed_only = changed(thresholds)
    if not changed_only:
        nothing = pd.DataFrame({"layer": [], "head": [], "from": [], "to": []})
        return WhatIf(heads, dict(THRESHOLDS), nothing)
    verdict = rules.categorise(heads, changed_only)
    table = heads.assign(
        category=pd.Series(verdict.category, heads.index, dtype="str"),
        group=pd.Series(rules.groups(verdict.category), heads.index, dtype="str"),
        runner_up=pd.Series(verdict.runner_up, heads.index, dtype="str"),
        margin=pd.Series(verdict.margin, heads.index, dtype="float32"),
        borderline=verdict.borderline,
    )
    moved = table["category"] != heads["category"]
    changes = heads.loc[moved, ["layer", "head"]].assign(
        **{"from": heads.loc[moved, "category"], "to": table.loc[moved, "category"]}
    )
    return WhatIf(table, {**THRESHOLDS, **changed_only}, changes.reset_index(drop=True))


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
    """Read ``induction:0.3,broad:0.7`` from a link.

    Returns:
        The thresholds that differ from their defaults; empty for an empty text.

    Raises:
        UserError: Names the invalid part and what is allowed.
    """
    found: dict[str, float] = {}
    for part in (text or "").split(","):
        if not part.strip():
            continue
        name, colon, number = (piece.strip() for piece in part.partition(":"))
        if not colon:
            raise UserError(
                f"threshold {part.strip()[:60]!r}: write CATEGORY:VALUE, such as {_EXAMPLE}"
            )
        if name in found:
            raise UserError(f"threshold {name[:60]!r} is given twice")
        try:
            value = round(float(number), _DIGITS)
        except ValueError:
            raise UserError(f"threshold {name[:60]}: {number[:60]!r} is not a number") from None
        _check(name, value)
        found[name] = value
    return changed(found)


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
    result = what_if(table.heads, thresholds)
    record = table.provenance
    taxonomy = record.taxonomy.model_copy(update={"thresholds": result.thresholds})
    note = f"Categories with changed {describe_thresholds(thresholds)}."
    changed = record.model_copy(update={"taxonomy": taxonomy, "notes": [*record.notes, note]})
    return Table(table.name, result.heads, changed)


def normal(text: str | None) -> str:
    """The thresholds of a link in their normal form; empty for the defaults.

    Raises:
        UserError: Names the invalid part of ``text``.
    """
    return format_thresholds(parse_thresholds(text))
