"""Two tables side by side, on tables small enough to work out by hand."""

import numpy as np
import pandas as pd
import pytest

from app.analysis.compare import agree, align, is_same_model, relative_bins, shared_scores
from app.analysis.taxonomies import TAXONOMIES
from cache.provenance import Provenance, TaxonomyRecord
from cache.schema import SCORES
from cache.store import PUBLISHED
from headstrata.errors import UserError

DETAILED = TAXONOMIES["detailed"]


def table(*layers, **scores):
    rows = [
        {"layer": layer, "head": head, "category": category}
        for layer, categories in enumerate(layers)
        for head, category in enumerate(categories)
    ]
    heads = pd.DataFrame(rows)
    for name in SCORES:
        heads[name] = scores.get(name, np.nan)
    return heads


def row(aligned, start, category):
    return aligned[(aligned["start"] == start) & (aligned["category"] == category)].iloc[0]


def test_layers_are_aligned_by_the_middle_of_their_depth():
    # three layers, middles 1/6, 1/2, 5/6; six layers, middles 1/12 ... 11/12; two bins
    one = table(["mixed"], ["mixed"], ["induction"])
    other = table(*[["mixed", "broad"]] * 3, *[["induction", "broad"]] * 3)
    aligned = align(one, other, 2, DETAILED)
    upper = row(aligned, 0.5, "induction")
    assert upper["bin"] == "50%-100%"
    assert (upper["layers_one"], upper["layers_other"]) == ("[1, 3)", "[3, 6)")
    assert (upper["heads_one"], upper["heads_other"]) == (1, 3)
    assert (upper["percent_one"], upper["percent_other"]) == ("50.0%", "50.0%")
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
        assert aligned["heads_one"].sum() == 21
        assert aligned["heads_other"].sum() == 24


def test_more_bins_than_layers_are_refused():
    with pytest.raises(UserError, match="4 bins of depth are not between 1 and 3 layers"):
        align(table(*[["mixed"]] * 3), table(*[["mixed"]] * 9), 4, DETAILED)


def test_the_sliders_width_becomes_a_number_of_bins():
    assert relative_bins(48, 12, 30) == 4
    assert relative_bins(48, 5, 30) == 10
    assert relative_bins(48, 1, 30) == 30


def test_head_by_head():
    one = table(["induction", "mixed"], ["broad", "mixed"], induction=[0.9, 0.1, 0.2, 0.3])
    other = table(["induction", "broad"], ["broad", "induction"], induction=[0.8, 0.2, 0.1, 0.8])
    found = agree(one, other, "induction")
    # ranks 4 1 2 3 against 3.5 2 1 3.5: centred products 1.5*1 + -1.5*-.5 + -.5*-1.5 + .5*1
    assert found.correlation.rho == pytest.approx(3.5 / np.sqrt(5 * 4.5))
    assert found.largest == pytest.approx(0.5)
    assert found.where == (1, 1)
    assert found.disagreeing[["layer", "head"]].to_numpy().tolist() == [[1, 1], [0, 1]]
    assert found.judged == 4
    assert found.sentence("published", "computed") == (
        "published against computed, induction of 4 heads: Spearman's rho 0.738, largest "
        "difference 0.500 at L1.H1; 2 of 4 heads that both name differ in category."
    )


def test_heads_that_nobody_judged_disagree_with_nobody():
    one = table(["not_measured", "induction"], induction=[0.1, 0.9])
    other = table(["broad", "mixed"], induction=[0.1, 0.2])
    found = agree(one, other, "induction")
    assert found.disagreeing["head"].tolist() == [1]
    assert found.judged == 1


def test_a_score_that_one_side_lacks_gives_no_pairs():
    one = table(["mixed", "mixed"], induction=[0.1, 0.9])
    other = table(["mixed", "mixed"])
    assert shared_scores(one, other) == []
    found = agree(one, other, "induction")
    assert len(found.pairs) == 0
    assert found.sentence("a", "b") == "a and b have no head whose induction both measured."


def test_different_heads_cannot_be_compared_one_by_one():
    with pytest.raises(UserError, match="only one model can be compared: 1 and 2 heads"):
        agree(table(["mixed"]), table(["mixed", "mixed"]), "induction")
    with pytest.raises(UserError, match="no score named 'colour'"):
        agree(table(["mixed"]), table(["mixed"]), "colour")


def test_a_published_table_compared_with_itself_agrees_fully():
    published = pd.read_parquet(PUBLISHED / "gpt2-xl-published.parquet")
    assert shared_scores(published, published) == ["induction", "previous_token"]
    found = agree(published, published, "induction")
    assert found.correlation.rho == pytest.approx(1)
    assert (found.largest, len(found.disagreeing), found.judged) == (0, 0, 98)


def test_the_same_model_is_known_by_its_reference_or_its_name():
    def record(model, reference, layers=2):
        return Provenance(
            source="computed",
            title="x",
            model=model,
            reference=reference,
            architecture="x",
            layers=layers,
            heads=2,
            scores=[],
            taxonomy=TaxonomyRecord(version=1, thresholds={}, categories={}),
        )

    assert is_same_model(record("a", "gpt2"), record("b", "gpt2"))
    assert is_same_model(record("a", None), record("a", None))
    assert not is_same_model(record("a", None), record("b", None))
    assert not is_same_model(record("a", None), record("a", None, layers=3))
