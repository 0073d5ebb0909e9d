"""What one types, and what is meant."""

import subprocess
import sys

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
    ],
)  # fmt: skip
def test_names(model, name, title, reference):
    request = Request.parse(model=model)
    assert (request.table_name, request.title, request.reference) == (name, title, reference)


@pytest.mark.parametrize("model", [".", "../tiny", "./"])
def test_a_folder_under_any_of_its_names(model, tmp_path, monkeypatch):
    (tmp_path / "tiny").mkdir()
    monkeypatch.chdir(tmp_path / "tiny")
    asked = Request.parse(model=model)
    for request in (asked, asked.from_anywhere()):
        assert (request.table_name, request.title) == ("tiny", "tiny")


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
