"""Heads stand under the model's own layer numbers, whatever the shape of the model."""

import numpy as np
import pytest
import torch
import transformers as hf

from cache.grid import Grid
from classify.eager import EagerReader
from classify.engine import Engine
from classify.layer_numbers import LayerNumbers
from classify.probes import Prompts
from classify.reader_choice import _checked_eager, choose_reader
from headstrata.errors import UserError

TOKENS = torch.arange(5, 69)[None]
SHAPE = {
    "vocab_size": 100,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 8,
    "max_position_embeddings": 64,
    "initializer_range": 0.2,
}


def made(config):
    torch.manual_seed(0)
    return hf.AutoModelForCausalLM.from_config(config).eval()


def jamba():
    """Attention in layers 1 and 4 of 6."""
    period = {"attn_layer_period": 3, "attn_layer_offset": 1}
    small = {"num_experts": 2, "mamba_d_state": 4}
    return made(hf.JambaConfig(**SHAPE, num_hidden_layers=6, **period, **small))


def nemotron_h():
    """Each layer is one of Mamba, experts, attention, MLP."""
    small = {"n_groups": 1, "mamba_num_heads": 4, "mamba_head_dim": 8, "ssm_state_size": 4}
    return made(hf.NemotronHConfig(**SHAPE, num_hidden_layers=4, **small))


def longcat():
    """Two attentions a layer, each with a number of its own."""
    return made(
        hf.LongcatFlashConfig(
            **(SHAPE | {"num_key_value_heads": 4}),
            num_layers=2,
            q_lora_rank=16,
            kv_lora_rank=16,
            qk_rope_head_dim=8,
            qk_nope_head_dim=8,
            v_head_dim=8,
            ffn_hidden_size=48,
            expert_ffn_hidden_size=16,
            n_routed_experts=4,
            moe_topk=2,
            zero_expert_num=1,
        )
    )


def hrm():
    """Two lists of layers that run in turn, again and again."""
    return made(hf.HrmTextConfig(**SHAPE, num_hidden_layers=2))


def diffllama():
    """Calls the attention function twice in each layer."""
    return made(hf.DiffLlamaConfig(**SHAPE, num_hidden_layers=2))


@pytest.mark.parametrize(
    ("model", "heads"),
    [
        (jamba, (0, 4, 0, 0, 4, 0)),
        (nemotron_h, (0, 0, 4, 0)),
        (longcat, 4),
        (hrm, 4),
        (diffllama, 4),
    ],
)
def test_both_ways_number_the_layers_alike(model, heads):
    model = model()
    grid = choose_reader(model, TOKENS).grid
    assert grid.heads_per_layer == heads
    assert _checked_eager(model, TOKENS, "").grid == grid


def some_prompts(count=3, length=40):
    rng = np.random.default_rng(0)
    tokens = rng.integers(0, 100, (count, length))
    queries = np.broadcast_to(np.arange(16, length), (count, length - 16))
    return Prompts("natural", tokens, np.ascontiguousarray(queries), tokens < 10)


@pytest.mark.parametrize("model", [jamba, hrm, nemotron_h])
def test_both_ways_score_alike_and_draw_alike(model):
    model, prompts = model(), some_prompts()
    fast = Engine(choose_reader(model, TOKENS), "cpu", lambda: None)
    eager = Engine(_checked_eager(model, TOKENS, ""), "cpu", lambda: None)
    scored = fast.score(prompts)
    assert scored.shape[:2] == (3, fast.reader.grid.size)
    np.testing.assert_allclose(scored, eager.score(prompts), atol=1e-5)
    drawn = fast.patterns(prompts)
    assert drawn.shape == (3, fast.reader.grid.size, 40, 40)
    assert np.abs(drawn - eager.patterns(prompts).astype(int)).max() <= 1


def test_patterns_stand_in_the_rows_of_the_grid():
    """Against the attention that the model itself gives, four and eight heads a layer."""
    shape = SHAPE | {"num_hidden_layers": 2, "sliding_window": 16}
    experts = {"num_experts": 2, "num_experts_per_tok": 1, "moe_intermediate_size": 16}
    model = made(
        hf.LagunaConfig(
            **shape,
            **experts,
            num_attention_heads_per_layer=[4, 8],
            layer_types=["full_attention", "sliding_attention"],
            mlp_layer_types=["dense", "dense"],
        )
    )
    reader = choose_reader(model, TOKENS)
    assert reader.grid == Grid(2, (4, 8))
    drawn = Engine(reader, "cpu", lambda: None).patterns(some_prompts())
    model.set_attn_implementation("eager")
    with torch.no_grad():
        tokens = torch.from_numpy(some_prompts().tokens)
        given = model(tokens, output_attentions=True).attentions
    expected = torch.cat(given, dim=1).numpy()[:, :, 16:] * 255
    assert np.abs(drawn[:, :, 16:] - expected).max() < 0.51


def minimax():
    """Every other layer is linear; it hands out its state, (heads, 32, 32), as attention."""
    shape = SHAPE | {"num_hidden_layers": 4, "head_dim": 32}
    small = {"num_local_experts": 2, "num_experts_per_tok": 1, "block_size": 16}
    return made(hf.MiniMaxConfig(**shape, **small))


@pytest.mark.parametrize("trial", [32, 64])
def test_a_state_of_the_shape_of_attention_is_no_attention(trial):
    reader = _checked_eager(minimax(), TOKENS[:, :trial], "")
    assert isinstance(reader, EagerReader)
    assert reader.grid == Grid(4, (4, 0, 4, 0))
    prompts = some_prompts(length=32)
    fast = choose_reader(reader.model, TOKENS)
    scored = Engine(reader, "cpu", lambda: None).score(prompts)
    np.testing.assert_allclose(scored, Engine(fast, "cpu", lambda: None).score(prompts), atol=1e-5)


def test_damage_is_told_under_the_true_number():
    model = jamba()
    with torch.no_grad():
        model.model.layers[4].self_attn.q_proj.weight.fill_(float("nan"))
    with pytest.raises(UserError, match="attention in layer 4 is not a number"):
        choose_reader(model, TOKENS)


def test_attention_that_the_config_tells_of_and_nobody_can_read():
    class Hidden(torch.nn.Module):
        def forward(self, hidden_states, **_):
            return hidden_states, None

    kinds = 3 * ["full_attention"]
    model = made(hf.Qwen3Config(**SHAPE, num_hidden_layers=3, layer_types=kinds))
    model.model.layers[1].self_attn = Hidden()
    said = "has softmax attention in 3 of its 3 layers, but that of layer 1 cannot be read"
    with pytest.raises(UserError, match=said):
        choose_reader(model, TOKENS)


def test_no_softmax_attention_at_all():
    shape = {"vocab_size": 100, "hidden_size": 16, "num_hidden_layers": 2, "state_size": 4}
    with pytest.raises(UserError, match="MambaForCausalLM has no attention from token to"):
        choose_reader(made(hf.MambaConfig(**shape)), TOKENS)


def test_a_module_that_stands_in_no_list_has_no_number():
    model = jamba()
    numbers = LayerNumbers(model)
    numbers.call(model.model.embed_tokens)
    assert numbers.numbers() is None
