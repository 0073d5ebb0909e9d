"""Readers that are not browsers on our own page: ranges of bytes, other origins, frames."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from headstrata.errors import UserError
from headstrata.settings import Settings

HEADS = "/api/heads?model=tiny&format=csv"
ROOT = Path(__file__).parents[2]


def test_a_range_is_that_part_of_the_plain_file(fetch):
    whole = fetch(HEADS, Accept_Encoding="identity")
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = fetch(HEADS, Range="bytes=10-99", Accept_Encoding="br, gzip")
    assert part.status == 206
    assert part.body == whole.body[10:100]
    assert part.headers["Content-Range"] == f"bytes 10-99/{len(whole.body)}"
    assert part.headers["Content-Length"] == "90"
    assert "Content-Encoding" not in part.headers
    last = fetch(HEADS, Range="bytes=-8")
    assert last.body == whole.body[-8:]


def test_a_head_request_says_how_long_the_file_is(fetch):
    whole = fetch("/api/heads?model=tiny&format=parquet")
    head = fetch("/api/heads?model=tiny&format=parquet", method="HEAD")
    assert head.status == 200
    assert head.body == b""
    assert int(head.headers["Content-Length"]) == len(whole.body)
    assert head.headers["ETag"] == whole.headers["ETag"]


def test_a_range_of_a_file_that_has_changed_is_the_whole_file(fetch):
    tag = fetch(HEADS, Range="bytes=0-9").headers["ETag"]
    assert fetch(HEADS, Range="bytes=0-9", If_Range=tag).status == 206
    other = fetch(HEADS, Range="bytes=0-9", If_Range='"older"')
    assert other.status == 200
    assert len(other.body) > 10


def test_a_range_beyond_the_end_is_refused_with_the_length(fetch):
    whole = fetch(HEADS, Accept_Encoding="identity")
    answer = fetch(HEADS, Range="bytes=9999999-")
    assert answer.status == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(whole.body)}"
    assert "error" in answer.json()


def test_a_refusal_is_never_sent_in_part(fetch):
    answer = fetch("/api/heads?model=nobody&format=csv", Range="bytes=0-3")
    assert answer.status == 404
    assert "nobody" in answer.json()["error"]


@pytest.mark.parametrize("path", [HEADS, "/api/models", "/api/bins?model=nobody&width=1"])
def test_another_origin_s_notebook_may_read_the_api(fetch, path):
    headers = fetch(path, Origin="https://notebook.example").headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers
    assert "ETag" in headers["Access-Control-Expose-Headers"]


def test_a_browser_that_asks_first_may_send_a_range(fetch):
    answer = fetch(
        HEADS,
        method="OPTIONS",
        Origin="https://notebook.example",
        Access_Control_Request_Method="GET",
        Access_Control_Request_Headers="range",
    )
    assert answer.status == 200
    assert "Range" in answer.headers["Access-Control-Allow-Headers"]


def test_the_page_itself_is_not_readable_from_elsewhere(fetch):
    assert "Access-Control-Allow-Origin" not in fetch("/").headers


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("frame_ancestors", "'self' https://huggingface.co"),
        ("frame_ancestors", "'none'"),
        ("frame_ancestors", "https://*.example.org:8443"),
        ("api_origin", "https://notebook.example"),
        ("api_origin", "none"),
    ],
)
def test_a_host_says_who_may_frame_and_read(name, value):
    assert getattr(Settings.load(**{name: value}), name) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("frame_ancestors", "*; script-src *"),
        ("frame_ancestors", "huggingface.co"),
        ("frame_ancestors", ""),
        ("api_origin", "https://a.example, https://b.example"),
        ("api_origin", "x\r\nSet-Cookie: a=b"),
    ],
)
def test_a_setting_that_is_no_origin_is_refused(name, value):
    with pytest.raises(UserError, match=name):
        Settings.load(**{name: value})


def test_the_image_s_probe_asks_the_server_and_no_proxy(server):
    """Behind a proxy for everything else, the loopback is asked directly."""
    dockerfile = (ROOT / "Dockerfile").read_text()
    command = re.search(r"^HEALTHCHECK.*?CMD (\[.*?\])$", dockerfile, re.MULTILINE | re.DOTALL)[1]
    _, *arguments = [part.strip().rstrip(",") for part in shlex.split(command.strip("[]"))]
    port = server.url.rsplit(":", 1)[1]
    proxies = {"http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    probe = [sys.executable, *arguments]
    assert subprocess.run(probe, env={"PORT": port, **proxies}, check=False).returncode == 0
    assert subprocess.run(probe, env={"PORT": "9", **proxies}, check=False, stderr=-3).returncode
