"""An object store that is silent, refuses, or is slow; and comes back."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import ClassVar

import fsspec
import made_tables
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from running import free_port

from app.server import create_app
from cache import files, patterns
from cache.store import Store
from headstrata.errors import ObstacleError
from headstrata.settings import Settings

BINS = "/api/bins?model=a&width=3"


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held, over = [], threading.Event()

        def hold() -> None:
            while not over.is_set():
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=hold)
        server.settimeout(0.2)
        thread.start()
        yield server.getsockname()[1]
        over.set()
        thread.join()
        for connection in held:
            connection.close()


@pytest.fixture
def s3_at(monkeypatch):
    """Point s3fs at a port of this machine; its settings of before are forgotten."""

    def point(port: int) -> None:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
            monkeypatch.setenv(name, "testing")
        fsspec.get_filesystem_class("s3").clear_instance_cache()

    yield point
    fsspec.get_filesystem_class("s3").clear_instance_cache()


@pytest.mark.parametrize("kind", ["silent", "refusing"])
def test_a_store_that_does_not_answer_holds_nobody_up_for_long(
    kind, silent, s3_at, monkeypatch, caplog
):
    monkeypatch.setattr(files, "_ANSWER_S", 1.0)
    s3_at(silent if kind == "silent" else free_port())
    client = create_app(Settings.load(cache="s3://bucket/heads")).server.test_client()
    time.sleep(files._REST_S if kind == "silent" else 0)
    for path in (BINS, "/api/models", "/readyz", "/api/jobs", "/_dash-layout", "/models"):
        began = time.monotonic()
        answer = client.get(path)
        assert answer.status_code == 503
        assert time.monotonic() - began < 10  # its client's own limits, with retries, are minutes
        assert "the cache: " in answer.text
        assert "bucket" not in answer.text
    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 200  # its scripts ask again
    assert "Traceback" not in caplog.text


def test_a_silent_store_is_asked_again_after_a_rest(silent, s3_at, monkeypatch):
    monkeypatch.setattr(files, "_ANSWER_S", 1.0)
    monkeypatch.setattr(files, "_REST_S", 2.0)
    s3_at(silent)
    store = Store("s3://bucket/heads", published=False)
    lasted = []
    for _ in range(2):
        began = time.monotonic()
        with pytest.raises(ObstacleError, match="cannot list tables in the cache: its store does"):
            store.tables()
        lasted.append(time.monotonic() - began)
    assert lasted[0] >= 1
    assert lasted[1] < 1  # not asked
    time.sleep(2)
    monkeypatch.setattr(store.filesystem, "ls", lambda *_, **__: [])
    assert store.tables() == {}


def test_a_heads_patterns_have_a_time_limit_too(silent, s3_at, monkeypatch):
    monkeypatch.setattr(files, "_ANSWER_S", 1.0)
    monkeypatch.setattr(files, "_REST_S", 0.0)
    s3_at(silent)
    store = Store("s3://bucket/heads", published=False)
    began = time.monotonic()
    with pytest.raises(ObstacleError, match="its store does not answer"):
        patterns.read_head(store, "a", 0, 0)
    # it falls silent when it was asked how long the file is
    monkeypatch.setattr(store.filesystem, "info", lambda *_, **__: {"size": 100_000})
    with pytest.raises(ObstacleError, match="its store does not answer"):
        patterns.read_head(store, "a", 0, 0)
    assert time.monotonic() - began < 10


class Slow(MemoryFileSystem):
    """A store that takes its time."""

    protocol = "slow"
    asked: ClassVar[list[str]] = []

    @classmethod
    def _strip_protocol(cls, path):
        return super()._strip_protocol(path.removeprefix("slow://"))

    def ls(self, *args, **options):
        self.asked.append("list")
        time.sleep(0.3)
        return super().ls(*args, **options)

    def cat_file(self, *args, **options):
        self.asked.append("read")
        time.sleep(0.3)
        return super().cat_file(*args, **options)


def test_a_slow_store_is_waited_for(monkeypatch):
    fsspec.register_implementation("slow", Slow, clobber=True)
    monkeypatch.setattr(Slow, "store", {})  # else it is the one of all such file systems
    store = Store("slow://bucket/heads", create=True, published=False)
    store.write("a", made_tables.heads(induction=0.9), made_tables.provenance())
    settings = Settings.load(cache="slow://bucket/heads", published=False)
    client = create_app(settings).server.test_client()
    assert client.get(BINS).status_code == 200
    assert client.get("/readyz").status_code == 200
    Slow.asked.clear()
    assert client.get("/healthz").status_code == 200
    assert Slow.asked == []
