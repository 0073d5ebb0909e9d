"""Sentences about what a head reads, and the card's section, from made numbers."""

import json

import made_tables
import pytest

from app.analysis import reads
from app.page.selection import head_reads
from cache.reads import Example, HeadReads, ReadToken
from cache.schema import conform
from cache.store import Table
from vocabulary.taxonomy import DISTANCES


def table(**columns):
    """One head; of its attention .4 goes to the first token, the rest as ``columns`` say."""
    made = made_tables.heads(1, 1)
    known = dict.fromkeys(DISTANCES, 0.0) if columns else {}
    heads = conform(made.assign(**{name: [value] for name, value in (known | columns).items()}))
    return Table("tiny", heads, made_tables.provenance(1, 1))


def sentences(**columns):
    return reads.of_head(table(**columns).heads.iloc[0])


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"distance_0": 0.4, "distance_64": 0.2}, "on the current token itself"),
        ({"distance_0": 0.1, "distance_1": 0.25, "distance_64": 0.3}, "at most 1 token back"),
        ({"distance_1": 0.2, "distance_4": 0.2, "distance_64": 0.2}, "at most 7 tokens back"),
        ({"distance_512": 0.6}, "512 tokens back or more"),
    ],
)
def test_how_far_back_half_of_the_attention_lies(columns, said):
    assert sentences(**columns) == [f"Half of its attention past the first token lies {said}."]


def test_distances_are_shares_of_the_attention_past_the_first_token():
    found = dict(reads.distances(table(distance_1=0.45, distance_16=0.15).heads.iloc[0]))
    assert found["1 back"] == pytest.approx(0.75)
    assert found["16–31 back"] == pytest.approx(0.25)
    assert sum(found.values()) == pytest.approx(1)
    assert reads.distances(table(distance_1=0.0).heads.iloc[0]) == []  # all on the first token


def test_a_head_that_rests_is_told_from_one_that_reads_the_first_token():
    [said] = sentences(first_token=0.9, first_token_value=0.02)
    assert said == (
        "It gives 0.90 of its attention to the first token, from which 0.02 of what it writes "
        "comes, so it rests there."
    )
    [said] = sentences(first_token=0.9, first_token_value=0.7)
    assert said.endswith("comes, so it does not only rest there: it reads it, too.")
    assert sentences(first_token=0.39, first_token_value=0.01) == []


def test_induction_on_natural_text_is_told_where_there_is_some():
    [said] = sentences(natural_induction=0.45, natural_induction_se=0.02)
    assert said == (
        "Where the current token has an earlier copy, 0.45 ± 0.02 of its attention goes to what "
        "followed one, on natural text."
    )
    assert sentences(natural_induction=0.19, natural_induction_se=0.02) == []


def shown(made, read=None):
    """The section's parts as JSON."""
    return [part.to_plotly_json() for part in head_reads.build(made.heads.iloc[0], made, read)]


def test_the_card_shows_distances_tokens_and_examples():
    read = HeadReads(
        [ReadToken(" the", 0.25, 0.04)],
        [Example(0.8312, 5, 3, (" on\n", "the", " mat"), ("", " sat", " and"))],
    )
    heading, said, distances, _, tokens, _, examples, whole = shown(table(distance_1=0.6), read)
    assert heading["props"]["children"] == "What it reads on natural text"
    assert "at most 1 token back" in said["props"]["children"]
    told = [json.dumps(part, default=lambda c: c.to_plotly_json()) for part in (distances, tokens)]
    assert "1 back " in told[0]
    assert "100.0%" in told[0]
    assert all(text in told[1] for text in (" the", "25.0%", "(4.0% by position alone)"))
    [example] = examples["props"]["children"]
    weight, place, query, _, key = example.children
    assert (weight.children, place) == ("0.83", " 3 back: ")
    assert [query.children[1].children, key.children[1].children] == [" sat", "the"]
    assert key.children[0] == "on⏎"
    link, _ = whole["props"]["children"]
    assert link.children == "Its whole pattern on natural text"


def test_the_card_says_that_no_token_is_read_beyond_chance_and_what_older_files_compare_with():
    [*_, quiet] = shown(table(distance_1=0.6), HeadReads([], []))
    assert quiet["props"]["children"] == (
        "No token stands out beyond chance from what its places alone would give it."
    )
    assert len(shown(table(distance_1=0.6), HeadReads([], [], by_position=False))) == 3
    older = HeadReads([ReadToken(" the", 0.25, 0.04)], [], by_position=False)
    [*_, said, tokens] = shown(table(distance_1=0.6), older)
    assert "beyond what an even spread would give them" in said["props"]["children"]
    assert "(4.0% if even)" in json.dumps(tokens, default=lambda c: c.to_plotly_json())


def test_an_older_table_says_what_adds_it_and_a_published_one_nothing():
    older = table()
    [_, said] = shown(older)
    assert "headstrata classify MODEL --replace" in said["props"]["children"]
    record = older.provenance.model_copy(update={"source": "published"})
    assert shown(Table("published", older.heads, record)) == []
