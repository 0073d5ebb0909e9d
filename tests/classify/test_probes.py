"""The prompts, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from classify.probes import Probes, read_vocabulary
from classify.text import default_text, is_delimiter, tokenize


@pytest.fixture(scope="module")
def probes(tokenizer):
    text, _ = tokenize(tokenizer, None, 61)
    return Probes(read_vocabulary(tokenizer, len(tokenizer)), text, 61, 8, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".", True),
        (" ,", True),
        ("...", True),
        ("\n", True),
        (" \n\n", True),
        ("—", True),
        (" ", False),
        ("\t", False),
        ("", False),
        ("a.", False),
        ("7", False),
    ],
)
def test_delimiters(text, expected):
    assert is_delimiter(text) is expected


def test_repeated_prompts_are_bos_and_twice_the_same_ordinary_tokens(probes, tokenizer):
    made = probes.make("repeated", 0, 20)
    assert made.tokens.shape == (20, 61)
    assert (made.tokens[:, 0] == tokenizer.bos_token_id).all()
    assert (made.tokens[:, 1:31] == made.tokens[:, 31:]).all()
    assert not made.delimiter[:, 1:].any()
    assert not np.isin(made.tokens[:, 1:], tokenizer.all_special_ids).any()
    assert all(len(set(row[1:31])) == 30 for row in made.tokens)
    assert made.queries.min() >= 31  # only the second copy


def test_natural_prompts_are_stretches_of_the_text(probes, tokenizer):
    made = probes.make("natural", 0, 5)
    whole = " ".join(map(str, probes.text.ids))
    for tokens, queries in zip(made.tokens, made.queries, strict=True):
        assert tokens[0] == tokenizer.bos_token_id
        assert " ".join(map(str, tokens[1:])) in whole
        assert queries.min() >= 16
        assert len(set(queries)) == 8


def test_a_prompt_depends_on_seed_probe_and_index_alone(probes):
    together = probes.make("natural", 3, 9)
    alone = probes.make("natural", 5, 6)
    assert (together.tokens[2] == alone.tokens[0]).all()
    assert (together.queries[2] == alone.queries[0]).all()
    other = replace(probes, seed=1).make("natural", 5, 6)
    assert (other.tokens != alone.tokens).any()


def test_all_rows_are_every_allowed_position(probes):
    every = replace(probes, rows="all")
    assert every.make("repeated", 0, 1).queries[0].tolist() == list(range(31, 61))
    assert every.make("natural", 0, 1).queries[0].tolist() == list(range(16, 61))


def test_the_default_text_reads_like_prose():
    text = default_text()
    assert text == default_text()
    assert not set('*"`') & set(text)
    assert min(len(paragraph.split()) for paragraph in text.split("\n\n")) > 20
    assert 100_000 < len(text) < 300_000


def test_a_tokenizer_without_bos_uses_the_end_of_text(tokenizer, tmp_path):
    tokenizer.save_pretrained(tmp_path)
    from transformers import AutoTokenizer  # noqa: PLC0415 - only tests with a model pay for it

    bare = AutoTokenizer.from_pretrained(tmp_path)
    bare.bos_token = None
    vocabulary = read_vocabulary(bare, len(bare))
    assert vocabulary.bos_token == "<|endoftext|>"
    assert vocabulary.bos_source.startswith("stands in")


def test_a_small_vocabulary_makes_a_shorter_stretch_of_distinct_tokens(probes):
    few = replace(probes.vocabulary, ordinary=probes.vocabulary.ordinary[:20])
    made = replace(probes, vocabulary=few).make("repeated", 0, 5)
    assert made.tokens.shape == (5, 41)
    assert all(len(set(row[1:21])) == 20 for row in made.tokens)
    assert (made.tokens[:, 1:21] == made.tokens[:, 21:]).all()
    assert made.queries.min() >= 21
