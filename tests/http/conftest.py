"""One real gunicorn for all HTTP tests, on a cache with a good and two bad tables."""

import io
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message

import made_tables
import numpy as np
import pytest
from running import Server, serving

from cache import patterns
from cache.grid import Grid
from cache.store import Store, encode

#: Of the table ``tiny``.
GRID = Grid(3, 2)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self):
        assert self.headers.get_content_type() == "application/json"
        return json.loads(self.body)


Fetch = Callable[..., Answer]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("http")
    store = Store(str(folder / "cache"), create=True)
    table = made_tables.heads(induction=[0.9, 0.05, 0.78, 0.05, 0.05, 0.05])
    store.write("tiny", table, made_tables.provenance())
    triangles = np.tril(np.arange(6 * 9, dtype=np.uint8).reshape(6, 3, 3))
    key = made_tables.provenance().run_key
    patterns.write(store, "tiny", {"ioi": ["When", " Mary", " <b>"]}, {"ioi": triangles}, GRID, key)
    whole = encode(table, made_tables.provenance())
    (folder / "cache/tables/cut-short.parquet").write_bytes(whole[:-100])
    (folder / "cache/tables/foreign.parquet").write_bytes(_foreign())
    with serving(folder / "cache", folder / "log") as running:
        yield running


def _foreign() -> bytes:
    buffer = io.BytesIO()
    made_tables.heads().to_parquet(buffer)
    return buffer.getvalue()


@pytest.fixture
def fetch_freely(server: Server) -> Fetch:
    """Ask the server."""

    def ask(path: str, data: bytes | None = None, method: str | None = None, **headers: str):
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        request = urllib.request.Request(server.url + path, data, named, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    return ask


@pytest.fixture
def fetch(server: Server, fetch_freely: Fetch) -> Iterator[Fetch]:
    """Ask the server; afterwards its log holds no new traceback."""
    before = server.log.stat().st_size
    yield fetch_freely
    written = server.log.read_bytes()[before:].decode(errors="replace")
    assert "Traceback" not in written, written
