"""Two tables side by side, on tables small enough to work out by hand."""

import numpy as np
import pytest
from made_tables import categories_by_layer as table

from app.analysis.compare import align, relative_bins
from app.views.budget import BUDGET_VIEW
from app.views.categories import DETAILED
from cache.schema import BUDGET
from headstrata.errors import UserError


def row(aligned, start, category):
    return aligned[(aligned["start"] == start) & (aligned["category"] == category)].iloc[0]


def test_layers_are_aligned_by_the_middle_of_their_depth():
    # three layers, middles 1/6, 1/2, 5/6; six layers, middles 1/12 ... 11/12; two bins
    one = table(["mixed"], ["mixed"], ["induction"])
    other = table(*[["mixed", "broad"]] * 3, *[["induction", "broad"]] * 3)
    aligned = align(one, other, 2, DETAILED)
    upper = row(aligned, 0.5, "induction")
    assert upper["bin"] == "50%-100%"
    # layers 1 and 2 of three: one of two heads; 3, 4 and 5 of six: three of six
    assert (upper["share_one"], upper["share_other"]) == (0.5, 0.5)
    assert upper["difference"] == 0
    lower = row(aligned, 0, "broad")
    assert (lower["share_one"], lower["share_other"], lower["difference"]) == (0, 0.5, 0.5)


def test_every_bin_of_both_sides_adds_up():
    one = table(*[["mixed", "broad", "induction"]] * 7)
    other = table(*[["mixed", "mixed"]] * 12)
    for bins in range(1, 8):
        aligned = align(one, other, bins, DETAILED)
        sums = aligned.groupby("start")[["share_one", "share_other"]].sum()
        assert sums.to_numpy() == pytest.approx(np.ones((bins, 2)))


def test_more_bins_than_layers_are_refused():
    with pytest.raises(UserError, match="4 bins of depth are not between 1 and 3 layers"):
        align(table(*[["mixed"]] * 3), table(*[["mixed"]] * 9), 4, DETAILED)


def test_the_sliders_width_becomes_a_number_of_bins():
    assert relative_bins(48, 12, 30) == 4
    assert relative_bins(48, 5, 30) == 10
    assert relative_bins(48, 1, 30) == 30


def test_a_budget_is_aligned_by_the_mean_of_each_bins_heads():
    one, other = table(*[["mixed"]] * 2), table(*[["mixed", "mixed"]] * 4)
    for heads, first in ((one, [0.2, 0.6]), (other, [0.1, 0.3, 0.2, 0.4, 0.5, 0.5, 0.9, 0.9])):
        heads[list(BUDGET)] = 0.0
        heads["mass_first"] = first
        heads["mass_other"] = 1 - heads["mass_first"]
    aligned = align(one, other, 2, BUDGET_VIEW)
    first = aligned[aligned["destination"] == "mass_first"]
    # (.1 + .3 + .2 + .4) / 4 = .25 and (.5 + .5 + .9 + .9) / 4 = .7
    assert first["share_one"].tolist() == pytest.approx([0.2, 0.6])
    assert first["share_other"].tolist() == pytest.approx([0.25, 0.7])
    assert first["difference"].tolist() == pytest.approx([0.05, 0.1])
    for side in ("one", "other"):
        assert aligned.groupby("start")[f"share_{side}"].sum().tolist() == pytest.approx([1, 1])
