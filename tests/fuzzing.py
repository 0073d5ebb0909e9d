"""Odd questions to the dashboard, by hypothesis: query strings and bodies of callbacks.

``tests/http/test_fuzz.py`` asks a few hundred of them, ``benchmarks/fuzz.py`` thousands.
"""

import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import flask
import made_tables
import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.server import create_app
from cache import patterns
from cache.grid import Grid
from cache.jobs import Job
from cache.store import Store
from headstrata.settings import Settings

#: What must come back escaped, or not at all.
MARK = "<i>fz</i>"
CALLBACK = "/_dash-update-component"
NAMES = ["tiny", "gpt2-xl", "smollm2-135m", "cut-short", "nobody", "tiny@0123456789abcdef", MARK]
VIEWS = ["detailed", "grouped", "operations", "budget", "count", "percent", MARK]
THRESHOLDS = ["induction:0.3", "induction:0.3,broad:0.9", "induction:", f"{MARK}:0.3", "broad:1e3"]
#: Values that mean something somewhere.
TELLING = [
    *NAMES,
    *VIEWS,
    *THRESHOLDS,
    *("0.1", "2.1", "0.0,2.1", "9.9", "0:induction", "induction", "first_token", "natural"),
    *("0", "1", "-1", "3", "1e9", "nan", "１", "", "light", "csv", "json", "parquet", "entropy"),
    *("../../etc/passwd", "a" * 5000, "\x00", "\ud800", "\u202e", "{}", "[]", "%", "&=;#"),
]
#: Keys of what the page's stores hold.
KEYS = [
    *("model", "name", "head", "stamp", "width", "bins", "taxonomy", "view", "show", "t", "score"),
    *("thresholds", "category", "categories", "other", "models", "prompt", "segment", "start"),
    *("layers", "least", "sort", "effect", "of", "across", "up", "by", "heads", "key", "only"),
    *("points", "customdata", "title", "format", "theme", "unmeasured", "with", "mode", "rows"),
]
QUERY_KEYS = [
    *("model", "width", "bins", "taxonomy", "show", "format", "t", "theme", "unmeasured", "only"),
    *("category", "layers", "least", "sort", "heads", "prompt", "segment", "head", "compare"),
    *(MARK, "", "a[b]", "\x00"),
]
PATHS = [
    *("/", "/embed", "/models", "/readyz", "/_dash-layout", "/_dash-dependencies", "/nope"),
    *(f"/api/{name}" for name in ("models", "heads", "bins", "chart.svg", "patterns", "taxonomy")),
    *("/api/jobs", "/api/problems", "/api/openapi.json", f"/api/{MARK}", f"/{MARK}", "/assets/x"),
]

leaves = st.one_of(
    st.sampled_from(TELLING),
    st.none(),
    st.booleans(),
    st.integers(-(10**25), 10**25),
    st.integers(-2, 50),
    st.floats(),  # also NaN and infinity, which Python's json reads
    st.text(max_size=20),
)
keys = st.sampled_from(KEYS)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(keys, inner, max_size=6),
        st.dictionaries(st.text(max_size=8), inner, max_size=3),
    ),
    max_leaves=12,
)
#: As the page's stores look, with nothing in them that must be so.
stores = st.fixed_dictionaries(
    {"model": st.sampled_from(NAMES), "stamp": leaves},
    optional={name: values for name in KEYS if name not in {"model", "stamp"}},
)
queries = st.lists(st.tuples(st.sampled_from(QUERY_KEYS), st.sampled_from(TELLING)), max_size=6)


def cache_at(folder: str) -> Store:
    """A cache with a good table and its patterns, a damaged one, and a job."""
    store = Store(folder, create=True)
    record = made_tables.provenance()
    store.write("tiny", made_tables.heads(induction=[0.9, 0.05, 0.7, 0.05, 0.05, 0.05]), record)
    squares = np.tril(np.full((6, 3, 3), 9, np.uint8))
    told = {"ioi": ["When", " Mary", MARK]}
    patterns.write(store, "tiny", told, {"ioi": squares}, Grid(3, 2), record.run_key)
    store.put("tables/cut-short.parquet", b"PAR1")
    store.write_job(Job(id="j", name="j", title=MARK, model="m", state="failed", reason=MARK))
    return store


class Asked:
    """A dashboard that is asked, and what must hold for its answers.

    Args:
        folder: Of its cache.
    """

    def __init__(self, folder: str) -> None:
        cache_at(folder)
        self.server: flask.Flask = create_app(Settings.load(cache=folder)).server
        self.client = self.server.test_client()
        self.count = 0
        self._faults: list[str] = []
        self._listen()
        found = self.client.get("/_dash-dependencies").json
        self.callbacks = [one for one in found if not one["clientside_function"]]

    def _listen(self) -> None:
        """Note each traceback that goes into the log."""
        noted = self._faults

        class Noting(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                if record.exc_info:
                    noted.append(logging.Formatter().format(record))

        for name in ("headstrata.web", self.server.logger.name):
            logging.getLogger(name).addHandler(Noting())

    def check(self, answer: Any, what: object) -> None:
        """No 5xx, no traceback, nothing echoed unescaped."""
        self.count += 1
        body = answer.get_data()
        faults, self._faults[:] = "\n".join(self._faults), []
        assert not faults, f"{what!r}: {faults}"
        assert answer.status_code < 500, (what, answer.status_code, body[:300])
        assert b"Traceback" not in body, what
        if answer.mimetype in {"text/html", "image/svg+xml"} or self._is_api(what):
            assert MARK.encode() not in body, what
        else:  # a browser must not take it for a page
            assert answer.headers["X-Content-Type-Options"] == "nosniff"

    @staticmethod
    def _is_api(what: object) -> bool:
        return isinstance(what, str) and what.startswith("/api/")

    def query(self, path: str, told: list[tuple[str, str]]) -> None:
        """Ask for a path with a query."""
        parts = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in told)
        address = f"{quote(path)}?{parts}"
        self.check(self.client.get(address), address)

    def callback(self, body: object) -> None:
        """Send a callback's body."""
        sent = json.dumps(body).encode()
        answer = self.client.post(CALLBACK, data=sent, content_type="application/json")
        self.check(answer, body)


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


def _outputs(named: str) -> Any:
    """What the page sends beside ``..a.children...b.data..`` or ``a.children``."""
    if not named.startswith(".."):
        return dict(zip(("id", "property"), named.rsplit(".", 1), strict=True))
    return [_outputs(part) for part in named[2:-2].split("...")]


@st.composite
def bodies(draw: Callable[..., Any], callbacks: list[dict[str, Any]]) -> dict[str, Any]:
    """The body of one of the page's callbacks, with its real shape and any values in it."""
    callback = draw(st.sampled_from(callbacks))
    told = {
        kind: [{**field, "value": draw(st.one_of(stores, values))} for field in callback[kind]]
        for kind in ("inputs", "state")
    }
    return {
        "output": callback["output"],
        "outputs": _outputs(callback["output"]),
        **told,
        "changedPropIds": [f"{field['id']}.{field['property']}" for field in told["inputs"]],
    }


@st.composite
def broken_bodies(draw: Callable[..., Any], callbacks: list[dict[str, Any]]) -> object:
    """A body whose shape is not what the page sends either."""
    body = draw(bodies(callbacks))
    for name in draw(st.lists(st.sampled_from(sorted(body)), min_size=1, max_size=2, unique=True)):
        if draw(st.booleans()):
            body[name] = draw(values)
        else:
            del body[name]
    return draw(st.one_of(st.just(body), values))


def fuzz(asked: Asked, examples: int) -> None:
    """Ask so many questions of each of three kinds.

    Raises:
        AssertionError: With the smallest question that gave a wrong answer.
    """
    told = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    told(given(st.sampled_from(PATHS), queries)(asked.query))()
    told(given(bodies(asked.callbacks))(asked.callback))()
    told(given(broken_bodies(asked.callbacks))(asked.callback))()
