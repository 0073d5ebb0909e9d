"""What it costs to ablate a head, against weights set by hand and against plain loops."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from planted import HALF, HEADS, TOKEN, _Head, planted_gpt2

from benchmarks.architectures import made
from classify import ablation as ablating
from classify.ablation import Ablation, scored_positions
from classify.layer_stack import LayerStack
from classify.out_of_memory import Halves
from classify.probes import Probes, read_vocabulary
from classify.projections import find_projections
from classify.reader_choice import choose_reader
from classify.text import tokenize

CPU = torch.device("cpu")
LENGTH = 41
#: Of prompts that are not scored.
REFERENCES = slice(10, 14)


@pytest.fixture(scope="module")
def probes(tokenizer):
    def make(size, length=LENGTH):
        text, _ = tokenize(tokenizer, None, length)
        text = replace(text, ids=text.ids % size, pieces=None)  # tiny models know fewer tokens
        return Probes(read_vocabulary(tokenizer, size), text, length, 32, 0)

    return make


def ablation(model, probes, probe="repeated", *, rows=5, resumes=True):
    tokens = torch.from_numpy(probes.make("natural", 0, 1).tokens)
    projections = find_projections(model, choose_reader(model, tokens), tokens)
    stack = LayerStack(model, projections)
    assert stack.begins_anywhere(tokens)
    positions = scored_positions(probes, probe)
    return Ablation(stack, projections, positions, Halves(rows), resumes, lambda: None)


def effects(model, probes, probe="repeated", count=3, **options):
    """(prompts, layers, heads), and the clean loss of each prompt."""
    one = ablation(model, probes, probe, **options)
    references = probes.make(probe, REFERENCES.start, REFERENCES.stop)
    means = one.means(references, CPU)
    clean = one.clean(probes.make(probe, 0, count), CPU)
    layers = [one.effects(clean, index, mean) for index, mean in enumerate(means)]
    return np.stack(layers, axis=1), clean.loss.numpy()


# --- weights set by hand ---------------------------------------------------------------


@pytest.fixture(scope="module")
def planted(tokenizer, probes):
    """The planted GPT-2, and the same with an induction head that copies what it finds."""
    silent = planted_gpt2(tokenizer)
    copies = planted_gpt2(tokenizer)
    with torch.no_grad():
        induction = _Head(copies.transformer.h[1].attn, 0)
        induction.value[TOKEN, :64] = torch.eye(64)
        induction.out[:64, TOKEN] = 3 * torch.eye(64)
        induction.out[:64, HALF : HALF + 64] = -3 * torch.eye(64)
    of = probes(len(tokenizer), 65)
    return {name: effects(m, of) for name, m in (("silent", silent), ("copies", copies))}


def test_the_circuit_of_two_heads_has_all_the_effects(planted):
    """The previous-token head feeds the induction head; no other head writes anything."""
    found, loss = planted["copies"]
    circuit = np.zeros((2, HEADS), bool)
    circuit[0, 0] = circuit[1, 0] = True
    assert (loss < 0.01).all()
    assert (found[:, circuit] > 10).all()
    assert (found[:, ~circuit] == 0).all()


def test_an_induction_pattern_that_writes_nothing_has_no_effect(planted):
    found, loss = planted["silent"]
    assert (loss > 1).all()
    assert (found[:, 1] == 0).all()


def test_a_head_whose_output_is_left_out_has_exactly_none(tokenizer, probes):
    model, _ = made("mixtral")
    projection = model.model.layers[1].self_attn.o_proj
    with torch.no_grad():
        projection.weight[:, 32:48] = 0  # of head 2
    found, _ = effects(model, probes(200), "natural")
    assert (found[:, 1, 2] == 0).all()
    found[:, 1, 2] = 1
    assert (found != 0).all()


def test_rounding_gives_no_effect_to_a_head_that_writes_nothing(probes, monkeypatch):
    """Batches of other sizes may be summed in another order, as on a GPU: simulated here."""
    model, _ = made("gpt2")
    attention = [block.attn for block in model.transformer.h]
    width = attention[0].head_dim
    with torch.no_grad():
        values = slice(2 * 4 * width + width, 2 * 4 * width + 2 * width)  # of head 1
        attention[0].c_attn.weight[:, values] = 0
        attention[0].c_attn.bias[values] = 0
        attention[1].c_proj.weight[2 * width : 3 * width] = 0
    logits = LayerStack.logits

    def rounded(self, tokens, positions, begin=None):
        exact = logits(self, tokens, positions, begin)
        return exact if begin is None else exact * (1 + 1e-5)

    monkeypatch.setattr(LayerStack, "logits", rounded)
    found, _ = effects(model, probes(200), "natural")
    nothing = np.zeros((2, 4), bool)
    nothing[0, 1] = nothing[1, 2] = True
    assert (found[:, nothing] == 0).all()
    assert (found[:, ~nothing] != 0).all()


# --- the definition, in loops and float64 -------------------------------------------------


def loss_of(logits, tokens, positions):
    """Of one prompt: logits (T, V)."""
    total = 0.0
    for q in positions:
        row = logits[q].double()
        total += float(row.exp().sum().log() - row[tokens[q + 1]])
    return total / len(positions)


def expected(model, projections, scored, references, positions):
    """By hooks on modules that are known by name; whole passes of one prompt."""

    def forward(tokens, change, layer):
        seen = []

        def hook(_, arguments):
            values = arguments[0].clone()
            seen.append(values[0].double().numpy().copy())
            change(values)
            return (values,)

        handle = projections[layer].register_forward_pre_hook(hook)
        with torch.no_grad():
            logits = model(input_ids=torch.from_numpy(tokens)[None], use_cache=False).logits[0]
        handle.remove()
        return logits, seen[0]

    def nothing(_):
        return None

    rises = np.zeros((len(scored), len(projections), 4))
    means = []
    for layer in range(len(projections)):
        inputs = [forward(tokens, nothing, layer)[1] for tokens in references]
        mean = np.zeros(inputs[0].shape[1])
        for column in range(len(mean)):
            values = [array[q, column] for array in inputs for q in range(1, len(array))]
            mean[column] = sum(values) / len(values)
        means.append(mean)
        for prompt, tokens in enumerate(scored):
            clean = loss_of(forward(tokens, nothing, layer)[0], tokens, positions)
            for head in range(4):
                place = slice(head * len(mean) // 4, (head + 1) * len(mean) // 4)
                put = torch.from_numpy(mean[place])

                def ablate(values, place=place, put=put):
                    values[:, 1:, place] = put.to(values)

                logits, _ = forward(tokens, ablate, layer)
                rises[prompt, layer, head] = loss_of(logits, tokens, positions) - clean
    return rises, means


@pytest.mark.parametrize("probe", ["repeated", "natural"])
@pytest.mark.parametrize("name", ["llama", "gpt2", "gemma2"])
def test_effects_and_means_are_those_of_the_definition(name, probe, probes):
    model, _ = made(name)
    model = model.double()
    of = probes(200)
    lists = {
        "llama": lambda: [layer.self_attn.o_proj for layer in model.model.layers],
        "gemma2": lambda: [layer.self_attn.o_proj for layer in model.model.layers],
        "gpt2": lambda: [block.attn.c_proj for block in model.transformer.h],
    }
    # second copy of 20 after BOS and the first: 21 to 40, the last of which predicts nothing
    positions = range(21, 40) if probe == "repeated" else range(16, 40)
    references = of.make(probe, REFERENCES.start, REFERENCES.stop)
    scored = of.make(probe, 0, 3).tokens
    rises, means = expected(model, lists[name](), scored, references.tokens, positions)
    one = ablation(model.float(), of, probe)
    for mean, by_hand in zip(one.means(references, CPU), means, strict=True):
        np.testing.assert_allclose(mean, by_hand, rtol=0, atol=1e-6)
    found, _ = effects(model, of, probe)
    np.testing.assert_allclose(found, rises, rtol=0, atol=1e-5)
    assert np.abs(rises).max() > 1e-3


# --- ways to the same numbers ---------------------------------------------------------


def test_whole_passes_and_batches_of_any_size_give_the_same(probes):
    model, _ = made("gpt_neox")
    of = probes(200)
    found, loss = effects(model, of)
    for options in ({"resumes": False}, {"rows": 1}, {"rows": 100}):
        other, clean = effects(model, of, **options)
        np.testing.assert_allclose(other, found, rtol=0, atol=1e-6)
        np.testing.assert_allclose(clean, loss, rtol=0, atol=1e-6)


def test_a_batch_that_does_not_fit_is_halved(probes, monkeypatch):
    model, _ = made("llama")
    of = probes(200)
    expected, _ = effects(model, of)
    logits, sizes = LayerStack.logits, []
    run = ablating.run

    def full_pass(model, tokens):
        if len(tokens) > 3:
            raise torch.OutOfMemoryError("simulated")
        run(model, tokens)

    monkeypatch.setattr(ablating, "run", full_pass)

    def full(self, tokens, *arguments):
        if len(tokens) > 3:
            raise torch.OutOfMemoryError("simulated")
        sizes.append(len(tokens))
        return logits(self, tokens, *arguments)

    monkeypatch.setattr(LayerStack, "logits", full)
    found, _ = effects(model, of, rows=8)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)
    assert sizes[-6:] == [2] * 6
