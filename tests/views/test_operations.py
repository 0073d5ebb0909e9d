"""The operations taxonomy, against counts taken by hand from the paper's file."""

import itertools

import numpy as np
import pandas as pd
import pytest

from app.views.operations import label_operations
from cache.bins import bin_heads
from cache.evidence import evidence_for
from cache.store import PUBLISHED
from vocabulary.operations import FAMILIES, NO_OPERATION, OPERATIONS

#: Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB.
VISIONS = {
    "normal": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


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


@pytest.mark.parametrize("vision", VISIONS)
def test_families_are_told_apart_by_colour_blind_readers(vision):
    labs = [_lab(family.colour, np.array(VISIONS[vision])) for family in FAMILIES.values()]
    nearest = min(np.linalg.norm(a - b) for a, b in itertools.combinations(labs, 2))
    assert nearest > 35  # CIE 1976; about 2 is just noticeable


def _lab(colour, vision):
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    seen = np.clip(vision @ linear, 0, 1)
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    white = np.array([0.9505, 1, 1.089])
    x, y, z = np.cbrt(np.maximum(to_xyz @ seen / white, 1e-6))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
