"""Hosted under a path: no address leads out of it, and only trusted proxies are believed."""

import json
import os
import re
import socket
import stat
import urllib.error
import urllib.request
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import made_tables
import pytest
from proxy import proxying
from running import serving

from app.proxies import stand_behind
from app.serve import options
from app.server import ASSETS, create_app
from cache.store import Store
from headstrata.errors import UserError
from headstrata.settings import Settings

#: An attribute that makes a browser ask for something, or follow it.
ADDRESS = re.compile(r'\s(?:src|href|action|content)="([^"#]+)[^"]*"')
HUB = "/user/ann/proxy/8050"


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    table = made_tables.heads(induction=[0.9, 0.05, 0.78, 0.05, 0.05, 0.05])
    Store(str(folder), create=True).write("tiny", table, made_tables.provenance())
    return folder


@pytest.fixture(scope="module")
def server(cache, tmp_path_factory):
    log = tmp_path_factory.mktemp("log") / "log"
    with serving(
        cache, log, HEADSTRATA_BASE_PATH="/heads/", HEADSTRATA_TRUSTED_PROXIES="127.0.0.1"
    ) as running:
        yield running
    assert "Traceback" not in log.read_text()
    assert f"{running.url}/heads/" in log.read_text()


def get(url: str, **headers: str) -> tuple[int, str, str]:
    """Status, final address and text."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, None, named), timeout=60) as one:
            return one.status, one.url, one.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.url, error.read().decode()


def addresses(page: str, html: str) -> set[str]:
    """All that a page asks this host for or links on it, whole."""
    host = urlsplit(page).netloc
    found = {unescape(text) for text in ADDRESS.findall(html)}
    there = {urljoin(page, one) for one in found if "/" in one or "?" in one or "." in one}
    return {one for one in there if urlsplit(one).netloc == host}


@pytest.mark.parametrize("path", ["", "?model=tiny&theme=dark", "embed?model=tiny", "models"])
def test_no_page_leads_out_of_its_path(server, path):
    with proxying(server.url, HUB, X_Forwarded_Prefix=HUB) as hub:
        for root in (f"{server.url}/heads", hub.url):
            status, page, html = get(f"{root}/{path}")
            assert status == 200
            found = addresses(page, html)
            assert any("headstrata.css" in one for one in found)
            assert found
            for one in found:
                # the dashboard's own sentences and numbers are no addresses
                if " " in one:
                    continue
                assert one.startswith(f"{root}/"), one
                assert get(one)[0] == 200, one
        assert not hub.outside


def test_what_dash_asks_for_stays_in_the_path(server):
    html = get(f"{server.url}/heads/")[2]
    config = json.loads(re.search(r'"_dash-config"[^>]*>(.*?)</script>', html)[1])
    assert config["requests_pathname_prefix"] == "./"
    assert get(f"{server.url}/heads/_dash-dependencies")[0] == 200


def test_no_script_of_ours_names_an_address_from_the_top():
    script = (ASSETS / "headstrata.js").read_text() + (ASSETS / "overview.js").read_text()
    named = re.findall(r"[\"'`]/(?:api|assets|models|_dash)\b|[\"'`]/\?", script)
    assert not named
    assert "api/heads?" in script
    assert "url(/" not in (ASSETS / "headstrata.css").read_text()


@pytest.mark.parametrize("path", ["/heads", "/heads?model=tiny"])
def test_the_path_without_its_slash_goes_to_the_page(server, path):
    status, page, _ = get(server.url + path)
    assert (status, page) == (200, server.url + path.replace("heads", "heads/"))


def test_a_page_that_is_not_there_leads_back_into_the_path(server):
    status, page, html = get(f"{server.url}/heads/no/such/page")
    assert status == 404
    assert addresses(page, html) == {
        f"{server.url}/heads/",
        f"{server.url}/heads/assets/headstrata.css",
    }


def test_a_proxy_that_takes_the_path_off_and_a_probe_that_knows_none_are_answered(server):
    with proxying(server.url, "/heads") as nginx:
        assert "tiny" in get(f"{nginx.url}/api/models")[2]
    assert get(f"{server.url}/healthz")[0] == 200


def canonical(settings: Settings, peer: str, **headers: str) -> str:
    """The address that the page gives as its own."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    client = app(settings).test_client()
    html = client.get("/", headers=named, environ_base={"REMOTE_ADDR": peer}).text
    return re.search(r'rel="canonical" href="([^"?]*)', html)[1]


APPS: dict[str, object] = {}


def app(settings: Settings):
    """The application; made once, because the proxies stand outside of it."""
    if settings.cache not in APPS:
        server = create_app(settings).server
        APPS[settings.cache] = server, server.wsgi_app.app.app
    server, inner = APPS[settings.cache]
    server.wsgi_app = stand_behind(inner, settings)
    return server


PUBLIC = {
    "X_Forwarded_Proto": "https",
    "X_Forwarded_Host": "papers.example",
    "X_Forwarded_Prefix": "/heads",
}


@pytest.mark.parametrize(
    ("trusted", "peer"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("127.0.0.1 10.0.0.0/8", "10.9.9.9"),
        ("10.0.0.0/8", "::ffff:10.9.9.9"),  # to a socket on "::"
        ("fd00::/8", "fd00::7"),
    ],
)
def test_a_trusted_proxy_says_where_visitors_are(cache, trusted, peer):
    settings = Settings(cache=str(cache), trusted_proxies=trusted)
    assert canonical(settings, peer, **PUBLIC) == "https://papers.example/heads/"


@pytest.mark.parametrize(
    ("trusted", "peer"),
    [("none", "127.0.0.1"), ("10.1.2.3", "10.1.2.4"), ("10.0.0.0/8", "::1"), ("::1", "nonsense")],
)
def test_what_anybody_else_says_is_ignored(cache, trusted, peer):
    settings = Settings(cache=str(cache), trusted_proxies=trusted)
    assert canonical(settings, peer, **PUBLIC) == "http://localhost/"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X_Forwarded_Prefix", "//evil.example"),
        ("X_Forwarded_Prefix", "/a/../../b"),
        ("X_Forwarded_Prefix", '/"><script>'),
        ("X_Forwarded_Prefix", "evil.example"),
        ("X_Forwarded_Host", 'a"><script>'),
        ("X_Forwarded_Host", "user@evil.example"),
        ("X_Forwarded_Proto", "javascript"),
        ("X_Forwarded_Port", "99"),
        ("Forwarded", "host=evil.example"),
    ],
)
def test_nonsense_that_a_trusted_proxy_passes_on_is_ignored(cache, header, value):
    settings = Settings(cache=str(cache), trusted_proxies="10.1.2.3")
    assert canonical(settings, "10.1.2.3", **{header: value}) == "http://localhost/"


def test_the_last_proxy_has_the_last_word(cache):
    settings = Settings(cache=str(cache), trusted_proxies="10.1.2.3")
    said = {**PUBLIC, "X_Forwarded_Host": "spoofed.example, papers.example"}
    assert canonical(settings, "10.1.2.3", **said) == "https://papers.example/heads/"


def test_gunicorn_itself_believes_nobody():
    assert options(Settings())["forwarded_allow_ips"] == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_path", "heads/"),
        ("base_path", "//evil.example/"),
        ("base_path", "/a/../b/"),
        ("base_path", "/a b/"),
        ("trusted_proxies", "proxy.example"),
        ("trusted_proxies", "10.0.0.0/33"),
        ("trusted_proxies", "*"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(name, value):
    with pytest.raises(UserError, match=f"setting {name}=") as refused:
        Settings.load(**{name: value})
    assert "\n" not in str(refused.value)


def has_ipv6() -> bool:
    """Whether this machine has the address; Python may know IPv6 where the network does not."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_the_dashboard_listens_on_ipv6(cache, tmp_path):
    with serving(cache, tmp_path / "log", HEADSTRATA_HOST="::") as server:
        port = urlsplit(server.url).port
        assert get(f"http://[::1]:{port}/healthz")[0] == 200
        assert f"http://[::1]:{port}" in server.log.read_text()


def test_a_cache_that_may_only_be_read_is_served(cache, tmp_path):
    """As a volume that is mounted ``:ro``, and whoever reads it is not root."""
    for place in (cache, *cache.rglob("*")):
        place.chmod(place.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    before = {str(place): place.stat().st_mtime_ns for place in cache.rglob("*")}
    try:
        with serving(cache, tmp_path / "log", HOME=str(tmp_path)) as server:
            assert get(f"{server.url}/readyz")[0] == 200
            assert get(f"{server.url}/?model=tiny")[0] == 200
            assert get(f"{server.url}/models")[0] == 200
        if os.geteuid() == 0:  # root may write anywhere, so see that nobody tried
            assert before == {str(place): place.stat().st_mtime_ns for place in cache.rglob("*")}
    finally:
        for place in (*cache.rglob("*"), cache):
            place.chmod(place.stat().st_mode | stat.S_IWUSR)
