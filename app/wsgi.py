"""The WSGI application for any server: ``gunicorn app.wsgi:server``."""

from app.server import create_app
from headstrata.settings import Settings

server = create_app(Settings.load()).server
