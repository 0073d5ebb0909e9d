"""The rules on heads worked out by hand.

Thresholds: induction, duplicate, previous, current, delimiter, first, long range 0.4; local
0.5; entropy (broad) 0.78. Ratios are score / threshold; half a threshold is mixed.
"""

import numpy as np
import pytest

from headstrata.errors import UserError
from vocabulary import rules, taxonomy

QUIET = {
    "induction": 0.02,
    "duplicate_token": 0.02,
    "previous_token": 0.02,
    "current_token": 0.02,
    "local_window": 0.05,
    "delimiter": 0.05,
    "first_token": 0.02,
    "entropy": 0.2,
    "long_range": 0.05,
}


def decide(se=0.0, base=0.14, thresholds=taxonomy.THRESHOLDS, **scores):
    """(category, runner-up, margin, borderline) of one head; what is not given is quiet."""
    head = {name: [value] for name, value in {**QUIET, **scores}.items()}
    head |= {f"{name}_se": [se] for name in QUIET}
    head["delimiter_base_rate"] = [base]
    verdict = rules.categorise(head, thresholds)
    return (
        verdict.category[0],
        verdict.runner_up[0],
        float(verdict.margin[0]),
        bool(verdict.borderline[0]),
    )


@pytest.mark.parametrize(
    ("category", "scores"),
    [
        ("induction", {"induction": 0.4}),
        ("duplicate_token", {"duplicate_token": 0.4}),
        ("previous_token", {"previous_token": 0.4}),
        ("current_token", {"current_token": 0.4}),
        ("local_window", {"local_window": 0.5}),
        ("delimiter", {"delimiter": 0.4}),
        ("first_token", {"first_token": 0.4}),
        ("broad", {"entropy": 0.78}),
        ("long_range", {"long_range": 0.4}),
        ("mixed", {"induction": 0.2}),
        ("mixed", {"long_range": 0.2}),
        ("mixed", {"entropy": 0.39}),
        ("unclassified", {}),
    ],
)
def test_each_category_by_its_own_score_at_its_threshold(category, scores):
    assert decide(**scores)[0] == category


@pytest.mark.parametrize(
    ("category", "scores"),
    [
        ("mixed", {"induction": 0.399}),
        ("mixed", {"local_window": 0.499}),
        ("mixed", {"first_token": 0.399}),
        ("mixed", {"entropy": 0.779}),
        ("mixed", {"long_range": 0.399}),
        ("unclassified", {"long_range": 0.199}),
        ("unclassified", {"induction": 0.199}),
        ("unclassified", {"entropy": 0.389}),
    ],
)
def test_just_below_is_not_enough(category, scores):
    assert decide(**scores)[0] == category


def test_what_a_head_does_beats_how_it_rests():
    # 0.41 on the pattern against 0.95 at rest on the first token: still an induction head.
    assert decide(induction=0.41, first_token=0.95, entropy=0.9)[0] == "induction"
    assert decide(delimiter=0.41, first_token=0.95)[0] == "delimiter"
    # At rest the sink comes before breadth, whatever their ratios.
    assert decide(first_token=0.41, entropy=0.99)[0] == "first_token"


def test_long_range_names_only_what_no_other_rule_does():
    assert decide(long_range=0.9, entropy=0.78)[0] == "broad"
    assert decide(long_range=0.59, first_token=0.4)[0] == "first_token"
    assert decide(long_range=0.59, delimiter=0.4)[0] == "delimiter"
    # 0.6/0.4 = 1.5; the nearest rule before it is local_window, 0.3/0.5 = 0.6.
    assert decide(long_range=0.6, local_window=0.3)[:3] == (
        "long_range",
        "local_window",
        pytest.approx(0.9),
    )


def test_a_table_without_the_score_keeps_its_names():
    older = {name: [value] for name, value in {**QUIET, "entropy": 0.39}.items()}
    del older["long_range"]
    assert rules.categorise(older).category.tolist() == ["mixed"]
    missing = {**older, "long_range": [np.nan]}
    assert rules.categorise(missing).category.tolist() == ["mixed"]


def test_the_largest_ratio_wins_among_those_that_act():
    # 0.6/0.4 = 1.5 against 0.5/0.4 = 1.25.
    assert decide(induction=0.5, duplicate_token=0.6)[:3] == (
        "duplicate_token",
        "induction",
        pytest.approx(0.25),
    )


def test_the_local_window_counts_only_for_a_head_that_no_near_rule_claims():
    # The window holds the previous token: 0.9/0.5 = 1.8 would beat 0.5/0.4 = 1.25.
    assert decide(previous_token=0.5, local_window=0.9)[0] == "previous_token"
    assert decide(current_token=0.45, local_window=0.9)[0] == "current_token"
    assert decide(previous_token=0.39, local_window=0.9)[0] == "local_window"
    # Another rule may still win over the near one.
    assert decide(previous_token=0.5, local_window=0.9, induction=0.8)[0] == "induction"


def test_delimiters_must_be_sought_twice_as_much_as_they_occur():
    # 0.45 reaches 0.4, but where 30 % of the keys are delimiters 0.6 is asked for.
    assert decide(delimiter=0.45, base=0.14)[0] == "delimiter"
    assert decide(delimiter=0.45, base=0.30)[0] == "mixed"
    assert decide(delimiter=0.60, base=0.30)[0] == "delimiter"


def test_runner_up_and_margin():
    # 0.8/0.4 = 2 against previous 0.3/0.4 = 0.75.
    category, rival, margin, _ = decide(induction=0.8, previous_token=0.3)
    assert (category, rival) == ("induction", "previous_token")
    assert margin == pytest.approx(1.25)
    # A sink is left by a rule that acts: 0.3/0.4 = 0.75, while entropy 0.78 is no rival.
    category, rival, margin, _ = decide(first_token=0.8, induction=0.3, entropy=0.7)
    assert (category, rival, margin) == ("first_token", "induction", pytest.approx(2 - 0.75))
    # Without a winner: how far the nearest rule is from its threshold.
    category, rival, margin, _ = decide(induction=0.3)
    assert (category, rival, margin) == ("mixed", "induction", pytest.approx(0.25))


@pytest.mark.parametrize(
    ("se", "borderline"), [(0.0, False), (0.009, False), (0.011, True), (0.1, True)]
)
def test_a_score_within_two_errors_of_its_threshold_is_borderline(se, borderline):
    # 0.42 lies 0.02 above 0.4: two errors of .011 reach it, two of .009 do not.
    assert decide(se=se, induction=0.42)[3] is borderline
    assert decide(se=se, induction=0.38)[3] is borderline


def test_two_rivals_are_borderline_by_their_joint_error():
    # Ratios 1.5 and 1.4, 0.1 apart; each has an error of .018/.4 = .045, together .0636:
    # two joint errors are .127 and bridge it, while two of one alone (.09) would not.
    assert decide(se=0.018, induction=0.60, duplicate_token=0.56)[3]
    assert not decide(se=0.012, induction=0.60, duplicate_token=0.56)[3]


def test_a_sure_head_is_not_borderline():
    assert not decide(se=0.01, induction=0.9)[3]
    assert not decide(se=0.005)[3]


def test_missing_scores_judge_nothing():
    published = {"induction": [0.7, 0.1, np.nan], "previous_token": [0.1, 0.1, np.nan]}
    verdict = rules.categorise(published)
    assert verdict.category.tolist() == ["induction", "not_measured", "not_measured"]
    assert verdict.runner_up.tolist() == ["previous_token", None, None]
    assert verdict.margin[0] == pytest.approx((0.7 - 0.1) / 0.4)
    assert np.isnan(verdict.margin[1:]).all()
    assert not verdict.borderline.any()


def test_one_missing_score_leaves_a_head_that_reaches_nothing_unjudged():
    assert decide(entropy=np.nan)[0] == "not_measured"
    assert decide(entropy=np.nan, induction=0.5)[0] == "induction"


def test_other_thresholds_move_the_line_and_nothing_else():
    lower = {**taxonomy.THRESHOLDS, "induction": 0.3}
    assert decide(induction=0.35)[0] == "mixed"
    assert decide(induction=0.35, thresholds=lower)[0] == "induction"
    assert decide(duplicate_token=0.35, thresholds=lower)[0] == "mixed"
    assert decide(induction=0.35, thresholds={"induction": 0.3})[0] == "induction"


@pytest.mark.parametrize("value", [0, -0.1, 1.01, float("nan")])
def test_a_threshold_outside_0_to_1_is_refused(value):
    with pytest.raises(UserError, match="induction"):
        decide(thresholds={"induction": value})


def test_an_unknown_threshold_is_refused_by_name():
    with pytest.raises(UserError, match="no threshold named 'magic'"):
        decide(thresholds={"magic": 0.5})


def test_every_category_has_its_group():
    names = list(taxonomy.CATEGORIES)
    found = dict(zip(names, rules.groups(names), strict=True))
    assert [name for name in names if found[name] == "content"] == ["induction", "duplicate_token"]
    assert [name for name in names if found[name] == "positional"] == [
        "previous_token",
        "current_token",
        "local_window",
    ]
    assert [name for name in names if found[name] == "sink"] == [
        "first_token",
        "learned_sink",
        "delimiter",
    ]
    assert [name for name in names if found[name] == "diffuse"] == [
        "broad",
        "long_range",
        "mixed",
        "unclassified",
    ]
