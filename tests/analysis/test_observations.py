"""Key observations: sentences whose numbers were worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from app.analysis.observations import layer_shares, observe_heads
from app.views.categories import DETAILED
from app.views.operations import OPERATIONS_VIEW, label_operations
from cache.evidence import evidence_for
from cache.schema import SCORES
from cache.store import PUBLISHED
from headstrata.errors import UserError


def table(*layers, borderline=(), measured=SCORES, errors=True):
    """A head table from one list of categories a layer."""
    rows = [
        {
            "layer": layer,
            "head": head,
            "category": category,
            "borderline": (layer, head) in borderline,
            **{name: 0.1 if name in measured else np.nan for name in SCORES},
            **{f"{name}_se": 0.01 if errors else np.nan for name in SCORES},
        }
        for layer, categories in enumerate(layers)
        for head, category in enumerate(categories)
    ]
    return pd.DataFrame(rows)


def said(heads, width, kind):
    return [found for found in observe_heads(heads, width, DETAILED) if found.kind == kind]


A, M, P = "induction", "mixed", "previous_token"
RISING = table(*([[M, M, M, M]] * 3), *([[A, M, M, M]] * 3), *([[A, A, M, M]] * 3), [A, A, A, M])


def test_a_share_that_rises_is_said_to_rise_with_its_interval_and_peak():
    rise = next(o for o in said(RISING, 5, "trend") if o.sentence.startswith("Induction"))
    # layers 0..9 against shares with ties 2 2 2 5 5 5 8 8 8 10 (as ranks)
    x, y = np.arange(10), np.array([2, 2, 2, 5, 5, 5, 8, 8, 8, 10])
    rho = np.corrcoef(x, y)[0, 1]
    assert rise.sentence.startswith(
        f"Induction pattern (12 heads): its share rises with depth (Spearman's rho {rho:.2f}, "
    )
    # layers 3, 4 hold one each in [0, 5); 5, 6, 7, 8, 9 hold 1 + 2 + 2 + 2 + 3 of 20
    assert rise.sentence.endswith("most in [5, 10), 10 of 20 heads (50.0%).")


def test_a_share_that_never_changes_has_no_rho():
    flat = said(table(*([[A, M]] * 12)), 6, "trend")
    assert flat[0].sentence == (
        "Induction pattern (12 heads): the same share in every layer; 50.0% of every bin."
    )


def test_two_layers_are_too_few_for_a_trend_but_not_alike():
    first = said(table([A, A], [A, M]), 1, "trend")[0]
    assert first.sentence == (
        "Induction pattern (3 heads): 2 layers are too few for a trend; most in [0, 1), "
        "2 of 2 heads (100.0%)."
    )


def test_few_layers_give_no_interval():
    first = said(table([A, M], [M, M], [M, M]), 1, "trend")[0]
    assert "over 3 layers, too few for an interval" in first.sentence


def test_no_clear_trend_is_called_that():
    noise = [[A, M], [M, M]] * 10
    assert said(table(*noise), 5, "trend")[0].sentence.startswith(
        "Induction pattern (10 heads): no clear trend with depth ("
    )


def test_who_leads_each_bin_ties_together():
    leaders = said(table([P, P, M], [P, P, M], [A, A, M], [A, M, M]), 2, "dominant")
    # [0, 2): previous 4 of 6; [2, 4): induction 3 and mixed 3 of 6
    assert {o.sentence for o in leaders} == {
        "Previous token leads in [0, 2) (66.7%).",
        "Induction pattern leads in [2, 4) (50.0%).",
        "Mixed leads in [2, 4) (50.0%).",
    }


def test_one_category_may_lead_everywhere():
    (leader,) = said(table([M, M, A], [M, M, M]), 1, "dominant")
    assert leader.sentence == "Mixed leads in every bin (66.7% to 100.0%)."


def test_many_bins_are_told_in_stretches():
    layers = [[A, M, M]] * 2 + [[P, P, M]] * 5 + [[A, M, M]] * 3
    assert {o.sentence for o in said(table(*layers), 1, "dominant")} == {
        "Previous token leads in [2, 7) (5 of 10 bins, 66.7%).",
        "Mixed leads in [0, 2) and [7, 10) (5 of 10 bins, 66.7%).",
    }
    scattered = said(table(*[[A, A, M], [M, M, A]] * 6), 1, "dominant")
    assert scattered[0].sentence.endswith(" leads in 6 of 12 bins (66.7%).")


def test_borderline_heads_are_counted_and_placed():
    heads = table([M, M], [M, M], [M, M], borderline={(0, 0), (2, 0), (2, 1)})
    (found,) = said(heads, 2, "borderline")
    assert found.sentence == (
        "3 of 6 heads (50.0%) are borderline: the category could flip within two standard "
        "errors. Most are in [2, 3) (2)."
    )
    (none,) = said(table([M, M]), 1, "borderline")
    assert none.sentence.startswith("None of the 2 heads is borderline")


def test_categories_without_heads_are_named():
    (found,) = said(table([A, M]), 1, "absent")
    assert "Previous token" in found.sentence
    assert "Mixed" not in found.sentence


def test_a_published_table_says_less():
    published = pd.read_parquet(PUBLISHED / "gpt2-xl-published.parquet")
    found = observe_heads(published, 12, DETAILED)
    assert [o.kind for o in found] == [
        *("limits", "trend", "trend", "borderline"),  # who leads among so few says nothing
    ]
    assert found[0].sentence.startswith(
        "Only 2 of the 9 scores are known: nothing can be said of 1,102 of the 1,200 heads"
    )
    assert "most in [24, 36), 36 of 300 heads (12.0%)" in found[2].sentence
    assert found[-1].sentence == (
        "How many heads are borderline cannot be said: no standard errors are known."
    )
    assert not any(o.sentence.startswith("Not measured") for o in found)


def test_bins_that_share_the_peak_are_all_named():
    (found, *_) = said(table([A, M], [M, M], [A, M]), 1, "trend")
    assert found.sentence.endswith("most in [0, 1) and [2, 3), 1 head each.")


def test_sentences_follow_the_bin_width():
    wide, narrow = (
        next(o.sentence for o in said(RISING, width, "trend") if o.sentence.startswith("Induction"))
        for width in (5, 1)
    )
    assert "; most in [5, 10), " in wide
    assert "; most in [9, 10), 3 of 4 heads (75.0%)" in narrow


def test_operations_have_observations_of_their_own():
    labelled = label_operations(evidence_for("gpt2-xl").operations)
    found = observe_heads(labelled, 12, OPERATIONS_VIEW)
    assert {o.kind for o in found} == {"trend", "dominant"}
    assert "leads among the heads with an operation in [0, 12)" in found[-2].sentence


def test_layer_shares_add_up():
    assert layer_shares(RISING).sum(axis=1).to_numpy() == pytest.approx(np.ones(10))


def test_a_width_out_of_range_is_refused():
    with pytest.raises(UserError, match="bin width 11"):
        observe_heads(RISING, 11, DETAILED)


def test_a_peak_has_its_interval_and_says_what_it_is_not_clearly_above():
    heads = table([A, A, M, M], [A, M, M, M], [M, M, M, M])
    ends = pd.DataFrame(
        {
            "start": [0, 1, 2],
            "category": "induction",
            "heads_low": pd.array([1, 1, 0], dtype="Int64"),
            "heads_high": pd.array([3, 2, 0], dtype="Int64"),
        }
    )
    (found, *_) = [o for o in observe_heads(heads, 1, DETAILED, None, ends) if o.kind == "trend"]
    assert found.sentence.endswith(
        "most in [0, 1), 2 of 4 heads (50.0%), 95% interval 1 to 3, not clearly more than in "
        "[1, 2)."
    )
    sure = ends.assign(heads_low=ends["heads_high"].where(ends["start"] > 0, 2))
    sure["heads_high"] = [2, 1, 0]
    (found, *_) = [o for o in observe_heads(heads, 1, DETAILED, None, sure) if o.kind == "trend"]
    assert found.sentence.endswith("most in [0, 1), 2 of 4 heads (50.0%).")


def test_a_single_head_is_told_in_the_singular():
    assert said(table([A]), 1, "borderline")[0].sentence == (
        "The head is not borderline: no category could flip within two standard errors."
    )
