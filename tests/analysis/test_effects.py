"""Effects summed by bin and category, worked out by hand."""

import made_tables
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from app.analysis.effects import weigh
from headstrata.errors import UserError
from vocabulary.evidence import by_chance, chance_beyond


@pytest.fixture(scope="module")
def heads() -> pd.DataFrame:
    """Three layers of two heads: 0.0 and 1.0 see the previous token, 2.0 and 2.1 are induction
    heads, 0.1 and 1.1 have no name. Two standard errors are .02.
    """
    table = made_tables.heads(
        3,
        2,
        previous_token=[0.9, 0.1, 0.9, 0.1, 0.1, 0.1],
        induction=[0.1, 0.1, 0.1, 0.1, 0.9, 0.9],
    )
    return made_tables.with_evidence(
        table,
        effect_repeated=[6.75, 0.25, 0.5, -0.015, 2.5, -0.25],
        effect_natural=[0.25, float("nan"), -0.0625, 0, 0, 0],
    )


def test_positive_and_negative_effects_are_summed_apart(heads: pd.DataFrame):
    found = weigh(heads, "effect_repeated", 2)
    assert found.bins == [(0, 2), (2, 3)]
    assert list(found.categories) == ["induction", "previous_token", "unclassified"]
    sums = {
        name: [(one.heads, one.above, round(one.below, 6)) for one in weights]
        for name, weights in found.categories.items()
    }
    assert sums == {
        "induction": [(0, 0, 0), (2, 2.5, -0.25)],
        "previous_token": [(2, 7.25, 0), (0, 0, 0)],
        "unclassified": [(2, 0.25, -0.015), (0, 0, 0)],
    }
    assert found.categories["previous_token"][0].strongest == ["L0.H0 +6.8", "L1.H0 +0.500"]
    assert [found.totals[name].differing for name in found.totals] == [2, 2, 1]
    assert (found.total.heads, found.total.above, found.total.differing) == (6, 10.0, 5)


def test_who_carries_how_much_is_said_and_how_much_may_be_noise(heads: pd.DataFrame):
    assert weigh(heads, "effect_repeated", 3).sentences == [
        "Previous token heads (2) carry 7.2 of the 10.0 nats above the axis, Induction pattern "
        "heads (2) 2.5.",
        "Below it, where the loss falls without the head, Induction pattern heads (2) carry −0.250 "
        "of −0.265.",
        "5 of 6 heads differ from 0 at 2 standard errors (chance alone would give about 0); they "
        "make 10.0 of the 10.0 nats above and −0.250 of the −0.265 nats below, the rest may be "
        "noise.",
    ]


def test_a_single_head_carries(heads: pd.DataFrame):
    first = weigh(heads[heads["layer"] < 2].iloc[:2], "effect_repeated", 1).sentences[0]
    assert first == (
        "Previous token head (1) carries 6.8 of the 7.0 nats above the axis, Unclassified head (1) "
        "0.250."
    )


def test_a_head_that_nobody_measured_is_left_out(heads: pd.DataFrame):
    found = weigh(heads, "effect_natural", 3)
    assert [one.heads for one in found.totals.values()] == [2, 2, 1]
    assert found.total.heads == 5
    assert found.sentences[-1].startswith("2 of 5 heads differ from 0")


def test_of_what_may_all_be_noise_nobody_is_said_to_carry_it(heads: pd.DataFrame):
    none = made_tables.with_evidence(heads, effect_repeated=[0.015, -0.02, 0.01, 0, 0, 0])
    assert weigh(none, "effect_repeated", 3).sentences == [
        "0 of 6 heads differ from 0 at 2 standard errors, and chance alone would give about 0: all "
        "the sums may be noise."
    ]


def test_no_more_than_chance_gives_is_noise():
    """16 prompts: Student's t with 15 degrees of freedom is beyond 2 in 6.39 % of the cases."""
    effect = np.zeros(96)
    effect[:9] = 0.5
    heads = made_tables.with_evidence(made_tables.heads(12, 8), effect_natural=effect)
    found = weigh(heads, "effect_natural", 6, prompts=16)
    assert not found.apart  # 9 or more of 96 come by chance in one case of six
    assert found.sentences == [
        "9 of 96 heads differ from 0 at 2 standard errors, and chance alone would give about 6: "
        "all the sums may be noise."
    ]
    assert weigh(heads, "effect_natural", 6).sentences[-1].startswith("9 of 96 heads differ from 0")


@pytest.mark.parametrize("prompts", [2, 6, 16, 64])
def test_the_chance_is_students(prompts: int):
    assert chance_beyond(prompts) == pytest.approx(2 * stats.t.sf(2, prompts - 1), abs=1e-6)
    rate = chance_beyond(prompts)
    assert by_chance(30, 270, rate) == pytest.approx(stats.binom.sf(29, 270, rate), rel=1e-9)


def test_few_and_many_prompts():
    assert chance_beyond(1) == 1  # no error can be taken of one
    assert chance_beyond(None) == chance_beyond(10**6) == pytest.approx(2 * stats.norm.sf(2))


def test_what_is_no_effect_or_not_there_is_named(heads: pd.DataFrame):
    with pytest.raises(UserError, match="effect 'copying' is not one of effect_repeated"):
        weigh(heads, "copying", 2)
    with pytest.raises(UserError, match="--evidence measures it"):
        weigh(made_tables.heads(), "effect_natural", 2)
    with pytest.raises(UserError, match="bin width 4"):
        weigh(heads, "effect_repeated", 4)
