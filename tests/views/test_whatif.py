"""What-if thresholds: the worker's rules again, and their text in a link."""

import pandas as pd
import pytest

from app.views.thresholds import describe_thresholds, format_thresholds, parse_thresholds, what_if
from cache import schema
from cache.grid import Grid
from cache.store import PUBLISHED
from headstrata.errors import UserError
from vocabulary.taxonomy import THRESHOLDS, group_of


@pytest.fixture(scope="module")
def published():
    return pd.read_parquet(PUBLISHED / "gpt2-xl-published.parquet")


def test_a_higher_threshold_takes_names_away(published):
    found = what_if(published, {"induction": 0.8})
    stay = int((published["induction"] >= 0.8).sum())
    assert 0 < stay < 62
    assert (found.heads["category"] == "induction").sum() == stay
    assert found.changed.value_counts(["from", "to"]).to_dict() == {
        ("induction", "not_measured"): 62 - stay
    }
    assert found.sentence() == (
        f"{62 - stay} of 1,200 heads ({(62 - stay) / 1200:.1%}) change their category."
    )
    assert found.thresholds == {**THRESHOLDS, "induction": 0.8}


def test_a_lower_threshold_gives_names(published):
    found = what_if(published, {"previous_token": 0.3})
    gained = (published["previous_token"] >= 0.3) & (published["category"] == "not_measured")
    assert len(found.changed) == gained.sum() > 0
    assert set(found.changed["to"]) == {"previous_token"}
    first = published[gained].iloc[0]
    assert found.changed.iloc[0][["layer", "head"]].tolist() == [first["layer"], first["head"]]


def test_the_new_table_keeps_the_contract(published):
    found = what_if(published, {"induction": 0.5, "broad": 0.7}).heads
    schema.check(schema.conform(found), Grid(48, 25), group_of())
    assert (found["induction"] == published["induction"]).all()
    assert (published["category"] == "induction").sum() == 62  # the given table is untouched


def test_default_thresholds_change_nothing(published):
    for thresholds in ({}, dict(THRESHOLDS)):
        found = what_if(published, thresholds)
        assert found.heads is published
        assert found.changed.empty
        assert found.sentence() == "None of the 1,200 heads changes its category."


def test_links_are_short_and_come_back_the_same():
    text = format_thresholds({"broad": 0.7, "induction": 0.3, "previous_token": 0.4})
    assert text == "induction:0.3,broad:0.7"
    assert parse_thresholds(text) == {"induction": 0.3, "broad": 0.7}
    assert parse_thresholds("") == parse_thresholds(None) == {}
    assert parse_thresholds("induction:0.4") == {}  # the default
    assert parse_thresholds(" induction : 0.33333 ,") == {"induction": 0.333}
    assert format_thresholds({}) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("induction", "write CATEGORY:VALUE"),
        ("induction:", "'' is not a number"),
        ("induction:abc", "'abc' is not a number"),
        ("induction:nan", "not above 0 and at most 1"),
        ("induction:inf", "not above 0 and at most 1"),
        ("induction:0", "not above 0 and at most 1"),
        ("induction:-0.2", "not above 0 and at most 1"),
        ("induction:1.01", "not above 0 and at most 1"),
        ("induction:0.0001", "not above 0 and at most 1"),
        ("mixed:0.3", "no threshold named 'mixed'; there are: induction"),
        ("induction:0.3,induction:0.5", "given twice"),
        ("<script>:1", "no threshold named"),
    ],
)
def test_nonsense_in_a_link_is_named(text, said):
    with pytest.raises(UserError, match=said):
        parse_thresholds(text)


def test_thresholds_for_an_export():
    assert describe_thresholds({"induction": 0.3}) == "thresholds: induction 0.3 (default 0.4)"
    assert describe_thresholds({}) == "default thresholds"
