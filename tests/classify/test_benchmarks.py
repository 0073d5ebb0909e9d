"""The scripts are real code: what of them a CPU can do soon runs here."""

import sys

import numpy as np
import pytest
import torch

from benchmarks import bench_evidence, bench_gpu, check_gpu, reliability
from benchmarks.architectures import made


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs a script as ``python -m`` does, with the torch that is imported already; its output."""

    def run(script, *options: str) -> str:
        monkeypatch.setattr(sys, "argv", [script.__name__, "--device", "cpu", *options])
        try:
            script.main()
        except SystemExit as ended:
            if ended.code:
                pytest.fail(capsys.readouterr().out)
        return capsys.readouterr().out

    return run


def test_the_gpu_benchmark_runs_on_a_cpu(run):
    printed = run(bench_gpu, "--tiny", "--rounds", "1")
    for stage in ("build weights", "choose reader", "scored passes", "bare passes", "table"):
        assert stage in printed


def test_the_gpu_checks_run_on_a_cpu_and_say_what_it_cannot_show(run, monkeypatch):
    """Few prompts; two processes beside one are test_long_runs.py's."""
    monkeypatch.setattr(check_gpu, "PROMPTS", 3)
    monkeypatch.setattr(check_gpu, "LENGTH", 65)
    asked = [name for name in check_gpu.CHECKS if name != "processes"]
    lines = run(check_gpu, "--only", *asked).splitlines()
    told = {line[:10].strip(): line[10:].split("  ")[0].strip() for line in lines[1:]}
    assert told == {
        "precision": "ok",
        "memory": "not checked",
        "spread": "not checked",
        "offload": "ok",
    }


def test_reliability_of_effects_is_told_for_each_probe(run, tiny_gpt2):
    options = ["--model", str(tiny_gpt2), "--length", "40", "--repeated", "4", "--natural", "3"]
    head, _, _, *probes = run(reliability, *options).splitlines()
    assert head.endswith("8 heads, prompts of 40 tokens")
    told = [line.split() for line in probes]
    # 4 prompts have 3 splits in pairs; of 3 the last one is left out
    assert [words[:3] for words in told] == [["repeated", "4", "3"], ["natural", "3", "1"]]
    assert all(-1 <= float(words[3]) <= 1 for words in told)
    assert all(0 <= int(words[5]) <= 8 for words in told)
    first, *_ = run(reliability, *options, "--every", "2").splitlines()  # one of two layers
    assert first.endswith("4 heads, prompts of 40 tokens")


def test_prompts_are_split_in_halves_each_way_once():
    assert reliability.splits(4) == [[0, 1], [0, 2], [0, 3]]
    assert reliability.splits(3) == [[0]]
    assert len(reliability.splits(8)) == 35
    drawn = reliability.splits(16)
    assert len(drawn) == 200
    assert all(len(set(half)) == 8 and max(half) < 16 for half in drawn)


def test_halves_are_compared_by_rank_over_heads():
    """Means over heads 1 2 3 4 and 1 3 4 20: the ranks are the same. With the last two heads
    the other way round d^2 is 1 + 1: 1 - 6 * 2 / (4 * 15) = .8."""
    values = np.array([[0, 1, 2, 3.0], [2, 3, 4, 5], [1, 3, 4, 20]])
    same = np.vstack([values, values[2:]])
    assert reliability.halves(same, [0, 1]) == pytest.approx(1)
    other = np.vstack([values[:2], values[2:, [0, 1, 3, 2]], values[2:, [0, 1, 3, 2]]])
    assert reliability.halves(other, [0, 1]) == pytest.approx(0.8)
    assert reliability.halves(other[:3], [0]) == pytest.approx(1)  # an odd last one is left out
    assert reliability.spearman_brown(0.7) == pytest.approx(1.4 / 1.7)


@torch.inference_mode()
def test_the_floor_of_an_ablation_is_the_rest_of_the_pass_and_its_loss():
    """From the second of two layers on, against the whole pass by the model itself."""
    model, _ = made("llama")
    tokens = torch.arange(1, 61).view(3, 20)
    whole = model(input_ids=tokens, output_hidden_states=True)
    received = whole.hidden_states[1]
    positions = torch.arange(9, 19)
    last = bench_evidence.floor(model, 1, "norm")(received, tokens, positions)
    torch.testing.assert_close(last, whole.hidden_states[2])
    logits = bench_evidence.floor(model, 1, "logits")(received, tokens, positions)
    torch.testing.assert_close(logits, whole.logits)
    loss = bench_evidence.floor(model, 1, "loss")(received, tokens, positions)
    logs = whole.logits.log_softmax(-1)
    told = [logs[row, q, tokens[row, q + 1]] for row in range(3) for q in range(9, 19)]
    torch.testing.assert_close(loss, -sum(told) / 30)
    assert len(model.model.layers) == 2  # as it was
