"""An address that is no dashboard, or does not answer, is told in a sentence."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from running import free_port

import headstrata
from headstrata.errors import ObstacleError
from headstrata.python.hosted import Hosted


@contextmanager
def answering(status, body, kind="text/html"):
    """A server that answers every request alike."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (200, b"<html>A shop</html>", "text/html", "is not a Headstrata dashboard"),
        (200, b"PAR1 of somebody else", "text/html", "is not a Headstrata dashboard"),
        (200, b'[{"id": 1}]', "application/json", "is not a Headstrata dashboard"),
        (200, b'["a"]', "application/json", "is not a Headstrata dashboard"),
        (200, b'{"name": 1}', "application/json", "is not a Headstrata dashboard"),
        (404, b"<html>Nothing here</html>", "text/html", "is not a Headstrata dashboard"),
        (404, b'{"detail": "no"}', "application/json", "is not a Headstrata dashboard"),
        (401, b"", "text/html", "asks for a login"),
        (403, b"<html>", "text/html", "asks for a login"),
        (502, b"<html>Bad gateway</html>", "text/html", "answers 502; try again later"),
        (429, b"", "text/html", "answers 429; try again later"),
        (503, b'{"error": "cannot list tables"}', "application/json", ": cannot list tables"),
    ],
)
def test_what_answers_otherwise(status, body, kind, said):
    with answering(status, body, kind) as address:
        for ask in (headstrata.models, lambda where: headstrata.load("tiny", where)):
            with pytest.raises(headstrata.UserError, match=said) as refused:
                ask(address)
            assert str(refused.value).startswith(address)
            assert isinstance(refused.value, ObstacleError) == (status in (429, 502, 503))


def test_nobody_answers():
    address = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(ObstacleError, match=f"no dashboard answers at {address}: "):
        headstrata.models(f"{address}/?model=gpt2")


@pytest.mark.parametrize("address", ["http://", "https://a b", "http://x:port/"])
def test_what_is_no_address(address):
    with pytest.raises(headstrata.UserError):
        headstrata.models(address)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("https://x.org", "https://x.org"),
        ("https://x.org/?model=gpt2&bins=3#top", "https://x.org"),
        ("https://x.org/heads/", "https://x.org/heads"),
        ("https://x.org/heads/embed?model=gpt2", "https://x.org/heads"),
        ("https://x.org/models", "https://x.org"),
    ],
)
def test_any_page_of_the_dashboard_names_it(given, meant):
    assert Hosted(given).address == meant
