"""How responses are compressed: Brotli first, and the large scripts only once."""

import flask

from app.lru_cache import LRUCache

#: Measured on plotly.min.js (4.8 MB): level 4 1,410 kB in 0.08 s, level 9 1,234 kB in 0.43 s.
BROTLI_LEVEL = 9
#: Compressed scripts and styles kept in memory per process; a page loads about fifteen.
SCRIPTS_KEPT = 128
#: How long browsers may keep a file that has its version in its URL, in seconds.
YEAR_S = 31_536_000

#: The smallest answers first.
ALGORITHMS = ("br", "zstd", "gzip")
#: What is served here and gets smaller; Flask-Compress's own list lacks CSV.
_COMPRESSED = [
    "application/javascript",
    "application/json",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
]

_ASSETS = "/assets/"
_SCRIPTS = "/_dash-component-suites/"


class ScriptCache:
    """Flask-Compress's cache backend, for scripts and style sheets only.

    Flask-Compress calls it for every response and stores all of them, so that callbacks'
    answers would fill it:
    https://github.com/colour-science/flask-compress/blob/v1.25/flask_compress/flask_compress.py
    """

    def __init__(self) -> None:
        self._kept: LRUCache[str, bytes] = LRUCache(SCRIPTS_KEPT)

    def get(self, key: str) -> bytes | None:
        """The compressed script; None for everything else."""
        return self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        """Keep a compressed script; anything else may change and is not kept."""
        if key.split(";", 1)[-1].startswith((_SCRIPTS, _ASSETS)):
            self._kept.keep(key, value)


def script_key(request: flask.Request) -> str:
    """The URL: a script's version is part of it."""
    return request.full_path


def configure(server: flask.Flask) -> None:
    """Set the options that Flask-Compress reads when Dash starts it."""
    server.config.update(
        COMPRESS_ALGORITHM=list(ALGORITHMS),
        COMPRESS_BR_LEVEL=BROTLI_LEVEL,
        COMPRESS_MIMETYPES=_COMPRESSED,
        COMPRESS_CACHE_BACKEND=ScriptCache,
        COMPRESS_CACHE_KEY=script_key,
    )


def keep_assets(server: flask.Flask) -> None:
    """Let assets be compressed only once; call it after Dash started Flask-Compress.

    Flask streams files, and Flask-Compress compresses a stream again for every request
    instead of using its cache (``streaming_compressed`` in its ``after_request``). Flask
    runs the functions that were added last first:
    https://flask.palletsprojects.com/en/stable/api/#flask.Flask.after_request
    """
    server.before_request(_without_range)
    server.after_request(_whole)


def _without_range() -> None:
    """Ignore range requests: a compressed part is not a part of the compressed file."""
    if flask.request.path.startswith(_ASSETS):
        flask.request.environ.pop("HTTP_RANGE", None)


def _whole(response: flask.Response) -> flask.Response:
    if flask.request.path.startswith(_ASSETS) and response.status_code == 200:
        response.direct_passthrough = False
        response.get_data()  # reads the file, so that it is not a stream any more
        response.headers.pop("Accept-Ranges", None)
        if "m" in flask.request.args:  # Dash's fingerprint: the file's modification time
            response.cache_control.no_cache = None
            response.cache_control.max_age = YEAR_S
            response.cache_control.immutable = True
    return response
