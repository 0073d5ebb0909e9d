"""What each head reads: against float64 loops, on weights set by hand, beside the patterns."""

from collections import defaultdict

import made_tables
import numpy as np
import pytest
import torch
import transformers as hf

from cache import patterns
from cache.grid import Grid
from cache.reads import Example, HeadReads, ReadToken
from cache.store import Store
from classify.reader_choice import choose_reader
from classify.reads import measure, spread, together
from classify.statistics import Rows

HEADS, LENGTH = 4, 40
TOKENS = np.stack([np.arange(LENGTH) * 7 % 23 + 5, np.arange(LENGTH) * 11 % 23 + 5])
QUERIES = np.array([[16, 20, 33, 39], [17, 18, 30, 38]])
SHAPE = {
    "vocab_size": 60,
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": HEADS,
    "intermediate_size": 48,
    "initializer_range": 0.2,
}


def rows():
    tokens = torch.from_numpy(TOKENS)
    return Rows("natural", tokens, torch.from_numpy(QUERIES), torch.zeros_like(tokens).bool())


def looped(model, window):
    """{(head, token): share}, the same if it were even, and {(head, prompt, row): weight, key}."""
    exact = model.double()
    exact.set_attn_implementation("eager")
    with torch.no_grad():
        attentions = exact(torch.from_numpy(TOKENS), output_attentions=True).attentions
    read, even, strongest = defaultdict(float), defaultdict(float), {}
    for head in range(2 * HEADS):
        a = attentions[head // HEADS][:, head % HEADS].numpy()
        for prompt in range(2):
            for row, q in enumerate(QUERIES[prompt]):
                keys = range(max(1, q - window + 1), q + 1)
                given = sum(a[prompt, q, k] for k in keys)
                for k in keys:
                    read[head, TOKENS[prompt, k]] += a[prompt, q, k]
                    even[head, TOKENS[prompt, k]] += given / len(keys)
                best = max(keys, key=lambda k: a[prompt, q, k])
                strongest[head, prompt, row] = a[prompt, q, best], best
    for sums in (read, even):
        for head in range(2 * HEADS):
            whole = sum(value for (own, _), value in sums.items() if own == head)
            for place in [place for place in sums if place[0] == head]:
                sums[place] /= whole
    return read, even, strongest


@pytest.mark.parametrize("window", [99, 12])
def test_shares_and_strongest_keys_are_those_of_the_definition(window):
    torch.manual_seed(1)
    config = hf.MistralConfig(**SHAPE, sliding_window=window, num_key_value_heads=2)
    model = hf.MistralForCausalLM(config).eval()
    reader = choose_reader(model, torch.from_numpy(TOKENS[:1]))
    found, strongest = measure(reader, rows(), lambda: None)
    shares = together([found])
    read, even, best = looped(model, window)
    assert shares.occurrences.sum() == 2 * (LENGTH - 1)
    for (head, at), value in np.ndenumerate(shares.read):
        token = shares.tokens[at]
        assert value == pytest.approx(read[head, token], abs=1e-6)
        assert shares.even[head, at] == pytest.approx(even[head, token], abs=1e-6)
    for place, value in np.ndenumerate(strongest.weight):
        assert value == pytest.approx(best[place][0], abs=1e-6)
        assert strongest.key[place] == best[place][1]


def test_two_passes_are_one():
    torch.manual_seed(1)
    model = hf.LlamaForCausalLM(hf.LlamaConfig(**SHAPE)).eval()
    reader = choose_reader(model, torch.from_numpy(TOKENS[:1]))
    whole = together([measure(reader, rows(), lambda: None)[0]])
    each = [
        Rows("natural", r.tokens[at : at + 1], r.queries[at : at + 1], r.delimiter[at : at + 1])
        for r in [rows()]
        for at in range(2)
    ]
    parts = together([measure(reader, one, lambda: None)[0] for one in each])
    np.testing.assert_array_equal(parts.tokens, whole.tokens)
    np.testing.assert_array_equal(parts.occurrences, whole.occurrences)
    np.testing.assert_allclose(parts.read, whole.read, atol=1e-6)
    np.testing.assert_allclose(parts.even, whole.even, atol=1e-6)


def test_examples_are_spread_over_the_fifths_of_the_largest_weight():
    # the largest is .5: fifths end at .1, .2, .3, .4 and .5
    weights = np.array([[0.5, 0.45, 0.12], [0.31, 0.05, 0.41], [0.19, 0.33, 0.0]])
    assert spread(weights) == [
        (5, 0, 0),  # .5, and the strongest of another prompt
        (5, 1, 2),
        (4, 2, 1),
        (4, 1, 0),
        (2, 2, 0),
        (2, 0, 2),
        (1, 1, 1),
    ]
    assert spread(np.zeros((2, 3))) == []


def test_what_a_head_reads_stands_beside_its_patterns(tmp_path):
    store = Store(str(tmp_path), create=True)
    store.write("tiny", made_tables.heads(1, 2), made_tables.provenance(1, 2, run_key="k"))
    example = Example(0.81234, 5, 3, ("of “", "é", "” and"), ("", " so", " on"))
    told = [HeadReads([ReadToken(" the", 0.25, 0.125)], [example]), HeadReads([], [])]
    drawn = {"natural": np.zeros((2, 3, 3), "uint8")}
    data = patterns.encode({"natural": ["a", "b", "c"]}, drawn, Grid(1, 2), "k", None, told)
    store.put(patterns.path_of("tiny"), data)
    first, second = (patterns.read_head(store, "tiny", 0, head).reads for head in (0, 1))
    assert first.tokens == told[0].tokens
    assert first.examples == [Example(0.8123, 5, 3, ("of “", "é", "” and"), ("", " so", " on"))]
    assert second == HeadReads([], [])
    older = patterns.encode({"natural": ["a", "b", "c"]}, drawn, Grid(1, 2), "k")
    store.put(patterns.path_of("tiny"), older)
    assert patterns.read_head(store, "tiny", 0, 0).reads is None
