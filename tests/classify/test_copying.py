"""What heads write, from weights that are set by hand."""

import numpy as np
import pytest
import torch
import transformers as hf

from benchmarks.architectures import made
from classify.copying import copying
from classify.layer_stack import LayerStack
from classify.projections import find_projections
from classify.reader_choice import choose_reader

SIZE = 64
CPU = torch.device("cpu")
TOKENS = (torch.arange(40) * 7 % 60 + 2)[None]
EVERY = np.arange(SIZE)


def score(model, tokens=EVERY):
    projections = find_projections(model, choose_reader(model, TOKENS), TOKENS)
    stack = LayerStack(model, projections)
    assert stack.begins_anywhere(TOKENS)
    return copying(stack, projections, tokens, np.array([0]), CPU)


@pytest.fixture
def llama():
    """Tokens are the axes of the residual stream; all else is zero, and norms scale by one.

    Two layers of four heads; heads 0 and 1 share their values, and so do heads 2 and 3.
    """
    config = hf.LlamaConfig(
        vocab_size=SIZE,
        hidden_size=SIZE,
        head_dim=SIZE,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    model = hf.LlamaForCausalLM(config).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.fill_("norm" in name)
        model.model.embed_tokens.weight.copy_(torch.eye(SIZE))
        model.lm_head.weight.copy_(torch.eye(SIZE))
    return model


def plant(layer, head, *, value, output):
    """A head's value map (of its group of two) and its part of the output projection."""
    with torch.no_grad():
        group = head // 2
        layer.self_attn.v_proj.weight[group * SIZE : (group + 1) * SIZE] = value
        layer.self_attn.o_proj.weight[:, head * SIZE : (head + 1) * SIZE] = output


def test_the_identity_copies_and_its_negative_suppresses(llama):
    """Of V tokens on axes of their own, y(t) less the mean over them is e_t - 1/V: its own
    logit 1 - 1/V, the variance of its logits (1 - 1/V)/V, so z is the root of V - 1."""
    layer = llama.model.layers[1]
    plant(layer, 0, value=torch.eye(SIZE), output=torch.eye(SIZE))
    plant(layer, 1, value=torch.eye(SIZE), output=-3 * torch.eye(SIZE))
    found = score(llama)
    np.testing.assert_allclose(found.mean[4:6], [63**0.5, -(63**0.5)], rtol=1e-5)
    assert found.error[4:6] == pytest.approx([0, 0], abs=1e-5)
    assert np.isnan(found.mean[[0, 1, 2, 3, 6, 7]]).all()  # they write nothing


def test_a_head_that_writes_another_token_does_neither(llama):
    """It turns t into t + 1: t's own logit is among all the others, (0 - 1/V) of them."""
    turned = torch.eye(SIZE).roll(1, dims=0)
    plant(llama.model.layers[1], 2, value=torch.eye(SIZE), output=turned)
    found = score(llama)
    assert found.mean[6] == pytest.approx(-1 / 63**0.5, rel=1e-5)


def test_it_is_the_effective_embedding_that_is_read(llama):
    """Layer 0 moves each token to another axis. A head of layer 1 that moves it back copies, and
    the identity writes nothing of it."""
    first, second = llama.model.layers
    half = SIZE // 2
    with torch.no_grad():  # an MLP that takes 32 of the axes t away and adds t + 32
        eye = torch.eye(SIZE)[:half]
        first.mlp.gate_proj.weight.copy_(1e3 * eye)
        first.mlp.up_proj.weight.copy_(eye)
        first.mlp.down_proj.weight.copy_(torch.cat([-eye[:, :half], eye[:, :half]]) / 64e3)
    back = torch.zeros(SIZE, SIZE)
    back[:half, half:] = torch.eye(half)
    plant(second, 0, value=torch.eye(SIZE), output=back)
    plant(second, 1, value=torch.eye(SIZE), output=torch.eye(SIZE))
    found = score(llama, EVERY[:half])
    # own 1 - 1/32, which is the sum of squares, too; the mean over 64 tokens is 0
    expected = (31 / 32) / np.sqrt(31 / 32 / 64)
    assert found.mean[4] == pytest.approx(expected, rel=1e-3)
    assert found.mean[5] == pytest.approx(0, abs=1e-2)


def test_against_the_definition_by_the_models_own_modules():
    """Gemma 2: grouped values, norms whose scale is one more than their weight, and one behind
    the projection; in plain loops, in float64."""
    torch.manual_seed(0)
    model = made("gemma2")[0].double()
    for name, weight in model.named_parameters():
        if "norm" in name:
            weight.data.normal_(0, 0.3)
    tokens = np.arange(10, 40)
    base = model.model
    expected = np.zeros((2, 4, len(tokens)))
    with torch.no_grad():
        prompts = torch.tensor([[0, int(t)] for t in tokens])
        states = base(input_ids=prompts, output_hidden_states=True, use_cache=False).hidden_states
        for index, layer in enumerate(base.layers):
            x = layer.input_layernorm(states[index][:, 1])
            values = layer.self_attn.v_proj(x).view(len(tokens), 2, 16)
            for head in range(4):
                whole = torch.zeros(len(tokens), 4, 16, dtype=torch.float64)
                whole[:, head] = values[:, head // 2]
                y = layer.self_attn.o_proj(whole.flatten(1))
                y = y * (1 + layer.post_attention_layernorm.weight)
                y = (y - y.mean(0)) * (1 + base.norm.weight)
                logits = y @ model.lm_head.weight.T
                for row, token in enumerate(tokens):
                    z = (logits[row] - logits[row].mean()) / logits[row].std(correction=0)
                    expected[index, head, row] = z[token]
    found = score(model.float(), tokens)
    np.testing.assert_allclose(found.mean, expected.mean(2).ravel(), atol=1e-4)
    errors = expected.std(2, ddof=1).ravel() / np.sqrt(len(tokens))
    np.testing.assert_allclose(found.error, errors, atol=1e-4)


def test_layer_norms_take_the_mean_off_what_is_written():
    """GPT-2: what a head adds to all axes alike never reaches the logits."""
    model = made("gpt2")[0]
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "ln_" in name:
                weight.normal_(1, 0.3)
        before = score(model, EVERY)
        for block in model.transformer.h[1:]:
            block.attn.c_proj.weight += torch.randn(64, 1)
        after = score(model, EVERY)
    np.testing.assert_allclose(after.mean, before.mean, atol=1e-4)
