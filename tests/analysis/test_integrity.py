"""Shares that do not make 100% of whole heads are named; figures worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from app import downloads
from app.analysis.binned_check import check_binned_table, check_summary
from app.analysis.integrity import check_bins, whole_heads
from app.analysis.reference_figure import (
    check_corrected,
    check_described,
    corrected,
    described,
    explain,
    head_totals,
)
from app.views.budget import budget_by_bin
from cache.bins import bin_heads
from cache.schema import BUDGET
from cache.store import Store
from headstrata.errors import UserError


def shares(**percents):
    return pd.DataFrame(
        [{"bin": "[0, 4)", "segment": name, "percent": value} for name, value in percents.items()]
    )


def test_the_corrected_figure_is_33_33_34_34_whole_heads():
    checks = check_corrected()
    assert [check.totals for check in checks] == [(33,), (33,), (34,), (34,)]
    assert all(check.is_sound for check in checks)
    assert [list(check.counts.values()) for check in checks] == [
        [7, 22, 0, 4],
        [12, 16, 1, 4],
        [27, 3, 1, 3],
        [19, 9, 0, 6],
    ]


def test_the_corrected_percentages_are_those_of_the_figure():
    table = corrected().pivot_table(index="segment", columns="bin", values="percent", sort=False)
    assert table.loc["dark_green"].tolist() == [21.2, 36.4, 79.4, 55.9]
    assert table.loc["light_green"].tolist() == [66.7, 48.5, 8.8, 26.5]
    assert table.loc["red"].tolist() == [0.0, 3.0, 2.9, 0.0]
    assert table.loc["dark_red"].tolist() == [12.1, 12.1, 8.8, 17.6]
    assert list(head_totals().values()) == [33, 33, 34, 34]


def test_the_figure_as_described_is_found_out():
    checks = check_described()
    assert [check.is_sound for check in checks] == [False, False, False, True]
    assert [check.total_percent for check in checks] == pytest.approx([78.8, 84.8, 127.5, 100.0])
    assert [check.sentence({"dark_green": "dark green"}) for check in checks] == [
        "[0, 12): the shares add up to 78.8%, not 100%; 7 of 33 heads are missing.",
        "[12, 24): the shares add up to 84.8%, not 100%; 5 of 33 heads are missing.",
        "[24, 36): the shares add up to 127.5%, not 100%; not a whole number of 34 heads: "
        "dark green.",
        "[36, 48): 100.0% of 34 heads.",
    ]


def test_the_explanation_says_what_went_wrong():
    text = " ".join(explain())
    assert "3 of its 4 bins do not add up" in text
    assert "(21.2% in [0, 12), 36.4% in [12, 24))" in text
    assert "the 79.4% that was read as light green in [24, 36) is dark green's" in text
    assert "33 + 33 + 34 + 34 = 134 heads" in text
    assert "dark green was read shifted by one bin" in text
    assert "a human check of described operations on 134 sampled heads" in text
    assert "not attention patterns" in text
    assert "Which heads were sampled is not published" in text
    assert "The meaning of the colours is inferred, not read." in text


def test_the_described_figure_draws_what_was_described():
    table = described()
    assert len(table) == 16
    row = table[(table["bin"] == "[24, 36)") & (table["segment"] == "light_green")].iloc[0]
    assert (row["percent"], row["height"]) == (79.4, pytest.approx(27.0, abs=0.01))


@pytest.mark.parametrize(
    ("percent", "total", "heads"),
    [(212, 33, 7), (364, 33, 12), (364, 34, None), (794, 33, None), (0, 5, 0)],
)
def test_whole_heads(percent, total, heads):
    assert whole_heads(percent, total) == heads


@pytest.mark.parametrize(
    ("printed", "total", "counted", "heads"),
    [
        (44, 45, 2, 2),  # 4.444…
        (45, 45, 2, None),  # what rounding to exactly 100 used to make of it
        (63, 16, 1, 1),  # 6.25: halves away from zero
        (63, 16, None, 1),
        (62, 16, None, 1),  # another program may round them to even
        (61, 16, None, None),
        (29, 34, None, 1),  # 2.941…
        (30, 34, None, None),
        (1, 4800, 3, 3),  # 0.0625: five numbers of heads are printed so
        (1, 4800, 7, 7),  # 0.1458
    ],
)
def test_nothing_but_rounding_is_let_pass(printed, total, counted, heads):
    assert whole_heads(printed, total, counted=counted) == heads


def test_rounded_shares_may_miss_100_as_far_as_rounding_goes():
    low = pd.DataFrame({"bin": "x", "group": list("abcd"), "heads": [27, 3, 1, 3]})
    (check,) = check_binned_table(low.assign(percent=["79.4%", "8.8%", "2.9%", "8.8%"]))
    assert check.is_sound
    assert check.sentence() == (
        "x: 100% of 34 heads; its shares, rounded one by one, add up to 99.9%."
    )
    high = pd.DataFrame({"bin": "x", "group": list("ab"), "heads": [1, 15]})
    (check,) = check_binned_table(high.assign(percent=["6.3%", "93.8%"]))
    assert check.is_sound
    assert check.sentence().endswith("add up to 100.1%.")
    # made to add up to 100.0: 2.9 became 3.0
    (check,) = check_binned_table(low.assign(percent=["79.4%", "8.8%", "3.0%", "8.8%"]))
    assert check.sentence() == "x: not a whole number of 34 heads: c."
    # to even: not how a table that counts its heads is printed
    (check,) = check_binned_table(high.assign(percent=["6.2%", "93.8%"]))
    assert check.sentence() == "x: the percentage is not that of the counted heads: a."


def test_typed_shares_may_be_rounded_by_another_program():
    (check,) = check_bins(shares(a="6.2", b="93.8"), "segment", [16])
    assert check.is_sound
    assert check.counts == {"a": 1, "b": 15}


def test_a_share_too_many_is_named():
    (check,) = check_bins(shares(a="50.0%", b="50.0%", c="25.0%"), "segment", [4])
    assert check.sentence() == (
        "[0, 4): the shares add up to 125.0%, not 100%; 1 of 4 heads are too many."
    )


def test_rounding_alone_is_no_fault():
    (check,) = check_bins(shares(a=33.3, b=33.3, c=33.3), "segment", range(1, 10))
    assert check.is_sound
    assert check.totals == (3, 6, 9)


@pytest.mark.parametrize(
    ("name", "taxonomy"),
    [
        ("gpt2-published", "detailed"),
        ("gpt2-published", "grouped"),
        ("gpt2-xl-published", "detailed"),
        ("gpt2-xl-published", "grouped"),
        ("gpt2-xl-published", "operations"),
    ],
)
def test_every_table_of_ours_is_sound_at_every_width(tmp_path, name, taxonomy):
    table = Store(str(tmp_path)).read(name)
    for width in range(1, table.provenance.layers + 1):
        checks = check_binned_table(downloads.binned(table, width, taxonomy))
        assert all(check.is_sound for check in checks), width


def test_a_tampered_table_of_ours_is_not():
    heads = pd.DataFrame({"layer": np.repeat([0, 1], 4), "category": list("aabc") * 2})
    binned = bin_heads(heads, 1, "category", ["a", "b", "c"])
    swapped = binned.assign(percent=["25.0%", "50.0%", "25.0%", *binned["percent"][3:]])
    first, second = check_binned_table(swapped)
    assert first.sentence() == ("[0, 1): the percentage is not that of the counted heads: a, b.")
    assert second.is_sound
    lost = binned.assign(heads=[2, 1, 0, 2, 1, 1])
    assert [check.is_sound for check in check_binned_table(lost)] == [False, True]


def percents(column="segment", **bins):
    """One row a segment of each bin: ``percents(low={"a": "50.0%"})``."""
    rows = [
        {"bin": bin_name, column: name, "percent": percent}
        for bin_name, own in bins.items()
        for name, percent in own.items()
    ]
    return pd.DataFrame(rows)


def test_a_table_that_counts_no_heads_is_checked_by_its_digits():
    table = percents(
        right={"a": "66.7%", "b": "33.3%"},
        short={"a": "66.7%", "b": "23.3%"},
        odd={"a": "21.2", "b": "78.9"},  # 7 of 33, and 78.8 would be left
    )
    right, short, odd = check_binned_table(table, most=35)
    assert right.sentence() == "right: 100.0% of 3 heads."
    assert not short.is_sound
    assert short.sentence().startswith("short: the shares add up to 90.0%, not 100%")
    assert not odd.is_sound
    assert check_summary([right, short, odd]) == "2 of 3 bins do not make 100% of whole heads."
    assert check_summary([right]) == "Its one bin makes 100% of whole heads."


def test_whole_percentages_can_tell_fewer_heads_apart():
    (check,) = check_binned_table(percents(all={"a": "50%", "b": "50%"}))
    assert check.totals[:2] == (2, 4)
    assert max(check.totals) < 100


def test_a_budget_shares_out_attention_and_not_heads():
    masses = pd.DataFrame([dict.fromkeys((*set(BUDGET) - {"mass_sink"},), 0.125)] * 4).assign(
        layer=[0, 0, 1, 1], head=[0, 1, 0, 1]
    )
    binned = budget_by_bin(masses, 1)
    checks = check_binned_table(binned)
    assert [check.sentence() for check in checks] == [
        "[0, 1): 100.0% of the attention.",
        "[1, 2): 100.0% of the attention.",
    ]
    assert check_summary(checks) == "All 2 bins make 100% of the attention."
    low = binned.assign(percent=["2.5%", *binned["percent"][1:]])
    assert check_binned_table(low)[0].sentence() == (
        "[0, 1): the shares add up to 90.0%, not 100%."
    )


def test_shares_stand_in_for_percentages():
    table = pd.DataFrame({"bin": ["x", "x"], "group": ["a", "b"], "share": [0.25, 0.75]})
    (check,) = check_binned_table(table.assign(heads=[1, 3]))
    assert check.sentence() == "x: 100.0% of 4 heads."


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (percents(), "has a column bin"),
        (percents(column="colour", x={"a": "1"}), "this one has: bin, colour, percent"),
        (percents(x={"a": "much"}), "percent holds 'much', not a number from 0 on"),
        (percents(x={"a": "-3%"}), "percent holds '-3', not a number from 0 on"),
        (percents(x={"a": np.nan}), "row 1 of the binned table lacks a value"),
        (pd.concat([percents(x={"a": "50%"})] * 2), "the bin x has 'a' twice"),
        (percents(x={"a": "50%"}).assign(heads=0), "the bin x holds no heads"),
        (percents(x={"a": "50%"}).assign(heads=1.5), "heads that are not whole"),
        (percents(x={"a": "50%"}).drop(columns="percent"), "neither a column percent nor share"),
        (percents(x={"a": "50%"}).iloc[:0], "has no rows"),
    ],
)
def test_a_table_that_makes_no_sense_is_named(table, reason):
    with pytest.raises(UserError, match=reason):
        check_binned_table(table)
