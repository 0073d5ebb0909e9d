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
from classify.worker import run_job

LENGTH, PROMPTS, WINDOW, HEADS = 41, 3, 8, 4
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

#: name: (config, reader, keys that a query of each layer reaches)
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
}


def reference_table(model, prompts, windows):
    """{score: (L*H,)}: means over prompts of scores from ``output_attentions``."""
    attentions = {}
    for probe, made in prompts.items():
        with torch.no_grad():
            output = model(torch.from_numpy(made.tokens), output_attentions=True)
        attentions[probe] = [layer.numpy() for layer in output.attentions]
    heads = []
    for layer, window in enumerate(windows):
        for head in range(HEADS):
            scores = []
            for i in range(PROMPTS):
                made = prompts["natural"]
                scores.append(
                    repeated_scores(attentions["repeated"][layer][i, head], LENGTH)
                    | natural_scores(
                        attentions["natural"][layer][i, head],
                        made.tokens[i],
                        made.delimiter[i],
                        window,
                    )
                )
            heads.append({name: [s[name] for s in scores] for name in scores[0]})
    means = {name: np.array([np.mean(h[name]) for h in heads]) for name in heads[0]}
    errors = {f"{name}_se": np.array([standard_error(h[name]) for h in heads]) for name in heads[0]}
    return means | errors


@pytest.mark.parametrize("name", MODELS)
def test_every_architecture_is_read_exactly(name, tokenizer, save_checkpoint, tmp_path):
    config, reader, windows = MODELS[name]
    torch.manual_seed(1)
    model = hf.AutoModelForCausalLM.from_config(config(len(tokenizer))).eval()
    folder = save_checkpoint(model, name)
    store = Store(str(tmp_path / "cache"), create=True)

    run_job(
        Request.parse(model=str(folder), prompts=PROMPTS, length=LENGTH, rows="all", device="cpu"),
        store,
    )

    table = store.read(name)
    assert table.provenance.attention.startswith(reader)
    text, _ = probing.tokenize(tokenizer, None, LENGTH)
    vocabulary = probing.read_vocabulary(tokenizer, len(tokenizer))
    made = probing.Probes(vocabulary, text, LENGTH, "all", 0)
    exact = hf.AutoModelForCausalLM.from_pretrained(
        folder,
        dtype=torch.float64,
        attn_implementation="eager",
        experts_implementation="eager",  # the grouped kernel knows no float64
    ).eval()
    prompts = {probe: made.make(probe, 0, PROMPTS) for probe in ("repeated", "natural")}
    reference = reference_table(exact, prompts, windows)
    for score in table.heads.columns.intersection(list(reference)):
        difference = np.abs(table.heads[score].to_numpy() - reference[score]).max()
        assert difference < 1e-6, f"{score} differs by {difference:.2e}"
    assert len(table.heads.columns.intersection(list(reference))) == 27
