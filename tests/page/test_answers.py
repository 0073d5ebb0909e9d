"""What the server answers to posts that the page would not send: a note, never a traceback."""

import json
import logging
from pathlib import Path
from typing import Any

import made_tables
import pytest
from dash import Dash

from app.server import create_app
from cache.store import Store, check_name
from headstrata.errors import UserError
from headstrata.settings import Settings

KEYS = ("model", "other", "name", "head", "t", "width", "taxonomy", "score", "scores", "stamp")
FOOLISH = [None, -1, 1e99, True, "x", "<b>", [], {}, ["a"], [{}], {"a": "b"}, "../../etc/passwd"]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    folder = tmp_path_factory.mktemp("answers")
    Store(str(folder)).write("tiny", made_tables.heads(induction=0.9), made_tables.provenance())
    return create_app(Settings(cache=str(folder)))


def asked_of_server(app: Dash) -> list[dict[str, Any]]:
    answer = app.server.test_client().get("/_dash-dependencies")
    return [one for one in answer.get_json() if not one["clientside_function"]]


def outputs(named: str) -> Any:
    if not named.startswith(".."):
        return dict(zip(("id", "property"), named.rsplit(".", 1), strict=True))
    return [outputs(part) for part in named[2:-2].split("...")]


def post(app: Dash, callback: dict[str, Any], value: Any) -> Any:
    inputs = [{**field, "value": value} for field in callback["inputs"]]
    body = {
        "output": callback["output"],
        "outputs": outputs(callback["output"]),
        "inputs": inputs,
        "state": [{**field, "value": value} for field in callback["state"]],
        "changedPropIds": [f"{field['id']}.{field['property']}" for field in inputs],
    }
    return app.server.test_client().post("/_dash-update-component", json=body)


def wanted(**changes: Any) -> dict[str, Any]:
    """A request that can be answered, but for the changes."""
    good = {
        "model": "tiny", "other": "tiny", "name": "tiny", "head": "0.1", "t": "", "width": 1,
        "taxonomy": "detailed", "score": None, "scores": ["induction"], "stamp": "1",
    }  # fmt: skip
    return good | changes


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in wanted().items() if name != key}


def test_foolish_values_end_in_a_note(app: Dash, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.ERROR)
    callbacks = asked_of_server(app)
    assert len(callbacks) >= 10
    for callback in callbacks:
        good = post(app, callback, wanted()).data
        # a key that may as well be missing is not read
        read = [key for key in KEYS if post(app, callback, without(key)).data != good]
        values = [wanted(**{key: value}) for key in (read or KEYS[:1]) for value in FOOLISH]
        for value in [*FOOLISH, *(wanted(**{key: "<b>"}) for key in KEYS), *values]:
            answer = post(app, callback, value)
            assert answer.status_code in (200, 204), (callback["output"], value)
            assert not caplog.records, (callback["output"], value, caplog.text)


def test_the_note_says_what_was_wrong(app: Dash):
    (card,) = (c for c in asked_of_server(app) if c["output"] == "head-verdict.children")
    good = post(app, card, wanted()).get_json()
    assert "L0.H1" in json.dumps(good)
    for value, note in (
        (wanted(head="9.9"), "has no head '9.9'"),
        (wanted(head=7), "head is not a text"),
        (wanted(model="nobody"), "nobody"),
        (7, "the request has no model"),
    ):
        told = post(app, card, value).get_json()["sideUpdate"]["status"]["children"]
        assert note in told


@pytest.mark.parametrize("name", [None, 7, [], {}, b"tiny", Path("tiny")])
def test_a_name_that_is_no_text_is_refused(name: object):
    with pytest.raises(UserError, match="not a text"):
        check_name(name)


def test_a_table_with_a_category_of_a_newer_version_is_told_not_drawn(tmp_path: Path):
    heads = made_tables.heads()
    heads.loc[1, ["category", "group"]] = ["newer_sink", "sink"]
    record = made_tables.provenance()
    categories = {**record.taxonomy.categories, "newer_sink": "sink"}
    taxonomy = record.taxonomy.model_copy(update={"categories": categories})
    Store(str(tmp_path)).write("newer", heads, made_tables.provenance(taxonomy=taxonomy))
    page = create_app(Settings(cache=str(tmp_path)))
    (show,) = (c for c in asked_of_server(page) if "table.data" in c["output"])
    told = post(page, show, "newer").get_json()["response"]
    assert "table" not in told
    said = next(iter(told.values()))["children"]
    assert "newer has heads in categories that this version of Headstrata does not know" in said
    assert "newer_sink" in said
    rows = page.server.test_client().get("/api/heads?model=newer&format=json").get_json()
    assert [row["category"] for row in rows][:2] == [heads["category"][0], "newer_sink"]
