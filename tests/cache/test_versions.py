"""Files of other versions: more columns and fields are kept, changed meanings are refused."""

import io
import json
from pathlib import Path

import made_tables
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cache import patterns, schema, versions
from cache.grid import Grid
from cache.jobs import Job
from cache.provenance import METADATA_KEY, ProbeRecord, TaxonomyRecord
from cache.schema import Column
from cache.store import BadTableError, Store, encode
from cache.versions import Migration
from vocabulary import taxonomy
from vocabulary.taxonomy import CATEGORIES, Score

FROZEN = Path(__file__).parent / "frozen/v1"


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path), published=False)


def newer(**changes):
    """A table with columns and fields that nobody here knows."""
    heads = made_tables.heads(induction=0.7).assign(
        rotation=np.array([2.5, -1.25, np.nan, 0, 0, 0], dtype=np.float32),
        rank=pd.array([1, None, 3, 4, 5, 6], dtype="Int32"),
        remark=pd.Series(["a", None, "c", "d", "e", "f"], dtype="str"),
    )
    probe = ProbeRecord(name="documents", prompts=4, length=64, rows=8, seed=0, stride=3)
    record = made_tables.provenance(probes=[probe], lineage={"baseline": "mean"}, **changes)
    return heads, record


def test_columns_and_fields_that_nobody_here_knows_are_kept(store):
    heads, record = newer()
    store.write("more", heads, record)
    (entry,), problems = store.entries()
    assert problems == []
    table = store.read("more")
    assert list(table.heads.columns) == [*schema.NAMES, "rotation", "rank", "remark"]
    pd.testing.assert_frame_equal(table.heads[["rotation", "rank", "remark"]], heads.iloc[:, -3:])
    for known in (entry.provenance, table.provenance.model_copy(update={"notes": ["changed"]})):
        kept = json.loads(known.model_dump_json())
        assert kept["lineage"] == {"baseline": "mean"}
        assert kept["probes"][0]["stride"] == 3


def test_a_newer_table_is_read_where_it_says_that_we_may(store):
    heads, record = newer(schema_version=4, min_reader_version=1)
    store.put("tables/newer.parquet", encode(heads, record))
    assert [entry.name for entry in store.entries()[0]] == ["newer"]
    table = store.read("newer")
    assert table.heads["rotation"].iloc[:2].tolist() == [2.5, -1.25]
    # what goes out again is still the newer version's
    store.put("tables/again.parquet", encode(table.heads, table.provenance))
    again = store.read("again").provenance
    assert (again.schema_version, again.min_reader_version) == (4, 1)


@pytest.mark.parametrize("reader", [{}, {"min_reader_version": 3}, {"min_reader_version": 9}])
def test_a_newer_table_with_another_meaning_is_refused_and_hides_no_good_one(store, reader):
    store.write("good", made_tables.heads(), made_tables.provenance())
    heads, record = newer(schema_version=4, **reader)
    store.put("tables/newer.parquet", encode(heads, record))
    entries, problems = store.entries()
    assert [entry.name for entry in entries] == ["good"]
    said = (
        "table 'newer' was made by a newer version of Headstrata (schema version 4; this one "
        "reads 2): update Headstrata to read it"
    )
    assert [problem.reason for problem in problems] == [said]
    with pytest.raises(BadTableError) as told:
        store.read("newer")
    assert str(told.value) == said


@pytest.mark.parametrize("version", [0, -1, "1", True, None, 1.0])
def test_what_is_no_version_is_refused(store, version):
    data = encode(made_tables.heads(), made_tables.provenance())
    table = pq.read_table(io.BytesIO(data))
    record = json.loads(table.schema.metadata[METADATA_KEY]) | {"schema_version": version}
    metadata = {METADATA_KEY: json.dumps(record).encode()}  # without digests
    buffer = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), buffer)
    store.put("tables/odd.parquet", buffer.getvalue())
    with pytest.raises(BadTableError, match=f"has schema version {version}, this Headstrata"):
        store.read("odd")


def test_what_is_written_today_says_no_more_than_version_1_did():
    """So that version-1 readers, which refuse unknown fields, read it too."""
    written = json.loads(made_tables.provenance().model_dump_json())
    known = json.loads((FROZEN / "expected.json").read_text())["tables"]["frozen-v1"]
    assert set(written) == set(known["provenance"])


# --- migrations -----------------------------------------------------------------


@pytest.fixture
def version_3(monkeypatch):
    """As if entropy had become its opposite in version 2, and titles capital in version 3."""

    def turned(heads, record):
        assert record["schema_version"] == 1
        return heads.assign(entropy=1 - heads["entropy"])

    def shouted(record):
        assert record["schema_version"] == 2
        return {**record, "title": record["title"].upper()}

    monkeypatch.setattr(schema, "SCHEMA_VERSION", 3)
    monkeypatch.setattr(
        versions, "MIGRATIONS", {1: Migration(heads=turned), 2: Migration(record=shouted)}
    )


def test_an_older_table_goes_through_every_migration(version_3):
    before = np.array(
        json.loads((FROZEN / "expected.json").read_text())["tables"]["frozen-v1"]["values"][
            "entropy"
        ],
        dtype=np.float32,
    )
    store = Store(str(FROZEN), published=False)
    table = store.read("frozen-v1")
    assert (table.heads["entropy"].to_numpy() == 1 - before).all()
    assert (table.provenance.title, table.provenance.schema_version) == ("TINY GPT2", 3)
    listed = {entry.name: entry.provenance for entry in store.entries()[0]}
    assert listed["frozen-v1"] == table.provenance


def test_todays_table_goes_through_none(version_3, store):
    store.put(
        "tables/new.parquet", encode(made_tables.heads(), made_tables.provenance(schema_version=3))
    )
    assert store.read("new").provenance.title == "Tiny Model"


def test_a_version_that_no_migration_starts_from_is_refused(version_3, store, monkeypatch):
    monkeypatch.delitem(versions.MIGRATIONS, 1)
    with pytest.raises(BadTableError, match="schema version 1, this Headstrata reads 3"):
        Store(str(FROZEN), published=False).read("frozen-v1")


# --- a further column ------------------------------------------------------------


@pytest.fixture
def rotation(monkeypatch):
    """One further column: one entry."""
    column = Column("rotation", "float32", "standard deviations", "…", nullable=True, optional=True)
    monkeypatch.setattr(schema, "COLUMNS", (*schema.COLUMNS, column))


def test_an_older_table_lacks_a_new_column_as_missing_values(rotation):
    heads = Store(str(FROZEN), published=False).read("smollm2-135m").heads
    assert heads.columns[-1] == "rotation"
    assert heads["rotation"].dtype == "float32"
    assert heads["rotation"].isna().all()


def test_a_new_column_is_written_checked_and_read(rotation, store):
    values = [2.5, -1.25, np.nan, 0, 0, 0]
    heads = schema.conform(made_tables.heads().assign(rotation=values, remark="x"))
    assert list(heads.columns[-2:]) == ["rotation", "remark"]
    store.write("new", heads, made_tables.provenance())
    np.testing.assert_array_equal(store.read("new").heads["rotation"], np.float32(values))
    lacking = made_tables.heads().drop(columns="rotation", errors="ignore")
    store.write("old", lacking, made_tables.provenance())
    assert store.read("old").heads["rotation"].isna().all()


def test_a_column_that_version_1_had_is_never_optional(store, rotation):
    lacking = made_tables.heads().drop(columns=["entropy", "margin"])
    store.put("tables/odd.parquet", encode(lacking, made_tables.provenance()))
    with pytest.raises(BadTableError, match=r"lacks the columns margin, entropy$"):
        store.read("odd")


def test_a_new_score_brings_both_its_columns_from_one_entry():
    score = Score(
        *("long_range", "Long range", "attention to the farther half", "…", "natural"),
        *("attention, 0..1", ("clark2019",)),
        optional=True,
    )
    columns = schema.of_score(score)
    assert [column.name for column in columns] == ["long_range", "long_range_se"]
    assert all(column.optional and column.nullable for column in columns)
    assert (columns[0].description, columns[0].unit) == (score.sentence, score.unit)


@pytest.mark.parametrize(
    "column",
    [{"dtype": "float32"}, {"dtype": "int16", "nullable": True}, {"dtype": "bool"}],
)
def test_an_optional_column_must_be_able_to_be_missing(column):
    with pytest.raises(ValueError, match="an optional column is nullable"):
        Column("x", unit="", description="", optional=True, **column)


# --- digests of columns of any kind ------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        pd.array([1, None, 2**62 + 1, 4, 5, 6], dtype="Int64"),
        pd.array([True, None, False, True, True, True], dtype="boolean"),
        pd.Series([list(range(2000))] * 6),
        pd.Series(pd.Timestamp("2026-11-01"), range(6)),
        pd.Categorical(list("aabbcc")),
        np.float16([1, 2, 3, 4, 5, np.nan]),
    ],
)
def test_columns_of_any_dtype_verify_and_their_damage_shows(store, values):
    data = encode(made_tables.heads().assign(further=values), made_tables.provenance())
    store.put("tables/more.parquet", data)
    assert len(store.read("more").heads["further"]) == 6
    table = pq.read_table(io.BytesIO(data))
    swapped = table.column("further").take(pa.array([2, 1, 0, 3, 4, 5]))
    if values[0] is values[2] or values[0] == values[2]:
        swapped = table.column("further").take(pa.array([0, 1, 2, 3, 4, 4]))
    changed = table.set_column(table.column_names.index("further"), table.field("further"), swapped)
    buffer = io.BytesIO()
    pq.write_table(changed, buffer)
    store.put("tables/more.parquet", buffer.getvalue())
    if not changed.equals(table):
        with pytest.raises(BadTableError, match="its rows are not those written"):
            store.read("more")


# --- categories of newer tables ----------------------------------------------------


def test_a_category_that_only_the_table_knows_has_a_stand_in(store):
    groups = taxonomy.group_of()
    categories = {**groups, "swirling_sink": "sink", "psychic": "beyond"}
    heads = made_tables.heads()
    heads.loc[0, ["category", "group"]] = ["psychic", "beyond"]
    heads.loc[1, ["category", "group"]] = ["swirling_sink", "sink"]
    record = TaxonomyRecord(version=9, thresholds=taxonomy.THRESHOLDS, categories=categories)
    store.write("newer", heads, made_tables.provenance(taxonomy=record))
    table = store.read("newer")
    assert list(table.categories) == [*CATEGORIES, "swirling_sink", "psychic"]
    assert table.categories["induction"] is CATEGORIES["induction"]
    unknown = table.categories["swirling_sink"]
    assert (unknown.label, unknown.group, unknown.threshold) == ("Swirling sink", "sink", None)
    assert list(table.groups) == [*taxonomy.GROUPS, "beyond"]
    assert table.groups["beyond"].label == "Beyond"


# --- patterns and jobs ---------------------------------------------------------------


def patterns_file(store, about, **columns):
    """A patterns file of one layer of two heads, with further fields and columns."""
    drawn = np.tril(np.full((2, 3, 3), 9, dtype=np.uint8))
    data = patterns.encode({"natural": list("abc")}, {"natural": drawn}, Grid(1, 2))
    whole = pq.read_table(io.BytesIO(data))
    for name, values in columns.items():
        whole = whole.append_column(name, values)
    said = json.loads(whole.schema.metadata[b"headstrata_patterns"])
    raw = json.dumps({**said, **about}).encode()
    checksums = {"about": patterns.digest.crc32([raw]), "layers": [patterns._checksum(whole)]}
    metadata = {
        b"headstrata_patterns": raw,
        b"headstrata_patterns_crc32": json.dumps(checksums).encode(),
    }
    buffer = io.BytesIO()
    pq.write_table(whole.replace_schema_metadata(metadata), buffer, row_group_size=2)
    store.put("patterns/m.parquet", buffer.getvalue())


@pytest.mark.parametrize("version", [{}, {"version": 3, "min_reader_version": 1}])
def test_patterns_may_hold_more_than_we_know(store, version):
    further = {"scale": pa.array([0.5, None]), "words": pa.array(["x", "y"])}
    patterns_file(store, {"baseline": "mean", **version}, **further)
    found = patterns.read_head(store, "m", 0, 1)
    assert list(found) == ["natural"]
    assert found["natural"].weights[2].tolist() == [9, 9, 9]


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ({"version": 3}, "by a newer version of Headstrata: update Headstrata to read them"),
        ({"version": 4, "min_reader_version": 3}, "by a newer version of Headstrata"),
        ({"version": 0}, "have another format"),
        ({"version": None}, "have another format"),
    ],
)
def test_patterns_with_another_meaning_are_refused(store, version, said):
    patterns_file(store, version)
    with pytest.raises(BadTableError, match=said):
        patterns.read_head(store, "m", 0, 0)


def test_a_newer_workers_job_keeps_its_further_fields(store):
    record = {"id": "j", "name": "a", "title": "A", "model": "a", "evidence": {"ablation": True}}
    store.put("jobs/j.json", json.dumps(record).encode())
    (job,) = store.jobs()
    store.write_job(job.moved(state="running"))
    stored = json.loads(store.get("jobs/j.json"))
    assert (stored["state"], stored["evidence"]) == ("running", {"ablation": True})
    assert isinstance(job, Job)
