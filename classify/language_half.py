"""The half of a model that reads text: all of a causal language model, a part of others.

What a multimodal model does with a text that has no pictures and no sound is what its text
model does alone (``tests/classify/test_multimodal.py`` compares the two), so that is what is
scored; the rest is let go.
"""

from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoModelForMultimodalLM
from transformers.models.auto.modeling_auto import (
    MODEL_FOR_CAUSAL_LM_MAPPING,
    MODEL_FOR_MASKED_LM_MAPPING,
    MODEL_FOR_MULTIMODAL_LM_MAPPING,
)

from classify.out_of_memory import is_out_of_memory
from headstrata.errors import UserError

#: Multimodal models whose text is not read from left to right: prefixes that are read in both
#: directions, and text that is written in blocks. Asked without a prefix they look causal, as do
#: models that say ``prefix_lm`` in their config:
#: https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/models/hrm_text/modeling_hrm_text.py#L464
_BOTH_WAYS = {"paligemma", "pi0", "diffusion_gemma"}


def auto_class(name: str, config: Any) -> Any:
    """The Auto class that loads a model, before its weights are loaded.

    Args:
        name: How the user named the model.
        config: Its configuration.

    Raises:
        UserError: It is not a causal language model, and has none in it.
    """
    kind, text = type(config), config.get_text_config(decoder=True)
    if any(getattr(c, "is_encoder_decoder", False) for c in (config, text)):
        raise UserError(f"{name}: an encoder-decoder ({config.model_type}), not a causal model")
    if config.model_type in _BOTH_WAYS or getattr(text, "prefix_lm", False):
        raise UserError(
            f"{name}: {config.model_type} does not read text from left to right only; its heads "
            "cannot be scored as those of a causal model"
        )
    masked = kind in MODEL_FOR_MASKED_LM_MAPPING and not getattr(config, "is_decoder", False)
    if masked:
        raise UserError(
            f"{name}: {config.model_type} is not a causal language model; its heads have no "
            "previous tokens to look at"
        )
    if kind in MODEL_FOR_CAUSAL_LM_MAPPING:
        return AutoModelForCausalLM
    if kind in MODEL_FOR_MULTIMODAL_LM_MAPPING:
        return AutoModelForMultimodalLM
    raise UserError(
        f"{name}: transformers knows {config.model_type} neither as a causal language model nor "
        "as a multimodal one, and only the heads of these are scored"
    )


def language_half(name: str, model: Any, config: Any) -> tuple[Any, str | None]:
    """The part of the model that reads text, and a note if that is not all of it.

    Args:
        name: How the user named the model.
        model: As it was loaded.
        config: The configuration of the checkpoint, which may hold more than what was loaded.

    Raises:
        UserError: It cannot be run on text alone.
    """
    whole = type(config) in MODEL_FOR_CAUSAL_LM_MAPPING or type(model).__name__.endswith(
        "ForCausalLM"
    )
    if whole and config.get_text_config() is config:
        return model, None
    # A text model that was loaded for itself (Llama 4's) has its head; others stand in a whole.
    half = model if model.config.get_text_config() is model.config else model.get_decoder()
    tokens = torch.zeros((1, 2), dtype=torch.long, device=half.get_input_embeddings().weight.device)
    try:
        with torch.inference_mode():
            half.base_model(input_ids=tokens, use_cache=False)
    except Exception as error:  # whatever its forward pass says
        if is_out_of_memory(error):
            raise
        reason = " ".join(str(error).split())[:200]
        raise UserError(
            f"{name}: the language half of {type(model).__name__} does not run on text alone "
            f"({reason}), so it cannot be scored"
        ) from error
    return half, (
        f"only the language half of {type(config).__name__.removesuffix('Config')} is scored: "
        "text, no pictures or sound"
    )
