"""Each request as an operator sees it: an id, a line in the log, and counts (``app.metrics``)."""

import logging
import re
import time
import uuid
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol

from headstrata.logs import REQUEST_ID
from headstrata.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Where ``app.answers`` notes that an answer was kept, not made.
KEPT = "headstrata.kept"

#: An id that a trusted proxy gave; it goes into logs and a header.
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
#: The routes that are counted apart. There is a number for each, so nothing that a visitor types.
_ROUTES = frozenset(
    {
        *("/", "/embed", "/models", "/healthz", "/readyz"),
        *(f"/api/{name}" for name in ("bins", "heads", "models", "patterns", "taxonomy", "jobs")),
        *(
            "/api/problems",
            "/api/chart.svg",
            "/api/openapi.json",
            "/_dash-layout",
            "/_dash-dependencies",
        ),
        "/_dash-update-component",
    }
)
_FOLDERS = ("/assets/", "/_dash-component-suites/", "/api/")
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})

log = logging.getLogger("headstrata.access")


class Meter(Protocol):
    """What counts requests."""

    def count(self, route: str, method: str, status: int, *, kept: bool, seconds: float) -> None:
        """One more answer."""


class Visits:
    """Gives each request an id, and tells of it when it was answered.

    Args:
        app: Answers them.
        settings: Whether there is a line for each.
        meter: What counts them, if anything does.
    """

    def __init__(
        self, app: "WSGIApplication", settings: Settings, meter: Meter | None = None
    ) -> None:
        self.app = app
        self.access_log = settings.access_log
        self.meter = meter

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Called by the WSGI server for each request."""
        given = environ.get("HTTP_X_REQUEST_ID", "")
        own = given if _ID.fullmatch(given) else uuid.uuid4().hex
        began, status = time.perf_counter(), 500

        def start(line: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[..., Any]:
            nonlocal status
            status = int(line[:3])
            return start_response(line, [*headers, ("X-Request-ID", own)], *rest)

        place = REQUEST_ID.set(own)
        try:
            return self.app(environ, start)
        finally:
            self._tell(environ, status, time.perf_counter() - began)
            REQUEST_ID.reset(place)

    def _tell(self, environ: "WSGIEnvironment", status: int, seconds: float) -> None:
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        kept = KEPT in environ
        if self.meter:
            known = method if method in _METHODS else "other"
            self.meter.count(route_of(path), known, status, kept=kept, seconds=seconds)
        if self.access_log:
            told = {
                "peer": environ.get("REMOTE_ADDR", ""),
                "method": method,
                "path": path,
                "query": environ.get("QUERY_STRING", ""),
                "status": status,
                "ms": round(seconds * 1e3, 1),
                "kept": kept,
            }
            log.info("%s %s %s", status, method, path, extra={"told": told})


def route_of(path: str) -> str:
    """The route that a path is counted under."""
    if path in _ROUTES:
        return path
    return next((f"{folder}…" for folder in _FOLDERS if path.startswith(folder)), "other")
