"""Two tables side by side, with differences worked out by hand."""

import made_tables
import numpy as np
import pytest

from app.page.compare import comparison
from app.page.compare import data as compare_data
from app.page.compare.comparison import pair
from cache import schema
from cache.grid import Grid
from cache.store import Store, Table
from headstrata.errors import UserError


def table(name="one", layers=4, induction=(), **changes) -> Table:
    """Two heads a layer; those named in ``induction`` (places) have the pattern."""
    scores = np.full(layers * 2, 0.05)
    scores[list(induction)] = 0.9
    heads = made_tables.heads(layers, 2, induction=scores)
    return Table(name, heads, made_tables.provenance(layers, 2, **changes))


def resting(name, *shares, **changes) -> Table:
    """One layer a share of the first token; the rest of the attention goes to everything else."""
    made = table(name, len(shares), **changes)
    heads = made.heads.copy()
    heads[list(schema.BUDGET)] = np.float32(0)
    heads["mass_first"] = np.repeat(np.array(shares, np.float32), 2)
    heads["mass_other"] = 1 - heads["mass_first"]
    return Table(name, heads, made.provenance)


def test_differences_are_shares_of_all_heads_widest_first():
    one = table(induction=(0, 1))  # both heads of layer 0 of 4
    other = table("other", layers=8, induction=(12, 13, 14, 15), title="Other")  # layers 6, 7 of 8
    bins, found = comparison.differences(pair(one, other, "detailed"), 2)
    assert bins == 2
    induction = next(d for d in found if d.name == "induction")
    assert induction.shares == (0.25, 0.25)
    assert induction.step == 0
    # first half: 2 of 4 heads against none of 8; second half: none against 4 of 8
    assert induction.widest == ("0%-50%", -0.5)
    assert {d.name for d in found} == {"induction", "unclassified"}


def test_the_sentence_names_both_shares():
    both = pair(table(induction=(0, 1)), table("other", induction=(0,), title="Other"), "grouped")
    _, found = comparison.differences(both, 4)
    assert comparison.summary(found, both) == (
        "The widest differences over all layers, Tiny Model against Other: "
        "Content 25.0% against 12.5%; Diffuse 75.0% against 87.5%."
    )
    _, found = comparison.differences(both, 2)
    # layers 0, 1: two of four heads against one
    assert comparison.summary(found, both).endswith(
        "The widest in one bin: Content at 0–50% of the depth, −25.0 pp."
    )


def test_the_same_table_twice_differs_in_nothing():
    both = pair(table(), table("other"), "detailed")
    _, found = comparison.differences(both, 2)
    assert both.called == ("one", "other")
    assert "the same shares of every category" in comparison.summary(found, both)


def test_its_percentages_are_rounded_as_the_charts_are():
    # one head of sixteen: 6.25 %, and 93.75 %
    both = pair(table(layers=8), table("other", layers=8, induction=(0,), title="Other"), "grouped")
    assert "Content 0.0% against 6.3%; Diffuse 100.0% against 93.8%." in comparison.summary(
        comparison.differences(both, 8)[1], both
    )


def test_what_only_one_table_can_name_is_not_set_against_nothing(tmp_path):
    published = Store(str(tmp_path)).read("gpt2-published")
    both = pair(table(layers=12, induction=(0, 1, 2)), published, "detailed")
    _, found = comparison.differences(both, 3)
    # both of its scores are of another definition than a computed table's
    assert comparison.comparable(found, both) == []
    assert comparison.summary([], both) == "No category can be set side by side."
    assert comparison.incomplete(both).startswith("GPT-2 small has 2 of the 9 scores")
    assert comparison.incomplete(pair(table(), table("other"), "detailed")) == ""


def test_what_one_table_s_rules_do_not_know_is_not_set_against_nothing():
    """Of eight heads one has induction, in both; three are long range under today's rules, while
    the older ones left them mixed."""
    far = np.array([0.05] * 5 + [0.6] * 3)
    scores = np.array([0.9] + [0.05] * 7)
    heads = made_tables.heads(4, 2, induction=scores, long_range=far)
    today = Table("today", heads, made_tables.provenance(4, 2, title="Today"))
    older = table("older", induction=(0,), title="Older")
    rules = older.provenance.taxonomy
    known = {name: value for name, value in rules.thresholds.items() if name != "long_range"}
    groups = {name: group for name, group in rules.categories.items() if name != "long_range"}
    before = rules.model_copy(update={"version": 1, "thresholds": known, "categories": groups})
    record = older.provenance.model_copy(update={"taxonomy": before})
    both = pair(today, Table("older", older.heads, record), "detailed")
    _, found = comparison.differences(both, 4)
    assert {d.name for d in found} == {"induction", "long_range", "unclassified"}
    assert [d.name for d in comparison.comparable(found, both)] == ["induction"]
    assert comparison.incomplete(both) == (
        "Older was named by older rules, without Long range: heads with that name in the other "
        "table may have no name there, so neither is set side by side."
    )
    same = pair(today, Table("twin", today.heads, today.provenance), "detailed")
    _, found = comparison.differences(same, 4)
    assert comparison.comparable(found, same) == found
    assert comparison.incomplete(same) == ""
    grouped = pair(both.one, both.other, "grouped")
    assert comparison.incomplete(grouped) == ""  # long range is diffuse, as the mixed heads are


def test_two_published_tables_are_compared_by_what_both_can_name(tmp_path):
    store = Store(str(tmp_path))
    both = pair(store.read("gpt2-published"), store.read("gpt2-xl-published"), "detailed")
    told = comparison.comparable(comparison.differences(both, 3)[1], both)
    assert {d.name for d in told} == {"induction", "previous_token"}
    grouped = pair(both.one, both.other, "grouped")
    assert comparison.comparable(comparison.differences(grouped, 3)[1], grouped) == []


def test_budgets_are_compared_destination_by_destination():
    both = pair(
        resting("one", 0.2, 0.6), resting("other", 0.1, 0.3, 0.7, 0.9), "detailed", "budget"
    )
    assert (both.view.name, both.missing) == ("budget", ())
    bins, found = comparison.differences(both, 1)
    assert bins == 2
    first = next(d for d in found if d.name == "mass_first")
    assert first.shares == pytest.approx((0.4, 0.5))
    # first halves: 20 against (10 + 30) / 2; second: 60 against (70 + 90) / 2
    assert first.widest == ("50%-100%", pytest.approx(0.2))
    assert {d.name for d in found} == {"mass_first", "mass_other"}
    assert comparison.comparable(found, both) == found


def test_a_table_without_a_budget_is_named_and_categories_are_compared(tmp_path):
    published = Store(str(tmp_path)).read("gpt2-published")
    both = pair(table(layers=12), published, "grouped", "budget")
    assert both.view.name == "grouped"
    assert both.missing == (
        "GPT-2 small has no attention budget: nobody published where the rest of the attention "
        "goes. Groups of categories are compared instead.",
    )
    twice = pair(published, published, "detailed", "budget")
    assert "have no attention budget" in twice.missing[0]


def test_operations_are_compared_where_both_have_them(tmp_path):
    published = Store(str(tmp_path)).read("gpt2-xl-published")
    heads = made_tables.heads(48, 25)
    record = made_tables.provenance(48, 25, title="GPT-2 XL", reference="gpt2-xl")
    both = pair(published, Table("gpt2-xl", heads, record), "operations")
    assert (both.view.name, both.missing) == ("operations", ())
    _, found = comparison.differences(both, 12)
    copying = next(d for d in found if d.name == "copying")
    assert copying.shares == (46 / 1200, 46 / 1200)
    other = pair(published, table(), "operations")
    assert other.view.name == "detailed"
    assert other.missing == (
        "No operations were published for the heads of Tiny Model. Categories are compared "
        "instead.",
    )


def test_a_bad_width_or_taxonomy_is_refused():
    with pytest.raises(UserError, match="bin width 9 is not between 1 and 4"):
        comparison.differences(pair(table(), table("other"), "detailed"), 9)
    with pytest.raises(UserError, match="not one of detailed, grouped, operations"):
        pair(table(), table("other"), "nonsense")


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
    one, other = table(induction=(3,)), table("o", induction=(3, 4))
    _, found = comparison.agreement(one, other, "induction")
    packed = compare_data.pack_pairs(found, ("a", "b"), Grid(3, 2))
    assert [int(packed["places"][i : i + 3], 36) for i in range(0, 24, 3)] == list(range(8))
    assert [int(packed["one"][i : i + 2], 36) for i in (4, 6)] == [50, 900]
    assert packed["differs"] == "00001000"


def test_a_layer_may_have_any_number_of_heads():
    one, other = (
        Table(name, made_tables.heads(2, 300), made_tables.provenance(2, 300)) for name in "ab"
    )
    _, found = comparison.agreement(one, other, None)
    packed = compare_data.pack_pairs(found, ("a", "b"), Grid(140, 300))
    assert packed["heads"] == 300
    assert int(packed["places"][-3:], 36) == 300 + 299


def test_the_second_table_is_packed_in_the_view_that_both_have():
    both = pair(table(), table("other", induction=(3,)), "grouped")
    packed = compare_data.pack_other(both, [])
    # content is the first of the groups, diffuse the fourth
    assert packed["index"] == "33303333"
    budget = pair(resting("one", 0.2), resting("other", 0.25, 0.5), "detailed", "budget")
    masses = compare_data.pack_other(budget, [])["masses"]
    millionths = [int(masses[i : i + 4], 36) for i in range(0, 72, 4)]
    assert millionths == [250_000, *[0] * 7, 750_000, 500_000, *[0] * 7, 500_000]


def test_points_have_a_sign_and_one_digit():
    assert [comparison.points(step) for step in (0.031, -0.25, 0.0004)] == [
        "+3.1 pp",
        "−25.0 pp",
        "0",
    ]


def test_half_a_tenth_of_a_point_is_rounded_away_from_zero():
    # 1/16 is 6.25 points, 1/80 is 1.25
    assert [comparison.points(step) for step in (1 / 16, -1 / 16, 1 / 80, -1 / 80)] == [
        "+6.3 pp",
        "−6.3 pp",
        "+1.3 pp",
        "−1.3 pp",
    ]


def test_the_threshold_is_the_one_in_force():
    assert comparison.threshold_of(table(), "induction") == 0.4
    assert comparison.threshold_of(table(), "mean_distance") is None
    record = made_tables.provenance()
    changed = record.taxonomy.model_copy(update={"thresholds": {"induction": 0.3}})
    moved = Table("m", made_tables.heads(), record.model_copy(update={"taxonomy": changed}))
    assert comparison.threshold_of(moved, "induction") == 0.3


def test_a_delimiter_must_beat_twice_its_own_tables_base_rate():
    heads = made_tables.heads(1, 2, delimiter=[0.45, 0.05])
    one, other = (
        Table(name, heads.assign(delimiter_base_rate=np.float32(rate)), made_tables.provenance(1))
        for name, rate in (("a", 0.14), ("b", 0.25))
    )
    _, found = comparison.agreement(one, other, "delimiter")
    assert found is not None
    assert found.thresholds == (0.4, 0.5)
    assert found.pairs["crossed"].tolist() == [True, False]
    assert found.sentence("a", "b").endswith(
        "1 lie on different sides of their thresholds, 0.40 and 0.50."
    )
