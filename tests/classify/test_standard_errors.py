"""Two standard errors cover the truth about as often as they say."""

import numpy as np
import pytest
from reference import standard_error
from scipy import stats

from classify.table import standard_errors

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
