"""The contract's checks: what is refused, and in which words."""

import made_tables
import numpy as np
import pandas as pd
import pytest

from cache import schema
from cache.grid import Grid
from headstrata.errors import UserError
from vocabulary import taxonomy


def check(table):
    schema.check(table, Grid(3, 2), taxonomy.group_of())


def test_a_good_table_passes_and_may_have_more_columns():
    check(made_tables.heads().assign(extra=1.0))


def test_the_names_that_other_programs_have_for_the_same_types_are_taken():
    typed = made_tables.heads().astype({"layer": "Int16", "margin": "Float32", "group": "string"})
    check(typed.assign(runner_up=pd.Series([None] * 6, dtype=object), margin=typed["margin"][:3]))


def test_conform_orders_types_and_names_what_is_missing():
    mixed = made_tables.heads().astype({"layer": "int64", "induction": "float64"})
    conformed = schema.conform(mixed[mixed.columns[::-1]])
    assert list(conformed.columns) == list(schema.NAMES)
    assert (conformed["layer"].dtype, conformed["induction"].dtype) == ("int16", "float32")
    with pytest.raises(UserError, match="lacks the columns entropy, mass_other"):
        schema.conform(mixed.drop(columns=["mass_other", "entropy"]))
    with pytest.raises(UserError, match="wrong type"):
        schema.conform(mixed.assign(layer="x"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.drop(index=0), "5 rows, but its 3 layers have 6 heads"),
        (lambda t: t.iloc[::-1], "not layer-major"),
        (lambda t: t.assign(layer=np.int16(0), head=np.arange(6, dtype=np.int16)), "layer-major"),
        (lambda t: t.assign(head=t["head"].iloc[0]), "breaks the schema"),
        (lambda t: t.assign(category="magic"), r"lacks: \['magic'\]"),
        (lambda t: t.assign(group="content"), "does not belong to its category"),
        (lambda t: t.assign(induction=np.float32(1.5)), "column induction"),
        (lambda t: t.assign(induction_se=np.float32(-0.1)), "column induction_se"),
        (lambda t: t.assign(mass_other=np.float32(0.9)), "does not add up to 1"),
        (lambda t: t.drop(columns="margin"), "lacks the columns margin"),
        (lambda t: t.assign(borderline="no"), "column borderline: str instead of bool"),
        (lambda t: t.assign(margin=0.5), "column margin: float64 instead of float32"),
        (lambda t: t.assign(group=[None, *t["group"][1:]]), "column group: a value is missing"),
        (lambda t: t.assign(runner_up=pd.Series(["x", 1] * 3)), "column runner_up: a value is no"),
        (lambda t: t.assign(layer=np.int16(-1)), "column layer: -1 is less than 0"),
        (lambda t: pd.concat([t, t[["margin"]]], axis=1), "two columns of one name"),
    ],
)
def test_a_table_that_breaks_a_rule_is_refused_by_name(change, said):
    with pytest.raises(UserError, match=said):
        check(change(made_tables.heads()))


def test_more_heads_than_int16_counts_are_in_order_too():
    layers, per_layer = 3, 11_000
    table = made_tables.heads(layers, per_layer)
    schema.check(table, Grid(layers, per_layer), taxonomy.group_of())
