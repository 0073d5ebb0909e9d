"""A fresh server answers its first visitors, whose browsers ask for all scripts at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from dash import Dash

from app.server import create_app
from headstrata.settings import Settings

SCRIPT = "/_dash-component-suites/dash/dash-renderer/build/dash_renderer.min.js"


def test_scripts_asked_for_at_once_are_all_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn = Dash._generate_scripts_html

    def learn_slowly(app: Dash) -> str:
        time.sleep(0.2)
        return learn(app)

    monkeypatch.setattr(Dash, "_generate_scripts_html", learn_slowly)
    server = create_app(Settings(cache=str(tmp_path))).server
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: server.test_client().get(SCRIPT).status_code, range(4)))
    assert answers == [200] * 4
