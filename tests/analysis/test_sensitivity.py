"""Heads in a category over its threshold, counted by hand."""

import made_tables
import pytest

from app.analysis.sensitivity import STEPS, curve
from headstrata.errors import UserError
from vocabulary.taxonomy import THRESHOLDS


def test_the_curve_is_the_number_of_heads_at_each_threshold():
    heads = made_tables.heads(1, 4, induction=[0.105, 0.355, 0.505, 0.505], duplicate_token=0.0)
    counts = dict(zip(STEPS, curve(heads, "induction", THRESHOLDS), strict=True))
    assert len(STEPS) == 100
    assert [counts[at] for at in (0.1, 0.11, 0.35, 0.36, 0.4, 0.5, 0.51, 1.0)] == [
        *(4, 3, 3, 2, 2, 2, 0, 0),
    ]


def test_a_rival_takes_heads_and_its_own_threshold_makes_no_difference():
    # 0.5 of induction against 0.6 of duplicate token at 0.4: induction wins below 0.3333
    heads = made_tables.heads(1, 1, induction=[0.5], duplicate_token=[0.6])
    counts = dict(zip(STEPS, curve(heads, "induction", THRESHOLDS), strict=True))
    assert (counts[0.33], counts[0.34]) == (1, 0)
    moved = curve(heads, "induction", {**THRESHOLDS, "induction": 0.9})
    assert moved == list(counts.values())
    rival = curve(heads, "induction", {**THRESHOLDS, "duplicate_token": 1.0})
    assert rival[STEPS.index(0.5)] == 1


def test_a_category_without_a_threshold_has_no_curve():
    with pytest.raises(UserError, match="sensitivity 'mixed' is not one of induction, "):
        curve(made_tables.heads(), "mixed", THRESHOLDS)
