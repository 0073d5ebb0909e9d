"""Security headers, error responses, and the guards of Dash's own routes.

A bad request gets a 4xx and one sentence, never a traceback, and none of its text is
written into HTML.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any, cast

import flask
from dash import Dash
from dash.exceptions import DependencyException, InvalidResourceError, PreventUpdate
from flask.typing import ResponseReturnValue
from markupsafe import escape
from werkzeug.exceptions import BadRequest, HTTPException, NotFound, ServiceUnavailable

from app.api import error_json
from app.reading import Reader
from headstrata.errors import ObstacleError, UserError

#: The paths that show the page; any other path without a route is a 404.
PAGES = {"embed"}
#: The path that any website, notebook or file may show in a frame.
EMBED = "/embed"
#: The largest request body, in bytes. A callback posts a few kB.
LARGEST_BODY = 1_000_000

_CALLBACK = "/_dash-update-component"
_CATCHALL = "/<path:path>"
_LAST_RESORT = "This is a fault of Headstrata; the server's log says more."

View = Callable[..., Any]

log = logging.getLogger("headstrata.web")


def secure(app: Dash) -> None:
    """Add headers and guards; call it after all callbacks are registered.

    ``csp_hashes`` needs that. Dash has no hooks for its callback and catch-all routes, so
    their view functions are replaced: https://github.com/plotly/dash/blob/v4.4.1/dash/backends/_flask.py#L191.
    """
    server: flask.Flask = app.server
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    policy = content_policy(app.csp_hashes())
    server.after_request(lambda response: _with_headers(response, policy))
    for error in (HTTPException, DependencyException, InvalidResourceError, Exception):
        server.register_error_handler(error, answer_error)
    views = server.view_functions
    views[_CALLBACK] = _guard_callback(views[_CALLBACK])
    views[_CATCHALL] = _only_pages(views[_CATCHALL])


def content_policy(hashes: Sequence[str]) -> dict[str, str]:
    """The Content-Security-Policy without ``frame-ancestors``."""
    return {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *hashes]),
        # Plotly and AG Grid write style elements and attributes.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",  # blob: the chart's own PNG and SVG export
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }


def _with_headers(response: flask.Response, policy: dict[str, str]) -> flask.Response:
    directives = {**policy}
    # No "*" for EMBED: it matches only network schemes, not file: or vscode-webview:.
    # https://www.w3.org/TR/CSP3/#match-url-to-source-expression
    if flask.request.path != EMBED:
        directives["frame-ancestors"] = flask.current_app.config["SETTINGS"].frame_ancestors
    headers = response.headers
    headers["Content-Security-Policy"] = "; ".join(f"{k} {v}" for k, v in directives.items())
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
    return response


def answer_error(error: Exception) -> ResponseReturnValue:
    """JSON under /api, a small page elsewhere; unexpected errors are logged."""
    # Dash's message repeats the requested path: https://github.com/plotly/dash/blob/v4.4.1/dash/_validate.py#L387
    if isinstance(error, DependencyException | InvalidResourceError):
        error = NotFound()
    if isinstance(error, ObstacleError):
        error = ServiceUnavailable(f"{error}.")
    if not isinstance(error, HTTPException):
        log.error("%s failed", flask.request.path, exc_info=error)
    status = (error.code or 500) if isinstance(error, HTTPException) else 500
    if status < 400 and isinstance(error, HTTPException):
        return error.get_response()  # a redirect
    sentence = (error.description or "") if isinstance(error, HTTPException) else _LAST_RESORT
    if flask.request.path.startswith("/api"):
        answer = flask.make_response(error_json(sentence, status))
    else:
        answer = flask.make_response(_page(status, sentence), status)
    if isinstance(error, HTTPException):  # what is allowed instead: methods (405), bytes (416)
        told = {"Allow", "Content-Range"}
        answer.headers.extend((k, v) for k, v in error.get_headers() if k in told)
    return answer


def _page(status: int, sentence: str) -> str:
    root = escape(flask.request.script_root)  # not relative: the address may have any depth
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Headstrata</title>'
        f'<link rel="stylesheet" href="{root}/assets/headstrata.css">'
        f'<main class="page"><div class="heading"><h1>{status}</h1><p>{escape(sentence)}</p>'
        f'<p><a href="{root}/" style="color: inherit">To the dashboard</a></p></div></main></html>'
    )


def _guard_callback(view: View) -> View:
    """Turn every error of Dash's callback route into a 400.

    Dash does not validate a callback's request body, so a bad one raises any exception:
    https://github.com/plotly/dash/blob/v4.4.1/dash/backends/_flask.py#L253. Errors of the callback
    itself do not come here: Dash passes them to the app's ``on_error``.
    """

    def guarded() -> Any:
        try:
            return view()
        except (HTTPException, PreventUpdate):
            raise
        except Exception as error:
            log.warning("refused a callback's request: %r", error)
            raise BadRequest("This is not a request that the page would send.") from None

    return guarded


def _only_pages(view: View) -> View:
    """Dash shows the page at every path; answer 404 for unknown ones.

    In a frame, where nobody chooses another, a table that is not there is an error, too:
    another table's figure would be taken for its.
    """

    def shown(path: str) -> Any:
        if path not in PAGES:
            raise NotFound
        name = flask.request.args.get("model")
        if name is not None:
            try:
                cast(Reader, flask.current_app.config["READER"]).table(name)
            except ObstacleError:
                raise
            except UserError as error:
                raise NotFound(f"{error}.") from None
        return view(path)

    return shown
