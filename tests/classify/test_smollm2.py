"""The real SmolLM2-135M: what an independent eager computation says of its heads."""

import pytest

from cache import patterns
from cache.store import Store

#: layer.head by category, from an eager computation on [BOS, r, r] and on text.
KNOWN = {
    "induction": ["18.6", "17.3", "17.4", "18.7"],
    "previous_token": ["16.0", "11.1", "1.2", "2.1"],
    "duplicate_token": ["8.0", "14.3", "15.6"],
    "current_token": ["11.6", "29.1"],
}


@pytest.fixture(scope="module")
def table(smollm2_cache):
    return Store(str(smollm2_cache)).read("smollm2-135m")


@pytest.mark.parametrize(
    ("category", "place"), [(c, place) for c, places in KNOWN.items() for place in places]
)
def test_known_heads(table, category, place):
    layer, head = map(int, place.split("."))
    row = table.heads.iloc[layer * 9 + head]
    assert (row["layer"], row["head"], row["category"]) == (layer, head, category)


def test_standard_errors_of_the_single_key_scores(table):
    for score in ("induction", "duplicate_token", "previous_token", "current_token"):
        assert 0 < table.heads[f"{score}_se"].max() < 0.01


def test_the_provenance_tells_how_it_was_made(table):
    record = table.provenance
    assert (record.layers, record.heads, record.source) == (30, 9, "computed")
    assert record.title == "SmolLM2-135M Instruct (Q4_1)"
    assert record.model == "SmolLM2-135M-Instruct.Q4_1.gguf"
    assert len(record.weights_sha256) == 64
    assert record.bos_token == "<|im_start|>"
    assert record.attention == "softmax rows beside SDPA"
    assert {(p.name, p.prompts, p.length, p.rows) for p in record.probes} == {
        ("repeated", 64, 257, 32),
        ("natural", 64, 257, 32),
    }
    assert {"load", "probes", "scoring", "write"} <= set(record.timings_s)


def test_the_job_is_done_and_nothing_partial_is_left(smollm2_cache, table):
    jobs = Store(str(smollm2_cache)).jobs()
    assert [(job.name, job.state, job.fraction) for job in jobs] == [("smollm2-135m", "done", 1.0)]
    assert not (smollm2_cache / "partial").exists()


def test_the_pattern_of_an_induction_head_shows_its_stripe(smollm2_cache):
    drawn = patterns.read_head(Store(str(smollm2_cache)), "smollm2-135m", 18, 6)
    repeated = drawn["repeated"]
    period = 32
    assert repeated.tokens[1 : 1 + 31] == repeated.tokens[1 + period : 1 + period + 31]
    stripe = [repeated.weights[q, q - (period - 1)] / 255 for q in range(period + 1, 64)]
    assert sum(stripe) / len(stripe) > 0.7
