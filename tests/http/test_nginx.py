"""The recipe of ``docs/nginx`` in a real nginx, where there is one."""

import json
import urllib.request

import made_tables
import pytest
from nginx_server import NGINX, SETTINGS, nginx_before
from running import serving

from cache.store import Store


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    """The address of nginx in front of a dashboard."""
    if not NGINX:
        pytest.skip("there is no nginx here")
    folder = tmp_path_factory.mktemp("nginx")
    Store(str(folder / "cache"), create=True).write(
        "tiny", made_tables.heads(), made_tables.provenance()
    )
    with (
        serving(folder / "cache", folder / "log", **SETTINGS) as server,
        nginx_before(server.url, folder) as url,
    ):
        yield url


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
