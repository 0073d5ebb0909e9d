"""Builds the web application: page, API, health routes and headers."""

import logging
from pathlib import Path
from typing import Any, cast

import flask
from dash import Dash, set_props

from app import api, compression, health, security
from app.index import INDEX
from app.page import callbacks, layout
from app.reading import Reader
from headstrata.errors import UserError
from headstrata.settings import Settings

#: ``assets/`` lies beside the package ``app``, in the repository and in the wheel.
ASSETS = Path(__file__).resolve().parent.parent / "assets"
#: What Dash leaves out of the page: the sources of ``headstrata.js`` and ``headstrata.css``
#: (``scripts/make_assets.py``), which are all folders but ``vendor``, and one file.
SOURCE_FOLDER = r"^(?!vendor$)"
SOURCE_FILE = r"^main\.js$"

log = logging.getLogger("headstrata.web")


def create_app(settings: Settings) -> Dash:
    """The dashboard with its routes.

    Raises:
        UserError: The cache that the settings name cannot be used.
    """
    server = flask.Flask("headstrata", static_folder=None)
    server.config["SETTINGS"] = settings
    server.config["READER"] = Reader(settings)
    compression.configure(server)
    app = Dash(
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
    server.register_blueprint(api.blueprint)
    server.register_blueprint(health.blueprint)
    _add_page(app)
    compression.keep_assets(server)
    security.secure(app)  # it hashes the inline scripts of all callbacks
    # Dash registers the scripts that it may serve during the first request; until then
    # other threads answer 404 for them. So we send the first request ourselves.
    # https://github.com/plotly/dash/blob/v4.4.1/dash/dash.py#L1702
    app.server.test_client().get("/")
    return app


def _add_page(app: Dash) -> None:
    with app.server.app_context():  # Dash calls layout.build once to validate ids
        app.layout = layout.build
    callbacks.register(app)


def report(error: Exception) -> None:
    """Show a callback's error on the page; unexpected errors are logged."""
    if isinstance(error, UserError):
        set_props("status", {"children": str(error)})
        return
    log.error("a callback failed", exc_info=error)
    set_props("status", {"children": "That did not work; the server's log says why."})
