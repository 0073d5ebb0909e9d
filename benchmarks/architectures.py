"""Which architectures can be read, and by which reader: tiny random models of all of them.

    python -m benchmarks.architectures [NAME …]

Makes a model of a few thousand weights of every causal language model that the
installed transformers knows and calls ``classify.reader_choice.choose_reader`` on it, as
every run does before it scores. Models whose own code cannot make them so small are listed as
"not tried". Random weights do not show everything: a run checks the real checkpoint again.
"""

import signal
import sys
from types import FrameType
from typing import Any

import torch
import transformers
from transformers.models.auto.configuration_auto import CONFIG_MAPPING
from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES

from classify.eager import EagerReader
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
    **dict.fromkeys(("max_position_embeddings", "n_positions", "max_seq_len"), 256),
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
#: What some configurations refuse beside the other sizes, tried in this order.
_TOO_MUCH: tuple[tuple[str, ...], ...] = ((), ("head_dim",), ("head_dim", "num_key_value_heads"))
_LIMIT_S = 60
_LARGEST = 5_000_000
TOKENS = torch.arange(5, 69)[None]


class TooLongError(Exception):
    """Making the model, or looking at it, took too long."""


def has(config: Any, name: str) -> bool:
    """Whether there is one such size; some have one a layer and say so with an error."""
    try:
        return hasattr(config, name)
    except Exception:
        return False


def small(kind: type[Any], known: Any) -> Any:
    """A configuration of this kind in the sizes that it has.

    Raises:
        Exception: Whatever it says against all of them.
    """
    sizes = {name: size for name, size in SIZES.items() if has(known, name)}
    if "qk_rope_head_dim" in sizes:
        sizes |= LATENT
    for names in _TOO_MUCH:
        try:
            return kind(**{name: size for name, size in sizes.items() if name not in names})
        except Exception as error:
            refused = error
    raise refused


def made(name: str) -> Any:
    """A tiny model of this architecture.

    Raises:
        Exception: Its own code cannot make it, or not so small.
    """
    kind = CONFIG_MAPPING[name]
    text = getattr(kind, "sub_configs", {}).get("text_config")
    known = kind()
    if text is not None and getattr(known, "text_config", None) is not None:
        config = kind(text_config=small(type(known.text_config), known.text_config))
    else:
        config = small(kind, known)
    for part in (config, config.get_text_config()):
        if hasattr(part, "is_decoder"):
            part.is_decoder = True
    with torch.device("meta"):
        weights = transformers.AutoModelForCausalLM.from_config(config).num_parameters()
    if weights > _LARGEST:
        raise ValueError(f"{weights:,} weights at the least")
    torch.manual_seed(0)
    return transformers.AutoModelForCausalLM.from_config(config).eval()


def reader_of(name: str) -> tuple[str, str]:
    """Which reader this architecture gets, and its description or the reason against it."""
    try:
        model = made(name)
        with torch.inference_mode():
            model.base_model(input_ids=TOKENS, use_cache=False)
    except Exception as error:
        return "not tried", f"{type(error).__name__}: {error}"
    try:
        chosen = choose_reader(model, TOKENS)
    except UserError as error:
        return "refused", str(error)
    except Exception as error:
        return "FAULT", f"{type(error).__name__}: {error}"
    return ("eager" if isinstance(chosen, EagerReader) else "normal"), chosen.description


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
        found, why = reader_of(name)
        signal.alarm(0)
        counts[found] = counts.get(found, 0) + 1
        print(f"{name:<26} {found:<10} {' '.join(why.split())[:110]}".rstrip(), flush=True)
    print(", ".join(f"{found}: {count}" for found, count in sorted(counts.items())))


if __name__ == "__main__":
    main()
