"""Tables some of whose scores nobody measured: windows, small vocabularies, learned sinks."""

import io

import made_tables
import numpy as np
import pandas as pd
import pytest

from app import downloads
from app.views.budget import PARTS, budget_by_bin, layer_parts
from app.views.thresholds import what_if
from cache import schema
from cache.store import Store

NAN = float("nan")
#: By layer: a window too short for induction, a full layer, and one with learned sinks.
SCORES = {
    "induction": [NAN, NAN, 0.35, 0.05, 0.9, 0.05],
    "duplicate_token": [NAN, NAN, 0.05, 0.05, 0.05, 0.05],
    "previous_token": [0.05, 0.8, 0.05, 0.05, 0.05, 0.05],
    "first_token": [0.35, 0.05, 0.05, 0.7, 0.05, 0.05],
    "mass_sink": [NAN, NAN, NAN, NAN, 0.2, 0.9],
}
CATEGORIES = [
    "not_measured",  # induction is unknown, and nothing else reaches its threshold
    "previous_token",  # whatever induction would have been, this one is reached
    "mixed",
    "first_token",
    "induction",
    "learned_sink",
]


@pytest.fixture
def heads():
    """Missing errors where the score is missing, as the worker writes them."""
    made = made_tables.heads(**SCORES)
    for name in SCORES:
        made.loc[made[name].isna(), f"{name}_se"] = np.nan
    return made


@pytest.fixture
def table(heads, tmp_path):
    """Written and read back."""
    store = Store(str(tmp_path), create=True, published=False)
    store.write("gaps", heads, made_tables.provenance())
    return store.read("gaps")


def test_they_are_stored_as_missing_and_judged_by_the_rest(table, heads):
    pd.testing.assert_frame_equal(table.heads, heads)
    assert table.heads["category"].tolist() == CATEGORIES
    for name, given in SCORES.items():
        assert table.heads[name].isna().tolist() == np.isnan(given).tolist()
    assert table.heads["runner_up"].isna().tolist() == [True] + [False] * 5
    assert table.heads["margin"].isna().tolist() == [True] + [False] * 5


def test_a_csv_has_empty_cells_for_them_and_reads_back_the_same(table, heads):
    data = downloads.heads(table, "csv").data
    first = dict(zip(*(line.split(",") for line in data.decode().splitlines()[:2]), strict=True))
    assert {first[name] for name in ("induction", "induction_se", "mass_sink", "margin")} == {""}
    assert first["first_token"] == "0.35"
    again = schema.conform(pd.read_csv(io.BytesIO(data)))
    pd.testing.assert_frame_equal(again, heads)
    assert downloads.heads(table, "json").data.count(b'"induction":null') == 2


def test_other_thresholds_take_no_missing_score_for_a_number(table):
    lower = what_if(table.heads, {"induction": 0.001, "first_token": 0.3, "learned_sink": 0.1})
    assert lower["category"].tolist() == [
        "first_token",
        "previous_token",
        *["induction"] * 4,
    ]
    higher = what_if(table.heads, {"previous_token": 0.9, "learned_sink": 0.95})
    assert higher["category"].tolist() == [
        "not_measured",
        "not_measured",
        *CATEGORIES[2:5],
        "mixed",
    ]
    schema.check(lower, table.grid, table.provenance.taxonomy.categories)


def test_a_learned_sink_has_its_share_of_each_bin(table):
    assert schema.budget(table.heads).sum(axis=1).to_numpy() == pytest.approx(1, abs=1e-6)
    layers = layer_parts(table.heads["layer"], schema.budget(table.heads), 3)
    assert layers.sum(axis=1).tolist() == [PARTS] * 3
    shares = budget_by_bin(table.heads, 1, table.grid).pivot_table(
        index="start", columns="destination", values="share"
    )
    assert shares["mass_sink"].tolist() == pytest.approx([0, 0, 0.55], abs=1e-5)  # (.2 + .9) / 2
    assert shares.sum(axis=1).tolist() == pytest.approx([1] * 3)
    [whole] = budget_by_bin(table.heads, 3, table.grid).query("destination == 'mass_sink'").percent
    assert whole == "18.3%"  # (.2 + .9) / 6
