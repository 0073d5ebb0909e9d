"""How answers are compressed: Brotli first, and the big scripts only once."""

import flask

from app.recent import Recent

#: Measured on plotly.min.js (4.8 MB): level 4 1,410 kB in 0.08 s, 9 1,234 kB in 0.43 s.
BROTLI_LEVEL = 9
#: Compressed scripts kept in memory per process; a page loads about twenty.
SCRIPTS_KEPT = 64

_SCRIPTS = "/_dash-component-suites/"


class ScriptCache:
    """Flask-Compress's cache backend: keeps what has the key of a script."""

    def __init__(self) -> None:
        self._kept: Recent[str, bytes] = Recent(SCRIPTS_KEPT)

    def get(self, key: str) -> bytes | None:
        """The compressed script; None for everything else."""
        return self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        """Keep a compressed script; anything else may change and is let go."""
        if _SCRIPTS in key:
            self._kept.keep(key, value)


def script_key(request: flask.Request) -> str:
    """The path: a script's version is part of it."""
    return request.path


def configure(server: flask.Flask) -> None:
    """Set what Flask-Compress reads when Dash starts it."""
    server.config.update(
        COMPRESS_ALGORITHM=["br", "zstd", "gzip"],
        COMPRESS_BR_LEVEL=BROTLI_LEVEL,
        COMPRESS_CACHE_BACKEND=ScriptCache,
        COMPRESS_CACHE_KEY=script_key,
    )
