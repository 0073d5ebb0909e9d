"""A cache on an object store: what a request costs is counted in requests to the store."""

from collections import Counter
from typing import ClassVar

import fsspec
import made_tables
import numpy as np
import pytest
from fsspec.implementations.memory import MemoryFile, MemoryFileSystem

from app.server import create_app
from cache import patterns
from cache.grid import Grid
from cache.jobs import Job
from cache.store import Store
from headstrata.settings import Settings

TABLES, JOBS = 20, 5


class Counted(MemoryFileSystem):
    """An object store that counts what it is asked."""

    protocol = "counted"
    asked: ClassVar[Counter[str]] = Counter()

    @classmethod
    def _strip_protocol(cls, path):
        return super()._strip_protocol(path.removeprefix("counted://"))

    def ls(self, *args, **options):
        self.asked["list"] += 1
        return super().ls(*args, **options)

    def info(self, *args, **options):
        self.asked["stat"] += 1
        return super().info(*args, **options)

    def _open(self, *args, **options):
        self.asked["open"] += 1
        return super()._open(*args, **options)

    def cat_file(self, path, start=None, end=None, **_options):
        self.asked["read"] += 1
        return self.store[self._strip_protocol(path)].getvalue()[start:end]


@pytest.fixture(scope="module")
def filled():
    """The bytes of a cache with these tables and jobs, made once."""
    fsspec.register_implementation("counted", Counted, clobber=True)
    store = Store("counted://bucket/heads", create=True, published=False)
    for number in range(TABLES):
        store.write(f"t{number}", made_tables.heads(), made_tables.provenance())
    for number in range(JOBS):
        store.write_job(Job(id=f"j{number}", name="a", title="A", model="a"))
    return {path: file.getvalue() for path, file in Counted.store.items()}


@pytest.fixture
def store(filled):
    Counted.store.clear()
    for path, data in filled.items():
        Counted.store[path] = MemoryFile(Counted(), path, data)
    yield Store("counted://bucket/heads", published=False)
    Counted.store.clear()
    Counted.pseudo_dirs[:] = [""]


@pytest.fixture
def ask(store):
    """Get a page and tell what that asked of the store."""
    client = create_app(Settings.load(cache="counted://bucket/heads")).server.test_client()

    def get(path: str) -> Counter[str]:
        Counted.asked.clear()
        assert client.get(path).status_code == 200
        return Counter(Counted.asked)

    return get


@pytest.mark.parametrize(
    "path",
    [
        "/api/models",
        "/api/problems",
        "/api/heads?model=t7",
        "/api/bins?model=t7&width=2",
        "/readyz",
    ],
)
def test_unchanged_tables_cost_one_listing_however_many_there_are(ask, path):
    ask(path)
    assert ask(path) == {"list": 1}


def test_unchanged_job_records_cost_one_listing(ask, store):
    assert ask("/api/jobs") == {"list": 1, "read": JOBS}
    assert ask("/api/jobs") == {"list": 1}
    store.write_job(Job(id="j0", name="a", title="A", model="a", state="running"))
    assert ask("/api/jobs") == {"list": 1, "read": 1}


def test_a_table_that_is_written_again_is_read_again_and_no_other(ask, store):
    ask("/api/heads?model=t7")
    store.write("t7", made_tables.heads(induction=0.9), made_tables.provenance())
    assert ask("/api/models") == {"list": 1, "read": 1}  # its footer
    assert ask("/api/heads?model=t7") == {"list": 1, "read": 1}  # all of it
    assert ask("/api/heads?model=t7") == {"list": 1}
    assert ask("/api/models") == {"list": 1}


@pytest.mark.parametrize(
    "path", ["/api/models", "/api/heads?model=t7", "/api/jobs", "/readyz", "/_dash-layout"]
)
def test_a_store_that_cannot_be_listed_is_a_503_that_names_no_address(store, monkeypatch, path):
    client = create_app(Settings.load(cache="counted://me:secret@bucket/heads")).server
    said = "403 for counted://me:secret@bucket/heads: token expired"

    def refuse(*_args, **_options):
        raise RuntimeError(said)

    monkeypatch.setattr(Counted, "ls", refuse)
    answer = client.test_client().get(path)
    assert answer.status_code == 503
    assert "cannot list" in answer.text
    assert "token expired" in answer.text
    assert not any(word in answer.text for word in ("secret", "bucket", "counted"))


def test_the_command_lines_list_reads_each_tables_footer_once(store):
    Counted.asked.clear()
    assert len(store.entries()[0]) == TABLES
    assert Counted.asked == {"list": 1, "read": TABLES}


def test_a_heads_patterns_cost_a_few_short_reads(ask, store):
    record = store.read("t7").provenance
    squares = np.random.default_rng(0).integers(1, 255, (6, 64, 64), np.uint8)  # not to be packed
    tokens, drawn = {"ioi": ["a"] * 64}, {"ioi": np.tril(squares)}
    patterns.write(store, "t7", tokens, drawn, Grid(3, 2), record.run_key)
    ask("/api/heads?model=t7")
    asked = ask("/api/patterns?model=t7&prompt=ioi&heads=2.1")
    assert asked["stat"] == 1  # how long the file is
    assert asked["read"] <= 3  # its end, and the layer
    assert "open" not in asked
