"""The binned table against numbers worked out by hand."""

import made_tables
import numpy as np
import pytest

from cache.bins import bin_heads, default_width, segments, tenths_of_percent
from cache.store import Store
from headstrata.errors import UserError
from vocabulary import taxonomy


@pytest.mark.parametrize(
    ("counts", "tenths"),
    [
        ([1, 1, 1], [334, 333, 333]),  # 33.3 + 33.3 + 33.3 lacks 0.1: the first one gets it
        ([7, 22, 0, 4], [212, 667, 0, 121]),  # the seed figure's first bin
        ([12, 16, 1, 4], [364, 485, 30, 121]),
        ([27, 3, 1, 3], [794, 88, 30, 88]),  # 794.1, 88.2, 29.4, 88.2: the largest rest is .4
        ([2, 1], [667, 333]),
        ([5], [1000]),
        ([0, 3, 0], [0, 1000, 0]),
        ([1] * 7, [143, 143, 143, 143, 143, 143, 142]),  # 142.857 x 7: six are rounded up
    ],
)
def test_percentages_add_up_by_largest_remainder(counts, tenths):
    found = tenths_of_percent(np.array(counts))
    assert found.tolist() == tenths
    assert found.sum() == 1000


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
    drawn = table["percent"].str.removesuffix("%").astype(float)
    assert np.allclose(drawn.groupby(table["bin"]).sum(), 100)
    assert len(table) == -(-48 // width) * 11


@pytest.mark.parametrize("width", [0, -1, 4, 10**9])
def test_a_width_outside_the_layers_is_refused(width):
    with pytest.raises(UserError, match="not between 1 and 3 layers"):
        bin_heads(made_tables.heads(3), width)


def test_a_category_outside_the_order_is_never_dropped_silently():
    with pytest.raises(UserError, match="unclassified"):
        bin_heads(made_tables.heads(), 1, order=["induction"])


@pytest.mark.parametrize(("layers", "width"), [(48, 12), (30, 8), (12, 3), (2, 1), (1, 1)])
def test_the_default_width_is_a_quarter_of_the_layers(layers, width):
    assert default_width(layers) == width


def test_only_a_table_with_unmeasured_heads_lists_them(tmp_path):
    published = Store(str(tmp_path)).read("gpt2-xl").heads
    categories = taxonomy.group_of()
    assert segments(made_tables.heads(), categories, "category") == list(categories)[:10]
    assert segments(made_tables.heads(), categories, "group") == [
        "content",
        "positional",
        "sink",
        "diffuse",
    ]
    assert segments(published, categories, "category")[-1] == "not_measured"
    assert segments(published, categories, "group")[-1] == "not_measured"
