"""The binned table against numbers worked out by hand."""

from decimal import ROUND_HALF_UP, Decimal

import made_tables
import pandas as pd
import pytest

from cache.bins import bin_heads, segments
from cache.store import Store
from headstrata.errors import UserError
from vocabulary import taxonomy


def test_half_open_bins_the_last_one_cut():
    heads = made_tables.heads(5, 2, induction=[0.9, 0, 0.9, 0.9, 0, 0, 0, 0, 0, 0.9])
    table = bin_heads(heads, 2, order=["induction", "unclassified", "broad"])
    assert table["bin"].tolist() == ["[0, 2)"] * 3 + ["[2, 4)"] * 3 + ["[4, 5)"] * 3
    assert table["heads"].tolist() == [3, 1, 0, 0, 4, 0, 1, 1, 0]
    assert table["share"].tolist() == [0.75, 0.25, 0, 0, 1, 0, 0.5, 0.5, 0]
    assert table["percent"].tolist()[:3] == ["75.0%", "25.0%", "0.0%"]


@pytest.fixture(scope="module")
def gpt2_xl(tmp_path_factory):
    return Store(str(tmp_path_factory.mktemp("empty"))).read("gpt2-xl").heads


@pytest.mark.parametrize("width", range(1, 49))
def test_every_width_of_gpt2_xl_accounts_for_every_head(width, gpt2_xl):
    table = bin_heads(gpt2_xl, width, order=list(taxonomy.CATEGORIES))
    bins = table.groupby("bin", sort=False)
    assert (bins["heads"].sum() == (bins["stop"].first() - bins["start"].first()) * 25).all()
    totals = bins["heads"].transform("sum")
    for row, total in zip(table.itertuples(), totals, strict=True):
        exact = Decimal(int(row.heads)) * 100 / int(total)
        assert row.percent == f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"
    assert len(table) == -(-48 // width) * len(taxonomy.CATEGORIES)


@pytest.mark.parametrize("width", [0, -1, 4, 10**9])
def test_a_width_outside_the_layers_is_refused(width):
    with pytest.raises(UserError, match="not between 1 and 3 layers"):
        bin_heads(made_tables.heads(3), width)


def test_layers_may_differ_in_their_heads():
    """As in pruned models; a layer without rows counts for the bins' width all the same."""
    heads = pd.DataFrame({"layer": [0, 0, 0, 2, 4], "category": ["a", "b", "b", "a", "a"]})
    table = bin_heads(heads, 2, order=["a", "b"])
    assert table["bin"].tolist() == ["[0, 2)"] * 2 + ["[2, 4)"] * 2 + ["[4, 5)"] * 2
    assert table["heads"].tolist() == [1, 2, 1, 0, 1, 0]
    assert table["share"].tolist() == [1 / 3, 2 / 3, 1, 0, 1, 0]
    narrow = bin_heads(heads, 1, order=["a", "b"])
    empty = narrow[narrow["bin"] == "[1, 2)"]
    assert (empty["heads"].tolist(), empty["percent"].tolist()) == ([0, 0], ["–", "–"])
    assert empty["share"].isna().all()  # no heads, so no share: not zero


def test_a_category_outside_the_order_is_never_dropped_silently():
    with pytest.raises(UserError, match="unclassified"):
        bin_heads(made_tables.heads(), 1, order=["induction"])


def test_only_a_table_with_unmeasured_heads_lists_them(tmp_path):
    published = Store(str(tmp_path)).read("gpt2-xl").heads
    categories = taxonomy.group_of()
    usual = [name for name in categories if name not in ("learned_sink", "not_measured")]
    assert segments(made_tables.heads(), categories, "category") == usual
    assert segments(made_tables.heads(), categories, "group") == [
        "content",
        "positional",
        "sink",
        "diffuse",
    ]
    assert segments(published, categories, "category") == [*usual, "not_measured"]
    sinks = made_tables.heads(mass_sink=[0.9, 0, 0, 0, 0, 0])
    assert set(segments(sinks, categories, "category")) == {*usual, "learned_sink"}
    assert segments(published, categories, "group")[-1] == "not_measured"
