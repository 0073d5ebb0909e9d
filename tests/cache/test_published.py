"""The published tables that ship: the papers' figures, and nothing made up."""

import pytest

from cache.bins import bin_heads
from cache.store import Store
from vocabulary import taxonomy


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path))


def in_bins(table, width, category):
    bins = bin_heads(table.heads, width, order=list(taxonomy.CATEGORIES))
    return bins.loc[bins["category"] == category, "heads"].tolist()


def test_gpt2_xl_has_the_induction_and_previous_token_heads_of_the_paper(store):
    table = store.read("gpt2-xl")
    assert (len(table.heads), table.provenance.layers, table.provenance.heads) == (1200, 48, 25)
    assert in_bins(table, 12, "induction") == [0, 17, 36, 9]  # 62 heads at 0.4
    assert in_bins(table, 12, "previous_token") == [9, 24, 3, 0]  # 36 heads at 0.4


def test_what_nobody_published_is_missing_and_judges_no_head(store):
    heads = store.read("gpt2-xl").heads
    unpublished = ["duplicate_token", "current_token", "first_token", "entropy", "mass_first"]
    assert heads[unpublished].isna().all(axis=None)
    assert heads[[name for name in heads if name.endswith("_se")]].isna().all(axis=None)
    assert set(heads["category"]) == {"induction", "previous_token", "not_measured"}
    assert not heads.loc[heads["category"] == "not_measured", "borderline"].any()


def test_its_source_is_plain(store):
    record = store.read("gpt2-xl").provenance
    assert (record.title, record.source) == ("GPT-2 XL", "published")
    assert record.citations == ["song2024"]
    assert record.describe_source() == "published scores: 2 of the 9 scores"


def test_gpt2_small_ships_too(store):
    table = store.read("gpt2")
    assert (len(table.heads), table.provenance.title) == (144, "GPT-2 small")


def test_a_computed_table_takes_the_short_name(store):
    published = store.read("gpt2-xl")
    store.write("gpt2-xl", published.heads, published.provenance)
    assert store.find("gpt2-xl").name == "gpt2-xl"
    assert store.find("gpt2-xl-published").name == "gpt2-xl-published"
