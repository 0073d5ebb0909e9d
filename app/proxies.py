"""Where the dashboard stands: under a path, behind proxies that somebody trusts.

Every address in a page is relative to the page, so it is right under any path. What has to
be whole (the canonical address, redirects, the pages of errors) follows from WSGI's
``SCRIPT_NAME``, scheme and host, which are set here.
"""

import ipaddress
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.utils import redirect

from headstrata.settings import Network, Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: What a proxy may say, and how it may look: the text ends up in addresses. A proxy that does
#: not set one of these passes on what a visitor sent.
_FORWARDED = {
    "HTTP_X_FORWARDED_FOR": re.compile(r"[0-9A-Fa-f:.]+"),
    "HTTP_X_FORWARDED_PROTO": re.compile(r"https?"),
    "HTTP_X_FORWARDED_HOST": re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?"),
    # no "//", which would start the address of another host, and no ".."
    "HTTP_X_FORWARDED_PREFIX": re.compile(r"(/(?!\.{1,2}(/|$))[A-Za-z0-9._~%@+:-]+)*/?"),
}
#: Nobody here reads these, and nobody shall: werkzeug's or gunicorn's defaults may change.
_ID = "HTTP_X_REQUEST_ID"
_NEVER = ("HTTP_X_FORWARDED_PORT", "HTTP_FORWARDED")


def stand_behind(app: "WSGIApplication", settings: Settings) -> "WSGIApplication":
    """The application under the settings' path and behind the proxies that they trust."""
    return TrustedProxies(UnderPath(app, settings.root), settings.proxies)


class UnderPath:
    """Serves an application under a path, whether or not a proxy takes the path off.

    Args:
        app: Serves its pages from ``/``.
        root: The path without a slash at its end; empty for the top.
    """

    def __init__(self, app: "WSGIApplication", root: str) -> None:
        self.app = app
        self.root = root

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Called by the WSGI server for each request."""
        path = environ.get("PATH_INFO", "")
        if not self.root:
            return self.app(environ, start_response)
        if path == self.root:  # relative addresses need the slash
            query = environ.get("QUERY_STRING", "")
            there = f"{self.root}/?{query}" if query else f"{self.root}/"
            return redirect(there, 308)(environ, start_response)
        if path.startswith(f"{self.root}/"):
            environ["PATH_INFO"] = path.removeprefix(self.root)
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME") or self.root
        return self.app(environ, start_response)


class TrustedProxies:
    """Lets ``X-Forwarded-For``, ``-Proto``, ``-Host`` and ``-Prefix`` count from some peers only.

    Werkzeug's ``ProxyFix`` believes whoever connects:
    https://werkzeug.palletsprojects.com/en/stable/middleware/proxy_fix/
    """

    def __init__(self, app: "WSGIApplication", networks: Iterable[Network]) -> None:
        self.app = app
        self.networks = list(networks)
        self.believing = ProxyFix(app, x_for=1, x_proto=1, x_host=1, x_prefix=1)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Called by the WSGI server for each request."""
        trusted = self._trusts(environ.get("REMOTE_ADDR", ""))
        for name in _NEVER:
            environ.pop(name, None)
        for name, form in _FORWARDED.items():
            # several proxies: the last one's word is behind the last comma
            said = environ.pop(name, "").rpartition(",")[2].strip()
            if trusted and said and form.fullmatch(said):
                environ[name] = said.rstrip("/")
        if not trusted:
            environ.pop(_ID, None)
        return (self.believing if trusted else self.app)(environ, start_response)

    def _trusts(self, peer: str) -> bool:
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return False
        # a socket that listens on "::" names IPv4 peers like this
        mapped = getattr(address, "ipv4_mapped", None) or address
        return any(mapped in network for network in self.networks)
