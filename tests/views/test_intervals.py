"""The interval of a count of heads: by hand, and against every case of a small table."""

from itertools import product
from math import comb, erf, sqrt

import made_tables
import numpy as np
import pytest

from app.downloads import binned
from app.views.intervals import count_interval, near_thresholds
from cache.store import Table
from vocabulary import rules
from vocabulary.chances import chances
from vocabulary.taxonomy import THRESHOLDS


def table(layers=1, per_layer=4, **scores) -> Table:
    heads = made_tables.heads(layers, per_layer, **scores)
    return Table("made", heads, made_tables.provenance(layers, per_layer))


def beyond(z: float) -> float:
    """The probability that a normal number is below z standard errors."""
    return 0.5 * (1 + erf(z / sqrt(2)))


def test_a_head_at_its_threshold_is_a_coin_and_one_a_standard_error_above_it_is_not():
    # standard errors are .001: at the threshold, one above, two below, far away
    made = table(induction=[0.4, 0.401, 0.398, 0.7])
    rows, found = chances(made.heads)
    assert rows.tolist() == [0, 1, 2]  # the last is certain
    induction = found[:, list(rules.NAMES).index("induction")]
    assert induction == pytest.approx([0.5, beyond(1), beyond(-2)], abs=0.06)
    assert found.sum(axis=1) == pytest.approx([1, 1, 1])
    mixed = found[:, list(rules.NAMES).index("mixed")]
    assert mixed == pytest.approx(1 - induction)


def test_two_scores_that_compete_share_the_head():
    made = table(per_layer=1, induction=[0.6], duplicate_token=[0.6])
    rows, found = chances(made.heads)
    by_name = dict(zip(rules.NAMES, found[0], strict=True))
    assert rows.tolist() == [0]
    assert by_name["induction"] == pytest.approx(0.5, abs=0.06)
    assert by_name["induction"] + by_name["duplicate_token"] == pytest.approx(1)


def test_chances_are_those_of_drawing_the_scores_again_and_again():
    """Brute force: the whole table drawn 4,000 times and named by the public rules."""
    made = table(
        per_layer=5,
        induction=[0.4, 0.4012, 0.7, 0.05, 0.399],
        first_token=[0.4, 0.3995, 0.9, 0.401, 0.2],
        previous_token=[0.1, 0.1, 0.1, 0.3998, 0.4],
    )
    heads, draws = made.heads, 4000
    random = np.random.default_rng(7)
    scores = {name: heads[name].to_numpy(float) for name in ("delimiter_base_rate",)}
    counts = {"induction": [], "first_token": [], "mixed": [], "previous_token": []}
    drawn = {}
    for name in THRESHOLDS:
        score = name if name in heads else "entropy" if name == "broad" else "mass_sink"
        values = heads[score].to_numpy(float)
        drawn[score] = values + 0.001 * random.standard_normal((draws, len(values)))
    flat = {name: values.ravel() for name, values in drawn.items()}
    flat["delimiter_base_rate"] = np.tile(scores["delimiter_base_rate"], draws)
    named = rules.categorise(flat).category.reshape(draws, -1)
    rows = binned(made, 1, "detailed").set_index("category")
    for name in counts:
        low, high = np.quantile((named == name).sum(axis=1), [0.025, 0.975], method="higher")
        assert (rows.loc[name, "heads_low"], rows.loc[name, "heads_high"]) == (low, high), name


def test_the_distribution_is_reckoned_exactly():
    parts = [200, 500, 900, 50]
    exact = np.zeros(5)
    for case in product([0, 1], repeat=4):
        exact[sum(case)] += np.prod(
            [p / 1000 if hit else 1 - p / 1000 for p, hit in zip(parts, case, strict=True)]
        )
    below = np.cumsum(exact)
    low = int(np.argmax(below > 0.025))
    high = int(np.argmax(below >= 0.975))
    assert count_interval(parts, 3, 5) == (3 + low, 3 + high)
    # ten coins: 1 or less in 11 of 1,024 cases, 2 or less in 56: so 2 to 8
    assert comb(10, 0) + comb(10, 1) == 11
    assert count_interval([500] * 10, 0, 5) == (2, 8)
    assert count_interval([], 7, 7) == (7, 7)


def test_the_drawn_count_is_inside_even_where_it_is_unlikely():
    low, high = count_interval([100] * 10, 0, 9)
    assert low <= 9 <= high


def test_a_group_does_not_change_when_a_head_moves_within_it():
    made = table(per_layer=1, induction=[0.6], duplicate_token=[0.6])
    detailed = binned(made, 1, "detailed").set_index("category")
    assert (detailed.loc["induction", ["heads_low", "heads_high"]] == [0, 1]).all()
    grouped = binned(made, 1, "grouped").set_index("group")
    assert (grouped.loc["content", ["heads_low", "heads_high"]] == [1, 1]).all()


def test_without_standard_errors_there_is_no_interval():
    made = table(induction=[0.4, 0.4, 0.4, 0.4])
    bare = made.heads.copy()
    bare[[c for c in bare if c.endswith("_se")]] = np.nan
    unknown = Table("bare", bare, made.provenance)
    assert near_thresholds(unknown) is None
    rows = binned(unknown, 1, "detailed")
    assert rows["heads_low"].isna().all()
    assert rows["heads_high"].isna().all()


def test_other_thresholds_have_other_doubtful_heads():
    made = table(induction=[0.3, 0.4, 0.7, 0.7])
    record = made.provenance
    lower = record.taxonomy.model_copy(update={"thresholds": {**THRESHOLDS, "induction": 0.3}})
    asked = Table("made", made.heads, record.model_copy(update={"taxonomy": lower}))
    assert set(near_thresholds(made)["row"]) == {1}
    assert set(near_thresholds(asked)["row"]) == {0}
