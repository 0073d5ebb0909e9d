"""Two tables' effects by category and depth, with sums worked out by hand."""

import made_tables
import pytest
from dash import html

from app.analysis.compared_effects import (
    Sums,
    effects_by_depth,
    shared_effects,
    sums_by_depth,
)
from app.page.compare import effects
from app.page.compare.comparison import pair
from cache.store import Table


def table(name: str, layers: int, previous: list[float], **measures: list[float]) -> Table:
    """One head a layer, which sees the previous token where ``previous`` says so."""
    heads = made_tables.heads(layers, 1, previous_token=previous)
    record = made_tables.provenance(layers, 1, title=name)
    return Table(name, made_tables.with_evidence(heads, **measures), record)


NAN = float("nan")
#: Of two layers the first has the pattern; of four the last two, and nobody measured layer 1.
ONE = table("One", 2, [0.9, 0.1], effect_repeated=[2, -0.5], effect_natural=[0, 0])
OTHER = table("Other", 4, [0.1, 0.1, 0.9, 0.9], effect_repeated=[1, NAN, 3, 4], copying=[1] * 4)


def test_each_category_is_summed_by_relative_depth_in_both():
    assert shared_effects(ONE, OTHER) == ["effect_repeated"]
    found = sums_by_depth(ONE, OTHER, "effect_repeated", 2)
    assert list(found) == ["previous_token", "unclassified", "all"]
    none = Sums(0, 0, 0, 0, 0, 0)
    one, other = found["previous_token"]
    se = pytest.approx(0.01)  # each head's error
    assert one == [Sums(1, 2, se, 0, 0, 1), Sums(1, 2, se, 0, 0, 1), none]
    # of two heads: the root of .01² + .01²
    both = Sums(2, 7, pytest.approx(0.0141421, rel=1e-4), 0, 0, 2)
    assert other == [both, none, both]
    assert found["unclassified"][0] == [
        Sums(1, 0, 0, -0.5, se, 1),
        none,
        Sums(1, 0, 0, -0.5, se, 1),
    ]
    whole, *_ = found["all"][1]
    assert (whole.heads, whole.above) == (3, 8)
    one_bin = sums_by_depth(ONE, OTHER, "effect_repeated", 1)
    assert [len(side) for side in one_bin["all"]] == [1, 1]


def test_as_rows_every_table_has_each_bin_and_category():
    """The sums of the test above, without the rows over all layers: they are sums of these."""
    found = effects_by_depth([ONE, OTHER], 2)
    assert set(found["effect"]) == {"effect_repeated"}
    columns = ["table", "bin", "category", "heads", "above", "below"]
    assert found[columns].to_numpy().tolist() == [
        ["One", "0%-50%", "previous_token", 1, 2.0, 0.0],
        ["One", "50%-100%", "previous_token", 0, 0.0, 0.0],
        ["One", "0%-50%", "unclassified", 0, 0.0, 0.0],
        ["One", "50%-100%", "unclassified", 1, 0.0, -0.5],
        ["Other", "0%-50%", "previous_token", 0, 0.0, 0.0],
        ["Other", "50%-100%", "previous_token", 2, 7.0, 0.0],
        ["Other", "0%-50%", "unclassified", 1, 1.0, 0.0],
        ["Other", "50%-100%", "unclassified", 0, 0.0, 0.0],
    ]
    assert found[["start", "stop"]].drop_duplicates().to_numpy().tolist() == [[0, 0.5], [0.5, 1]]
    alone = effects_by_depth([OTHER], 1)  # natural text was not measured
    assert alone[["bin", "heads", "above"]].to_numpy().tolist() == [
        ["0%-100%", 2, 7.0],
        ["0%-100%", 1, 1.0],
    ]


def test_the_same_numbers_are_linked_as_csv():
    told = effects.build(pair(ONE, OTHER, "detailed"), 1, 2, "induction:0.3")
    links = [part.children.href for part in told if isinstance(part.children, html.A)]
    assert links == ["api/effects?model=One&other=Other&width=1&format=csv&t=induction%3A0.3"]


def test_tables_without_an_effect_in_common_are_told_nothing():
    plain = Table("plain", made_tables.heads(2, 1), made_tables.provenance(2, 1, title="Plain"))
    assert effects.build(pair(ONE, plain, "detailed"), 1, 2) == []
