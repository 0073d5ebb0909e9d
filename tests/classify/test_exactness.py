"""With --rows all in float32 every score is within 1e-6 of float64 output_attentions."""

import numpy as np
import pytest
import torch
import transformers as hf
from reference import natural_scores, repeated_scores, standard_error
from transformers.models.gptj import modeling_gptj

from cache.store import Store
from classify import probes as probing
from classify.request import Request
from classify.text import tokenize
from classify.worker import run_job

LENGTH, PROMPTS, WINDOW, HEADS = 41, 3, 8, 4
#: Of the repeated probe in prompts of that length. The window above is too short for any.
PERIOD = 20
FAST, EAGER = "softmax rows beside SDPA", "eager attention, one layer at a time"
_SHAPE = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": HEADS,
    "intermediate_size": 48,
    "max_position_embeddings": 64,
    "initializer_range": 0.2,
    "bos_token_id": 0,
    "eos_token_id": 0,
    "pad_token_id": 0,
}
_GQA = {**_SHAPE, "num_key_value_heads": 2, "head_dim": 8}
_GPT2 = {
    "n_embd": 32,
    "n_layer": 2,
    "n_head": HEADS,
    "n_positions": 64,
    "initializer_range": 0.2,
    "bos_token_id": 0,
    "eos_token_id": 0,
}
_SLIDING = ["sliding_attention", "full_attention"]
_EXPERTS = {
    "num_experts": 4,
    "num_experts_per_tok": 2,
    "moe_intermediate_size": 16,
    "shared_expert_intermediate_size": 16,
}
_DELTA_NET = {
    "linear_num_key_heads": 2,
    "linear_num_value_heads": 4,
    "linear_key_head_dim": 8,
    "linear_value_head_dim": 8,
}
_MAMBA = {
    "mamba_n_heads": 8,
    "mamba_d_head": 8,
    "mamba_d_state": 8,
    "mamba_n_groups": 1,
    "mamba_expand": 2,
    "mamba_chunk_size": 16,
}


def _deep(layers):
    return {**_GQA, "num_hidden_layers": layers}


#: name: (config, reader, keys that a query of each layer reaches; None: no softmax attention)
MODELS = {
    "gpt2": (lambda v: hf.GPT2Config(vocab_size=v, **_GPT2), FAST, [99, 99]),
    "gpt2-inverse-layer": (
        lambda v: hf.GPT2Config(vocab_size=v, scale_attn_by_inverse_layer_idx=True, **_GPT2),
        FAST,
        [99, 99],
    ),
    "llama": (lambda v: hf.LlamaConfig(vocab_size=v, **_GQA), FAST, [99, 99]),
    "gpt-neox": (lambda v: hf.GPTNeoXConfig(vocab_size=v, **_SHAPE), FAST, [99, 99]),
    "mistral": (
        lambda v: hf.MistralConfig(vocab_size=v, sliding_window=WINDOW, **_GQA),
        FAST,
        [WINDOW, WINDOW],
    ),
    "gemma3": (
        lambda v: hf.Gemma3TextConfig(
            vocab_size=v,
            sliding_window=WINDOW,
            layer_types=_SLIDING,
            query_pre_attn_scalar=8,
            **_GQA,
        ),
        FAST,
        [WINDOW, 99],
    ),
    "opt": (
        lambda v: hf.OPTConfig(
            vocab_size=v,
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=HEADS,
            ffn_dim=48,
            max_position_embeddings=64,
            word_embed_proj_dim=32,
            init_std=0.2,
        ),
        FAST,
        [99, 99],
    ),
    "gemma2": (
        lambda v: hf.Gemma2Config(
            vocab_size=v,
            sliding_window=WINDOW,
            layer_types=_SLIDING,
            attn_logit_softcapping=2.0,
            query_pre_attn_scalar=8,
            **_GQA,
        ),
        EAGER,
        [WINDOW, 99],
    ),
    "gpt-oss": (
        lambda v: hf.GptOssConfig(
            vocab_size=v,
            sliding_window=WINDOW,
            layer_types=_SLIDING,
            num_local_experts=2,
            num_experts_per_tok=1,
            rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
            **_GQA,
        ),
        EAGER,
        [WINDOW, 99],
    ),
    # Sinks in the layers with a window only.
    "mimo-v2-flash": (
        lambda v: hf.MiMoV2FlashConfig(
            vocab_size=v, sliding_window=WINDOW, layer_types=_SLIDING, **_GQA
        ),
        EAGER,
        [WINDOW, 99],
    ),
    "bloom": (
        lambda v: hf.BloomConfig(
            vocab_size=v, hidden_size=32, n_layer=2, n_head=HEADS, initializer_range=0.2
        ),
        EAGER,
        [99, 99],
    ),
    "gpt-neo": (
        lambda v: hf.GPTNeoConfig(
            vocab_size=v,
            hidden_size=32,
            num_layers=2,
            num_heads=HEADS,
            attention_types=[[["local", "global"], 1]],
            window_size=WINDOW,
            max_position_embeddings=64,
            initializer_range=0.2,
        ),
        EAGER,
        [WINDOW, 99],
    ),
    "gptj": (
        lambda v: hf.GPTJConfig(vocab_size=v, rotary_dim=4, **_GPT2),
        FAST if hasattr(modeling_gptj, "ALL_ATTENTION_FUNCTIONS") else EAGER,  # from 5.24 on
        [99, 99],
    ),
    "falcon": (
        lambda v: hf.FalconConfig(
            vocab_size=v,
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=HEADS,
            initializer_range=0.2,
        ),
        EAGER,
        [99, 99],
    ),
    "openai-gpt": (lambda v: hf.OpenAIGPTConfig(vocab_size=v, **_GPT2), EAGER, [99, 99]),
    "doge": (lambda v: hf.DogeConfig(vocab_size=v, **_GQA), EAGER, [99, 99]),
    "deepseek-v3": (
        lambda v: hf.DeepseekV3Config(
            vocab_size=v,
            **(_SHAPE | {"initializer_range": 0.1}),
            num_key_value_heads=HEADS,
            q_lora_rank=16,
            kv_lora_rank=16,
            qk_rope_head_dim=4,
            qk_nope_head_dim=6,
            v_head_dim=8,
            first_k_dense_replace=2,
        ),
        FAST,
        [99, 99],
    ),
    "gemma3n": (
        lambda v: hf.Gemma3nTextConfig(
            vocab_size=v,
            vocab_size_per_layer_input=v,
            hidden_size_per_layer_input=8,
            laurel_rank=4,
            num_kv_shared_layers=0,
            activation_sparsity_pattern=None,
            sliding_window=WINDOW,
            layer_types=_SLIDING,
            **_GQA,
        ),
        FAST,
        [WINDOW, 99],
    ),
    "mpt": (
        lambda v: hf.MptConfig(
            vocab_size=v,
            d_model=32,
            n_layers=2,
            n_heads=HEADS,
            max_seq_len=64,
            initializer_range=0.2,
        ),
        EAGER,
        [99, 99],
    ),
    # Released: every fourth layer.
    "qwen3-next": (
        lambda v: hf.Qwen3NextConfig(
            vocab_size=v, **(_deep(4) | {"initializer_range": 0.1}), **_EXPERTS, **_DELTA_NET
        ),
        FAST,
        [None, None, None, 99],
    ),
    "qwen3.5": (
        lambda v: hf.Qwen3_5TextConfig(
            vocab_size=v, **(_deep(4) | {"initializer_range": 0.1}), **_DELTA_NET
        ),
        FAST,
        [None, None, None, 99],
    ),
    "jamba": (
        lambda v: hf.JambaConfig(
            vocab_size=v,
            attn_layer_period=3,
            attn_layer_offset=1,
            num_experts=2,
            mamba_d_state=4,
            use_mamba_kernels=False,
            **_deep(6),
        ),
        FAST,
        [None, 99, None, None, 99, None],
    ),
    "lfm2": (
        lambda v: hf.Lfm2Config(
            vocab_size=v, layer_types=["conv", "full_attention", "conv"], **_deep(3)
        ),
        FAST,
        [None, 99, None],
    ),
    "granite-hybrid": (
        lambda v: hf.GraniteMoeHybridConfig(
            vocab_size=v,
            layer_types=["mamba", "mamba", "attention"],
            num_local_experts=0,
            shared_intermediate_size=48,
            **_deep(3),
            **_MAMBA,
        ),
        FAST,
        [None, None, 99],
    ),
    # One block of attention that stands in two layers.
    "zamba": (
        lambda v: hf.ZambaConfig(
            vocab_size=v,
            attn_layer_period=3,
            attn_layer_offset=1,
            mamba_d_state=8,
            n_mamba_heads=2,
            **_deep(5),
        ),
        FAST,
        [None, None, 99, None, 99],
    ),
    # Attention and Mamba side by side in every layer.
    "falcon-h1": (
        lambda v: hf.FalconH1Config(vocab_size=v, mamba_d_ssm=64, **_GQA, **_MAMBA),
        FAST,
        [99, 99],
    ),
    # Its linear attention hands out a state that has the shape of the trial prompt's attention.
    "minimax": (
        lambda v: hf.MiniMaxConfig(
            vocab_size=v,
            num_local_experts=2,
            num_experts_per_tok=1,
            block_size=16,
            **(_deep(4) | {"head_dim": 32}),
        ),
        FAST,
        [99, None, 99, None],
    ),
    # Four heads in one layer, eight in the other.
    "laguna": (
        lambda v: hf.LagunaConfig(
            vocab_size=v,
            sliding_window=WINDOW,
            layer_types=["full_attention", "sliding_attention"],
            num_attention_heads_per_layer=[HEADS, 2 * HEADS],
            mlp_layer_types=["dense", "dense"],
            **_GQA,
            **_EXPERTS,
        ),
        FAST,
        [99, WINDOW],
    ),
    # Two layers of four run twice.
    "dory": (
        lambda v: hf.DoryConfig(
            vocab_size=v,
            sliding_window=WINDOW,
            n_input_layers=1,
            n_recurrent_layers=2,
            n_output_layers=1,
            n_recurrent_loops=2,
            **_deep(4),
        ),
        FAST,
        [WINDOW, WINDOW, WINDOW, WINDOW, WINDOW, 99],
    ),
}


#: The layers with learned sinks, where there are any.
SINKS = {"gpt-oss": {0, 1}, "mimo-v2-flash": {0}}


def reference_table(model, prompts, windows, sinks=frozenset()):
    """{score: (G,)}: means over prompts of scores from ``output_attentions``."""
    attentions = {}
    for probe, made in prompts.items():
        with torch.no_grad():
            output = model(torch.from_numpy(made.tokens), output_attentions=True)
        given = [layer for layer in output.attentions if layer is not None]
        if len(given) == len(windows):  # MiniMax hands out the state of linear layers as attention
            given = [layer for layer, window in zip(given, windows, strict=True) if window]
        attentions[probe] = [layer.numpy() for layer in given]
    heads = []
    reached = [(number, window) for number, window in enumerate(windows) if window]
    assert len(attentions["natural"]) == len(reached)
    for layer, (number, reach) in enumerate(reached):
        window, chunk = reach if isinstance(reach, tuple) else (reach, None)
        for head in range(attentions["natural"][layer].shape[1]):
            scores = []
            for i in range(PROMPTS):
                made = prompts["natural"]
                scores.append(
                    repeated_scores(attentions["repeated"][layer][i, head], window, chunk)
                    | natural_scores(
                        attentions["natural"][layer][i, head],
                        made.tokens[i],
                        made.delimiter[i],
                        window,
                        chunk,
                        sink=number in sinks,
                    )
                )
            heads.append({name: [s[name] for s in scores] for name in scores[0]})
    known = {name: [[v for v in h[name] if not np.isnan(v)] for h in heads] for name in heads[0]}
    means, errors = {}, {}
    for name, values in known.items():  # one prompt has no error, so it is no measurement
        means[name] = np.array([np.mean(v) if len(v) > 1 else np.nan for v in values])
        errors[f"{name}_se"] = np.array(
            [standard_error(v) if len(v) > 1 else np.nan for v in values]
        )
    return means | errors


@pytest.mark.parametrize("name", MODELS)
def test_every_architecture_is_read_exactly(name, tokenizer, save_checkpoint, tmp_path):
    config, reader, windows = MODELS[name]
    torch.manual_seed(1)
    model = hf.AutoModelForCausalLM.from_config(config(len(tokenizer))).eval()
    folder = save_checkpoint(model, name)

    table = compared(folder, tokenizer, tmp_path, windows, sinks=SINKS.get(name, ()))

    assert table.provenance.attention.startswith(reader)
    told = any("hands out no values" in note for note in table.provenance.notes)
    assert told == (reader == EAGER)
    assert table.heads["first_token_value"].isna().all() or not told
    short = table.heads["layer"].map(dict(enumerate(windows))) < PERIOD
    assert (table.heads["induction"].isna() == short).all()


def compared(
    folder,
    tokenizer,
    tmp_path,
    windows,
    *,
    period=PERIOD,
    sinks=(),
    kind=hf.AutoModelForCausalLM,
):
    """The model's table, after every number in it was compared with the loops' in float64."""
    store = Store(str(tmp_path / "cache"), create=True)
    run_job(
        Request.parse(model=str(folder), prompts=PROMPTS, length=LENGTH, rows="all", device="cpu"),
        store,
    )

    table = store.read(folder.name)
    attending = [layer for layer, window in enumerate(windows) if window is not None]
    assert sorted(set(table.heads["layer"])) == attending
    assert table.provenance.layers == len(windows)
    text, _ = tokenize(tokenizer, None, LENGTH)
    vocabulary = probing.read_vocabulary(tokenizer, len(tokenizer))
    made = probing.Probes(vocabulary, text, LENGTH, "all", 0, reach=period)
    exact = kind.from_pretrained(
        folder,
        dtype=torch.float64,
        attn_implementation="eager",
        experts_implementation="eager",  # the grouped kernel knows no float64
    ).eval()
    prompts = {probe: made.make(probe, 0, PROMPTS) for probe in ("repeated", "natural")}
    reference = reference_table(exact, prompts, windows, sinks)
    for score in table.heads.columns.intersection(list(reference)):
        assert (table.heads[score].isna() == np.isnan(reference[score])).all(), score
        difference = np.nanmax([0, *np.abs(table.heads[score].to_numpy() - reference[score])])
        assert difference < 1e-6, f"{score} differs by {difference:.2e}"
    assert len(table.heads.columns.intersection(list(reference))) == 44
    return table


def test_the_stretch_fits_a_window_shorter_than_the_default(tokenizer, save_checkpoint, tmp_path):
    torch.manual_seed(1)
    config = hf.MistralConfig(vocab_size=len(tokenizer), sliding_window=12, **_GQA)
    folder = save_checkpoint(hf.MistralForCausalLM(config), "window-12")
    table = compared(folder, tokenizer, tmp_path, [12, 12], period=11)
    assert table.heads["induction"].notna().all()
    assert table.provenance.notes == [
        "the repeated stretch has 11 tokens, not 20: the shortest window of the model's layers "
        "reaches no further"
    ]


def test_a_chunk_is_read_exactly_and_the_stretch_fits_it(tokenizer, save_checkpoint, tmp_path):
    torch.manual_seed(1)
    config = hf.Llama4TextConfig(
        vocab_size=len(tokenizer),
        attention_chunk_size=20,
        no_rope_layer_interval=2,
        num_local_experts=2,
        num_experts_per_tok=1,
        intermediate_size_mlp=48,
        **_GQA,
    )
    folder = save_checkpoint(hf.Llama4ForCausalLM(config), "chunk-20")
    table = compared(folder, tokenizer, tmp_path, [(None, 20), 99], period=9)
    assert table.heads["induction"].notna().all()
    assert "the repeated stretch has 9 tokens, not 20" in table.provenance.notes[0]


def test_a_strong_learned_sink_is_a_destination_and_a_category(
    tokenizer, save_checkpoint, tmp_path
):
    torch.manual_seed(1)
    model = hf.AutoModelForCausalLM.from_config(MODELS["gpt-oss"][0](len(tokenizer)))
    for layer in model.model.layers:
        layer.self_attn.sinks.data.fill_(20.0)
    folder = save_checkpoint(model, "strong-sinks")
    table = compared(folder, tokenizer, tmp_path, [WINDOW, 99], sinks={0, 1})
    assert set(table.heads["category"]) == {"learned_sink"}
    assert table.heads["mass_sink"].min() > 0.99


@pytest.mark.parametrize(("strength", "dtype"), [(200.0, "float32"), (60.0, "float16")])
def test_a_sink_that_takes_all_that_the_dtype_tells_apart(
    strength, dtype, tokenizer, save_checkpoint, tmp_path
):
    """Every attention weight is 0 then, and nothing shows how far the queries reach."""
    torch.manual_seed(1)
    model = hf.AutoModelForCausalLM.from_config(MODELS["gpt-oss"][0](len(tokenizer)))
    for layer in model.model.layers:
        layer.self_attn.sinks.data.fill_(strength)
    folder = save_checkpoint(model, "all-in-sinks")
    store = Store(str(tmp_path), create=True)
    asked = {"prompts": 2, "length": LENGTH, "device": "cpu", "dtype": dtype, "evidence": False}
    run_job(Request.parse(model=str(folder), **asked), store)
    heads = store.read("all-in-sinks").heads
    assert set(heads["category"]) == {"learned_sink"}
    assert heads["mass_sink"].tolist() == [1.0] * 8
    assert heads["entropy"].tolist() == [0.0] * 8
