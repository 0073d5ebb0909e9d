"""The recipe of ``docs/nginx`` in a real nginx, where there is one."""

import json
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import made_tables
import pytest
from running import free_port, serving

from cache.store import Store

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
RECIPE = Path(__file__).parents[2] / "docs/nginx/heads.conf"
CONFIG = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        include {folder}/heads.conf;
    }}
}}
"""


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    """The address of nginx in front of a dashboard."""
    if not NGINX:
        pytest.skip("there is no nginx here")
    folder = tmp_path_factory.mktemp("nginx")
    Store(str(folder / "cache"), create=True).write(
        "tiny", made_tables.heads(), made_tables.provenance()
    )
    settings = {"HEADSTRATA_BASE_PATH": "/heads/", "HEADSTRATA_TRUSTED_PROXIES": "127.0.0.1"}
    with serving(folder / "cache", folder / "log", **settings) as server:
        behind = server.url.removeprefix("http://")
        recipe = RECIPE.read_text()
        assert "127.0.0.1:8050" in recipe
        (folder / "heads.conf").write_text(recipe.replace("127.0.0.1:8050", behind))
        port = free_port()
        config = folder / "nginx.conf"
        config.write_text(CONFIG.format(folder=folder, port=port))
        running = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(config)])
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/heads/healthz")
            yield url
        finally:
            running.terminate()
            running.wait(30)


def wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            return urllib.request.urlopen(url, timeout=10).close()
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < deadline
            time.sleep(0.1)


def get(url: str, **headers: str) -> tuple[int, str, bytes]:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    with urllib.request.urlopen(urllib.request.Request(url, None, named), timeout=60) as answer:
        return answer.status, answer.url, answer.read()


def test_the_page_is_there_with_its_own_address(nginx):
    status, url, html = get(f"{nginx}/heads?model=tiny")  # without the slash
    assert (status, url) == (200, f"{nginx}/heads/?model=tiny")
    assert f'rel="canonical" href="{nginx}/heads/?'.encode() in html


def test_what_a_visitor_claims_does_not_go_through(nginx):
    claims = {"X_Forwarded_Host": "evil.example", "X_Forwarded_Prefix": "/evil"}
    assert b"evil" not in get(f"{nginx}/heads/", **claims)[2]


def test_tables_come_through_whole_and_in_parts(nginx):
    assert json.loads(get(f"{nginx}/heads/api/models")[2])[0]["name"] == "tiny"
    address = f"{nginx}/heads/api/heads?model=tiny&format=parquet"
    whole = get(address)[2]
    status, _, part = get(address, Range="bytes=4-99")
    assert (status, part) == (206, whole[4:100])
