"""The web process's reads: unchanged files once, changed ones at once."""

import made_tables
import pytest

from app.reading import Reader
from cache.store import Store
from headstrata.settings import Settings


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path), published=False)


@pytest.fixture
def reader(tmp_path, monkeypatch):
    reader = Reader(Settings.load(cache=str(tmp_path)))
    reader.opened = []
    for name in ("read", "entry"):
        real = getattr(reader.store, name)
        monkeypatch.setattr(
            reader.store,
            name,
            lambda file, real=real, name=name: (
                reader.opened.append((name, file.name)) or real(file)
            ),
        )
    return reader


def test_an_unchanged_table_is_read_once(store, reader):
    store.write("a", made_tables.heads(), made_tables.provenance())
    assert reader.table("a") is reader.table("a")
    assert reader.opened == [("read", "a")]


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
    assert reader.opened == [("read", "b"), ("entry", "b")]


def test_a_bad_file_is_looked_at_once_and_hides_nothing(store, reader, tmp_path):
    store.write("good", made_tables.heads(), made_tables.provenance())
    (tmp_path / "tables/bad.parquet").write_bytes(b"not a table")
    for _ in range(3):
        assert "good" in {entry.name for entry in reader.entries()}
        assert [problem.name for problem in reader.problems()] == ["bad"]
    assert reader.opened.count(("entry", "bad")) == 1


def test_damage_that_only_reading_shows_is_a_problem_from_then_on(store, reader, tmp_path):
    """Its footer is whole; the page must not open with it, nor a head's card break on it."""
    store.write("good", made_tables.heads(), made_tables.provenance())
    store.write("bad", made_tables.heads(), made_tables.provenance(reference="gpt2-xl"))
    whole = (tmp_path / "tables/bad.parquet").read_bytes()
    (tmp_path / "tables/bad.parquet").write_bytes(whole[:4] + bytes(100) + whole[104:])
    reader.store.published = False
    assert {entry.name for entry in reader.entries()} == {"good", "bad"}
    assert reader.default_name() == "good"
    assert list(reader.readable(["bad", "good", "gone"])) == ["good"]
    assert {entry.name for entry in reader.entries()} == {"good"}
    assert [problem.name for problem in reader.problems()] == ["bad"]
    store.write("bad", made_tables.heads(), made_tables.provenance(reference="gpt2-xl"))
    assert reader.default_name() == "bad"


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
