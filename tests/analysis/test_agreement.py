"""Two tables of one model, head by head, on tables small enough to work out by hand."""

import made_tables
import numpy as np
import pandas as pd
import pytest
from made_tables import categories_by_layer as table

from app.analysis.agreement import agree, is_same_model, shared_scores
from app.analysis.settings import settings_apart
from cache.provenance import AdapterRecord, ProbeRecord, Provenance, TaxonomyRecord
from cache.store import PUBLISHED
from headstrata.errors import UserError


def test_head_by_head():
    one = table(["induction", "mixed"], ["broad", "mixed"], induction=[0.9, 0.1, 0.2, 0.3])
    other = table(["induction", "broad"], ["broad", "induction"], induction=[0.8, 0.2, 0.1, 0.8])
    found = agree(one, other, "induction", (0.4, 0.4))
    # ranks 4 1 2 3 against 3.5 2 1 3.5: centred products 1.5*1 + -1.5*-.5 + -.5*-1.5 + .5*1
    assert found.correlation.rho == pytest.approx(3.5 / np.sqrt(5 * 4.5))
    assert found.largest == pytest.approx(0.5)
    assert found.where == (1, 1)
    assert found.disagreeing[["layer", "head"]].to_numpy().tolist() == [[1, 1], [0, 1]]
    assert found.judged == 4
    assert found.sentence("published", "computed") == (
        "published against computed. Induction (prefix matching), 4 heads: Spearman's rho 0.738, "
        "largest difference 0.500 at L1.H1. 2 heads disagree: 2 of 4 that both name differ in "
        "category, 1 lie on different sides of the threshold 0.40."
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
    assert found.sentence("a", "b") == (
        "a and b have no head whose score “Induction (prefix matching)” both measured."
    )


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


def test_a_head_that_one_side_cannot_name_still_disagrees_across_the_threshold():
    """Published as no induction head, computed as one: the likeliest disagreement of all."""
    one = table(["not_measured", "not_measured"], induction=[0.02, 0.39])
    other = table(["induction", "mixed"], induction=[0.9, 0.3])
    found = agree(one, other, "induction", (0.4, 0.4))
    assert found.disagreeing[["layer", "head"]].to_numpy().tolist() == [[0, 0]]
    assert found.pairs["crossed"].tolist() == [True, False]
    assert found.sentence("a", "b").endswith(
        "1 head disagrees: 0 of 0 that both name differ in category, 1 lie on different sides of "
        "the threshold 0.40."
    )
    assert agree(one, other, "induction").disagreeing.empty


def test_scores_without_a_common_order_are_said_to_have_none():
    count = 40
    one = table(["mixed"] * count, induction=np.arange(count) / 100)
    other = table(["mixed"] * count, induction=(np.arange(count) * 17 % count) / 100)
    sentence = agree(one, other, "induction", (0.4, 0.4)).sentence("a", "b")
    assert ", no clear agreement; largest difference" in sentence
    against = table(["mixed"] * count, induction=np.arange(count)[::-1] / 100)
    sentence = agree(one, against, "induction", (0.4, 0.4)).sentence("a", "b")
    assert "Spearman's rho −1.000" in sentence
    assert ", against each other; largest difference" in sentence


def test_settings_that_differ_are_named():
    def record(seed=0, prompts=64, source="computed", **changes):
        probes = [
            ProbeRecord(name=name, prompts=prompts, length=257, rows=32, seed=seed)
            for name in ("repeated", "natural")
        ]
        return made_tables.provenance(probes=probes, source=source, **changes)

    assert settings_apart(record(), record(seed=1, prompts=16)) == (
        "They differ in prompts (64, 16) and seed (0, 1)."
    )
    assert settings_apart(record(), record()) == "Both were made under the same settings."
    assert settings_apart(record(dtype="float32"), record(dtype="bfloat16")) == (
        "They differ in precision (float32, bfloat16)."
    )
    assert settings_apart(record(), record(source="published")) == ""


def test_files_and_adapters_that_differ_under_the_same_weights_are_settings():
    plain = made_tables.provenance()
    one, other = (
        made_tables.provenance(files_sha256={"config.json": digest, "tokenizer.json": "c" * 64})
        for digest in ("a" * 64, "b" * 64)
    )
    assert settings_apart(one, other) == "They differ in configuration (aaaaaaaa, bbbbbbbb)."
    assert settings_apart(one, plain) == "Both were made under the same settings."  # not known
    adapted = made_tables.provenance(adapter=AdapterRecord(name="lora", sha256="d" * 64))
    assert settings_apart(plain, adapted) == "They differ in adapter (none, dddddddd)."
