"""Each layer's output projection is found in models that call it what they like.

The check is another than the finder's: one head of one layer at a time, by its effect on the
logits, with the softmax changed where PyTorch's functions are called.
"""

import pytest
import torch
import transformers as hf
from torch.overrides import TorchFunctionMode

from benchmarks.architectures import made
from classify.attention import attention_implementation
from classify.projections import (
    UnknownProjectionError,
    find_projections,
    inputs_changed,
    weight_of,
)
from classify.reader_choice import choose_reader

HEADS = 4
TOKENS = (torch.arange(40) * 7 % 190 + 5)[None]
SHORT = TOKENS[:, :12]
#: What the modeling files of transformers call it, and D: numbers of each head.
PROJECTIONS = {
    "gpt2": ("transformer.h.{}.attn.c_proj", 16),
    "llama": ("model.layers.{}.self_attn.o_proj", 16),
    "gpt_neox": ("gpt_neox.layers.{}.attention.dense", 16),
    "opt": ("model.decoder.layers.{}.self_attn.out_proj", 16),
    "gptj": ("transformer.h.{}.attn.out_proj", 16),
    "falcon": ("transformer.h.{}.self_attention.dense", 16),
    "phi": ("model.layers.{}.self_attn.dense", 16),
    "deepseek_v3": ("model.layers.{}.self_attn.o_proj", 12),  # latent: values of 12, keys of 16
    "gpt_oss": ("model.layers.{}.self_attn.o_proj", 16),
    "gemma2": ("model.layers.{}.self_attn.o_proj", 16),
    "gemma3_text": ("model.layers.{}.self_attn.o_proj", 16),
    "mixtral": ("model.layers.{}.self_attn.o_proj", 16),  # a router has a softmax, too
    "bloom": ("transformer.h.{}.self_attention.dense", 16),
    "openai-gpt": ("transformer.h.{}.attn.c_proj", 16),
}
_SOFTMAX = {torch.softmax, torch.Tensor.softmax, torch.nn.functional.softmax}


class WithoutHead(TorchFunctionMode):
    """The attention weights of one head of the n-th softmax over (heads, T, T) are zero."""

    def __init__(self, layer, head):
        super().__init__()
        self.layer, self.head, self.seen = layer, head, 0

    def __torch_function__(self, func, types, args=(), kwargs=None):
        weights = func(*args, **(kwargs or {}))
        if func in _SOFTMAX and weights.ndim == 4 and weights.shape[1:3] == (HEADS, 12):
            if self.seen == self.layer:
                weights = weights.clone()
                weights[:, self.head] = 0
            self.seen += 1
        return weights


def find(model):
    return find_projections(model, choose_reader(model, TOKENS), TOKENS)


def logits(model):
    with torch.no_grad(), attention_implementation(model, "eager"):
        return model(input_ids=SHORT, use_cache=False).logits


def zeroed(place):
    def off(_, values):
        values = values.clone()
        values[..., place] = 0
        return values

    return off


@pytest.mark.parametrize("name", PROJECTIONS)
def test_to_zero_a_slice_of_its_input_is_to_switch_the_head_off(name):
    model, _ = made(name)
    found = find(model)
    called, width = PROJECTIONS[name]
    layers = range(len(found))
    assert [(p.layer, p.name, p.heads, p.width) for p in found] == [
        (layer, called.format(layer), HEADS, width) for layer in layers
    ]
    for layer, projection in enumerate(found):
        without = []
        for head in range(HEADS):
            with WithoutHead(layer, head) as watched:
                expected = logits(model)
            assert watched.seen == len(found)
            with inputs_changed([projection], zeroed(projection.slice(head))):
                torch.testing.assert_close(logits(model), expected, rtol=0, atol=1e-6)
            without.append(expected)
        differ = [(without[0] - other).abs().max() for other in (*without[1:], logits(model))]
        assert min(differ) > 1e-4  # so that a wrong head, or none, would not pass


@pytest.mark.parametrize("name", ["gpt2", "llama", "falcon", "deepseek_v3"])
def test_its_weights_map_the_heads_to_what_it_returns(name):
    model, _ = made(name)
    for projection in find(model):
        weight = weight_of(projection)
        assert weight.shape == (HEADS * projection.width, 64)
        values = torch.randn(3, HEADS * projection.width)
        with torch.no_grad():
            nothing = projection.module(torch.zeros_like(values))
            torch.testing.assert_close(values @ weight + nothing, projection.module(values))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bitnet", r"layer 0 \S+attn_sub_norm follows the heads.* it mixes them"),
        ("jetmoe", r"layer 0 \S+output_linear follows the heads"),
        ("diffllama", "1 output projections were found for 2 layers"),
    ],
)
def test_what_is_none_is_refused(name, said):
    """BitNet: a norm stands between; JetMoE: experts; DiffLlama: heads are subtracted."""
    with pytest.raises(UnknownProjectionError, match=said):
        find(made(name)[0])


def test_heads_that_are_mixed_before_it_are_refused(monkeypatch):
    """The right shape in the right place, and yet no head's slice is its own."""
    source = hf.models.llama.modeling_llama
    theirs = source.eager_attention_forward

    def turned(*arguments, **options):
        output, weights = theirs(*arguments, **options)  # (B, T, heads, D)
        return output.roll(1, dims=2), weights

    monkeypatch.setattr(source, "eager_attention_forward", turned)
    with pytest.raises(UnknownProjectionError, match=r"layer 0 .* side by side to \S+o_proj$"):
        find(made("llama")[0])


def test_the_model_is_left_as_it_was():
    model, _ = made("llama")
    before = logits(model)
    find(model)
    assert not any(module._forward_pre_hooks for module in model.modules())
    assert torch.equal(logits(model), before)
