"""One name, two models: the table that is there stays unless the user says otherwise."""

import json
import os
import shutil
import signal
from pathlib import Path

import huggingface_hub
import made_tables
import pytest
from safetensors.torch import load_file, save_file

from cache import patterns
from cache.store import Store
from classify import run as running
from classify.engine import Engine
from classify.request import Request
from classify.worker import request_job, run_job, work
from headstrata.errors import UserError

SMALL = {"prompts": 2, "length": 24, "device": "cpu"}
COMMITS = {"main": "a" * 40, "step1": "b" * 40}


def another(model: Path, folder: Path, scale: float = 1.0, **config: object) -> Path:
    """A copy with other weights or another configuration."""
    shutil.copytree(model, folder)
    if scale != 1.0:
        weights = load_file(folder / "model.safetensors")
        save_file(
            {name: value * scale for name, value in weights.items()},
            folder / "model.safetensors",
            {"format": "pt"},
        )
    change(folder, **config)
    return folder


def change(folder: Path, file: str = "config.json", **values: object) -> None:
    path = folder / file
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def request(model: Path, **options: object) -> Request:
    return Request.parse(model=str(model), **SMALL | options)


def contents(store: Store) -> dict[Path, bytes]:
    """All files but the job records; a record that is there says how its command ended."""
    files = [path for path in Path(store.root).rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in files if path.parent.name != "jobs"}


def refused(model: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is said, before anything is scored and with everything left as it was."""
    before = contents(store)
    with monkeypatch.context() as unscored:
        unscored.setattr(Engine, "score", lambda *_: pytest.fail("it was scored"))
        with pytest.raises(UserError) as told:
            run_job(request(model), store)
    assert contents(store) == before
    return str(told.value)


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "cache"), create=True)


def test_two_folders_of_one_last_part(tiny_gpt2, tmp_path, store, monkeypatch):
    one = another(tiny_gpt2, tmp_path / "a/checkpoint-100")
    other = another(tiny_gpt2, tmp_path / "b/checkpoint-100", scale=1.5)
    run_job(request(one), store)
    first = store.read("checkpoint-100")

    said = refused(other, store, monkeypatch)
    assert "a table 'checkpoint-100' of a different input: checkpoint-100, weights" in said
    assert "(its model.safetensors differs)" in said
    with pytest.raises(UserError, match="--replace"):
        request_job(request(other), store)
    assert {job.model for job in store.jobs()} == {str(one)}

    run_job(request(one, seed=7, prompts=3), store)  # the same model under other settings
    run_job(request(other, name="other"), store)
    run_job(request(other, replace=True), store)
    weights = [store.read(n).provenance.weights_sha256 for n in ("other", "checkpoint-100")]
    assert weights[0] == weights[1] != first.provenance.weights_sha256


def test_two_configurations_of_the_same_weights(tiny_gpt2, tmp_path, store, monkeypatch):
    run_job(request(tiny_gpt2), store)
    changed = another(tiny_gpt2, tmp_path / "tiny-gpt2", scale_attn_by_inverse_layer_idx=True)
    assert "its config.json differs" in refused(changed, store, monkeypatch)

    run_job(request(changed, name="changed"), store)
    one, other = (store.read(name).provenance for name in ("tiny-gpt2", "changed"))
    assert one.weights_sha256 == other.weights_sha256
    apart = {f for f in one.files_sha256 if one.files_sha256[f] != other.files_sha256[f]}
    assert apart == {"config.json"}
    assert {"model.safetensors", "tokenizer.json", "tokenizer_config.json"} < set(one.files_sha256)


def test_a_table_of_before_is_compared_by_its_weights(tiny_gpt2, tmp_path, store, monkeypatch):
    """It names no files; only the loaded model's digest tells them apart."""
    record = made_tables.provenance(model="tiny-gpt2", weights_sha256="0" * 64)
    store.write("tiny-gpt2", made_tables.heads(), record)
    assert "weights 00000000 (its weights differ)" in refused(tiny_gpt2, store, monkeypatch)

    unknown = record.model_copy(update={"weights_sha256": None})
    store.write("tiny-gpt2", made_tables.heads(), unknown)
    run_job(request(tiny_gpt2), store)  # of the same name, and nothing is known to differ


def test_a_worker_refuses_what_became_another_models_meanwhile(tiny_gpt2, tmp_path, store):
    other = another(tiny_gpt2, tmp_path / "b/tiny-gpt2", scale=1.5)
    asked = [request_job(request(model), store) for model in (tiny_gpt2, other)]
    work(store, until_idle=True)
    jobs = {job.id: job for job in store.jobs()}
    assert [jobs[job.id].state for job in asked] == ["done", "failed"]
    assert "with --name, or replace that table with --replace" in jobs[asked[1].id].reason
    kept = store.read("tiny-gpt2").provenance.weights_sha256

    again = request_job(request(other, replace=True), store)
    assert again.id == asked[1].id  # in place of the one that failed
    work(store, until_idle=True)
    assert {job.state for job in store.jobs()} == {"done"}
    assert store.read("tiny-gpt2").provenance.weights_sha256 != kept


@pytest.mark.parametrize("url", ["folder", "memory://headstrata-race"])
def test_of_two_models_scored_at_once_the_first_stays(url, tiny_gpt2, tmp_path, monkeypatch):
    """The other's table is written while this one is scored: patterns and batches stay too."""
    store = Store(str(tmp_path / "c") if url == "folder" else url, create=True, published=False)
    make_table = running.head_table
    drawn = b"the other's patterns"

    def overtaken(*values):
        record = made_tables.provenance(model="tiny-gpt2", weights_sha256="0" * 64)
        store.write("tiny-gpt2", made_tables.heads(), record)
        store.put(patterns.path_of("tiny-gpt2"), drawn)
        return make_table(*values)

    with monkeypatch.context() as race:
        race.setattr(running, "head_table", overtaken)
        with pytest.raises(UserError, match="weights 00000000") as said:
            run_job(request(tiny_gpt2), store)
    assert "2 finished batches are kept" in str(said.value)
    assert store.read("tiny-gpt2").provenance.weights_sha256 == "0" * 64
    assert store.get(patterns.path_of("tiny-gpt2")) == drawn

    monkeypatch.setattr(Engine, "score", lambda *_: pytest.fail("its batches are there"))
    run_job(request(tiny_gpt2, replace=True), store)
    assert store.read("tiny-gpt2").provenance.layers == 2


def stopped_after_one_batch(model: Path, store: Store) -> None:
    """The signal comes while the second batch is computed."""
    one_pass, began = Engine._pass, []

    def told_to_stop(self, prompts):
        began.append(prompts)
        if len(began) == 2:
            os.kill(os.getpid(), signal.SIGTERM)
        return one_pass(self, prompts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "_pass", told_to_stop)
        with pytest.raises(SystemExit):
            run_job(request(model), store)
    assert len(list(Path(store.root).glob("partial/*/*/*.npy"))) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"file": "config.json", "scale_attn_by_inverse_layer_idx": True},
        {"file": "tokenizer_config.json", "model_max_length": 77},
    ],
    ids=["nothing", "configuration", "tokenizer"],
)
def test_a_run_goes_on_only_with_its_own_models_batches(
    changed, tiny_gpt2, tmp_path, store, monkeypatch
):
    model = another(tiny_gpt2, tmp_path / "tiny")
    stopped_after_one_batch(model, store)
    if changed:
        change(model, **changed)
    score, scored = Engine.score, []
    monkeypatch.setattr(Engine, "score", lambda s, p: scored.append(p) or score(s, p))
    run_job(request(model), store)
    assert len(scored) == (2 if changed else 1)

    fresh = Store(str(tmp_path / "fresh"), create=True)
    run_job(request(model), fresh)
    assert store.read("tiny").heads.equals(fresh.read("tiny").heads)


@pytest.fixture
def hub(tiny_gpt2, tmp_path, monkeypatch):
    """The folder in which the hub's client keeps models, with two commits of one."""
    cache = tmp_path / "hub"
    repository = cache / "models--me--tiny"
    for scale, (revision, commit) in enumerate(COMMITS.items(), 1):
        another(tiny_gpt2, repository / "snapshots" / commit, scale=float(scale))
        (repository / "refs").mkdir(exist_ok=True)
        (repository / "refs" / revision).write_text(commit)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(cache))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    return repository


def test_a_hub_models_commit_is_recorded(hub, store, monkeypatch):
    for revision in (None, "step1"):
        run_job(Request.parse(model="me/tiny", revision=revision, **SMALL), store)
    tables = {name: store.read(name).provenance for name in ("tiny", "tiny-step1")}
    assert [record.revision for record in tables.values()] == list(COMMITS.values())
    assert len({record.run_key for record in tables.values()}) == 2

    (hub / "refs/main").write_text(COMMITS["step1"])  # the branch has moved
    said = refused(Path("me/tiny"), store, monkeypatch)
    assert "me/tiny, revision aaaaaaaa (its revision differs)" in said
    by_commit = Request.parse(model="me/tiny", revision=COMMITS["step1"], name="tiny")
    with pytest.raises(UserError, match="its revision differs"):  # known without the hub
        request_job(by_commit, store)
    run_job(Request.parse(model="me/tiny", replace=True, **SMALL), store)


def test_a_folder_of_the_hubs_client_is_the_same_model(hub, store):
    folder = hub / "snapshots" / COMMITS["step1"]
    run_job(request(folder), store)
    record = store.read("tiny-bbbbbbbb").provenance
    assert (record.model, record.revision) == ("me/tiny", COMMITS["step1"])
    assert record.title == "tiny (bbbbbbbb)"
    assert record.weights_sha256 is not None
    asked = Request.parse(model="me/tiny", revision="step1", name="tiny-bbbbbbbb", **SMALL)
    run_job(asked, store)  # through the hub: nothing to refuse


def test_a_folder_of_a_hub_models_name_is_another_model(hub, tiny_gpt2, store, monkeypatch):
    run_job(Request.parse(model="me/tiny", **SMALL), store)
    folder = another(tiny_gpt2, hub.parent / "tiny")
    assert "me/tiny, revision aaaaaaaa (it is of another model)" in refused(
        folder, store, monkeypatch
    )
