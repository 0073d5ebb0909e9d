"""A pass can begin at any layer, in models whose layers hand on one thing only."""

import pytest
import torch
import transformers as hf

from benchmarks.architectures import made
from classify.layer_stack import Begin, LayerStack
from classify.projections import UnmeasurableError, find_projections
from classify.reader_choice import choose_reader

TOKENS = (torch.arange(80) * 7 % 190 + 5).view(2, 40)
POSITIONS = torch.tensor([17, 3])


def stack_of(model):
    return LayerStack(model, find_projections(model, choose_reader(model, TOKENS[:1]), TOKENS[:1]))


@pytest.mark.parametrize("name", ["gpt2", "falcon", "gemma2", "mixtral", "opt", "openai-gpt"])
def test_a_pass_that_begins_at_a_layer_gives_the_logits_of_the_whole(name):
    model, _ = made(name)
    stack = stack_of(model)
    assert stack.begins_anywhere(TOKENS[:1])
    whole, received = stack.received(TOKENS, POSITIONS)
    with torch.no_grad():
        expected = model(input_ids=TOKENS, use_cache=False).logits
    assert torch.equal(whole, expected[:, POSITIONS])
    other = TOKENS.flip(0)  # of which the layers see nothing
    for place in range(1, len(stack.layers)):
        begun = stack.logits(other, POSITIONS, Begin(place, received[place]))
        assert torch.equal(begun, whole)
    with torch.no_grad():
        assert torch.equal(model(input_ids=TOKENS, use_cache=False).logits, expected)
    assert not any("forward" in vars(layer) for layer in stack)


def sharing_keys(vocabulary):
    """A Gemma 3n whose last two layers use the keys and values of the first two."""
    config = hf.Gemma3nTextConfig(
        vocab_size=vocabulary,
        vocab_size_per_layer_input=vocabulary,
        hidden_size=32,
        hidden_size_per_layer_input=8,
        intermediate_size=48,
        num_hidden_layers=4,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
        laurel_rank=4,
        num_kv_shared_layers=2,
        activation_sparsity_pattern=None,
        sliding_window=64,
        layer_types=["sliding_attention", "full_attention"] * 2,
        bos_token_id=0,
        eos_token_id=0,
    )
    torch.manual_seed(0)
    return hf.Gemma3nForCausalLM(config).eval()


def test_layers_that_take_keys_of_earlier_ones_are_noticed():
    stack = stack_of(sharing_keys(200))
    assert len(stack.places) == 4
    assert not stack.begins_anywhere(TOKENS[:1])


def test_a_model_without_logits_is_refused():
    model = made("gpt2")[0]
    projections = find_projections(model, choose_reader(model, TOKENS[:1]), TOKENS[:1])
    with pytest.raises(UnmeasurableError, match=r"^GPT2Model has no unembedding$"):
        LayerStack(model.transformer, projections)
