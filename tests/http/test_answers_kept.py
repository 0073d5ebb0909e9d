"""Finished answers: made once, right in parts, and gone with what they were made from."""

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import brotli
import made_tables
import numpy as np
import pytest

from app.lru_cache import LRUCache
from app.server import create_app
from cache import patterns
from cache.grid import Grid
from cache.store import Store
from headstrata.settings import Settings

BINS = "/api/bins?model=a&width=1"


@pytest.fixture
def store(tmp_path):
    store = Store(str(tmp_path), create=True)
    store.write("a", made_tables.heads(), made_tables.provenance())
    rest(tmp_path)
    return store


def rest(folder) -> None:
    """As if the cache's folder had last been changed a minute ago."""
    now = folder.stat().st_mtime
    os.utime(folder / "tables", (now - 60, now - 60))


@pytest.fixture
def app(store, tmp_path):
    return create_app(Settings.load(cache=str(tmp_path)))


@pytest.fixture
def client(app):
    return app.server.test_client()


@pytest.fixture
def made(app, monkeypatch):
    """How many requests came to Flask."""
    answers = app.server.wsgi_app.app.app.app
    counted = []
    inner = answers.app
    monkeypatch.setattr(
        answers,
        "app",
        lambda environ, start: counted.append(environ["PATH_INFO"]) or inner(environ, start),
    )
    return counted


@pytest.mark.parametrize(
    "path",
    [
        BINS,
        "/api/bins?model=a&width=2&taxonomy=grouped&format=csv&t=induction:0.3",
        "/api/heads?model=a&format=parquet",
        "/api/chart.svg?model=a&bins=1&theme=dark",
        "/api/taxonomy",
    ],
)
@pytest.mark.parametrize("coding", ["br", "gzip", "identity", "gzip;q=0.9, br"])
def test_an_answer_is_made_once_and_stays_the_same(client, made, path, coding):
    first, *others = [client.get(path, headers={"Accept-Encoding": coding}) for _ in range(3)]
    assert first.status_code == 200
    assert len(made) == 1
    for other in others:
        assert other.data == first.data
        told, before = dict(other.headers), dict(first.headers)
        assert told.pop("X-Request-ID") != before.pop("X-Request-ID")
        assert told == before
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    unchanged = client.get(path, headers={"Accept-Encoding": coding, "If-None-Match": tag})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert len(made) == 1


def test_each_coding_has_its_own_bytes_and_validator(client):
    path = "/api/heads?model=a&format=json"
    plain = client.get(path)
    small = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == plain.data
    assert small.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in small.headers["Vary"]


def test_a_range_is_a_part_of_the_kept_answer(client, made):
    path = "/api/heads?model=a&format=csv"
    whole = client.get(path, headers={"Accept-Encoding": "br"})
    plain = client.get(path)
    part = client.get(path, headers={"Accept-Encoding": "br", "Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, plain.data[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(plain.data)}"
    assert part.headers["ETag"] == plain.headers["ETag"] != whole.headers["ETag"]
    assert len(made) == 2
    changed = {"Range": "bytes=10-19", "If-Range": '"another"'}
    assert client.get(path, headers=changed).data == plain.data
    beyond = client.get(path, headers={"Range": "bytes=99999-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (
        416,
        f"bytes */{len(plain.data)}",
    )


def test_a_table_that_is_written_again_is_seen_at_once(client, store, tmp_path):
    assert categories(client) == {"unclassified"}
    for value, category in ((0.9, "induction"), (0.0, "unclassified"), (0.9, "induction")):
        store.write("a", made_tables.heads(induction=value), made_tables.provenance())
        assert categories(client) == {category}
        assert categories(client) == {category}


def test_a_file_that_is_written_over_in_place_is_seen_at_once(client, store, tmp_path):
    """As by ``cp``, which does not change the folder."""
    other = Store(str(tmp_path / "other"), create=True)
    other.write("a", made_tables.heads(induction=0.9), made_tables.provenance())
    assert categories(client) == {"unclassified"}
    shutil.copyfile(tmp_path / "other/tables/a.parquet", tmp_path / "tables/a.parquet")
    rest(tmp_path)
    assert categories(client) == {"induction"}


def categories(client) -> set[str]:
    return {row["category"] for row in client.get(BINS).json if row["heads"]}


@pytest.mark.parametrize(
    "path", ["/?model=a", "/embed?model=a", "/models", "/_dash-layout", "/api/models"]
)
def test_pages_are_made_once_too_and_know_each_new_table(client, made, store, tmp_path, path):
    first = client.get(path, base_url="https://one.example/heads")
    assert first.status_code == 200
    assert first.data == client.get(path, base_url="https://one.example/heads").data
    tag = first.headers["ETag"]
    again = client.get(path, base_url="https://one.example/heads", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert len(made) == 1
    elsewhere = client.get(path, base_url="https://two.example").text
    assert "one.example" not in elsewhere
    store.write("added-later", made_tables.heads(), made_tables.provenance())
    assert ("added-later" in client.get(path).text) or path.startswith(("/embed", "/?"))
    (tmp_path / "tables/added-later.parquet").unlink()
    assert "added-later" not in client.get(path).text


def test_a_table_that_turns_out_to_be_damaged_is_told_at_once(client, tmp_path):
    """One that nobody has opened: else what was read of it goes on being served."""
    path = tmp_path / "tables/new.parquet"
    whole = (tmp_path / "tables/a.parquet").read_bytes()
    bins = "/api/bins?model=new&width=1"
    path.write_bytes(whole[:4] + bytes(100) + whole[104:])  # its footer promises a good table
    for _ in range(2):
        assert not any(one["name"] == "new" for one in client.get("/api/problems").json)
    assert client.get(bins).status_code == 404
    assert [one["name"] for one in client.get("/api/problems").json] == ["new"]
    assert "1 file cannot be shown" in client.get("/models").text
    path.write_bytes(whole)
    assert client.get("/api/problems").json == []
    assert "1 file cannot be shown" not in client.get("/models").text


def test_a_removed_table_is_gone_at_once_and_its_successor_is_shown(client, store, tmp_path):
    assert client.get(BINS).status_code == 200
    (tmp_path / "tables/a.parquet").unlink()
    assert client.get(BINS).status_code == 404
    rest(tmp_path)
    assert client.get(BINS).status_code == 404
    store.write("a", made_tables.heads(induction=0.9), made_tables.provenance())
    assert categories(client) == {"induction"}


def test_a_table_of_the_caches_own_takes_the_place_of_a_shipped_one(client, store, tmp_path):
    path = "/api/bins?model=smollm2-135m&width=1"
    assert len(client.get(path).json) > 100
    store.write("smollm2-135m", made_tables.heads(), made_tables.provenance())
    assert len(client.get(path).json) < 100


def test_patterns_that_come_later_are_seen_at_once(client, store, tmp_path):
    path = "/api/patterns?model=a&prompt=ioi&heads=0.0"
    assert client.get(path).status_code == 404
    key = made_tables.provenance().run_key
    for weight in (7, 9):
        squares = np.tril(np.full((6, 3, 3), weight, np.uint8))
        patterns.write(store, "a", {"ioi": ["a", "b", "c"]}, {"ioi": squares}, Grid(3, 2), key)
        answers = {json.dumps(client.get(path).json) for _ in range(2)}
        assert len(answers) == 1
        if weight == 7:
            before = answers
    assert answers != before


def test_the_folder_that_vanishes_and_comes_back(client, tmp_path):
    assert client.get(BINS).status_code == 200
    (tmp_path / "tables").rename(tmp_path / "away")
    assert client.get(BINS).status_code == 404
    (tmp_path / "away").rename(tmp_path / "tables")
    assert client.get(BINS).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/jobs", 200),
        ("/api/bins?model=none&width=1", 404),
        ("/api/bins?model=a&width=0", 400),
        ("/api/nope", 404),
    ],
)
def test_what_is_not_decided_by_tables_is_made_each_time(client, made, path, status):
    assert [client.get(path).status_code for _ in range(2)] == [status, status]
    assert len(made) == 2


def test_the_list_of_tables_is_as_new_as_the_folder(client, store):
    names = lambda: {one["name"] for one in client.get("/api/models").json}  # noqa: E731
    before = names()
    store.write("b", made_tables.heads(), made_tables.provenance())
    assert names() == {"b", *before}


def verdict(client, model: str, visit: str):
    """What a head's card says first, as the page asks for it."""
    wanted = {"model": model, "head": "0.1", "stamp": "s"}
    body = {
        "output": "head-verdict.children",
        "outputs": {"id": "head-verdict", "property": "children"},
        "inputs": [{"id": "head-wanted", "property": "data", "value": wanted}],
        "changedPropIds": ["head-wanted.data"],
        "state": [],
    }
    return client.post(f"/_dash-update-component?endId={visit}", json=body)


def test_a_callbacks_answer_is_shared_by_all_visits(client, made, store):
    first = verdict(client, "a", "one")
    assert first.status_code == 200
    assert "L0.H1" in first.text
    assert verdict(client, "a", "two").data == first.data
    assert len(made) == 1
    store.write("a", made_tables.heads(induction=0.9), made_tables.provenance())
    assert verdict(client, "a", "two").data != first.data
    assert len(made) == 2


def test_a_callback_that_failed_is_asked_again(client, made, store):
    assert "no table named" in verdict(client, "later", "one").text
    assert "no table named" in verdict(client, "later", "one").text
    store.write("later", made_tables.heads(), made_tables.provenance())
    assert "L0.H1" in verdict(client, "later", "one").text


def test_what_is_kept_has_a_bound_in_bytes(tmp_path, store):
    app = create_app(Settings.load(cache=str(tmp_path), answers_mb=1))
    client = app.server.test_client()
    kept = app.server.wsgi_app.app.app.app.kept
    for number in range(1, 400):
        assert (
            client.get(f"/api/heads?model=a&format=csv&t=induction:0.{number:03}").status_code
            == 200
        )
        assert kept.weight <= 1_000_000
    assert kept.weight > 500_000


def test_nothing_is_kept_where_no_memory_is_allowed(tmp_path, store):
    app = create_app(Settings.load(cache=str(tmp_path), answers_mb=0))
    assert app.server.test_client().get(BINS).status_code == 200
    assert app.server.wsgi_app.app.app.app.kept.weight == 0


def test_the_weight_is_what_is_kept():
    cache = LRUCache(10, lambda _, value: value)
    for key, value in [("a", 4), ("b", 4), ("a", 6), ("c", 3)]:
        cache.keep(key, value)
    assert (cache.get("b"), cache.get("a"), cache.get("c"), cache.weight) == (None, 6, 3, 9)
    cache.keep("d", 11)
    assert cache.weight == 0


@pytest.mark.parametrize("callback", [False, True])
def test_many_who_ask_at_once_wait_for_one_answer(app, made, callback):
    def ask(number: int) -> bytes:
        client = app.server.test_client()
        return (verdict(client, "a", f"v{number}") if callback else client.get(BINS)).data

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(32)))
    assert len(answers) == len(made) == 1
