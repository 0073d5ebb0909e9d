"""The attention budget on heads worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from app.views.budget import budget_by_bin, has_budget
from app.views.head_budget import describe_mixed, head_budget
from cache.schema import BUDGET
from cache.store import PUBLISHED
from headstrata.errors import UserError
from vocabulary.budget import DESTINATIONS


def head(layer, number, masses, **more):
    row = {"layer": layer, "head": number, "category": "mixed", "runner_up": "previous_token"}
    row |= {"previous_token": 0.31}
    return {**row, **dict(zip(BUDGET, masses, strict=True)), **more}


#                first current prev. repeat after local delim other
A = head(0, 0, [0.50, 0.10, 0.10, 0.00, 0.00, 0.10, 0.10, 0.10])
B = head(0, 1, [0.10, 0.30, 0.10, 0.20, 0.00, 0.10, 0.10, 0.10])
C = head(1, 0, [1 / 3, 1 / 3, 1 / 3, 0, 0, 0, 0, 0])
D = head(1, 1, [1 / 3, 1 / 3, 1 / 3, 0, 0, 0, 0, 0])


def test_a_bin_is_the_mean_of_its_heads():
    table = budget_by_bin(pd.DataFrame([A, B, C, D]), 1)
    first = table[table["bin"] == "[0, 1)"]
    assert first["percent"].tolist() == [
        *("30.0%", "20.0%", "10.0%", "10.0%", "0.0%", "10.0%", "10.0%", "10.0%"),
    ]
    assert first["heads"].tolist() == [2] * 8
    assert first["share"].sum() == pytest.approx(1)


def test_drawn_percentages_add_up_to_exactly_100():
    thirds = budget_by_bin(pd.DataFrame([A, B, C, D]), 1).query("start == 1")
    assert thirds["percent"].tolist()[:3] == ["33.4%", "33.3%", "33.3%"]


def test_masses_that_sum_to_a_little_more_than_one_are_shared_out_alike():
    table = budget_by_bin(pd.DataFrame([head(0, 0, [0.505, 0.505, -0.001, 0, 0, 0, 0, 0])]))
    assert table["percent"].tolist()[:3] == ["50.0%", "50.0%", "0.0%"]


def test_a_budget_of_some_heads_only_is_none_of_the_bins():
    partly = pd.DataFrame([A, head(0, 1, [np.nan] * 8)])
    assert not has_budget(partly)
    with pytest.raises(UserError, match="no attention budget: of some or all of its heads"):
        budget_by_bin(partly)


def test_a_published_table_says_that_it_has_none():
    published = pd.read_parquet(PUBLISHED / "gpt2-xl-published.parquet")
    assert not has_budget(published)
    assert head_budget(published.iloc[0]) is None
    assert describe_mixed(published.iloc[0]) == "Its attention budget was not measured."
    with pytest.raises(UserError, match=r"no attention budget.*classify the model"):
        budget_by_bin(published, 12)


def test_a_width_out_of_range_is_refused():
    with pytest.raises(UserError, match="bin width 3 is not between 1 and 2"):
        budget_by_bin(pd.DataFrame([A, C]), 3)


def test_a_mixed_head_is_described_by_its_budget():
    row = pd.Series(head(0, 0, [0.30, 0.02, 0.25, 0.03, 0.00, 0.20, 0.04, 0.16]))
    assert describe_mixed(row) == (
        "On natural text it gives 30.0% to the first token, 25.0% to the previous token, "
        "20.0% to two to five tokens back, 9.0% to places that get less than 5% each and "
        "16.0% to everything else. "
        "The nearest name is “Previous token”: its score is 0.31, the threshold 0.40."
    )


def test_the_nearest_name_is_told_by_the_thresholds_in_force():
    row = head(0, 0, [1, 0, 0, 0, 0, 0, 0, 0])
    assert describe_mixed(pd.Series(row), {"previous_token": 0.314}).endswith(
        "its score is 0.31, the threshold 0.314."
    )
    # delimiters must also make twice their share of the text: 2 * 0.24
    row |= {"runner_up": "delimiter", "delimiter": 0.41, "delimiter_base_rate": 0.24}
    assert describe_mixed(pd.Series(row)).endswith("its score is 0.41, the threshold 0.48.")


def test_a_named_head_is_not_given_a_second_name():
    row = pd.Series(head(0, 0, [1, 0, 0, 0, 0, 0, 0, 0], category="first_token"))
    assert describe_mixed(row) == "On natural text it gives 100.0% to the first token."


def test_every_destination_has_a_colour_of_its_own():
    parts = list(DESTINATIONS.values())
    assert [part.name for part in parts] == list(BUDGET)
    assert len({part.colour for part in parts}) == 8
