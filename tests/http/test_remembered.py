"""The list of many tables: read once on a machine, by whichever process is first."""

import json
import tempfile
import threading

import made_tables
import pytest

from app import reading
from app.reading import Reader
from cache import remembered
from cache.store import Store, encode
from headstrata.settings import Settings

MANY = 20


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """The folder of temporary files, of this test alone."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def store(tmp_path, scratch):
    store = Store(str(tmp_path / "cache"), create=True)
    table = encode(made_tables.heads(), made_tables.provenance())
    for number in range(MANY):
        store.put(f"tables/t{number:02}.parquet", table)
    return store


@pytest.fixture
def read(monkeypatch):
    """The names of the tables whose footers were read."""
    names = []
    inner = reading.read_entries
    monkeypatch.setattr(
        reading, "read_entries", lambda files: names.extend(f.name for f in files) or inner(files)
    )
    return names


def process(store) -> Reader:
    """A process that has just started, with the tables of the cache only."""
    return Reader(Settings.load(cache=store.root, published=False))


def written(scratch):
    [path] = scratch.glob("headstrata-*/*.json")
    return path


def test_a_second_process_reads_no_footer_and_lists_the_same(store, read):
    first = process(store).entries()
    assert len(read) == len(first) == MANY
    assert process(store).entries() == first
    assert len(read) == MANY


def test_what_was_written_since_is_read_and_nothing_else(store, read):
    process(store).entries()
    read.clear()
    store.write("t03", made_tables.heads(induction=0.9), made_tables.provenance())
    store.write("new", made_tables.heads(), made_tables.provenance())
    names = [entry.name for entry in process(store).entries()]
    assert sorted(read) == ["new", "t03"]
    assert sorted(names) == sorted([*(f"t{number:02}" for number in range(MANY)), "new"])


def test_a_removed_table_is_not_listed(store, read, tmp_path):
    process(store).entries()
    (tmp_path / "cache/tables/t05.parquet").unlink()
    assert "t05" not in {entry.name for entry in process(store).entries()}


def test_processes_that_start_together_read_once(store, read):
    lists = []
    threads = [
        threading.Thread(target=lambda: lists.append(process(store).entries())) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read) == MANY
    assert lists[1:] == lists[:-1]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"by": "another version", "tables": []}', "tables", "bytes", "record"],
)
def test_a_damaged_or_foreign_file_is_of_no_use_and_no_harm(store, read, scratch, content):
    expected = process(store).entries()
    path = written(scratch)
    told = json.loads(path.read_text())
    if content == "tables":
        path.write_text(json.dumps({**told, "tables": [[1]]}))
    elif content == "bytes":
        path.write_bytes(b"\xff\xfe\x00")
    elif content == "record":
        spoilt = [[name, stamp, shipped, "{}"] for name, stamp, shipped, _ in told["tables"]]
        path.write_text(json.dumps({**told, "tables": spoilt}))
    else:
        path.write_text(content)
    read.clear()
    assert process(store).entries() == expected
    assert len(read) == MANY


@pytest.mark.parametrize("kind", ["open to others", "a link", "a file"])
def test_a_folder_that_somebody_else_may_have_made_is_not_used(store, read, scratch, kind):
    own = remembered.own_folder()
    assert own is not None
    own.rmdir()
    if kind == "a link":
        (scratch / "elsewhere").mkdir(mode=0o700)
        own.symlink_to(scratch / "elsewhere")
    elif kind == "a file":
        own.touch(mode=0o600)
    else:
        own.mkdir()
        own.chmod(0o777)
    for _ in range(2):
        assert len(process(store).entries()) == MANY
    assert len(read) == 2 * MANY


def test_few_tables_are_read_without_further_ado(tmp_path, scratch, read):
    store = Store(str(tmp_path / "few"), create=True)
    store.write("a", made_tables.heads(), made_tables.provenance())
    assert len(process(store).entries()) == 1
    assert list(scratch.iterdir()) == []
