"""A small reverse proxy: it shows a server under a path, and nothing beside it."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

#: What is of one connection only.
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding"}


@dataclass
class Proxy:
    """A proxy that runs."""

    url: str
    """The server's root as visitors see it, without a slash at its end."""
    outside: list[str] = field(default_factory=list)
    """What was asked beside the path."""


class Listening(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A browser that is closed drops its connections."""


@contextmanager
def proxying(server: str, prefix: str, *, strips: bool = True, **headers: str) -> Iterator[Proxy]:
    """A proxy on this machine until the block ends.

    Args:
        server: The address behind it.
        prefix: The path without a slash at its end.
        strips: Whether it takes the path off, as JupyterHub's does.
        headers: What it adds.
    """
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    behind = urlsplit(server)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            inside = self.path.startswith(f"{prefix}/")
            if not inside:
                proxy.outside.append(self.path)
                self.send_error(404)
                return
            path = self.path.removeprefix(prefix) if strips else self.path
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            connection = http.client.HTTPConnection(behind.hostname, behind.port, timeout=60)
            with closing(connection) as asked:
                asked.request(self.command, path, body, {**dict(self.headers), **named})
                answer = asked.getresponse()
                data = answer.read()
            self.send_response_only(answer.status)
            for key, value in answer.getheaders():
                if key.lower() not in HOP_BY_HOP | {"content-length"}:
                    self.send_header(key, value)
            if answer.status not in {204, 304}:
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_GET  # noqa: N815 - the name is http.server's

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    listening = Listening(("127.0.0.1", 0), Handler)
    proxy = Proxy(f"http://127.0.0.1:{listening.server_port}{prefix}")
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join(10)
