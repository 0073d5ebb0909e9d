"""The first token's share of what heads write, against float64 loops and heads set by hand."""

import numpy as np
import pytest
import torch
import transformers as hf
from reference import first_token_value

from classify.attention import SdpaRowsReader
from classify.engine import Engine
from classify.probes import Prompts
from classify.projections import find_projections, norm_maps
from classify.reader_choice import choose_reader
from classify.statistics import MEASURED

HEADS, LENGTH = 4, 40
TOKENS = np.stack([np.arange(LENGTH) * 7 % 190 + 5, np.arange(LENGTH) * 11 % 190 + 5])
AT = MEASURED["natural"].index("first_token_value")
_SHAPE = {
    "vocab_size": 200,
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": HEADS,
    "num_key_value_heads": 2,
    "intermediate_size": 48,
    "initializer_range": 0.2,
}


def prompts():
    queries = np.broadcast_to(np.arange(16, LENGTH), (2, LENGTH - 16))
    return Prompts("natural", TOKENS, np.ascontiguousarray(queries), np.zeros_like(TOKENS, bool))


def shares(model):
    """(prompts, layers, heads), as the worker has them."""
    tokens = torch.from_numpy(TOKENS)
    reader = choose_reader(model, tokens[:1])
    if isinstance(reader, SdpaRowsReader):
        reader.norm_maps = norm_maps(find_projections(model, reader, tokens[:1]))
    scored = Engine(reader, "cpu", lambda: None).score(prompts())
    return scored[..., AT].reshape(2, 2, HEADS)


def gpt2():
    config = hf.GPT2Config(
        vocab_size=200, n_positions=64, n_embd=32, n_layer=2, n_head=HEADS, initializer_range=0.2
    )
    return hf.GPT2LMHeadModel(config).eval()


def llama(**changes):
    return hf.LlamaForCausalLM(hf.LlamaConfig(**(_SHAPE | changes))).eval()


def gpt2_parts(model):
    """Of each layer the module that makes values, which of its numbers, and W (hidden, hidden)."""
    layers = model.transformer.h
    return [(b.attn.c_attn, slice(64, 96), b.attn.c_proj.weight.detach()) for b in layers]


def llama_parts(model):
    layers = [layer.self_attn for layer in model.model.layers]
    return [(a.v_proj, slice(None), a.o_proj.weight.detach().T) for a in layers]


def looped(model, parts, window=99):
    """The same by the definition: every value through the projection, one weight at a time."""
    exact = model.double()
    exact.set_attn_implementation("eager")
    made = []
    handles = [
        module.register_forward_hook(lambda _, __, out: made.append(out.detach()))
        for module, _, _ in parts(exact)
    ]
    with torch.no_grad():
        attentions = exact(torch.from_numpy(TOKENS), output_attentions=True).attentions
    for handle in handles:
        handle.remove()
    found = np.empty((2, 2, HEADS))
    for prompt, layer, head in np.ndindex(found.shape):
        _, place, projection = parts(exact)[layer]
        values = made[layer][prompt][:, place]  # (T, groups * D)
        width = projection.shape[0] // HEADS
        group = head // (HEADS * width // values.shape[1])
        own = values[:, group * width : (group + 1) * width]
        written = own @ projection[head * width : (head + 1) * width]  # (T, hidden)
        found[prompt, layer, head] = first_token_value(
            attentions[layer][prompt, head].numpy(), written.numpy(), window
        )
    return found


@pytest.mark.parametrize(
    ("make", "parts"),
    [
        (gpt2, gpt2_parts),
        (llama, llama_parts),
        (lambda: llama(head_dim=64), llama_parts),  # wider than the hidden states
    ],
    ids=["gpt2", "grouped queries", "wide heads"],
)
def test_it_is_the_share_of_the_definition(make, parts):
    torch.manual_seed(1)
    model = make()
    found = shares(model)
    np.testing.assert_allclose(found, looped(model, parts), atol=1e-6, rtol=0)
    assert found.std() > 0.01


def test_rows_that_do_not_reach_the_first_token_have_no_share():
    torch.manual_seed(1)
    config = hf.MistralConfig(**_SHAPE, sliding_window=20)
    model = hf.MistralForCausalLM(config).eval()
    found = shares(model)
    np.testing.assert_allclose(found, looped(model, llama_parts, window=20), atol=1e-6, rtol=0)
    model = hf.MistralForCausalLM(hf.MistralConfig(**_SHAPE, sliding_window=12)).eval()
    assert np.isnan(shares(model)).all()  # queries start at 16


def test_a_head_that_rests_writes_nothing_of_the_first_token():
    """Attention is even: of q + 1 keys each gets 1/(q + 1), and all values have one size, but
    the first token's, which is 0 in head 0 and three times as large in head 1."""
    torch.manual_seed(1)
    model = gpt2()
    attention = model.transformer.h[0].attn
    with torch.no_grad():
        model.transformer.h[0].ln_1.weight.zero_()
        axis = torch.zeros(32)
        axis[0] = 1
        attention.c_attn.weight.zero_()
        attention.c_attn.bias.zero_()
        attention.c_proj.weight.copy_(torch.eye(32))

    # values are set as they leave c_attn: (B, T, 96), the last 32 of them
    def values(_, __, made):
        made = torch.zeros_like(made)
        made[..., 64 : 64 + 32 : 8] = 1
        made[:, 0, 64] = 0
        made[:, 0, 72] = 3
        made[..., 80:88] = 0  # head 2 writes nothing at all
        return made

    attention.c_attn.register_forward_hook(values)
    found = shares(model)[:, 0]
    assert (found[:, 0] == 0).all()
    expected = np.mean([3 / (q + 3) for q in range(16, LENGTH)])
    np.testing.assert_allclose(found[:, 1], expected, rtol=1e-6)
    assert np.isnan(found[:, 2]).all()


def test_a_model_read_by_eager_attention_has_none():
    torch.manual_seed(1)
    config = hf.Gemma2Config(**_SHAPE, head_dim=8, attn_logit_softcapping=2.0)
    assert np.isnan(shares(hf.Gemma2ForCausalLM(config).eval())).all()
