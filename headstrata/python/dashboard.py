"""The dashboard of a notebook: one server in this process, on a cache of its own.

Every table that is shown is written there, so that the page can compare them.
"""

import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from werkzeug.serving import WSGIRequestHandler, make_server

from app.server import create_app
from cache.store import NotFoundError, Store
from headstrata.settings import Settings

if TYPE_CHECKING:
    from headstrata.python.head_table import HeadTable

_HOST = "127.0.0.1"
_FRAME = ("100%", 900)
"""Width and height of the page in a notebook."""


def show(table: "HeadTable") -> Any:
    """Open the page on a table: in Jupyter a frame with it, else the browser and its address."""
    address = _dashboard().with_table(table)
    frame = _frame()
    if frame is not None:
        return frame(address, *_FRAME)
    webbrowser.open(address)
    return address


def _frame() -> Callable[..., Any] | None:
    """What shows a page in a notebook; None: this is none."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None or not hasattr(shell, "kernel"):
        return None
    from IPython.display import IFrame  # noqa: PLC0415 - only where IPython is

    return IFrame


@cache
def _dashboard() -> "_Dashboard":
    return _Dashboard()


class _Dashboard:
    """A server on a free port, which ends with the process."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="headstrata-")
        self._store = Store(self._folder.name, published=False)
        server = create_app(Settings.load(cache=self._folder.name)).server
        server.wsgi_app = _framed(server.wsgi_app)
        self._server = make_server(_HOST, 0, server, threaded=True, request_handler=_Silent)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def with_table(self, table: "HeadTable") -> str:
        """The page's address on a table, which is written first unless it was shown before."""
        name, tried = table.name, 1
        while (known := self._record(name)) is not None:
            if known == table.provenance:
                break
            tried += 1
            name = f"{table.name[:90]}-{tried}"
        else:
            table.write(self._store, name)
        return f"http://{_HOST}:{self._server.server_port}/?{urlencode({'model': name})}"

    def _record(self, name: str) -> Any:
        try:
            return self._store.read(name).provenance
        except NotFoundError:
            return None


class _Silent(WSGIRequestHandler):
    """Without a line for each request: they would stand in the notebook."""

    def log_request(self, *_: object) -> None:
        """Say nothing."""


def _framed(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """The application, which pages of other origins may frame: notebooks are on other ports."""

    def framed(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start(status, [(key, _anywhere(key, value)) for key, value in headers], *more)

        return application(environ, begin)

    return framed


def _anywhere(header: str, value: str) -> str:
    if header.lower() != "content-security-policy":
        return value
    return "; ".join(part for part in value.split("; ") if not part.startswith("frame-ancestors"))
