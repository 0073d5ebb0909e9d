"""Heads like this one, with distances worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from app.analysis.nearest import AXES, nearest_heads
from headstrata.errors import UserError

#: The axes of a model without a learned sink.
NOTHING = {**dict.fromkeys(AXES, 0.0), "mass_sink": np.nan}


def table(*rows):
    return pd.DataFrame(
        [
            {"layer": i // 2, "head": i % 2, "category": "mixed", **NOTHING, **r}
            for i, r in enumerate(rows)
        ]
    )


OWN = table({"induction": 0.4}, {"induction": 0.8}, {"entropy": 0.78}, {"induction": 0.44})


def test_the_axes_are_the_scores_with_a_threshold():
    expected = {
        **dict.fromkeys(("induction", "duplicate_token", "previous_token"), 0.4),
        **dict.fromkeys(("current_token", "delimiter", "first_token", "mass_sink"), 0.4),
        "long_range": 0.4,
        "local_window": 0.5,
        "entropy": 0.78,
    }
    assert expected == AXES


def test_distances_are_counted_in_thresholds():
    found = nearest_heads({"own": OWN}, "own", 0, 0)
    # L1.H1 is 0.1 thresholds away on one of nine axes, L0.H1 one, L1.H0 one on each of two
    assert found[["layer", "head"]].to_numpy().tolist() == [[1, 1], [0, 1], [1, 0]]
    assert found["distance"].to_numpy() == pytest.approx(
        [0.1 / np.sqrt(9), 1 / np.sqrt(9), np.sqrt(2 / 9)]
    )
    assert set(found["scores"]) == {9}


def test_other_tables_are_measured_on_the_scores_they_share():
    two = table({"induction": 0.8}, {"induction": 0.4})
    two[[axis for axis in AXES if axis not in ("induction", "previous_token")]] = np.nan
    found = nearest_heads({"other": two, "own": OWN}, "own", 0, 0, count=1)
    assert found["table"].tolist() == ["own", "other"]  # its own table comes first
    assert found.loc[1, ["layer", "head", "scores"]].tolist() == [0, 1, 2]
    assert found.loc[1, "distance"] == 0


def test_a_table_that_shares_no_score_is_left_out():
    empty = table({}, {})
    empty[list(AXES)] = np.nan
    found = nearest_heads({"own": OWN, "empty": empty}, "own", 0, 0)
    assert set(found["table"]) == {"own"}
    assert nearest_heads({"empty": empty}, "empty", 0, 0).empty


def test_a_head_that_is_not_there():
    with pytest.raises(UserError, match=r"no head L7\.H0 in own"):
        nearest_heads({"own": OWN}, "own", 7, 0)
