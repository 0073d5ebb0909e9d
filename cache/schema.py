"""The head table: its columns, dtypes, units and the checks on write and on read.

One row a head, layer-major. Scores and budget are those of ``vocabulary.taxonomy``.
Categories are not listed here: a table names its own in its provenance, and is
checked against them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cache.grid import Grid
from headstrata.errors import UserError
from vocabulary import taxonomy
from vocabulary.evidence import MEASURES, SIGN_ERRORS, SIGNS, Measure
from vocabulary.taxonomy import Score

#: Raised whenever a column changes its name, dtype, unit or meaning, with an entry in
#: ``cache.versions.MIGRATIONS``. A further optional column does not raise it.
SCHEMA_VERSION = 1
#: The version of a table whose layers differ in their heads. A reader of version 1 takes every
#: layer to have as many and would call it damaged; told a newer version, it asks for an update.
UNEVEN_VERSION = 2
#: The oldest version whose readers read a table of today's rightly, since what they know of
#: it means the same; None: only readers of today's version on.
MIN_READER_VERSION: int | None = None

#: How far a sum of masses may be from 1 (float32 sums, 16-bit attention).
BUDGET_TOLERANCE = 1e-2

_SHARE = "share, 0..1"
#: What names a head.
_KEY = ("layer", "head")


@dataclass(frozen=True)
class Column:
    """One column: what it holds, in which unit, between which bounds."""

    name: str
    dtype: str
    unit: str
    description: str
    nullable: bool = False
    low: float | None = None
    high: float | None = None
    optional: bool = False
    """Whether a table may lack it, as every column that came after version 1: it is then
    read as missing values."""

    def __post_init__(self) -> None:
        if self.optional and not (self.nullable and self.dtype in ("float32", "str")):
            raise ValueError(f"{self.name}: an optional column is nullable, float32 or str")


_IDENTITY = (
    Column("layer", "int16", "index from 0", "layer of the head", low=0),
    Column("head", "int16", "index from 0", "head within its layer", low=0),
)
_VERDICT = (
    Column("category", "str", "name", "exclusive category"),
    Column("group", "str", "name", "family of the category"),
    Column("runner_up", "str", "name", "the nearest rival category", nullable=True),
    Column(
        "margin",
        "float32",
        "ratio",
        "difference of the two score/threshold ratios",
        nullable=True,
        low=0,
    ),
    Column("borderline", "bool", "", "whether the category could flip within two standard errors"),
)

#: The scores and the parts of the attention budget, as the vocabulary defines them.
SCORES = tuple(taxonomy.SCORES)
BUDGET = tuple(taxonomy.BUDGET)
#: Destinations that most models lack.
_OPTIONAL = tuple(name for name in BUDGET if name in SCORES and taxonomy.SCORES[name].optional)


def _share(name: str, unit: str, description: str, *, optional: bool = False) -> Column:
    # 16-bit attention rows can sum to a little over 1.
    return Column(name, "float32", unit, description, True, -1e-3, 1 + 1e-2, optional)


def _tokens_back(low: int, high: int | None) -> str:
    """A bin of distances in words: ``4 to 7 tokens``."""
    if high is None:
        return f"{low} tokens or more"
    if low == high:
        return f"{low} token" if low == 1 else f"{low} tokens"
    return f"{low} to {high} tokens"


def of_score(score: Score) -> tuple[Column, Column]:
    """The columns of a score: its mean over prompts, and the standard error of that."""
    error = f"standard error of {score.name} over prompts"
    return (
        _share(score.name, score.unit, score.sentence, optional=score.optional),
        Column(f"{score.name}_se", "float32", score.unit, error, True, 0, optional=score.optional),
    )


def of_measure(measure: Measure) -> tuple[Column, ...]:
    """The columns of a measure of evidence: its mean, the standard error, and an effect's sign."""
    error = f"standard error of {measure.name} over {measure.error_over}"
    columns = (
        Column(measure.name, "float32", measure.unit, measure.sentence, True, optional=True),
        Column(f"{measure.name}_se", "float32", measure.unit, error, True, 0, optional=True),
    )
    if measure.sign is None:
        return columns
    told = f"{', '.join(SIGNS)}: whether {measure.name} is beyond {SIGN_ERRORS:g} standard errors"
    return (*columns, Column(measure.sign, "str", "name", told, True, optional=True))


COLUMNS: tuple[Column, ...] = (
    *_IDENTITY,
    *_VERDICT,
    *(column for score in taxonomy.SCORES.values() for column in of_score(score)),
    *(
        _share(name, _SHARE, f"share of the attention on natural text that goes to {place}")
        for name, place in taxonomy.BUDGET.items()
        if name not in SCORES
    ),
    _share("delimiter_base_rate", _SHARE, "share of delimiters among the keys a query can reach"),
    *(
        _share(
            name,
            _SHARE,
            f"share of the attention on natural text that goes {_tokens_back(low, high)} back, "
            "first token excluded",
            optional=True,
        )
        for name, (low, high) in taxonomy.DISTANCES.items()
    ),
    *(column for measure in MEASURES.values() for column in of_measure(measure)),
)
NAMES = tuple(column.name for column in COLUMNS)
DTYPES = {column.name: column.dtype for column in COLUMNS}


#: What a column's dtype is called in a table, as pandas or another program wrote it: text without
#: a single value, and numbers that can be missing, have names of their own.
_CALLED = {
    "bool": {"bool"},
    "float32": {"float32", "Float32"},
    "int16": {"int16", "Int16"},
    "str": {"str", "string", "object"},
}


def _fault(column: Column, values: pd.Series) -> str | None:
    """What is wrong with the values of a column; None: they are typed and bounded as declared."""
    if values.dtype.name not in _CALLED[column.dtype]:
        return f"{values.dtype} instead of {column.dtype}"
    known = values.dropna()
    if len(known) < len(values) and not column.nullable:
        return "a value is missing"
    if column.dtype == "str":
        texts = values.dtype != object or all(isinstance(value, str) for value in known)
        return None if texts else "a value is no text"
    numbers = known.to_numpy(column.dtype)  # bounds are compared in this precision
    if column.low is not None and len(beyond := numbers[~(numbers >= column.low)]):
        return f"{beyond[0]:g} is less than {column.low:g}"
    if column.high is not None and len(beyond := numbers[~(numbers <= column.high)]):
        return f"{beyond[0]:g} is more than {column.high:g}"
    return None


def complete(table: pd.DataFrame) -> pd.DataFrame:
    """The table with all columns of the schema first, in order; further ones stay behind them.

    Returns:
        Optional columns that the table lacks are there as missing values.

    Raises:
        UserError: A column that every table has is missing, or one is there twice.
    """
    _check_names(table)
    lacking = [column for column in COLUMNS if column.name not in table.columns]
    missing = {c.name: pd.Series(np.nan, table.index, dtype=c.dtype) for c in lacking}
    known = [column.name for column in COLUMNS]
    order = [*known, *(name for name in table.columns if name not in known)]
    return table.assign(**missing)[order]


def _check_names(table: pd.DataFrame) -> None:
    if not table.columns.is_unique:
        raise UserError("the head table has two columns of one name")
    required = [column.name for column in COLUMNS if not column.optional]
    if missing := [name for name in required if name not in table.columns]:
        raise UserError(f"the head table lacks the columns {', '.join(missing)}")


def destinations(table: pd.DataFrame) -> list[str]:
    """The parts of the budget that the table knows of, without those that its model lacks."""
    return [
        name
        for name in BUDGET
        if name not in _OPTIONAL or (name in table and table[name].notna().any())
    ]


def budget(table: pd.DataFrame) -> pd.DataFrame:
    """Every head's masses, in the order of ``BUDGET``.

    Returns:
        Shape (heads, 9): NaN where nobody measured it, 0 for a destination that the head's
        layer does not have.
    """
    return table.reindex(columns=list(BUDGET)).fillna(dict.fromkeys(_OPTIONAL, 0.0))


def conform(table: pd.DataFrame) -> pd.DataFrame:
    """The table as ``complete`` gives it, with the schema's columns in their dtypes.

    Raises:
        UserError: A column is missing, or its values do not fit its dtype.
    """
    whole = complete(table)
    try:
        return whole.astype({column.name: column.dtype for column in COLUMNS})
    except (TypeError, ValueError) as error:
        raise UserError(f"the head table has a column of the wrong type: {error}") from None


def check(table: pd.DataFrame, grid: Grid, categories: Mapping[str, str]) -> None:
    """Check a head table against the contract.

    Args:
        table: One row a head, layer-major.
        grid: The heads that the table must hold.
        categories: The categories the table may name, each with its group.

    Raises:
        UserError: Says which rule is broken, and where.
    """
    _check_names(table)
    for column in COLUMNS:
        if column.name in table and (said := _fault(column, table[column.name])):
            raise UserError(f"the head table breaks the schema: column {column.name}: {said}")
    if table.duplicated(list(_KEY)).any():
        raise UserError("the head table breaks the schema: a head is there twice")
    if len(table) != grid.size:
        raise UserError(
            f"the head table has {len(table)} rows, but its {grid.layers} layers have "
            f"{grid.size} heads"
        )
    if any((table[name] != found).any() for name, found in zip(_KEY, grid.columns, strict=True)):
        raise UserError("the head table is not layer-major with every head once")
    expected = table["category"].map(dict(categories))
    unknown = sorted(set(table.loc[expected.isna(), "category"]))
    if unknown:
        raise UserError(f"the head table names categories its provenance lacks: {unknown}")
    if not (expected == table["group"]).all():
        raise UserError("the head table has a group that does not belong to its category")
    masses = budget(table).sum(axis=1, skipna=False)
    if ((masses - 1).abs() > BUDGET_TOLERANCE).any():
        raise UserError("the attention budget of some head does not add up to 1")
