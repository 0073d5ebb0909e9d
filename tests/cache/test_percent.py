"""Printed percentages against divisions done by hand."""

from fractions import Fraction

import numpy as np
import pytest

from cache.percent import percent_of, tenths_of_percent


@pytest.mark.parametrize(
    ("part", "total", "printed"),
    [
        (2, 45, "4.4%"),  # 4.444…
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (7, 33, "21.2%"),  # 21.2121…
        (1, 16, "6.3%"),  # 6.25 exactly: away from zero
        (3, 16, "18.8%"),  # 18.75
        (1, 400, "0.3%"),  # 0.25
        (1, 2001, "0.0%"),  # 0.04997…
        (1, 2000, "0.1%"),  # 0.05 exactly
        (1999, 2000, "100.0%"),  # 99.95 exactly
        (0, 7, "0.0%"),
        (7, 7, "100.0%"),
        (0, 0, "–"),
    ],
)
def test_the_nearest_rounding_halves_away_from_zero(part, total, printed):
    assert percent_of(part, total) == printed


def test_each_is_the_nearest_of_its_own_whatever_they_add_up_to():
    assert tenths_of_percent([1, 1, 1], 3).tolist() == [333] * 3  # 99.9
    seed = tenths_of_percent([27, 3, 1, 3], 34)  # the third bin of the figure that we began from
    assert (seed.tolist(), seed.sum()) == ([794, 88, 29, 88], 999)
    assert tenths_of_percent([2, 2, 2], 6).sum() == 999
    assert tenths_of_percent([1, 15], 16).tolist() == [63, 938]  # 100.1
    assert tenths_of_percent([[7, 22], [0, 4]], 33).tolist() == [[212, 667], [0, 121]]


def test_no_rounding_is_ever_farther_than_half_a_digit():
    for total in range(1, 400):
        for part, found in enumerate(tenths_of_percent(np.arange(total + 1), total).tolist()):
            off = Fraction(found) - Fraction(1000 * part, total)
            assert -Fraction(1, 2) < off <= Fraction(1, 2)


def test_millionths_of_a_large_models_attention_do_not_overflow():
    heads = 200_000
    assert tenths_of_percent([125_000 * heads], 10**6 * heads).tolist() == [125]
