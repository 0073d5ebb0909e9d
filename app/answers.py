"""Finished answers, made once: what a table's file and the request decide between them.

It stands before Flask, because Flask and Dash would take longer than all the rest: an answer
that is kept goes out as it went out first, compressed, with its headers. It is kept for as long
as its sources (``app.sources``) are what they were, so that a table that is written again is
seen by the next request. What Flask made from anything else (jobs, lists with obstacles, errors)
is never kept.
"""

import functools
import hashlib
import io
import threading
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from werkzeug.datastructures import Accept
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import parse_accept_header, quote_etag
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

from app.compression import ALGORITHMS
from app.lru_cache import LRUCache
from app.reading import Reader
from app.sources import SOURCES, Sources
from app.visits import KEPT

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_API = "/api/"
#: What the whole list decides, too: the pages and what Dash asks for first.
_PAGES = {"/", "/embed", "/models", "/_dash-layout", "/_dash-dependencies"}
#: In the query of an answer about one table, and in the body of a callback's.
_ABOUT_TABLE = "model="
_BODY_ABOUT_TABLE = b'"model"'
_CALLBACK = "/_dash-update-component"
#: Dash puts a token of the visit, which decides nothing, behind a callback's address:
#: https://github.com/plotly/dash/blob/v4.4.1/dash/_callback.py#L391
_VISIT = "endId="
#: The longest body of a callback whose answer is kept, in bytes; the page sends a few hundred.
_LONGEST_BODY = 65_536
#: No answer takes more than this share of what is kept.
_LARGEST_SHARE = 8
#: What makes an answer shorter than the whole.
_CONDITIONS = (
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_RANGE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
)

OK = "200 OK"

Key = tuple[str, str, bytes, str]


@dataclass(frozen=True)
class Answer:
    """A whole answer."""

    status: str
    body: bytes
    headers: list[tuple[str, str]]
    made_from: Sources


class Answers:
    """Keeps an application's answers.

    Args:
        app: Makes them.
        reader: Knows whether their sources changed.
        most_bytes: How much is kept, keys and headers included.
    """

    def __init__(self, app: "WSGIApplication", reader: Reader, most_bytes: int) -> None:
        self.app = app
        self.reader = reader
        self.most_bytes = most_bytes
        self._lock = threading.Lock()
        self._making: WeakValueDictionary[Key, threading.Lock] = WeakValueDictionary()
        self.kept: LRUCache[Key, Answer] = LRUCache(most_bytes, _bytes_of)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Called by the WSGI server for each request."""
        key = _key(environ)
        if key is None:
            return self.app(environ, start_response)
        answer = self._still_right(key, environ)
        if answer:
            environ[KEPT] = True
        else:
            with self._alone(key):
                answer = self._still_right(key, environ) or self._make(environ, key)
        if answer.status != OK:  # errors have no parts
            start_response(answer.status, answer.headers)
            return [answer.body]
        if any(name in environ for name in _CONDITIONS):
            return self._part(answer, environ, start_response)
        start_response(OK, answer.headers)
        return [answer.body]

    def _still_right(self, key: Key, environ: "WSGIEnvironment") -> Answer | None:
        answer = self.kept.get(key)
        return answer if answer and self.reader.are(answer.made_from, environ) else None

    def _alone(self, key: Key) -> AbstractContextManager[Any]:
        """Whoever asks for the same answer about a table while it is made waits for it.

        Not for what is about none: it may wait for the cache, and not be kept.
        """
        if _ABOUT_TABLE not in key[1] and _BODY_ABOUT_TABLE not in key[2]:
            return nullcontext()
        with self._lock:
            return self._making.setdefault(key, threading.Lock())

    def _make(self, environ: "WSGIEnvironment", key: Key) -> Answer:
        """The application's whole answer, whatever part is asked for; kept if it may be."""
        whole = {name: value for name, value in environ.items() if name not in _CONDITIONS}
        whole["HTTP_ACCEPT_ENCODING"] = key[-1]
        made_from = whole[SOURCES] = Sources()
        parts, status, headers = run_wsgi_app(self.app, whole, buffered=True)
        # gunicorn writes the date of each answer
        told = [(name, value) for name, value in headers if name != "Date"]
        body = b"".join(parts)
        if whole["REQUEST_METHOD"] == "GET" and "ETag" not in headers:
            tag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
            told.append(("ETag", tag))
            told += [] if "Cache-Control" in headers else [("Cache-Control", "no-cache")]
        answer = Answer(status, body, told, made_from)
        small = _bytes_of(key, answer) * _LARGEST_SHARE <= self.most_bytes
        if status == OK and small and not made_from.passing:
            self.kept.keep(key, answer)
        return answer

    def _part(
        self, answer: Answer, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """What the request's conditions leave of an answer: nothing, a range of bytes, or all."""
        response = Response(answer.body, headers=answer.headers)
        in_parts = "Accept-Ranges" in response.headers
        try:
            response.make_conditional(
                environ, accept_ranges=in_parts, complete_length=len(answer.body)
            )
        except RequestedRangeNotSatisfiable:
            return self.app(environ, start_response)  # which says so
        response.headers.pop("Date", None)
        return response(environ, start_response)


def _key(environ: "WSGIEnvironment") -> Key | None:
    """What a request asks for; None: nothing that could be kept."""
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    method = environ["REQUEST_METHOD"]
    if method == "GET" and path in _PAGES:
        return path, query, _place(environ), _coding(accepted)
    if method == "GET" and path.startswith(_API):
        # a part of a compressed answer is no part of the file that is asked for
        coding = "identity" if "HTTP_RANGE" in environ else _coding(accepted)
        return path, query, b"", coding
    if method == "POST" and path == _CALLBACK and _is_plain(query):
        body = _body(environ)
        return None if body is None else (path, "", body, _coding(accepted))
    return None


def _place(environ: "WSGIEnvironment") -> bytes:
    """Where the visitor is, which a page's canonical address tells."""
    names = ("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME")
    return " ".join(environ.get(name, "") for name in names).encode("latin-1", "replace")


def _is_plain(query: str) -> bool:
    return not query or (query.startswith(_VISIT) and "&" not in query)


def _body(environ: "WSGIEnvironment") -> bytes | None:
    """A short body of a request, which can be read again; None for any other."""
    length = environ.get("CONTENT_LENGTH") or ""
    if not (length.isascii() and length.isdigit() and int(length) <= _LONGEST_BODY):
        return None
    body: bytes = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    return body if "json" in environ.get("CONTENT_TYPE", "") else None


@functools.lru_cache(256)
def _coding(accepted: str) -> str:
    """The content coding that a reader likes best, of several the one that is smallest here."""
    wanted = parse_accept_header(accepted, Accept)
    best = max(ALGORITHMS, key=lambda name: wanted[name])
    return best if wanted[best] else "identity"


def _bytes_of(key: Key, answer: Answer) -> int:
    told = sum(len(name) + len(value) for name, value in answer.headers)
    return len(key[1]) + len(key[2]) + told + len(answer.body) + 1_000  # objects around them
