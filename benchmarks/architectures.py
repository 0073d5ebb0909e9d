"""Which architectures can be read, and by which reader: tiny random models of all of them.

    python -m benchmarks.architectures [NAME …]

Makes a tiny model of every causal language model that the installed transformers knows and
calls ``classify.reader_choice.choose_reader`` on it, as every run does before it scores. It
has the kinds of layers that a released checkpoint has: as many of its first layers as there
must be until each kind is among them. "12 of 48" then counts the layers with softmax
attention of the whole released model. What is refused by its configuration alone, encoders and
encoder-decoders, is listed with the sentence that the command gives. Models whose own code
cannot make them so small are listed as "not tried". Random weights do not show everything: a
run checks the real checkpoint again.
"""

import signal
import sys
from types import FrameType
from typing import Any

import torch
import transformers
from transformers.models.auto.configuration_auto import CONFIG_MAPPING
from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES

from cache.grid import Grid
from classify.eager import EagerReader
from classify.language_half import auto_class
from classify.reader_choice import choose_reader
from headstrata.errors import UserError

#: Sizes by the names under which configurations have them.
SIZES: dict[str, Any] = {
    **dict.fromkeys(("hidden_size", "n_embd", "d_model", "embedding_size", "lru_width"), 64),
    **dict.fromkeys(("num_hidden_layers", "n_layer", "n_layers", "num_layers"), 2),
    **dict.fromkeys(("decoder_layers", "encoder_layers"), 2),
    **dict.fromkeys(("num_attention_heads", "n_head", "n_heads", "num_heads"), 4),
    **dict.fromkeys(("decoder_attention_heads", "encoder_attention_heads"), 4),
    **dict.fromkeys(("num_key_value_heads", "n_kv_head", "num_experts_per_tok"), 2),
    **dict.fromkeys(("intermediate_size", "ffn_dim", "d_ff", "inner_dim", "ff_dim"), 96),
    **dict.fromkeys(("decoder_ffn_dim", "encoder_ffn_dim"), 96),
    **dict.fromkeys(("moe_intermediate_size", "shared_expert_intermediate_size"), 32),
    **dict.fromkeys(("num_local_experts", "num_experts", "n_routed_experts"), 4),
    **dict.fromkeys(("n_group", "topk_group", "n_shared_experts", "first_k_dense_replace"), 1),
    **dict.fromkeys(("num_decoder_layers", "num_encoder_layers"), 2),
    **dict.fromkeys(("num_decoder_attention_heads", "num_encoder_attention_heads"), 4),
    **dict.fromkeys(("max_position_embeddings", "n_positions", "max_seq_len"), 512),
    **dict.fromkeys(("head_dim", "q_lora_rank", "kv_lora_rank", "sliding_window"), 16),
    **dict.fromkeys(("vocab_size", "vocab_size_per_layer_input"), 200),
    **dict.fromkeys(("qk_rope_head_dim", "qk_nope_head_dim", "rotary_dim", "mamba_d_state"), 8),
    "hidden_size_per_layer_input": 16,
    "v_head_dim": 12,
    "attention_types": [[["global", "local"], 1]],
    "pad_token_id": 0,
    "eos_token_id": 2,
}
#: Latent attention: all heads have keys of their own, and only a part of each turns.
LATENT = {"head_dim": 8, "num_key_value_heads": 4}
_CONV, _FULL, _LINEAR, _SLIDING = (
    "conv",
    "full_attention",
    "linear_attention",
    "sliding_attention",
)
#: The kinds of the layers of released checkpoints, where the class's defaults are others.
RELEASED = {
    # LiquidAI/LFM2-1.2B, LiquidAI/LFM2-8B-A1B
    "lfm2": [_FULL if i in {2, 5, 8, 10, 12, 14} else _CONV for i in range(16)],
    "lfm2_moe": [_FULL if i in {2, 6, 10, 14, 18, 21} else _CONV for i in range(24)],
    # ibm-granite/granite-4.0-h-tiny
    "granitemoehybrid": [_FULL if i % 10 == 5 else _LINEAR for i in range(40)],
    # ibm-ai-platform/Bamba-9B-v2
    "bamba": [_FULL if i in {9, 18, 27} else _LINEAR for i in range(32)],
    # MiniMaxAI/MiniMax-Text-01
    "minimax": [_FULL if i % 8 == 7 else _LINEAR for i in range(80)],
    # poolside/Laguna-XS.2
    "laguna": [_FULL if i % 4 == 0 else _SLIDING for i in range(40)],
}
#: What some need beside the sizes.
BESIDE: dict[str, dict[str, Any]] = {
    "bamba": {"attn_layer_indices": [9]},
    "gemma3n_text": {"num_kv_shared_layers": 0, "activation_sparsity_pattern": None},
    "laguna": {"num_attention_heads_per_layer": [4, 8]},  # as released: more in sliding layers
    "lfm2_moe": {"num_dense_layers": 1},
    "mamba2": {"num_heads": 8},
    "mllama": {"cross_attention_layers": [1]},  # attends to pictures only
}
#: How many layers, where each kind once is not enough: its shared block has two places.
LAYERS = {"zamba": 8}
#: What some configurations refuse of the sizes, tried in this order.
_TOO_MUCH: tuple[tuple[str, ...], ...] = (
    (),
    ("head_dim",),
    ("head_dim", "num_key_value_heads"),
    ("max_position_embeddings",),
    ("num_hidden_layers", "num_layers"),
)
_LIMIT_S = 60
_LARGEST = 100_000_000
#: As many as a prompt has by default.
TOKENS = (torch.arange(257) % 190 + 5)[None]


class TooLongError(Exception):
    """Making the model, or looking at it, took too long."""


def has(config: Any, name: str) -> bool:
    """Whether there is one such size; some have one a layer and say so with an error."""
    try:
        return hasattr(config, name)
    except Exception:
        return False


def kinds_of(config: Any) -> list[str]:
    """The kinds of a config's layers; empty: it names none."""
    return list((has(config, "layer_types") and config.layer_types) or [])


def small(
    kind: type[Any], known: Any, kinds: list[str], layers: int | None, beside: dict[str, Any]
) -> Any:
    """A configuration of this kind in the sizes that it has.

    Args:
        kind: Its class.
        known: The class's defaults.
        kinds: Of the released model's layers; the first of them are taken until each is there.
        layers: How many of them, if that is not enough.
        beside: Further settings.

    Raises:
        Exception: Whatever it says against all of them.
    """
    sizes = {name: size for name, size in SIZES.items() if has(known, name)}
    first = kinds[: layers or max(map(kinds.index, kinds)) + 1] if kinds else []
    if "qk_rope_head_dim" in sizes:
        sizes |= LATENT
    if first:
        sizes["num_hidden_layers"] = len(first)
    refused: Exception = ValueError(f"layers are not {first}")
    for names in _TOO_MUCH:
        for more in (beside, {**beside, "layer_types": first}):
            left = {name: size for name, size in sizes.items() if name not in names}
            try:
                config = kind(**{**left, **more})
            except Exception as error:
                refused = error
            else:
                if kinds_of(config) == first:
                    return config
    raise refused


def made(name: str) -> tuple[Any, list[str]]:
    """A tiny model of this architecture, and the kinds of the released model's layers.

    Raises:
        Exception: Its own code cannot make it, or not so small.
    """
    kind = CONFIG_MAPPING[name]
    known = kind()
    text = getattr(known, "text_config", None) if "text_config" in kind.sub_configs else None
    inner = known if text is None else text
    kinds = RELEASED.get(name, kinds_of(inner))
    config = small(type(inner), inner, kinds, LAYERS.get(name), BESIDE.get(name, {}))
    if text is not None:
        config = kind(text_config=config)
    for part in (config, config.get_text_config()):
        if hasattr(part, "is_decoder"):
            part.is_decoder = True
    with torch.device("meta"):
        weights = transformers.AutoModelForCausalLM.from_config(config).num_parameters()
    if weights > _LARGEST:
        raise ValueError(f"{weights:,} weights at the least")
    torch.manual_seed(0)
    return transformers.AutoModelForCausalLM.from_config(config).eval(), kinds


def scored(grid: Grid, kinds: list[str]) -> str:
    """Which layers of the released model have attention, and the tiny one's heads."""
    heads = sorted({grid.heads_in(layer, layer + 1) for layer in grid.attending})
    told = f"{'/'.join(map(str, heads))} heads"
    if not kinds:
        every = len(grid.attending) == grid.layers
        return f"every layer, {told}" if every else f"some layers, {told}"
    attending = {kinds[layer] for layer in grid.attending if layer < len(kinds)}
    return f"{sum(one in attending for one in kinds)} of {len(kinds)} layers, {told}"


def reader_of(name: str) -> tuple[str, str, str]:
    """Which reader this architecture gets, what is scored, and why this reader or none."""
    try:
        auto_class(name, CONFIG_MAPPING[name]())
    except UserError as error:  # an encoder, say; with ``is_decoder`` in its config it is scored
        return "refused", "", str(error).removeprefix(f"{name}: ")
    except Exception:  # some have no defaults
        pass
    try:
        model, kinds = made(name)
        with torch.inference_mode():
            model.base_model(input_ids=TOKENS, use_cache=False)
    except Exception as error:
        return "not tried", "", f"{type(error).__name__}: {error}"
    try:
        chosen = choose_reader(model, TOKENS)
    except UserError as error:
        return "refused", "", str(error)
    except Exception as error:
        return "FAULT", "", f"{type(error).__name__}: {error}"
    reader = "eager" if isinstance(chosen, EagerReader) else "normal"
    return reader, scored(chosen.grid, kinds), chosen.description


def _too_long(_: int, __: FrameType | None) -> None:
    raise TooLongError(f"over {_LIMIT_S} s")


def main() -> None:
    """One line an architecture, then how many there are of each."""
    torch.set_num_threads(1)
    transformers.utils.logging.set_verbosity(50)
    signal.signal(signal.SIGALRM, _too_long)
    counts: dict[str, int] = {}
    print(f"transformers {transformers.__version__}, torch {torch.__version__}")
    for name in sys.argv[1:] or sorted(MODEL_FOR_CAUSAL_LM_MAPPING_NAMES):
        signal.alarm(_LIMIT_S)
        found, layers, why = reader_of(name)
        signal.alarm(0)
        counts[found] = counts.get(found, 0) + 1
        print(
            f"{name:<26} {found:<10} {layers:<29} {' '.join(why.split())[:110]}".rstrip(),
            flush=True,
        )
    print(", ".join(f"{found}: {count}" for found, count in sorted(counts.items())))


if __name__ == "__main__":
    main()
