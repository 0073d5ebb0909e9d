"""The web process's reads: unchanged files once, changed ones at once."""

from datetime import UTC, datetime

import made_tables
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
    assert reader.opened.count("bad") == 1


def test_damage_that_only_reading_shows_is_a_problem_in_every_process(store, reader, tmp_path):
    """Polls of one page go to any process: where one lists what another refuses, the
    table would come and go, and be announced each time."""
    store.write("good", made_tables.heads(), made_tables.provenance())
    store.write("bad", made_tables.heads(), made_tables.provenance(reference="gpt2-xl"))
    with_damaged_rows(tmp_path / "tables/bad.parquet")
    reader.store.published = False
    other = Reader(Settings.load(cache=str(tmp_path), published=False))
    with pytest.raises(BadTableError, match="cannot be read"):
        reader.table("bad")
    for process in (reader, other):
        assert {entry.name for entry in process.entries()} == {"good"}
        assert [problem.name for problem in process.problems()] == ["bad"]
    assert reader.default_name() == "good"
    assert list(reader.readable(["bad", "good", "gone"])) == ["good"]
    assert {entry.name for entry in reader.entries()} == {"good"}
    assert [problem.name for problem in reader.problems()] == ["bad"]
    store.write("bad", made_tables.heads(), made_tables.provenance(reference="gpt2-xl"))
    assert reader.default_name() == "bad"


def test_two_processes_tell_an_open_page_the_same_tables(store, tmp_path):
    store.write("good", made_tables.heads(), made_tables.provenance())
    older = datetime(2026, 1, 1, tzinfo=UTC)  # not the one that the page opens with
    store.write("bad", made_tables.heads(), made_tables.provenance(computed_at=older))
    with_damaged_rows(tmp_path / "tables/bad.parquet")
    settings = Settings.load(cache=str(tmp_path), published=False)
    one, two = (create_app(settings).server.test_client() for _ in range(2))
    assert one.get("/api/heads?model=bad").status_code == 404
    for path in ("/api/models", "/api/problems"):
        assert one.get(path).json == two.get(path).json
    assert [model["name"] for model in two.get("/api/models").json] == ["good"]


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


def test_the_front_page_is_gpt2_xl_computed_before_published_before_any(store, reader, tmp_path):
    assert reader.default_name() == "gpt2-xl-published"
    store.write("newer", made_tables.heads(), made_tables.provenance())
    assert reader.default_name() == "gpt2-xl-published"
    store.write("mine", made_tables.heads(), made_tables.provenance(reference="gpt2-xl"))
    assert reader.default_name() == "mine"
    alone = Reader(Settings.load(cache=str(tmp_path), published=False))
    assert alone.default_name() == "mine"
    store.remove("tables/mine.parquet")
    assert alone.default_name() == "newer"
    store.remove("tables/newer.parquet")
    assert alone.default_name() is None
