"""What an operator sees: request ids, logs, metrics."""

import json
import logging
import re
import time
import urllib.error
import urllib.request

import made_tables
import pytest
from running import free_port, serving

from app import metrics
from app.proxies import stand_behind
from app.serve import check_address
from app.visits import Visits, route_of
from cache.jobs import Job
from cache.store import Store
from headstrata.errors import UserError
from headstrata.logs import REQUEST_ID, JsonLines, Lines
from headstrata.settings import Settings


@pytest.fixture
def cache(tmp_path):
    store = Store(str(tmp_path / "cache"), create=True)
    store.write("tiny", made_tables.heads(), made_tables.provenance())
    store.write_job(Job(id="one", name="one", title="One", model="one"))
    return tmp_path / "cache"


def get(url: str, **headers: str):
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    with urllib.request.urlopen(urllib.request.Request(url, None, named), timeout=60) as answer:
        return answer.headers, answer.read().decode()


def logged(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.startswith("{")]


def test_each_request_is_a_line_of_json_with_the_id_that_its_answer_has(cache, tmp_path):
    log = tmp_path / "log"
    settings = {"HEADSTRATA_LOG_FORMAT": "json", "HEADSTRATA_ACCESS_LOG": "true"}
    with serving(cache, log, HEADSTRATA_TRUSTED_PROXIES="127.0.0.1", **settings) as server:
        bins = f"{server.url}/api/bins?model=tiny&width=1"
        own = [get(bins)[0]["X-Request-ID"] for _ in range(2)]
        given = get(bins, X_Request_ID="from-the-proxy-1")[0]["X-Request-ID"]
        forged = get(bins, X_Request_ID='"} forged')[0]["X-Request-ID"]
    assert given == "from-the-proxy-1"
    assert len({*own, given, forged}) == 4
    assert re.fullmatch("[0-9a-f]{32}", forged)
    lines = [line for line in logged(log) if line.get("path") == "/api/bins"]
    assert [line["request_id"] for line in lines] == [*own, given, forged]
    first, again, *_ = lines
    assert (first["method"], first["query"], first["status"]) == ("GET", "model=tiny&width=1", 200)
    assert (first["kept"], again["kept"]) == (False, True)
    assert first["ms"] >= 0


def test_an_id_from_anybody_else_is_ignored():
    asked = []

    def answer(_, start):
        asked.append(REQUEST_ID.get())
        start("200 OK", [])
        return []

    app = stand_behind(Visits(answer, Settings()), Settings(trusted_proxies="10.0.0.1"))
    for peer in ("10.0.0.1", "10.0.0.2"):
        environ = {"REQUEST_METHOD": "GET", "REMOTE_ADDR": peer, "HTTP_X_REQUEST_ID": "given-by-x"}
        app(environ, lambda *_: None)
    assert asked[0] == "given-by-x" != asked[1]
    assert REQUEST_ID.get() == ""


@pytest.mark.parametrize("form", [Lines, JsonLines])
def test_a_line_stays_one_line_whatever_a_visitor_sends(form):
    record = logging.LogRecord("a", logging.INFO, "", 0, "%s", ("/x\r\nforged\x1b[2J",), None)
    line = form().format(record)
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/api/bins", "/api/bins"),
        ("/api/none-of-ours", "/api/…"),
        ("/assets/headstrata.js", "/assets/…"),
        ("/wp-login.php", "other"),
    ],
)
def test_what_visitors_type_makes_no_new_series(path, route):
    assert route_of(path) == route


def test_metrics_of_all_processes_are_on_a_port_of_their_own(cache, tmp_path):
    pytest.importorskip("prometheus_client")
    port = free_port()
    with serving(cache, tmp_path / "log", processes=2, HEADSTRATA_METRICS_PORT=str(port)) as server:
        for _ in range(20):
            get(f"{server.url}/api/bins?model=tiny&width=1")
        get(f"{server.url}/readyz")
        told = scraped(port)
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(f"{server.url}/metrics")
    bins = 'route="/api/bins",status="200"'
    counted = sum(
        value for name, value in told.items() if bins in name and "requests_total" in name
    )
    assert counted == 20
    assert told['headstrata_request_seconds_count{route="/api/bins"}'] == 20
    assert told["headstrata_cache_readable"] == 1
    assert told['headstrata_jobs{state="requested"}'] == 1
    assert told['headstrata_table_computed_timestamp_seconds{table="tiny"}'] > 1.5e9
    with pytest.raises(OSError, match="refused"):  # it went with the dashboard
        get(f"http://127.0.0.1:{port}/metrics")


def scraped(port: int) -> dict[str, float]:
    """The metrics, when the process that tells them has started."""
    for _ in range(300):
        try:
            text = get(f"http://127.0.0.1:{port}/metrics")[1]
            break
        except OSError:
            time.sleep(0.1)
    lines = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines}


def test_nobody_counts_by_default(monkeypatch):
    monkeypatch.delenv(metrics.FOLDER, raising=False)
    assert metrics.meter() is None


def test_a_port_that_is_taken_is_named(cache, tmp_path):
    with serving(cache, tmp_path / "log") as server:
        port = int(server.url.rsplit(":", 1)[1])
        with pytest.raises(UserError, match="HEADSTRATA_METRICS_PORT"):
            check_address("127.0.0.1", port, "HEADSTRATA_METRICS_PORT")


@pytest.mark.parametrize(
    ("name", "value"), [("metrics_port", 70_000), ("log_format", "xml"), ("access_log", "perhaps")]
)
def test_nonsense_is_refused(name, value):
    with pytest.raises(UserError, match=f"setting {name}="):
        Settings.load(**{name: value})
