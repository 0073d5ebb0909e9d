"""The operations taxonomy, against counts taken by hand from the paper's file."""

import pandas as pd
import pytest

from app.views.operations import label_operations
from cache.bins import bin_heads
from cache.evidence import evidence_for
from cache.store import PUBLISHED
from vocabulary.operations import FAMILIES, NO_OPERATION, OPERATIONS


@pytest.fixture(scope="module")
def labelled():
    return label_operations(evidence_for("gpt2-xl").operations)


@pytest.fixture(scope="module")
def published():
    return pd.read_parquet(PUBLISHED / "gpt2-xl-published.parquet")


def scores(**given):
    """One head; every score that is not given is 0."""
    names = [name for o in OPERATIONS.values() for name in (o.name, o.suppression)]
    return pd.DataFrame([{"layer": 0, "head": 0, **dict.fromkeys(names, 0.0), **given}])


def test_201_heads_implement_an_operation_20_27_90_64_by_twelve_layers(labelled):
    bins = bin_heads(labelled, 12, by="family", order=list(FAMILIES))
    named = bins[bins["family"] != NO_OPERATION].groupby("start")["heads"].sum()
    assert named.to_dict() == {0: 20, 12: 27, 24: 90, 36: 64}
    assert bins.groupby("start")["heads"].sum().tolist() == [300] * 4


def test_of_62_induction_heads_30_copy_and_9_suppress(published, labelled):
    heads = published[published["category"] == "induction"].merge(labelled, on=["layer", "head"])
    assert heads["sign"].value_counts().to_dict() == {
        "copies": 30,
        "neither": 23,
        "suppresses": 9,
    }


def test_the_strongest_operation_names_the_head_and_all_are_listed():
    row = label_operations(
        scores(name_copying=0.2, adj_antonym=0.6, year_to_following=0.15, verb_past_tense=0.149)
    ).iloc[0]
    assert (row["operation"], row["family"]) == ("adj_antonym", "linguistic")
    assert (
        row["operations"] == "Adjective to antonym 0.60, Name copying 0.20, Year to next year 0.15"
    )
    assert row["suppresses"] == ""
    assert row["sign"] == "copies"


def test_below_the_threshold_a_head_has_no_operation():
    row = label_operations(scores(adj_antonym=0.149, name_copying__suppression=0.3)).iloc[0]
    assert (row["operation"], row["family"]) == (NO_OPERATION, NO_OPERATION)
    assert row["operation_score"] == pytest.approx(0.149)
    assert row["suppresses"] == "Name copying 0.30"
    assert row["sign"] == "suppresses"
