"""What one types, and what is meant."""

import subprocess
import sys
import unicodedata

import pytest

from classify.request import Request


@pytest.mark.parametrize(
    ("model", "name", "title", "reference"),
    [
        ("gpt2-xl", "gpt2-xl", "GPT-2 XL", "gpt2-xl"),
        ("openai-community/gpt2-xl", "gpt2-xl", "GPT-2 XL", "gpt2-xl"),
        ("gpt2", "gpt2", "GPT-2 small", "gpt2"),
        ("smollm2-135m", "smollm2-135m", "SmolLM2-135M Instruct (Q4_1)", None),
        ("models/SmolLM2-135M-Instruct.Q4_1.gguf", "SmolLM2-135M-Instruct.Q4_1",
         "SmolLM2-135M Instruct (Q4_1)", None),
        ("meta-llama/Llama-3.2-1B", "Llama-3.2-1B", "Llama-3.2-1B", None),
        ("/data/my model (new)", "my-model-new-", "my model (new)", None),
        ("modèle", "modele", "modèle", None),
        ("模型甲", "model-b006bbb3", "模型甲", None),  # SHA-256 of the name, cut
        ("模型乙", "model-d1a4a36a", "模型乙", None),
        ("模型-7b", "7b-0fe75223", "模型-7b", None),
        (f"hub/models--EleutherAI--pythia-70m/snapshots/{'5' * 40}", "pythia-70m-55555555",
         "pythia-70m (55555555)", None),
    ],
)  # fmt: skip
def test_names(model, name, title, reference):
    request = Request.parse(model=model)
    assert (request.table_name, request.shown_title, request.reference) == (name, title, reference)


@pytest.mark.parametrize(
    ("revision", "name", "title"),
    [
        ("step1000", "pythia-70m-step1000", "pythia-70m (step1000)"),
        ("refs/pr/3", "pythia-70m-refs-pr-3", "pythia-70m (refs/pr/3)"),
        ("0123456789" * 4, "pythia-70m-01234567", "pythia-70m (01234567)"),
        ("main", "pythia-70m", "pythia-70m"),
    ],
)
def test_a_revision_is_in_the_name(revision, name, title):
    request = Request.parse(model="EleutherAI/pythia-70m", revision=revision)
    assert (request.table_name, request.shown_title) == (name, title)


def test_a_folder_or_file_is_called_by_the_name_given_and_anything_by_its_title(tmp_path):
    folder, gguf = tmp_path / "model", tmp_path / "x.Q4_1.gguf"
    folder.mkdir()
    gguf.touch()

    def title(model: object, **options: object) -> str:
        return Request.parse(model=str(model), **options).shown_title

    assert title(folder) == "model"
    assert title(folder, name="planted") == "planted"
    assert title(gguf, name="planted") == "planted"
    assert title(folder, name="planted", title=" Planted,\n noisy ") == "Planted, noisy"
    # the hub's name, and a known model's, are better than one for a file
    assert title("EleutherAI/pythia-70m", name="mine") == "pythia-70m"
    assert title("gpt2-xl", name="xl-seed-1") == "GPT-2 XL"
    assert title("gpt2-xl", name="xl-seed-1", title="GPT-2 XL, seed 1") == "GPT-2 XL, seed 1"
    assert title("smollm2-135m", name="mine") == "SmolLM2-135M Instruct (Q4_1)"
    assert title("mine/x.gguf", name="planted") == "planted"  # not here: the worker's machine


def test_a_job_of_before_has_the_same_id_without_a_title():
    plain = Request.parse(model="gpt2")
    assert '"title"' not in plain.model_dump_json()
    assert Request.parse(model="gpt2", title="Mine").model_dump()["title"] == "Mine"


def test_a_name_taken_apart_by_a_mac_is_the_same():
    composed, apart = "モデル", unicodedata.normalize("NFD", "モデル")
    assert composed != apart
    assert Request.parse(model=composed).table_name == Request.parse(model=apart).table_name


def test_long_names_that_begin_alike_stay_apart():
    names = {Request.parse(model=f"{'x' * 150}{end}").table_name for end in "ab"}
    assert len(names) == 2
    assert {len(name) for name in names} == {100}


def test_a_folder_of_the_hubs_client_is_the_hubs_model(tmp_path):
    folder = tmp_path / "models--a--b-c" / "snapshots" / ("4" * 40)
    folder.mkdir(parents=True)
    request = Request.parse(model=str(folder))
    assert request.snapshot == ("a/b-c", "4" * 40)
    assert request.model_name == "a/b-c"
    assert Request.parse(model=str(folder.parent)).snapshot is None


@pytest.mark.parametrize("model", [".", "../tiny", "./"])
def test_a_folder_under_any_of_its_names(model, tmp_path, monkeypatch):
    (tmp_path / "tiny").mkdir()
    monkeypatch.chdir(tmp_path / "tiny")
    asked = Request.parse(model=model)
    for request in (asked, asked.from_anywhere()):
        assert (request.table_name, request.shown_title) == ("tiny", "tiny")


def test_a_request_means_the_same_to_a_worker_in_another_folder(tmp_path, monkeypatch):
    (tmp_path / "tiny").mkdir()
    (tmp_path / "prose.txt").write_text("Once upon a time.")
    monkeypatch.chdir(tmp_path)
    asked = Request.parse(model="tiny", text="prose.txt", prompts=8).from_anywhere()
    assert (asked.model, asked.text) == (str(tmp_path / "tiny"), str(tmp_path / "prose.txt"))
    assert asked.prompts == 8
    hub = Request.parse(model="gpt2")
    assert hub.from_anywhere() == hub


def test_a_folder_of_a_known_name_may_hold_any_weights(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Request.parse(model="gpt2").reference == "gpt2"
    (tmp_path / "gpt2").mkdir()
    assert Request.parse(model="gpt2").reference is None


def test_short_forms_mean_hub_ids():
    assert Request.parse(model="gpt2-medium").hub_id == "openai-community/gpt2-medium"


def test_command_lines_hand_over_text():
    request = Request.parse(model="gpt2", prompts="12", rows="all", length=None)
    assert (request.prompts, request.rows, request.length) == (12, "all", None)


def test_a_request_needs_no_torch():
    code = (
        "import sys, classify.request, classify.worker; from classify.request import Request; "
        "classify.worker.job_of(Request.parse(model='gpt2')); "
        "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
