"""Builds the web application: page, API, health routes and headers."""

import logging
from pathlib import Path
from typing import Any, cast

import flask
from dash import Dash, set_props

from app import api, compression, health, metrics, proxies, security
from app.answers import Answers
from app.asking import Rate
from app.index import INDEX
from app.overview import routes as overview
from app.page import callbacks, layout
from app.page.first.index import Page
from app.page.first.scripts import load_less
from app.reading import Reader
from app.sources import sources
from app.visits import Visits
from headstrata.errors import UserError
from headstrata.settings import Settings

#: ``assets/`` lies beside the package ``app``, in the repository and in the wheel.
ASSETS = Path(__file__).resolve().parent.parent / "assets"
#: What Dash leaves out of the page: the sources of ``headstrata.js`` and ``headstrata.css``
#: (``scripts/make_assets.py``), which are all folders but ``vendor``, and one file; and the
#: overview's script.
SOURCE_FOLDER = r"^(?!vendor$)"
SOURCE_FILE = r"^(main|overview)\.js$"

log = logging.getLogger("headstrata.web")


def create_app(settings: Settings) -> Dash:
    """The dashboard with its routes.

    Raises:
        UserError: The cache that the settings name cannot be used.
    """
    server = flask.Flask("headstrata", static_folder=None)
    server.config["SETTINGS"] = settings
    server.config["READER"] = Reader(settings)
    server.config["ASKED"] = Rate(settings.asks_a_minute)
    compression.configure(server)
    load_less()
    app = Page(
        __name__,
        server=cast(Any, server),  # Dash's annotation lacks Flask (dash.py#L450 at v4.4.1)
        assets_folder=str(ASSETS),
        assets_path_ignore=[SOURCE_FOLDER],
        assets_ignore=SOURCE_FILE,
        index_string=INDEX,
        suppress_callback_exceptions=True,  # the grid comes when a segment is chosen
        compress=True,
        title="Headstrata",
        update_title="",  # the title carries the model's name, not "Updating..."
        on_error=report,
        enable_mcp=False,
    )
    _relative(app)
    server.register_blueprint(api.blueprint)
    server.register_blueprint(health.blueprint)
    server.register_blueprint(overview.blueprint)
    _add_page(app)
    compression.keep_assets(server)
    security.secure(app)  # it hashes the inline scripts of all callbacks
    kept = Answers(server.wsgi_app, server.config["READER"], settings.answers_mb * 1_000_000)
    visits = Visits(kept, settings, metrics.meter())
    outer = proxies.stand_behind(visits, settings)
    server.wsgi_app = outer  # type: ignore[method-assign,assignment]
    # Dash registers the scripts that it may serve during the first request; until then
    # other threads answer 404 for them. So we send the first request ourselves.
    # https://github.com/plotly/dash/blob/v4.4.1/dash/dash.py#L1702
    app.server.test_client().get("/")
    return app


def _relative(app: Dash) -> None:
    """Let Dash write its addresses relative to the page, so that they are right under any path.

    Dash allows only a path from the top, known before the first request. So its locked
    configuration is changed, in the way that Dash itself does for Jupyter:
    https://github.com/plotly/dash/blob/v4.4.1/dash/_jupyter.py#L369
    """
    dict.__setitem__(app.config, "requests_pathname_prefix", "./")


def _add_page(app: Dash) -> None:
    with app.server.app_context():  # Dash calls layout.build once to validate ids
        app.layout = layout.build
    callbacks.register(app)


def report(error: Exception) -> None:
    """Show a callback's error on the page; unexpected errors are logged."""
    sources().passing = True  # Dash answers 200
    if isinstance(error, UserError):
        set_props("status", {"children": str(error)})
        return
    log.error("a callback failed", exc_info=error)
    set_props("status", {"children": "That did not work; the server's log says why."})
