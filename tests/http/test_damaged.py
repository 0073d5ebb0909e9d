"""A table whose file breaks while it is served: the old one stays, and everybody is told."""

import tempfile

import made_tables
import pytest

from app.server import create_app
from cache.store import Store, encode
from headstrata.settings import Settings

BINS = "/api/bins?model=a&width=3"


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A cache, and a folder of temporary files of this test alone."""
    (scratch := tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    store = Store(str(tmp_path / "cache"), create=True)
    store.write("a", made_tables.heads(induction=0.9), made_tables.provenance())
    return store


def process(store):
    """A web process that has just started."""
    settings = Settings.load(cache=store.root, published=False)
    return create_app(settings).server.test_client()


def status(client):
    """What the page's status line says when it has fetched the table."""
    body = {
        "output": "..table.data...status.children@x..",
        "outputs": [{"id": "table", "property": "data"}, {"id": "status", "property": "children"}],
        "inputs": [
            {"id": "model-select", "property": "value", "value": "a"},
            {"id": "refresh", "property": "data", "value": None},
        ],
        "changedPropIds": ["model-select.value"],
        "state": [],
    }
    named = {c["output"] for c in client.get("/_dash-dependencies").json}
    [body["output"]] = [o for o in named if o.startswith("..table.data...status.children")]
    body["outputs"][1]["property"] = body["output"][2:-2].split("...")[1].partition(".")[2]
    answer = client.post("/_dash-update-component", json=body)
    told = answer.json["response"]
    assert told["table"]["data"]["stamp"]
    return told.get("status", {}).get("children")


def cut_short(whole: bytes) -> bytes:
    return whole[:-100]


def flipped(whole: bytes) -> bytes:
    """A bit of the rows, which the footer does not tell."""
    return whole[:20] + bytes([whole[20] ^ 1]) + whole[21:]


def of_a_newer_version(_: bytes) -> bytes:
    return encode(made_tables.heads(), made_tables.provenance(schema_version=9))


def emptied(_: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [cut_short, flipped, of_a_newer_version, emptied])
def test_the_old_table_goes_on_being_served_and_it_is_said(store, tmp_path, damage):
    first = process(store)
    before = first.get(BINS).data
    path = tmp_path / "cache/tables/a.parquet"
    whole = path.read_bytes()
    path.write_bytes(damage(whole))

    for client in (first, process(store)):  # a second process, or the same after a restart
        for _ in range(2):
            assert client.get(BINS).data == before
        assert [model["name"] for model in client.get("/api/models").json] == ["a"]
        [problem] = client.get("/api/problems").json
        assert problem["name"] == "a"
        assert problem["reason"].endswith("; until then the one of 2026-11-01 is shown")
        ready = client.get("/readyz")
        assert ready.status_code == 200
        assert ready.json == {"status": "ready", "table": "a", "problems": [problem["reason"]]}
        assert status(client) == f"{problem['reason'][0].upper()}{problem['reason'][1:]}."
        assert "Tiny Model" in client.get("/?model=a").text
        assert "Tiny Model" in client.get("/models").text

    store.write("a", made_tables.heads(), made_tables.provenance())
    assert status(first) is None
    assert first.get(BINS).data != before
    assert first.get("/api/problems").json == []
    assert first.get("/readyz").json == {"status": "ready", "table": "a"}


def test_a_removed_table_is_not_served_any_more(store, tmp_path):
    client = process(store)
    assert client.get(BINS).status_code == 200
    (tmp_path / "cache/tables/a.parquet").unlink()
    assert client.get(BINS).status_code == 404
    assert client.get("/api/models").json == []


def test_a_broken_copy_is_of_no_harm(store, tmp_path):
    client = process(store)
    assert client.get(BINS).status_code == 200
    [copy] = (tmp_path / "scratch").rglob("a.parquet")
    copy.write_bytes(copy.read_bytes()[:50])
    path = tmp_path / "cache/tables/a.parquet"
    path.write_bytes(b"PAR1")
    assert client.get(BINS).status_code == 404
    assert "until then" not in client.get("/api/problems").text


def test_the_cache_vanishes_and_comes_back(store, tmp_path):
    client = process(store)
    before = client.get(BINS).data
    away = (tmp_path / "cache").rename(tmp_path / "away")
    assert client.get(BINS).status_code == 404
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 200
    away.rename(tmp_path / "cache")
    assert client.get(BINS).data == before
    assert client.get("/readyz").status_code == 200
