"""The description of the API says what the API does."""

import re

import made_tables
import pytest
from openapi_spec_validator import validate

from app import openapi
from app.server import create_app
from cache.store import Store
from headstrata.settings import Settings

DESCRIBED = openapi.describe()
ROUTES = DESCRIBED["paths"]
#: For the keys that must be given.
GOOD = {"model": "smollm2-135m", "width": "5", "heads": "0.0"}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    Store(str(folder)).write("tiny", made_tables.heads(), made_tables.provenance())
    return create_app(Settings.load(cache=str(folder)))


@pytest.fixture(scope="module")
def client(app):
    return app.server.test_client()


def keys(path: str) -> dict[str, dict]:
    return {one["name"]: one for one in ROUTES[path]["get"]["parameters"]}


def ask(client, path: str, **query: str):
    needed = {name: GOOD[name] for name, key in keys(path).items() if key["required"]}
    return client.get(f"/api{path}", query_string=needed | query)


def test_every_route_is_described_and_no_other(app, client):
    rules = [rule.rule for rule in app.server.url_map.iter_rules() if rule.endpoint[:4] == "api."]
    known = {rule.removeprefix("/api") for rule in rules if "<" not in rule} - {"/"}
    assert set(ROUTES) == known
    assert client.get("/api/openapi.json").json == DESCRIBED
    named = client.get("/api/nope").json["error"].split("/api/: ")[1].split(", ")
    assert {f"/{name}" for name in named} == known


@pytest.mark.parametrize("path", ROUTES)
def test_every_key_is_described_and_no_other(client, path):
    refused = client.get(f"/api{path}?none-of-ours=1")
    assert refused.status_code == 400
    allowed = re.search("allowed: (.*)", refused.json["error"])[1]
    assert set(allowed.split(", ")) == (set(keys(path)) or {"none"})
    for name, key in keys(path).items():
        if key["required"]:
            rest = {other: GOOD[other] for other in GOOD if other != name and other in keys(path)}
            assert client.get(f"/api{path}", query_string=rest).status_code == 400


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        (path, name, str(value))
        for path in ROUTES
        for name, key in keys(path).items()
        for value in key["schema"].get("enum", [])
    ],
)
def test_every_value_that_is_named_is_taken(client, path, name, value):
    answer = ask(client, path, **{name: value})
    if answer.status_code != 200:  # some views and prompts are of other tables
        assert answer.status_code in {400, 404}
        assert "is not one of" not in answer.json["error"]
    content = ROUTES[path]["get"]["responses"][str(answer.status_code)]["content"]
    assert answer.mimetype in content


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/bins", {"width": "0"}),
        ("/bins", {"width": "x"}),
        ("/bins", {"taxonomy": "x"}),
        ("/bins", {"t": "induction:2"}),
        ("/effects", {"format": "parquet"}),
        ("/effects", {"width": "31"}),
        ("/heads", {"format": "xlsx"}),
        ("/heads", {"layers": "9-x"}),
        ("/patterns", {"heads": "1"}),
        ("/reads", {"heads": "1"}),
    ],
)
def test_what_it_forbids_is_refused(client, path, query):
    answer = ask(client, path, **query)
    assert answer.status_code == 400
    assert list(answer.json) == DESCRIBED["components"]["schemas"]["Error"]["required"]


@pytest.mark.parametrize("path", ["/", "/models"])
def test_the_pages_link_it(client, path):
    assert 'href="api/openapi.json"' in client.get(path).text


def test_it_is_valid_openapi():
    validate(DESCRIBED)
