"""Tables whose layers differ in their heads, or have no attention: written and read."""

import json
from io import StringIO

import made_tables
import numpy as np
import pandas as pd
import pytest
from made_tables import HYBRID, UNEVEN

from app import downloads
from app.analysis.binned_check import check_binned_table
from app.analysis.observing import observe
from app.views.catalogue import find
from cache import patterns
from cache.grid import Grid
from cache.listing import describe
from cache.store import Store


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path), published=False)


def written(store, heads, **changes):
    layers = len(heads)
    record = made_tables.provenance(layers, heads, **changes)
    store.write("m", made_tables.heads(layers, heads), record)
    return store.read("m")


def test_the_grid_comes_back_and_older_readers_are_told_of_a_newer_version(store):
    table = written(store, HYBRID)
    assert table.grid == Grid(12, HYBRID)
    assert table.heads["layer"].tolist() == [3] * 4 + [7] * 4 + [11] * 4
    assert table.provenance.schema_version == 2
    (entry,), _ = store.entries()
    told = describe(entry)
    assert (told["layers"], told["heads"], told["attention_layers"]) == (12, 4, 3)
    assert told["heads_by_layer"] == list(HYBRID)
    dense = json.loads(made_tables.provenance().model_dump_json())
    assert dense["schema_version"] == 1
    assert "heads_by_layer" not in dense


@pytest.mark.parametrize("heads", [[4, 8], [4, 4, 4], [0, 0, 0]])
def test_a_provenance_whose_numbers_do_not_fit_is_refused(heads):
    with pytest.raises(ValueError, match="heads_by_layer must have 3 numbers, the largest 8"):
        made_tables.provenance(3, UNEVEN, heads_by_layer=heads)


@pytest.mark.parametrize("heads", [HYBRID, UNEVEN])
def test_patterns_of_every_head_come_back(store, heads):
    grid = Grid(len(heads), heads)
    rng = np.random.default_rng(0)
    drawn = np.tril(rng.integers(0, 256, (grid.size, 4, 4), dtype=np.uint8))
    patterns.write(store, "m", {"natural": list("abcd")}, {"natural": drawn}, grid)
    for row in range(grid.size):
        found = patterns.read_head(store, "m", *grid.place(row))
        assert (found["natural"].weights == drawn[row]).all()


@pytest.mark.parametrize("view", ["detailed", "grouped", "budget"])
def test_bins_keep_the_layers_numbers_and_one_without_heads_has_no_shares(store, view):
    table = written(store, HYBRID)
    binned = downloads.binned(table, 3, view)
    empty, rest = binned[binned["bin"] == "[0, 3)"], binned[binned["bin"] != "[0, 3)"]
    assert (empty["heads"] == 0).all()
    assert empty["share"].isna().all()
    assert set(empty["percent"]) == {"–"}
    assert rest.groupby("bin")["share"].sum().to_numpy() == pytest.approx(np.ones(3))
    checks = check_binned_table(binned)
    assert checks[0].sentence() == "[0, 3): no heads."
    assert all(check.is_sound for check in checks)
    as_text = pd.read_csv(StringIO(binned.to_csv(index=False)), dtype=str)
    assert check_binned_table(as_text)[0].sentence() == "[0, 3): no heads."
    said = [one.sentence for one in observe(table, 3, find(view))]
    assert said[0].startswith("3 of 12 layers have attention, 4 heads each:")
    assert not any("[0, 3)" in sentence or "nan" in sentence for sentence in said)
