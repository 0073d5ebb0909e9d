"""Two standard errors cover the truth about as often as they say."""

import numpy as np
import pytest
from reference import standard_error
from scipy import stats

from classify.table import overlap_factor, standard_errors
from classify.text import Text

TRIALS, PROMPTS = 20_000, 64


def coverage(values, truth, errors):
    return (np.abs(values.mean(0) - truth) <= 2 * errors).mean()


def plain(values):
    return values.std(0, ddof=1) / np.sqrt(len(values))


def test_by_hand():
    values = np.array([0.0, 0.0, 0.0, 1.0])
    # mean 1/4; m2 = 3/16, m3 = 3/32, m4 = 21/256: skewness 2/sqrt(3), kurtosis 7/3 - 3 = -2/3
    # widening 1 + (7/6 * 4/3 + 1/18 + 5/4) / 4 = 1 + (28/18 + 1/18 + 22.5/18) / 4
    widening = 1 + 51.5 / 72
    assert standard_errors(values) == pytest.approx(widening * np.sqrt(3 / 16 / 3))
    assert standard_error(list(values)) == pytest.approx(widening * np.sqrt(3 / 16 / 3))


def test_symmetric_scores_are_widened_as_student_says():
    values = np.random.default_rng(0).normal(size=(PROMPTS, TRIALS))
    student = stats.t.ppf(stats.norm.cdf(2), PROMPTS - 1) / 2
    assert np.median(standard_errors(values) / plain(values)) == pytest.approx(student, abs=0.01)
    assert 0.95 < coverage(values, 0, standard_errors(values)) < 0.965


def test_scores_of_heads_that_hardly_ever_fire_are_covered():
    values = np.random.default_rng(0).lognormal(sigma=1.25, size=(PROMPTS, TRIALS))
    truth = np.exp(1.25**2 / 2)
    assert coverage(values, truth, plain(values)) < 0.89
    assert coverage(values, truth, standard_errors(values)) > 0.9


def test_no_error_below_a_ten_thousandth_is_claimed():
    values = 1e-6 * np.random.default_rng(0).random((PROMPTS, 3))
    assert standard_errors(values) == pytest.approx(1e-4, rel=1e-4)
    assert standard_errors(np.zeros((PROMPTS, 3))) == pytest.approx(1e-4)


def means_of_prompts(tokens, stretch, count, rng):
    """(count, ...): each a mean over a stretch of some text (..., M) that begins anywhere."""
    sums = np.concatenate([np.zeros((*tokens.shape[:-1], 1)), tokens.cumsum(-1)], axis=-1)
    begins = rng.integers(0, tokens.shape[-1] - stretch + 1, (count, *tokens.shape[:-1], 1))
    ends = np.take_along_axis(sums[None], begins + stretch, -1)
    return ((ends - np.take_along_axis(sums[None], begins, -1)) / stretch)[..., 0]


@pytest.mark.parametrize("held", [2.35, 8, 32])
def test_two_excerpts_of_one_text_differ_as_often_as_their_errors_say(held):
    """At most 6 % of their scores differ by more than two errors; uncorrected up to 86 %."""
    rng, stretch = np.random.default_rng(0), 64
    tokens = rng.normal(size=(2, 1500, int(held * stretch)))
    for at in range(1, tokens.shape[-1]):  # neighbours are alike, as in a text
        tokens[..., at] = 0.9 * tokens[..., at - 1] + np.sqrt(1 - 0.81) * tokens[..., at]
    overlap = Text(np.arange(tokens.shape[-1])).overlap(stretch)
    values = means_of_prompts(tokens, stretch, PROMPTS, rng)
    apart = np.abs(np.diff(values.mean(0), axis=0)[0])

    def share(overlap):
        return (apart > 2 * np.sqrt((standard_errors(values, overlap) ** 2).sum(0))).mean()

    assert share(0.0) > 0.2
    assert 0.01 < share(overlap) < 0.06


def test_no_overlap_changes_nothing():
    values = np.random.default_rng(0).random((PROMPTS, 5))
    assert (standard_errors(values, 0.0) == standard_errors(values)).all()
    assert overlap_factor(PROMPTS, 0.0) == 1
    # by hand: 64 prompts that share half count as 64 / 32.5, and differ by half as much
    assert overlap_factor(PROMPTS, 0.5) == pytest.approx(np.sqrt(32.5 / 0.5))
