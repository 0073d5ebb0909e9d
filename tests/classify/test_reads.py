"""What each head reads: against float64 loops, on weights set by hand, beside the patterns."""

import json
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
from classify.reads import measure, most_read, shares_of, spread, together
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
    """{(head, token): share}, the same by position, {(head, token): errors}, and the strongest.

    That is {(head, prompt, row): weight, key}.
    """
    exact = model.double()
    exact.set_attn_implementation("eager")
    with torch.no_grad():
        attentions = exact(torch.from_numpy(TOKENS), output_attentions=True).attentions
    strongest, found = {}, []
    for head in range(2 * HEADS):
        a = attentions[head // HEADS][:, head % HEADS].numpy()
        at_distance, got, due = defaultdict(list), defaultdict(float), defaultdict(float)
        pairs = []
        for prompt in range(2):
            for row, q in enumerate(QUERIES[prompt]):
                keys = range(max(1, q - window + 1), q + 1)
                pairs += [(prompt, q, k) for k in keys]
                best = max(keys, key=lambda k: a[prompt, q, k])
                strongest[head, prompt, row] = a[prompt, q, best], best
        for prompt, q, k in pairs:
            at_distance[q - k].append(a[prompt, q, k])
        for prompt, q, k in pairs:
            got[prompt, k] += a[prompt, q, k]
            due[prompt, k] += np.mean(at_distance[q - k])
        whole = sum(got.values())
        for token in set(TOKENS[:, 1:].flatten()):
            places = [place for place in got if TOKENS[place] == token]
            excess = [got[place] - due[place] for place in places]
            errors = sum(excess) / np.sqrt(sum(d * d for d in excess)) if excess else 0
            shares = (sum(part[place] for place in places) / whole for part in (got, due))
            found.append((head, token, *shares, errors))
    return found, strongest


@pytest.mark.parametrize("window", [99, 12])
def test_shares_and_strongest_keys_are_those_of_the_definition(window):
    torch.manual_seed(1)
    config = hf.MistralConfig(**SHAPE, sliding_window=window, num_key_value_heads=2)
    model = hf.MistralForCausalLM(config).eval()
    reader = choose_reader(model, torch.from_numpy(TOKENS[:1]))
    received, strongest = measure(reader, rows(), lambda: None)
    found, best = looped(model, window)
    for head, token, *expected in found:
        shares = shares_of(received, head)
        [at] = np.flatnonzero(shares.tokens == token)
        measured = [part[at] for part in (shares.read, shares.by_position, shares.errors)]
        assert measured[:2] == pytest.approx(expected[:2], abs=1e-6)
        assert measured[2] == pytest.approx(expected[2], abs=1e-3)
    for place, value in np.ndenumerate(strongest.weight):
        assert value == pytest.approx(best[place][0], abs=1e-6)
        assert strongest.key[place] == best[place][1]


def test_two_passes_are_one():
    torch.manual_seed(1)
    model = hf.LlamaForCausalLM(hf.LlamaConfig(**SHAPE)).eval()
    reader = choose_reader(model, torch.from_numpy(TOKENS[:1]))
    whole = measure(reader, rows(), lambda: None)[0]
    each = [
        Rows("natural", r.tokens[at : at + 1], r.queries[at : at + 1], r.delimiter[at : at + 1])
        for r in [rows()]
        for at in range(2)
    ]
    parts = together([measure(reader, one, lambda: None)[0] for one in each])
    np.testing.assert_array_equal(parts.tokens, whole.tokens)
    np.testing.assert_array_equal(parts.queries, whole.queries)
    np.testing.assert_allclose(parts.by_key, whole.by_key, atol=1e-6)
    np.testing.assert_allclose(parts.by_distance, whole.by_distance, atol=1e-5)


class Simulated:
    """A reader of heads whose weights are functions of (rows, tokens, distance), all (B, R, T)."""

    def __init__(self, *heads):
        self.heads, self.grid = heads, Grid(1, len(heads))

    def read(self, rows, on_rows):
        apart = rows.distance()
        tokens = rows.tokens[:, None].expand(apart.shape)
        weights = torch.stack([head(tokens, apart) for head in self.heads], 1)
        on_rows(0, rows, apart >= 0, weights.masked_fill((apart < 0)[:, None], 0).float(), None)


def told(*heads, seed=0):
    """The ids that each simulated head is said to read, as on 8 prompts of a run.

    Tokens have frequencies as words do: the most frequent of 500 is one in seven.
    """
    rng = np.random.default_rng(seed)
    chances = 1 / np.arange(1, 501)
    tokens = torch.from_numpy(rng.choice(500, (8, 257), p=chances / chances.sum()))
    drawn = [np.sort(rng.choice(np.arange(16, 257), 32, replace=False)) for _ in range(8)]
    queries = torch.from_numpy(np.stack(drawn))
    rows = Rows("natural", tokens, queries, torch.zeros_like(tokens).bool())
    received = measure(Simulated(*heads), rows, lambda: None)[0]
    return [
        [token for token, *_ in most_read(shares_of(received, head))] for head in range(len(heads))
    ]


def test_a_head_that_reads_by_position_alone_reads_no_token():
    """What it reads are the tokens before the queries: rare ones among them are chance."""
    before = lambda _, apart: (apart == 1) * 0.9  # noqa: E731
    window = lambda _, apart: (apart < 5) * 0.2  # noqa: E731
    decaying = lambda _, apart: 0.3 * torch.exp(-0.3 * apart.clamp(min=0))  # noqa: E731
    nothing = lambda _, apart: apart * 0.0  # noqa: E731
    assert told(before, window, decaying, nothing) == [[], [], [], []]


def test_a_head_whose_weights_are_chance_reads_next_to_no_token():
    """Of about 40 tokens that stand there nine times, 100 heads have one or two each by 3 errors
    of a normal distribution on one side: 0.13 %, or 5 in all."""
    torch.manual_seed(0)
    heads = [lambda _, apart: torch.rand(apart.shape) ** 8 * (apart < 20)] * 100
    assert sum(map(len, told(*heads))) <= 8


def test_a_head_that_reads_one_token_wherever_it_stands_is_told_with_it():
    """Of tokens that a query has behind it, 7 gets .02 each."""
    one = lambda tokens, _: (tokens == 7) * 0.02  # noqa: E731
    near = lambda tokens, apart: (apart < 8) * (0.05 + (tokens == 7) * 0.05)  # noqa: E731
    assert told(one, near) == [[7], [7]]


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
    assert first.by_position
    older = patterns.encode({"natural": ["a", "b", "c"]}, drawn, Grid(1, 2), "k")
    store.put(patterns.path_of("tiny"), older)
    assert patterns.read_head(store, "tiny", 0, 0).reads is None


def test_reads_of_older_files_are_compared_with_an_even_spread():
    older = (
        b'{"tokens":[{"text":" the","share":0.25,"even":0.125}],"examples":[{"weight":0.5,'
        b'"fifth":5,"back":3,"key":["","a","b"],"query":["c","d",""]}]}'
    )
    example = Example(0.5, 5, 3, ("", "a", "b"), ("c", "d", ""))
    assert HeadReads.decode(older) == HeadReads([ReadToken(" the", 0.25, 0.125)], [example], False)


def test_older_readers_find_no_token_whose_comparison_they_would_misname():
    read = HeadReads([ReadToken(" the", 0.25, 0.125)], [])
    assert json.loads(read.encode())["tokens"] == []
    assert HeadReads.decode(read.encode()) == read
