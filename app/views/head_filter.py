"""Some of a table's heads in some order: by category, layers and scores, as a query names them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from cache import schema
from cache.store import Table
from headstrata.errors import UserError
from vocabulary.evidence import MEASURES
from vocabulary.taxonomy import CATEGORIES

#: The keys of a query that ask for some heads only.
KEYS = ("category", "layers", "least", "sort")
#: Columns that heads can be sorted by and asked for with a least value.
SORTABLE = (*schema.SCORES, *MEASURES, "margin")
#: How much of a bad value a message repeats; digits of a layer's number.
_SHOWN, _DIGITS = 60, 6


@dataclass(frozen=True)
class HeadFilter:
    """Which heads, and the strongest of what first."""

    categories: frozenset[str] = frozenset()
    """Names; empty: all."""
    layers: tuple[int, int] | None = None
    """First and last layer; None: all."""
    least: Mapping[str, float] = field(default_factory=dict)
    """Column to the least value; heads without a value are left out."""
    sort: str | None = None
    """The column, falling; after ``-``: rising. None: layer after layer."""

    def rows(self, heads: pd.DataFrame) -> pd.DataFrame:
        """Those of the heads that are asked for; heads without a value come last.

        Args:
            heads: A head table, a row a head.
        """
        kept = pd.Series(data=True, index=heads.index)
        if self.categories:
            kept &= heads["category"].isin(self.categories)
        if self.layers is not None:
            kept &= heads["layer"].between(*self.layers)
        for name, value in self.least.items():
            kept &= heads[name] >= value
        found = heads[kept]
        if self.sort is None:
            return found
        rising = self.sort.startswith("-")
        return found.sort_values(self.sort.lstrip("-"), ascending=rising, kind="stable")

    def shown(self, table: Table) -> Table:
        """The table with these rows only; its provenance says so."""
        if not self:
            return table
        note = f"Only some heads: {self.text}."
        record = table.provenance
        told = record.model_copy(update={"notes": [*record.notes, note]})
        return Table(table.name, self.rows(table.heads), told)

    @property
    def text(self) -> str:
        """``category induction; layers 16-23; least induction:0.3; sort induction``."""
        return "; ".join(f"{key} {value}" for key, value in self.query().items())

    def query(self) -> dict[str, str]:
        """The query that asks for these heads."""
        least = ",".join(f"{name}:{value:g}" for name, value in self.least.items())
        found = {
            "category": ",".join(name for name in CATEGORIES if name in self.categories),
            "layers": "" if self.layers is None else "{}-{}".format(*self.layers),
            "least": least,
            "sort": self.sort or "",
        }
        return {key: value for key, value in found.items() if value}

    def __bool__(self) -> bool:
        return bool(self.query())


def read(query: Mapping[str, Any], layers: int) -> HeadFilter:
    """The heads that a query asks for.

    ``category=induction,broad``, ``layers=16-23``, ``least=induction:0.3``,
    ``sort=induction`` (``-induction``: the weakest first).

    Args:
        query: Texts by key; other keys are left alone.
        layers: Layers of the table.

    Raises:
        UserError: Names the bad value and what is allowed.
    """
    return HeadFilter(
        categories=frozenset(_one_of("category", _parts(query, "category"), CATEGORIES)),
        layers=_layers(query.get("layers") or "", layers),
        least=dict(_least(part) for part in _parts(query, "least")),
        sort=_sort(query.get("sort") or ""),
    )


def _parts(query: Mapping[str, Any], key: str) -> list[str]:
    return [part for part in (query.get(key) or "").split(",") if part.strip()]


def _one_of(key: str, names: list[str], known: Any) -> list[str]:
    for name in names:
        if name not in known:
            raise UserError(f"{key} {name[:_SHOWN]!r} is not one of {', '.join(known)}")
    return names


def _layers(text: str, layers: int) -> tuple[int, int] | None:
    if not text:
        return None
    first, _, last = text.partition("-")
    numbers = [part for part in (first, last or first) if _is_number(part) and int(part) < layers]
    if len(numbers) != 2 or int(numbers[0]) > int(numbers[1]):
        raise UserError(
            f"layers {text[:_SHOWN]!r} is not FIRST-LAST with layers from 0 to {layers - 1}"
        )
    return int(numbers[0]), int(numbers[1])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


def _least(part: str) -> tuple[str, float]:
    name, colon, value = part.partition(":")
    _one_of("least", [name], SORTABLE)
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not colon or not abs(number) < float("inf"):
        raise UserError(f"least {part[:_SHOWN]!r}: write SCORE:VALUE, such as induction:0.3")
    return name, number


def _sort(text: str) -> str | None:
    if not text:
        return None
    _one_of("sort", [text.removeprefix("-")], SORTABLE)
    return text
