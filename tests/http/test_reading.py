"""The web process's reads: unchanged files once, changed ones at once."""

from datetime import UTC, datetime

import made_tables
import numpy as np
import pytest

from app import reading
from app.reading import Reader
from app.server import create_app
from cache.jobs import Job
from cache.store import BadTableError, Store
from headstrata.errors import ObstacleError
from headstrata.settings import Settings


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path), published=False)


@pytest.fixture
def reader(tmp_path, monkeypatch):
    reader = Reader(Settings.load(cache=str(tmp_path)))
    reader.opened = []
    read = reader.store.read
    monkeypatch.setattr(
        reader.store, "read", lambda file: reader.opened.append(file.name) or read(file)
    )
    return reader


def with_damaged_rows(path):
    """The footer stays whole: it promises a good table."""
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes(100) + whole[104:])


def test_an_unchanged_table_is_read_once(store, reader):
    store.write("a", made_tables.heads(), made_tables.provenance())
    assert reader.table("a") is reader.table("a")
    assert {entry.name for entry in reader.entries()} >= {"a"}
    assert reader.opened.count("a") == 1


def test_a_rewritten_table_is_read_again_and_no_other(store, reader):
    for name in ("a", "b"):
        store.write(name, made_tables.heads(), made_tables.provenance())
        reader.table(name)
    reader.entries()
    reader.opened.clear()
    store.write("b", made_tables.heads(induction=0.9), made_tables.provenance())
    assert set(reader.table("b").heads["category"]) == {"induction"}
    assert set(reader.table("a").heads["category"]) == {"unclassified"}
    assert {entry.name for entry in reader.entries()} >= {"a", "b"}
    assert reader.opened == ["b"]


def test_a_bad_file_is_looked_at_once_and_hides_nothing(store, reader, tmp_path):
    store.write("good", made_tables.heads(), made_tables.provenance())
    (tmp_path / "tables/bad.parquet").write_bytes(b"not a table")
    for _ in range(3):
        assert "good" in {entry.name for entry in reader.entries()}
        assert [problem.name for problem in reader.problems()] == ["bad"]
        with pytest.raises(BadTableError, match="not a whole parquet file"):
            reader.table("bad")
    assert reader.opened == []


def test_a_listing_opens_no_table_whole(store, reader, monkeypatch):
    """1,500 tables took 227 s in every process, since all rows of each were read and checked."""
    for number in range(12):
        store.write(f"t{number}", made_tables.heads(), made_tables.provenance())
    fetched = []
    files = reader.store.filesystem
    real = files.cat_ranges
    monkeypatch.setattr(
        files, "cat_ranges", lambda paths, *rest: fetched.append(len(paths)) or real(paths, *rest)
    )
    for _ in range(3):
        assert len(reader.entries()) == 12 + 3  # that ship
        assert reader.problems() == []
    assert reader.opened == []
    assert fetched == [12 + 3]  # in one go; later listings fetch nothing


def test_a_long_footer_is_read_whole(store, reader):
    long = made_tables.provenance(notes=["a sentence " * 9_000])
    store.write("long", made_tables.heads(), long)
    assert {entry.name: entry.provenance for entry in reader.entries()}["long"] == long


def test_damage_that_only_reading_shows_is_told_when_it_is_opened(store, reader, tmp_path):
    """Polls of one page go to any process: where one lists what another does not, the table
    would come and go, and be announced each time."""
    store.write("good", made_tables.heads(), made_tables.provenance())
    store.write("bad", made_tables.heads(), made_tables.provenance(reference="gpt2-xl"))
    with_damaged_rows(tmp_path / "tables/bad.parquet")
    reader.store.published = False
    other = Reader(Settings.load(cache=str(tmp_path), published=False))
    for _ in range(2):
        with pytest.raises(BadTableError, match="cannot be read"):
            reader.table("bad")
    assert reader.opened == ["bad"]
    for process in (reader, other):
        assert {entry.name for entry in process.entries()} == {"good", "bad"}
        assert process.default_name() == "good"
        assert [problem.name for problem in process.problems()] == ["bad"]
    assert list(reader.readable(["bad", "good", "gone"])) == ["good"]
    store.write("bad", made_tables.heads(), made_tables.provenance(reference="gpt2-xl"))
    assert reader.default_name() == "bad"
    assert reader.problems() == []


def test_two_processes_tell_an_open_page_the_same_tables(store, tmp_path):
    store.write("good", made_tables.heads(), made_tables.provenance())
    older = datetime(2026, 1, 1, tzinfo=UTC)  # not the one that the page opens with
    store.write("bad", made_tables.heads(), made_tables.provenance(computed_at=older))
    with_damaged_rows(tmp_path / "tables/bad.parquet")
    settings = Settings.load(cache=str(tmp_path), published=False)
    one, two = (create_app(settings).server.test_client() for _ in range(2))
    assert one.get("/api/heads?model=bad").status_code == 404
    assert one.get("/api/models").json == two.get("/api/models").json
    assert [model["name"] for model in two.get("/api/models").json] == ["good", "bad"]
    assert [problem["name"] for problem in one.get("/api/problems").json] == ["bad"]


def test_a_read_that_fails_says_nothing_of_the_table(store, reader, tmp_path, monkeypatch):
    """Too many open files, a store that is silent: the table itself is good."""
    store.write("good", made_tables.heads(), made_tables.provenance())
    real = reader.store.filesystem.cat_file
    errors = [OSError(24, "Too many open files"), RuntimeError("Read timed out")]

    def fail(path, *rest, **options):
        if not errors or "good" not in path:
            return real(path, *rest, **options)
        raise errors.pop()

    monkeypatch.setattr(reader.store.filesystem, "cat_file", fail)
    with pytest.raises(ObstacleError, match=r"cannot be read now \(Read timed out\); try again"):
        reader.table("good")
    for _ in range(3):  # asked once: a silent store must not keep every poll waiting
        (problem,) = reader.problems()
        assert "Too many open files" in problem.reason
        assert "good" not in {entry.name for entry in reader.entries()}
    assert len(reader.table("good").heads) == 6
    monkeypatch.setattr(reading, "RETRY_S", 0.0)
    assert "good" in {entry.name for entry in reader.entries()}
    assert reader.problems() == []


def test_a_job_record_that_cannot_be_read_hides_no_other(store, reader, monkeypatch):
    for name in ("a", "b"):
        store.write_job(Job(id=name, name=name, title=name, model=name))
    store.put("jobs/junk.json", b"{")
    real, asked = reader.store.filesystem.cat_file, []

    def fail(path, *rest, **options):
        asked.append(path.rsplit("/", 1)[-1])
        if asked == ["a.json"]:
            raise RuntimeError("Read timed out")
        return real(path, *rest, **options)

    monkeypatch.setattr(reader.store.filesystem, "cat_file", fail)
    assert [job.id for job in reader.jobs()] == ["b"]
    assert {job.id for job in reader.jobs()} == {"a", "b"}
    assert {job.id for job in reader.jobs()} == {"a", "b"}
    assert sorted(asked) == ["a.json", "a.json", "b.json", "junk.json"]


def test_the_front_page_is_gpt2_xl_computed_else_the_first_whole_table(store, reader, tmp_path):
    """Never one of which heads are not measured, as in published tables, while there is a whole."""
    assert reader.default_name() == "smollm2-135m"  # ships
    store.write("newer", made_tables.heads(), made_tables.provenance())
    assert reader.default_name() == "newer"
    nobody = made_tables.heads(delimiter=[np.nan, *[0.1] * 5])
    assert "not_measured" in set(nobody["category"])
    store.write("partly", nobody, made_tables.provenance(reference="gpt2-xl"))
    assert reader.default_name() == "newer"
    older = made_tables.provenance(
        reference="gpt2-xl", computed_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    store.write("mine", made_tables.heads(), older)
    assert reader.default_name() == "mine"
    alone = Reader(Settings.load(cache=str(tmp_path), published=False))
    assert alone.default_name() == "mine"
    for name in ("mine", "newer"):
        store.remove(f"tables/{name}.parquet")
    assert alone.default_name() == "partly"
    store.remove("tables/partly.parquet")
    assert alone.default_name() is None
