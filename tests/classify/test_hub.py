"""The hub: what it gives is loaded, and what it refuses is said truly and within seconds.

A small server on this machine answers in the hub's place, in its protocol:
https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/utils/_http.py
"""

import json
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import huggingface_hub
import pytest
from transformers.utils import hub as transformers_hub

from classify import hub
from classify.loading import load
from classify.request import Request
from headstrata.errors import UserError

COMMIT = "0123456789abcdef0123456789abcdef01234567"
GATED = {"X-Error-Code": "GatedRepo", "X-Error-Message": "Access to model is restricted."}


class _Answer(BaseHTTPRequestHandler):
    """Answers for ``someone/model``, whose files are in the server's ``folder``."""

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.server.refusals:
            pattern, status, headers = self.server.refusals[0]
            if pattern in self.path:
                return self.send(status, b"{}", headers)
        if self.path.startswith("/api/models/someone/model"):
            files = list(self.server.folder.iterdir())
            told = {"id": "someone/model", "sha": COMMIT}
            told["siblings"] = [{"rfilename": file.name} for file in files]
            if "/tree/" in self.path:
                told = [
                    {"type": "file", "path": f.name, "oid": f.name, "size": f.stat().st_size}
                    for f in files
                ]
            return self.send(200, json.dumps(told).encode(), {})
        file = self.server.folder / self.path.rpartition("/")[2]
        if "/resolve/" not in self.path or not file.is_file():
            return self.send(404, b"{}", {"X-Error-Code": "EntryNotFound"})
        named = {"X-Repo-Commit": COMMIT, "ETag": f'"{file.name}"'}
        return self.send(200, file.read_bytes(), named)

    do_HEAD = do_GET  # noqa: N815

    def send(self, status, body, headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def fake_hub(tmp_path, tiny_gpt2, monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answer) as server:
        server.folder = shutil.copytree(tiny_gpt2, tmp_path / "on-the-hub")
        server.refusals, server.asked = [], []
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        point(monkeypatch, f"http://127.0.0.1:{server.server_port}", tmp_path)
        yield server
        server.shutdown()


def point(monkeypatch, url, cache):
    """Let the hub's client ask there, without a token and with an empty cache."""
    constants = huggingface_hub.constants
    monkeypatch.setattr(constants, "ENDPOINT", url)
    template = url + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(cache / "hub"))
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(cache / "no-token"))
    monkeypatch.setattr(transformers_hub, "_hf_api", None)
    monkeypatch.setattr(hub, "_PAUSE_S", 0.0)
    for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def loaded(**options):
    return load(Request.parse(model="someone/model", device="cpu", **options))


def refused(**options):
    with pytest.raises(UserError) as said:
        loaded(**options)
    message = str(said.value)
    assert "\n" not in message
    return message


def test_a_model_is_loaded_at_one_commit(fake_hub):
    model = loaded()
    assert (model.model_name, model.revision, model.files) == ("someone/model", COMMIT, [])
    resolved = [path for path in fake_hub.asked if "/resolve/" in path]
    assert resolved
    assert all(f"/resolve/{COMMIT}/" in path for path in resolved), resolved


def test_a_copy_that_was_fetched_is_taken_when_the_hub_is_down(fake_hub):
    loaded()
    fake_hub.refusals = [("", 503, {})]
    fake_hub.asked.clear()
    assert loaded().revision == COMMIT
    assert len(fake_hub.asked) == 2  # the question and its repetition, nothing for minutes


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (("", 429, {"Retry-After": "30"}), "too many requests from here; wait 30 seconds"),
        (("", 503, {}), "the hub is out of order (HTTP 503); try again later"),
        (("", 404, {"X-Error-Code": "RepoNotFound"}), "the hub shows no such model"),
        (("", 401, {"X-Error-Code": "RepoNotFound"}), "if it is private, log in with"),
        (
            ("", 401, {"X-Error-Message": "Invalid credentials in Authorization header"}),
            "does not accept your token",
        ),
        (("", 403, {"X-Error-Message": "Wrong place."}), "the hub forbids it: Wrong place;"),
        (("", 403, GATED), "its owner gives access on request"),
        (("/resolve/", 403, GATED), "its owner gives access on request"),  # the listing is public
        (("", 404, {"X-Error-Code": "RevisionNotFound"}), "it has no revision 'v2'"),
    ],
)
def test_a_refusal_is_said_with_what_to_do(fake_hub, refusal, said):
    fake_hub.refusals = [refusal]
    message = refused(revision="v2")
    assert message.startswith("cannot load someone/model: ")
    assert said in message


def test_a_hub_without_listings_is_asked_for_the_files(fake_hub):
    fake_hub.refusals = [("/api/", 404, {})]  # as a mirror that only has files
    assert loaded().model_name == "someone/model"


def test_the_offline_switch_is_named(fake_hub, monkeypatch):
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    message = refused()
    assert "the offline switch (HF_HUB_OFFLINE) is set" in message
    assert fake_hub.asked == []


@pytest.fixture
def fresh_session():
    """The hub's client reads the proxies when its session is made."""
    huggingface_hub.close_session()
    yield
    huggingface_hub.close_session()


def test_a_dead_proxy_is_named_without_its_password(tmp_path, monkeypatch, fresh_session):
    point(monkeypatch, "http://hub.invalid", tmp_path)
    monkeypatch.setenv("HTTP_PROXY", "http://me:secret@127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://me:secret@127.0.0.1:9")
    message = refused()
    assert "the proxy http://127.0.0.1:9 (set as HTTP_PROXY or in the system)" in message
    assert "secret" not in message


def test_pickled_weights_on_the_hub_are_refused_before_they_are_fetched(fake_hub):
    (fake_hub.folder / "model.safetensors").rename(fake_hub.folder / "pytorch_model.bin")
    assert "--allow-bin" in refused()
    assert not any("pytorch_model" in path for path in fake_hub.asked)


def test_an_adapter_on_the_hub_is_not_left_out(fake_hub):
    (fake_hub.folder / "adapter_config.json").write_text("{}")
    assert "adapter" in refused()
