"""Visitors ask the worker for a model: only for those allowed, and not too often."""

import pytest

from app.asking import Rate
from app.server import create_app
from cache.store import Store
from classify.request import Request
from headstrata.errors import UserError
from headstrata.settings import Settings

ALLOWED = "gpt2, EleutherAI/pythia-70m"


def client_of(folder, **settings):
    return create_app(Settings.load(cache=str(folder), **settings)).server.test_client()


@pytest.fixture
def client(tmp_path):
    return client_of(tmp_path, allowed_models=ALLOWED)


def test_nothing_can_be_asked_for_by_default(tmp_path):
    answer = client_of(tmp_path).post("/api/jobs", json={"model": "gpt2"})
    assert answer.status_code == 403
    assert "HEADSTRATA_ALLOWED_MODELS" in answer.json["error"]
    assert Store(str(tmp_path)).jobs() == []


@pytest.mark.parametrize("model", ALLOWED.split(", "))
def test_an_allowed_model_is_put_in_the_queue_once(client, tmp_path, model):
    answers = [client.post("/api/jobs", json={"model": model}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    [job] = Store(str(tmp_path)).jobs()
    assert (job.model, job.state, job.options) == (model, "requested", {})
    assert answers[0].json["id"] == answers[1].json["id"] == job.id
    # the worker stores the table under the very name that the page waits for
    assert job.name == Request.parse(model=job.model, **job.options).table_name


@pytest.mark.parametrize("model", ["gpt2-xl", "../gpt2", "/etc/passwd", "", "GPT2", "<b>x</b>"])
def test_another_model_is_refused_with_what_is_allowed(client, tmp_path, model):
    answer = client.post("/api/jobs", json={"model": model})
    assert answer.status_code == 403
    assert answer.json["error"] == (
        "a model to ask for here is one of: gpt2, EleutherAI/pythia-70m"
    )
    assert Store(str(tmp_path)).jobs() == []


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {}},
        {"json": {"model": 7}},
        {"json": {"model": ["gpt2"]}},
        {"json": ["gpt2"]},
        {"json": {"model": "gpt2", "options": {"text": "/etc/passwd"}}},
        {"data": b"{", "content_type": "application/json"},
        {"data": b'{"model": "gpt2"}', "content_type": "text/plain"},  # as another site's form may
        {"data": {"model": "gpt2"}},
    ],
)
def test_what_is_no_request_is_told_how_to_make_one(client, tmp_path, sent):
    answer = client.post("/api/jobs", **sent)
    assert answer.status_code == 400
    assert answer.json["error"] == 'send {"model": "…"}, as JSON'
    assert Store(str(tmp_path)).jobs() == []


def test_a_large_body_is_refused(client):
    answer = client.post("/api/jobs", json={"model": "x" * 5000})
    assert answer.status_code == 413
    assert "error" in answer.json


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path):
    client = client_of(tmp_path, allowed_models="gpt2", asks_a_minute=2)
    for _ in range(2):
        assert client.post("/api/jobs", json={"model": "gpt2"}).status_code == 202
    refused = client.post("/api/jobs", json={"model": "gpt2"})
    assert refused.status_code == 429
    assert 50 <= int(refused.headers["Retry-After"]) <= 60
    other = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.post("/api/jobs", json={"model": "gpt2"}, environ_base=other).status_code == 202


def test_a_minute_is_a_sliding_one():
    rate = Rate(2)
    assert [rate.wait_s("a", now) for now in (0, 50, 55)] == [0, 0, 5]
    assert [rate.wait_s("a", now) for now in (61, 62)] == [0, 48]
    assert rate.wait_s("b", 62) == 0


def test_a_cache_that_cannot_be_written_is_a_503(client, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cache.files.replace_file", full)
    answer = client.post("/api/jobs", json={"model": "gpt2"})
    assert answer.status_code == 503
    assert "No space left on device" in answer.json["error"]


@pytest.mark.parametrize("models", ["/etc/passwd", "../x", "a/b/c", "gpt2; rm", "<b>", "模型"])
def test_a_setting_that_names_no_models_of_the_hub_is_refused(models):
    with pytest.raises(UserError, match="setting allowed_models="):
        Settings.load(allowed_models=models)
