"""A real nginx on this machine, with the recipe of ``docs/nginx``."""

import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from running import free_port

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
RECIPE = Path(__file__).parents[1] / "docs/nginx/heads.conf"
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
#: What goes with it (docs/hosting.md).
SETTINGS = {"HEADSTRATA_BASE_PATH": "/heads/", "HEADSTRATA_TRUSTED_PROXIES": "127.0.0.1"}


@contextmanager
def nginx_before(dashboard: str, folder: Path) -> Iterator[str]:
    """The address of an nginx that shows a dashboard under ``/heads/``, until the block ends."""
    recipe = RECIPE.read_text()
    assert "127.0.0.1:8050" in recipe
    behind = dashboard.removeprefix("http://")
    (folder / "heads.conf").write_text(recipe.replace("127.0.0.1:8050", behind))
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(CONFIG.format(folder=folder, port=port))
    assert NGINX
    running = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(config)])
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/heads/healthz")
        yield url
    finally:
        running.terminate()
        running.wait(30)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            return urllib.request.urlopen(url, timeout=10).close()
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < deadline
            time.sleep(0.1)
