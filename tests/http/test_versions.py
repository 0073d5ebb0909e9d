"""Tables of other versions over HTTP and in the page's parts: read whole, or refused by name."""

import io
import json
import shutil
from pathlib import Path

import made_tables
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from app.analysis.observing import observe
from app.page.compare import comparison
from app.page.compare import layout as compare_layout
from app.page.selection import head_card, head_more
from app.server import create_app
from app.views.catalogue import VIEWS
from cache import schema
from cache.provenance import ProbeRecord, TaxonomyRecord
from cache.schema import Column
from cache.store import Store, encode
from headstrata.settings import Settings
from vocabulary import taxonomy

FROZEN = Path(__file__).parent.parent / "cache/frozen/v1"
EXPECTED = json.loads((FROZEN / "expected.json").read_text())["tables"]


@pytest.fixture
def store(tmp_path):
    shutil.copytree(FROZEN / "tables", tmp_path / "tables")
    return Store(str(tmp_path), published=False)


@pytest.fixture
def get(tmp_path, store):
    client = create_app(Settings.load(cache=str(tmp_path), published=False)).server.test_client()

    def ask(path, status=200):
        answer = client.get(path)
        assert answer.status_code == status, answer.text
        return answer

    return ask


def more_table(**changes):
    """A table with columns and provenance fields that nobody here knows."""
    heads = made_tables.heads(induction=[0.9, 0.05, 0.78, 0.05, 0.05, 0.05]).assign(
        rotation=np.float32([2.5, -1.25, np.nan, 0.1, 0, 0]),
        sign=["a", None, "c", "d", "e", "f"],  # a column of the operations' view, too
        digest=[b"\xff", None, b"", b"a", b"b", b"c"],
    )
    probe = ProbeRecord(name="documents", prompts=4, length=64, rows=8, seed=0, stride=3)
    return heads, made_tables.provenance(probes=[probe], lineage={"kind": "mean"}, **changes)


# --- version 1 -----------------------------------------------------------------------


def test_version_1_tables_are_listed(get):
    models = {model["name"]: model for model in get("/api/models").json}
    assert sorted(models) == sorted(EXPECTED)
    for name, model in models.items():
        record = EXPECTED[name]["provenance"]
        assert (model["title"], model["layers"], model["heads"], model["heads_total"]) == (
            *(record["title"], record["layers"], record["heads"], EXPECTED[name]["rows"]),
        )
    assert get("/api/problems").json == []


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_version_1_tables_are_exported_with_their_numbers(get, name):
    rows = get(f"/api/heads?model={name}&format=json").json
    csv = pd.read_csv(io.BytesIO(get(f"/api/heads?model={name}&format=csv").data))
    whole = pd.read_parquet(io.BytesIO(get(f"/api/heads?model={name}&format=parquet").data))
    for column, values in EXPECTED[name]["values"].items():
        sent = [row[column] for row in rows]
        if isinstance(values[0], float):
            assert sent == pytest.approx(values, abs=1e-15)  # JSON has fifteen decimals
        else:
            assert sent == values
        pd.testing.assert_series_equal(
            whole[column], pd.Series(values, dtype=whole[column].dtype, name=column)
        )
        assert csv[column].isna().tolist() == [value is None for value in values]
    for column in EXPECTED[name]["missing"]:
        assert {row[column] for row in rows} == {None}
        assert csv[column].isna().all()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_version_1_tables_are_binned(get, name):
    layers = EXPECTED[name]["provenance"]["layers"]
    rows = get(f"/api/bins?model={name}&width={layers}&taxonomy=detailed").json
    counts = {row["category"]: row["heads"] for row in rows if row["heads"]}
    assert counts == EXPECTED[name]["categories"]


def test_version_1_tables_are_compared(store):
    one, other = store.read("smollm2-135m"), store.read("frozen-v1")
    both = comparison.pair(one, other, "detailed")
    bins, found = comparison.differences(both, 30)
    assert bins == 1
    shares = {d.name: d.shares for d in found}
    counts = [EXPECTED[name]["categories"] for name in ("smollm2-135m", "frozen-v1")]
    assert shares["broad"] == (counts[0]["broad"] / 270, counts[1]["broad"] / 12)
    score, found_agreement = comparison.agreement(one, one, None)
    assert score[0] == "induction"
    assert found_agreement.largest == 0


# --- further columns -----------------------------------------------------------------


def test_unknown_columns_are_listed_exported_and_binned(get, store):
    heads, record = more_table()
    store.write("more", heads, record)
    assert "more" in {model["name"] for model in get("/api/models").json}
    rows = get("/api/heads?model=more&format=json").json
    assert [row["rotation"] for row in rows] == [2.5, -1.25, None, 0.1, 0, 0]
    assert [row["sign"] for row in rows][:3] == ["a", None, "c"]
    assert [row["digest"] for row in rows][:3] == ["ff", None, ""]
    lines = get("/api/heads?model=more&format=csv").text.splitlines()
    assert lines[0].endswith("effect_natural_sign,rotation,sign,digest")
    assert lines[2].endswith(",-1.25,,")  # missing is empty
    data = io.BytesIO(get("/api/heads?model=more&format=parquet").data)
    pd.testing.assert_frame_equal(pd.read_parquet(data), store.read("more").heads)
    kept = json.loads(pq.read_schema(data).metadata[b"headstrata"])
    assert (kept["lineage"], kept["probes"][0]["stride"]) == ({"kind": "mean"}, 3)
    bins = get("/api/bins?model=more&width=3").json
    assert {row["category"]: row["heads"] for row in bins if row["heads"]} == {
        "induction": 2,
        "unclassified": 4,
    }


def test_thresholds_leave_them_alone(get, store):
    store.write("more", *more_table())
    data = io.BytesIO(get("/api/heads?model=more&format=parquet&t=induction:0.8").data)
    changed = pd.read_parquet(data)
    assert changed["category"].tolist()[::2] == ["induction", "mixed", "unclassified"]
    before = store.read("more").heads
    pd.testing.assert_frame_equal(changed[["rotation", "digest"]], before[["rotation", "digest"]])
    kept = json.loads(pq.read_schema(data).metadata[b"headstrata"])
    assert (kept["lineage"], kept["taxonomy"]["thresholds"]["induction"]) == (
        *({"kind": "mean"}, 0.8),
    )


def test_a_view_brings_its_own_columns_over_unknown_ones_of_their_name(store):
    published = store.read("gpt2-xl-published")
    store.write("more", published.heads.assign(sign="x", family=1.0), published.provenance)
    labelled = VIEWS["operations"].labelled(store.read("more"))
    assert set(labelled["sign"]) <= {"copies", "suppresses", "both", "neither"}
    assert labelled.columns.is_unique


@pytest.mark.parametrize("view", list(VIEWS))
def test_the_pages_parts_are_made_of_tables_with_unknown_columns(get, store, view):
    store.write("more", *more_table())
    table = store.read("more")
    assert head_card.build(table, "0.0")
    assert head_more.build(table, "0.0", {"smollm2-135m": store.read("smollm2-135m")})
    both = comparison.pair(table, store.read("smollm2-135m"), view)
    assert comparison.differences(both, 3)[1]
    if VIEWS[view].has(table):
        assert observe(table, 2, VIEWS[view])


# --- a declared further column --------------------------------------------------------


@pytest.fixture
def rotation(monkeypatch):
    """One further column: one entry."""
    column = Column("rotation", "float32", "standard deviations", "…", True, optional=True)
    monkeypatch.setattr(schema, "COLUMNS", (*schema.COLUMNS, column))


def test_a_column_that_came_later_is_empty_in_older_tables_and_full_in_newer(rotation, get, store):
    store.write("more", *more_table())
    assert {row["rotation"] for row in get("/api/heads?model=frozen-v1&format=json").json} == {None}
    csv = get("/api/heads?model=frozen-v1&format=csv").text.splitlines()
    assert csv[0].endswith(",rotation")
    assert all(line.endswith(",") for line in csv[1:])
    newer = get("/api/heads?model=more&format=json").json
    assert [row["rotation"] for row in newer][:3] == [2.5, -1.25, None]


# --- newer versions ---------------------------------------------------------------------


def test_a_newer_table_is_served_where_it_says_that_it_may_be_read(get, store):
    store.put("tables/newer.parquet", encode(*more_table(schema_version=2, min_reader_version=1)))
    assert "newer" in {model["name"] for model in get("/api/models").json}
    assert len(get("/api/heads?model=newer&format=json").json) == 6


def test_a_newer_table_with_another_meaning_is_a_problem_and_hides_nothing(get, store):
    store.put("tables/newer.parquet", encode(*more_table(schema_version=3)))
    said = "made by a newer version of Headstrata (schema version 3; this one reads 2): update"
    assert [model["name"] for model in get("/api/models").json if model["name"] == "newer"] == []
    (problem,) = get("/api/problems").json
    assert problem["name"] == "newer"
    assert said in problem["reason"]
    assert said in get("/api/heads?model=newer", 404).json["error"]


@pytest.fixture
def with_unknown_category(store):
    heads = made_tables.heads(induction=[0.9, 0.05, 0.78, 0.05, 0.05, 0.05])
    heads.loc[1, ["category", "group"]] = ["learned_sink", "sink"]
    categories = {**taxonomy.group_of(), "learned_sink": "sink"}
    record = TaxonomyRecord(version=2, thresholds=taxonomy.THRESHOLDS, categories=categories)
    store.write("newer", heads, made_tables.provenance(taxonomy=record))
    return store.read("newer")


def test_a_category_that_only_the_table_knows_is_counted(get, with_unknown_category):
    rows = get("/api/bins?model=newer&width=3").json
    assert {row["category"]: row["heads"] for row in rows if row["heads"]} == {
        "induction": 2,
        "unclassified": 3,
        "learned_sink": 1,
    }


def test_the_pages_parts_name_a_category_that_only_the_table_knows(with_unknown_category, store):
    table = with_unknown_category
    assert "Learned sink" in str(head_card.build(table, "0.1"))
    assert head_more.build(table, "0.0", {"newer": table})
    assert head_more.build(table, "0.1", {})
    assert observe(table, 1, VIEWS["detailed"])
    assert observe(table, 1, VIEWS["grouped"])
    store.write("plain", made_tables.heads(), made_tables.provenance())
    plain = store.read("plain")
    assert comparison.differences(comparison.pair(table, plain, "detailed"), 3)
    shared, found = comparison.agreement(table, plain, None)
    drawn = compare_layout.heads(shared, found, ("a", "b"), "")
    assert "Learned sink" in str(drawn)
