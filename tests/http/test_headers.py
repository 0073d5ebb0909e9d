"""Headers, health, compression: what a host and a browser rely on."""

import base64
import hashlib
import re
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from running import serving

PATHS = ["/", "/api/models", "/nope", "/healthz", "/embed"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_guarded(fetch, path):
    headers = fetch(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    script = re.search(r"script-src ([^;]*)", policy)[1]
    assert "unsafe" not in script
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert headers["Permissions-Policy"]


@pytest.mark.parametrize(("path", "framed"), [("/", False), ("/embed", True), ("/nope", False)])
def test_only_the_embed_view_may_be_framed(fetch, path, framed):
    policy = fetch(path).headers["Content-Security-Policy"]
    assert ("frame-ancestors 'self'" not in policy) is framed
    assert "frame-ancestors *" not in policy  # would refuse a notebook's webview and a file


def test_every_inline_script_of_the_page_is_allowed_by_its_hash(fetch):
    page = fetch("/")
    policy = page.headers["Content-Security-Policy"]
    html = re.sub(r"<!--.*?-->", "", page.text, flags=re.DOTALL)
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", html, re.DOTALL)
    scripts = [text for attributes, text in inline if "application/json" not in attributes]
    assert scripts
    for text in scripts:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


@pytest.mark.parametrize(
    "kind", ["/_dash-component-suites/dash/deps/react-dom", "/assets/vendor/plotly"]
)
def test_big_scripts_are_compressed_well_and_kept_by_browsers(fetch, kind):
    scripts = re.findall(r'src="\.([^"]+)"', fetch("/").text)
    script = next(path for path in scripts if path.startswith(kind))
    plain = fetch(script, Accept_Encoding="identity")
    for _ in range(2):  # the second one comes from memory
        small = fetch(script, Accept_Encoding="br, gzip")
        assert small.headers["Content-Encoding"] == "br"
        assert len(small.body) == int(small.headers["Content-Length"])
        assert len(small.body) < len(plain.body) / 2.8
        assert "max-age=31536000" in small.headers["Cache-Control"]
        assert "no-cache" not in small.headers["Cache-Control"]


def test_an_asset_without_its_version_is_not_sent_twice(fetch):
    first = fetch("/assets/headstrata.js", Accept_Encoding="br")
    assert first.status == 200
    again = fetch(
        "/assets/headstrata.js", Accept_Encoding="br", If_None_Match=first.headers["ETag"]
    )
    assert (again.status, again.body) == (304, b"")


def test_no_part_of_an_asset_is_sent(fetch):
    """A part would be compressed by itself: no part of the compressed whole."""
    for encoding in ("br", "identity"):
        whole = fetch("/assets/headstrata.js", Accept_Encoding=encoding)
        part = fetch("/assets/headstrata.js", Accept_Encoding=encoding, Range="bytes=0-99")
        assert (part.status, part.body) == (200, whole.body)
        assert "Content-Range" not in part.headers
        assert "Accept-Ranges" not in part.headers


def test_alive_and_ready(fetch):
    assert fetch("/healthz").json() == {"status": "alive"}
    assert fetch("/readyz").json()["status"] == "ready"


def test_not_ready_without_a_table_says_why(tmp_path):
    (tmp_path / "cache").mkdir()
    with serving(tmp_path / "cache", tmp_path / "log", HEADSTRATA_PUBLISHED="false") as server:
        assert urllib.request.urlopen(f"{server.url}/healthz").status == 200
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{server.url}/readyz")
        with refused.value as error:
            assert error.code == 503
            assert b"headstrata classify" in error.read()


def test_sigterm_ends_the_server_with_code_0(tmp_path):
    (tmp_path / "cache").mkdir()
    with serving(tmp_path / "cache", tmp_path / "log", python=sys.executable) as server:
        assert f"Headstrata is at {server.url}" in server.log.read_text()
        server.process.terminate()
        assert server.process.wait(30) == 0


def test_the_web_process_never_imports_torch(tmp_path):
    """Not by itself, not by answering; torch in a process that forks breaks CUDA."""
    program = f"""
import sys
from app.server import create_app
from headstrata.settings import Settings
client = create_app(Settings.load(cache={str(tmp_path)!r})).server.test_client()
for path in ("/", "/_dash-layout", "/_dash-dependencies", "/readyz", "/api/taxonomy",
             "/api/heads?model=gpt2-xl", "/api/bins?model=gpt2-xl&width=12"):
    assert client.get(path).status_code == 200, path
heavy = {{"torch", "transformers", "accelerate", "gguf"}} & set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
