"""Files of schema version 1, made by the code of then: read today as they were then."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from app.views.thresholds import what_if
from cache.patterns import read_head
from cache.store import Store

FOLDER = Path(__file__).parent / "frozen/v1"
EXPECTED = json.loads((FOLDER / "expected.json").read_text())
NAMES = sorted(EXPECTED["tables"])


@pytest.fixture(scope="module")
def store():
    return Store(str(FOLDER), published=False)


def stored(provenance, expected):
    """The fields that version 1 had, as JSON; later ones have their defaults."""
    return {name: json.loads(provenance.model_dump_json())[name] for name in expected}


def test_all_are_listed_with_their_provenance(store):
    entries, problems = store.entries()
    assert problems == []
    assert sorted(entry.name for entry in entries) == NAMES
    for entry in entries:
        expected = EXPECTED["tables"][entry.name]["provenance"]
        assert stored(entry.provenance, expected) == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_read_as_it_was(store, name):
    expected, heads = EXPECTED["tables"][name], store.read(name).heads
    assert len(heads) == expected["rows"]
    dtypes = {column: str(dtype) for column, dtype in heads.dtypes.items()}
    old = {column: dtype for column, dtype in dtypes.items() if column in expected["columns"]}
    assert list(old.items()) == list(expected["columns"].items())  # in their order too
    assert heads["category"].value_counts().to_dict() == expected["categories"]
    assert heads["group"].value_counts().to_dict() == expected["groups"]
    assert int(heads["borderline"].sum()) == expected["borderline"]
    assert [column for column in old if heads[column].isna().all()] == expected["missing"]


@pytest.mark.parametrize("name", NAMES)
def test_its_numbers_are_those_that_were_written(store, name):
    heads = store.read(name).heads
    for column, values in EXPECTED["tables"][name]["values"].items():
        expected = pd.Series(values, dtype=heads[column].dtype)
        pd.testing.assert_series_equal(heads[column], expected, check_names=False, check_exact=True)


def test_what_version_1_had_no_column_for_is_missing_and_never_zero(store):
    for name in NAMES:
        heads = store.read(name).heads
        later = heads.columns.difference(list(EXPECTED["tables"][name]["columns"]))
        assert heads[later].isna().all(axis=None)


def test_patterns_are_read_as_they_were(store):
    (name,) = EXPECTED["patterns"]
    expected = EXPECTED["patterns"][name]
    found = read_head(store, name, expected["layer"], expected["head"], expected["run_key"])
    assert found is not None
    assert set(found) == set(expected["probes"])
    for probe, drawn in expected["probes"].items():
        assert found[probe].tokens == drawn["tokens"]
        weights = found[probe].weights
        for query, keys in drawn["rows"].items():
            assert weights[int(query), : int(query) + 1].tolist() == keys
        assert int(weights.sum(dtype=np.int64)) == drawn["total"]


def test_the_job_record_is_read(store):
    (job,) = store.jobs()
    assert (job.id, job.name, job.state, job.origin) == (
        *("frozen-v1-a03f9322", "frozen-v1", "done", "command"),
    )
    assert job.options["prompts"] == 6


def test_a_copy_that_is_written_today_reads_the_same(store, tmp_path):
    today = Store(str(tmp_path), published=False)
    for name in NAMES:
        table = store.read(name)
        today.write(name, table.heads, table.provenance)
        again = today.read(name)
        pd.testing.assert_frame_equal(again.heads, table.heads, check_exact=True)
        assert again.provenance == table.provenance


def test_a_table_of_older_rules_gets_no_category_that_they_lack(store):
    """Long range came later, with a score of its own: other thresholds bring nobody there."""
    heads = store.read("smollm2-135m").heads
    changed = what_if(heads, {"induction": 0.5, "long_range": 0.1})
    assert "long_range" not in set(changed["category"])
    moved = heads["category"] != changed["category"]
    assert set(heads.loc[moved, "category"]) <= {"induction"}
