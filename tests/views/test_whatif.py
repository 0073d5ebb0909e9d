"""What-if thresholds: the worker's rules again, and their text in a link."""

from collections import Counter

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


def moved(before, after):
    """How many heads went from which category to which."""
    changed = before["category"] != after["category"]
    ways = zip(before.loc[changed, "category"], after.loc[changed, "category"], strict=True)
    return Counter(ways)


def test_a_higher_threshold_takes_names_away(published):
    found = what_if(published, {"induction": 0.8})
    stay = int((published["induction"] >= 0.8).sum())
    assert 0 < stay < 62
    assert (found["category"] == "induction").sum() == stay
    assert moved(published, found) == {("induction", "not_measured"): 62 - stay}


def test_a_lower_threshold_gives_names(published):
    found = what_if(published, {"previous_token": 0.3})
    gained = (published["previous_token"] >= 0.3) & (published["category"] == "not_measured")
    assert moved(published, found) == {("not_measured", "previous_token"): gained.sum()}
    assert gained.sum() > 0
    assert set(found.loc[gained, "category"]) == {"previous_token"}


def test_the_new_table_keeps_the_contract(published):
    found = what_if(published, {"induction": 0.5, "broad": 0.7})
    schema.check(found, Grid(48, 25), group_of())
    assert (found["induction"] == published["induction"]).all()
    assert (published["category"] == "induction").sum() == 62  # the given table is untouched


def test_default_thresholds_change_nothing(published):
    for thresholds in ({}, dict(THRESHOLDS)):
        assert what_if(published, thresholds) is published


def test_links_are_short_and_come_back_the_same():
    text = format_thresholds({"broad": 0.7, "induction": 0.3, "previous_token": 0.4})
    assert text == "induction:0.3,broad:0.7"
    assert parse_thresholds(text) == {"induction": 0.3, "broad": 0.7}
    assert parse_thresholds("") == parse_thresholds(None) == {}
    assert parse_thresholds("induction:0.4") == {}  # the default
    assert parse_thresholds(" induction : 0.33333 ,, ") == {"induction": 0.333}
    assert (
        parse_thresholds("induction:.3")
        == parse_thresholds("induction:00.30")
        == {"induction": 0.3}
    )
    # halves up, as JavaScript rounds: 0.3125 * 1000 = 312.5
    assert parse_thresholds("induction:0.3125") == {"induction": 0.313}
    assert format_thresholds({}) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("induction", "write CATEGORY:VALUE"),
        ("induction:", "'' is not a plain decimal"),
        ("induction:abc", "'abc' is not a plain decimal"),
        ("induction:nan", "'nan' is not a plain decimal"),
        ("induction:3e-1", "'3e-1' is not a plain decimal"),
        ("induction:+0.3", "is not a plain decimal"),
        ("induction:0.3_0", "is not a plain decimal"),
        ("induction:0.", "is not a plain decimal"),
        ("induction:0.3.", "is not a plain decimal"),
        ("induction:0 .3", "is not a plain decimal"),
        ("induction:0.3\t", "is not a plain decimal"),
        ("induction:٠.٣", "is not a plain decimal"),
        ("induction:0x1", "is not a plain decimal"),
        ("induction:0", "not above 0 and at most 1"),
        ("induction:-0.2", "is not a plain decimal"),
        ("induction:1.01", "not above 0 and at most 1"),
        pytest.param(f"induction:{'9' * 400}", "not above 0 and at most 1", id="400 digits"),
        ("induction:0.0001", "not above 0 and at most 1"),
        ("mixed:0.3", "no threshold named 'mixed'; there are: induction"),
        ("induction:0.3,induction:0.5", "given twice"),
        ("induction:0.4,induction:0.4", "given twice"),
        ("<script>:1", "no threshold named"),
    ],
)
def test_nonsense_in_a_link_is_named(text, said):
    with pytest.raises(UserError, match=said):
        parse_thresholds(text)


def test_thresholds_for_an_export():
    assert describe_thresholds({"induction": 0.3}) == "thresholds: induction 0.3 (default 0.4)"
    assert describe_thresholds({}) == "default thresholds"
