"""Spearman's rho against scipy and against figures worked out by hand."""

import numpy as np
import pytest
from scipy import stats

from app.analysis.rank import spearman, spearman_trend


def test_ranks_worked_out_by_hand():
    # ranks 1 2 3 4 5 against 2 1 4 3 5: d = -1 1 -1 1 0, rho = 1 - 6 * 4 / (5 * 24) = 0.8
    found = spearman([1, 2, 3, 4, 5], [20, 10, 40, 30, 50])
    assert found.rho == pytest.approx(0.8)
    assert found.interval is None  # five pairs are too few for one


@pytest.mark.parametrize("seed", range(5))
def test_it_agrees_with_scipy_ties_and_all(seed):
    random = np.random.default_rng(seed)
    x = np.arange(48)
    y = random.integers(0, 4, 48) + x // 16  # many ties, as shares of 25 heads have
    assert spearman(x, y).rho == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-12)


def test_the_interval_by_hand():
    # d = 0 0 0 6 0 0 0 0 2 -6 1 -3: rho = 1 - 6 * 86 / (12 * 143) = 0.6993; z = 0.8658,
    # se = sqrt((1 + 0.2445) / 9) = 0.3719; z +- 1.96 se = 0.1370 and 1.5946
    found = spearman(range(12), [1, 2, 3, 10, 5, 6, 7, 8, 11, 4, 12, 9])
    assert found.rho == pytest.approx(0.6993, abs=1e-4)
    assert found.interval == pytest.approx((0.1361, 0.9209), abs=3e-4)


def test_perfect_order_is_not_perfect_certainty():
    found = spearman(range(10), range(10))
    assert found.rho == pytest.approx(1)
    assert 0.9 < found.interval[0] < 0.95
    assert found.interval[1] == pytest.approx(1)
    assert found.is_clear


def test_the_interval_covers_the_true_rho():
    # A bivariate normal with r has rho = 6 / pi * asin(r / 2) (Pearson 1907).
    random = np.random.default_rng(0)
    r = 0.6
    true = 6 / np.pi * np.arcsin(r / 2)
    drawn = random.multivariate_normal([0, 0], [[1, r], [r, 1]], size=(600, 30))
    inside = [
        low <= true <= high
        for low, high in (spearman(sample[:, 0], sample[:, 1]).interval for sample in drawn)
    ]
    assert 0.92 <= np.mean(inside) <= 0.98


def test_a_constant_series_has_no_rho():
    assert spearman(range(12), [0.5] * 12) is None


def test_pairs_with_a_missing_value_are_left_out():
    assert spearman([1, 2, 3, 4], [1, 2, 3, np.nan]).n == 3


def test_layers_that_are_like_their_neighbours_count_for_less():
    # ranks 1.5 1.5 3.5 3.5 ... 11.5 11.5 against 1 ... 12: the line has slope 140 / 143, and
    # leaves residuals that alternate around it: neighbours are opposite, nothing is taken off
    steps = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert spearman_trend(range(12), steps).interval == spearman(range(12), steps).interval
    # two blocks: ranks 3.5 x 6, 9.5 x 6; slope 108 / 143, residuals d and -d mirrored, of which
    # neighbours share sign but for the jump
    blocks = [0] * 6 + [1] * 6
    x = np.arange(1, 13)
    left = np.repeat([3.5, 9.5], 6) - (6.5 + 108 / 143 * (x - 6.5))
    alike = (left[1:] * left[:-1]).sum() / (left**2).sum()
    found = spearman_trend(range(12), blocks)
    assert found.worth == pytest.approx(12 * (1 - alike) / (1 + alike))
    assert found.rho == spearman(range(12), blocks).rho


def test_a_wandering_share_is_seldom_called_a_trend():
    """Noise that keeps half of itself from layer to layer has no trend with depth."""
    random = np.random.default_rng(0)
    wanders = np.zeros((400, 48))
    for layer in range(1, 48):
        wanders[:, layer] = 0.5 * wanders[:, layer - 1] + random.normal(size=400)
    depth = np.arange(48)
    plain = np.mean([spearman(depth, one).is_clear for one in wanders])
    honest = np.mean([spearman_trend(depth, one).is_clear for one in wanders])
    assert plain > 0.2  # of 0.05
    assert honest < 0.1
    rising = np.mean([spearman_trend(depth, one + depth / 8).is_clear for one in wanders])
    assert rising > 0.95
