"""Two tables side by side, with differences worked out by hand."""

import made_tables
import numpy as np
import pytest

from app.panels import compare_panel, comparison
from cache.store import Store, Table
from headstrata.errors import UserError


def table(name="one", layers=4, induction=(), **changes) -> Table:
    """Two heads a layer; those named in ``induction`` (places) have the pattern."""
    scores = np.full(layers * 2, 0.05)
    scores[list(induction)] = 0.9
    heads = made_tables.heads(layers, 2, induction=scores)
    return Table(name, heads, made_tables.provenance(layers, 2, **changes))


def test_differences_are_shares_of_all_heads_widest_first():
    one = table(induction=(0, 1))  # both heads of layer 0 of 4
    other = table("other", layers=8, induction=(12, 13, 14, 15), title="Other")  # layers 6, 7 of 8
    bins, found = comparison.differences(one, other, 2, "detailed")
    assert bins == 2
    induction = next(d for d in found if d.name == "induction")
    assert induction.heads == (2, 4)
    assert induction.shares == (0.25, 0.25)
    assert induction.step == 0
    # first half: 2 of 4 heads against none of 8; second half: none against 4 of 8
    assert induction.widest == ("0%-50%", -0.5)
    assert {d.name for d in found} == {"induction", "unclassified"}


def test_the_sentence_names_both_shares():
    one, other = table(induction=(0, 1)), table("other", induction=(0,), title="Other Model")
    called = comparison.names(one, other)
    _, found = comparison.differences(one, other, 4, "grouped")
    assert comparison.summary(found, called) == (
        "The widest differences over all layers, Tiny Model against Other Model: "
        "Content 25.0% against 12.5%; Diffuse 75.0% against 87.5%."
    )


def test_the_same_table_twice_differs_in_nothing():
    _, found = comparison.differences(table(), table("other"), 2, "detailed")
    called = comparison.names(table(), table("other"))
    assert called == ("Tiny Model (one)", "Tiny Model (other)")
    assert "the same shares of every category" in comparison.summary(found, called)


def test_what_only_one_table_can_name_is_not_set_against_nothing(tmp_path):
    published = Store(str(tmp_path)).read("gpt2-published")
    computed = table(layers=12, induction=(0, 1, 2))
    _, found = comparison.differences(computed, published, 3, "detailed")
    told = comparison.comparable(found, computed, published)
    assert {d.name for d in told} == {"induction", "previous_token"}
    called = comparison.names(computed, published)
    assert comparison.incomplete(computed, published, called).startswith(
        "GPT-2 small has 2 of the 9 scores"
    )
    assert comparison.incomplete(computed, computed, called) == ""


def test_a_bad_width_or_taxonomy_is_refused():
    with pytest.raises(UserError, match="bin width 9 is not between 1 and 4"):
        comparison.differences(table(), table("other"), 9, "detailed")
    with pytest.raises(UserError, match="not one of detailed, grouped"):
        comparison.differences(table(), table("other"), 2, "operations")


def test_head_by_head_only_for_one_model():
    shared, found = comparison.agreement(table(), table("other", model="another"), None)
    assert (shared, found) == ([], None)
    shared, found = comparison.agreement(table(induction=(0,)), table("o", induction=(1,)), None)
    assert found is not None
    assert shared[0] == found.score == "induction"
    assert [(r.layer, r.head) for r in found.disagreeing.itertuples()] == [(0, 0), (0, 1)]
    with pytest.raises(UserError, match="score 'nonsense' is not one of"):
        comparison.agreement(table(), table("o"), "nonsense")


def test_the_scatter_is_packed_place_by_place():
    one, other = table(induction=(3,)), table("o", induction=(3,))
    _, found = comparison.agreement(one, other, "induction")
    packed = comparison.pack_pairs(found, ("a", "b"), "Induction")
    places = [int(packed["places"][i : i + 3], 36) for i in range(0, 24, 3)]
    assert places == [0, 1, 216, 217, 432, 433, 648, 649]
    assert [int(packed["one"][i : i + 2], 36) for i in (4, 6)] == [50, 900]


def test_points_have_a_sign_and_one_digit():
    assert [comparison.points(step) for step in (0.031, -0.25, 0.0004)] == [
        "+3.1 pp",
        "−25.0 pp",
        "0",
    ]


def test_the_guide_lines_stand_at_the_default_threshold():
    assert compare_panel.threshold_of("induction") == 0.4
    assert compare_panel.threshold_of("mean_distance") is None
