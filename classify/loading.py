"""Loads a causal language model from the hub, a folder or a GGUF file.

Never remote code, and pickled weights only if the user allows them. Every problem with a
model becomes a ``UserError`` of one line.
"""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import torch
from huggingface_hub.utils import logging as hub_logging
from tqdm import tqdm
from transformers import AutoConfig, AutoTokenizer, modeling_gguf_pytorch_utils
from transformers.utils import logging

from cache.provenance import AdapterRecord
from classify.adapter import apply_adapter, base_of, find_adapter, left_to_us
from classify.devices import pick_device, pick_dtype, placement
from classify.digests import Digests, of_settings
from classify.extra_layers import extra_layers
from classify.language_half import auto_class, language_half
from classify.load_errors import explained
from classify.ranks import ALONE, Ranks
from classify.request import Request
from classify.source import Source, find
from classify.weight_files import find_weights
from headstrata.errors import UserError

#: ``logging.ERROR``: Headstrata checks or reports itself what transformers warns about.
_ERRORS_ONLY = 40
#: Files that only a tokenizer has: an adapter's folder may hold its own.
_TOKENIZER = "tokenizer_config.json"


@dataclass(frozen=True)
class Loaded:
    """A model ready to be scored."""

    model: Any
    tokenizer: Any
    model_name: str
    architecture: str
    context: int | None
    """The longest prompt, in tokens; None: no limit."""
    revision: str | None
    files: list[Path]
    """The files of the weights; none for a hub model."""
    device: torch.device
    dtype: str
    settings: Digests = field(default_factory=dict)
    """SHA-256 of the files of its configuration and tokenizer; none for a hub model."""
    adapter: AdapterRecord | None = None
    """What was merged into the weights."""
    notes: tuple[str, ...] = ()
    """What the user should know about what was loaded."""
    unembeds: bool = True
    """Whether the checkpoint has the weights that make logits."""
    taken: str | None = None
    """Names the taking of a model in memory: another may have other weights, all else equal."""


def load(request: Request, ranks: Ranks = ALONE) -> Loaded:
    """Load the model and its tokenizer.

    Raises:
        UserError: There is no such model, it is broken, it is not a causal
            language model, or its device does not exist.
        RuntimeError, MemoryError: Memory ran out (``out_of_memory.is_out_of_memory``).
    """
    logging.set_verbosity(_ERRORS_ONLY)
    hub_logging.set_verbosity(_ERRORS_ONLY)
    device = pick_device(request.device, ranks.local)
    dtype = pick_dtype(request.dtype, device)
    name, found = request.model, find(request)
    adapter = find_adapter(found, allow_bin=request.allow_bin)
    source = base_of(found, adapter) if adapter else found
    with explained(name, source.folder):
        config = AutoConfig.from_pretrained(source.place, **source.options)
    # The readers set the attention themselves; what the config asks for may not be installed.
    config._attn_implementation = None
    fewer_bits = quantised(config)  # transformers forgets it where it takes them in full
    kind = auto_class(name, config)
    tokenizer = _tokenizer(name, found if found.has(_TOKENIZER) else source)
    weights = find_weights(source, allow_bin=request.allow_bin)
    with explained(name, source.folder), left_to_us():
        whole, report = _weights(
            kind,
            source.place,
            config=config,
            dtype=dtype,
            device_map=placement(request, ranks, device, dtype, lambda: kind.from_config(config)),
            output_loading_info=True,
            ignore_mismatched_sizes=True,  # reported below, in one sentence
            **source.options,
            **({} if source.gguf else {"use_safetensors": not weights.pickled}),
        )
    model, note = language_half(name, whole, config)
    _check(name, whole, model, report)
    if adapter:
        whole = apply_adapter(name, whole, adapter)
        model = language_half(name, whole, config)[0]
    return Loaded(
        model=model.eval(),
        tokenizer=tokenizer,
        model_name=request.model_name if source is found else source.own_name,
        architecture=type(whole).__name__,
        context=context_of(config),
        revision=request.snapshot.commit
        if request.snapshot
        else getattr(source.options.get("revision"), "resolved", None),
        files=weights.files,
        device=model.base_model.get_input_embeddings().weight.device,
        dtype=str(dtype).removeprefix("torch."),
        settings=of_settings(config, tokenizer) if weights.files and not source.gguf else {},
        adapter=adapter.record() if adapter else None,
        notes=tuple(told for told in (note, fewer_bits) if told),
        unembeds=_unembeds(whole, model, report),
    )


def _tokenizer(name: str, source: Source) -> Any:
    with explained(name, source.folder):
        tokenizer = AutoTokenizer.from_pretrained(source.place, **source.options)
    if len(tokenizer) <= len(tokenizer.all_special_ids):  # transformers made an empty one
        raise UserError(
            f"{name}: the model comes without its tokenizer; save it beside the weights with "
            "the tokenizer's save_pretrained"
        )
    return tokenizer


def _weights(kind: Any, place: str, **options: Any) -> tuple[Any, dict[str, Any]]:
    """The model and transformers' loading report; only the hub's download bars are shown.

    The bars of the weights can be switched off by a hook, but not that of GGUF files, which
    calls tqdm directly: https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/modeling_gguf_pytorch_utils.py#L789
    """
    before = logging.set_tqdm_hook(lambda make, a, k: make(*a, **{**k, "disable": True}))
    silent = partial(tqdm, disable=True)
    try:
        with patch.object(modeling_gguf_pytorch_utils, "tqdm", silent):
            loaded: Any = kind.from_pretrained(place, **options)
    finally:
        logging.set_tqdm_hook(before)
    return loaded[0], loaded[1]


def _check(name: str, whole: Any, model: Any, report: dict[str, Any]) -> None:
    """Refuse a checkpoint that does not hold all the weights that are scored.

    What comes after the last layer (``lm_head``) and what reads pictures may be missing:
    base, reward and embedding models have no head.

    Args:
        name: How the user named the model.
        whole: As it was loaded.
        model: The part of it that is scored.
        report: transformers' loading report.
    """
    for key, there, wanted in sorted(report["mismatched_keys"]):
        raise UserError(
            f"{name}: the checkpoint's {key} has the shape {tuple(there)}, but by config.json it "
            f"should have {tuple(wanted)}"
        )
    scored = {id(tensor) for tensor in model.base_model.state_dict(keep_vars=True).values()}
    tensors = whole.state_dict(keep_vars=True)
    missing = sorted(
        key for key in report["missing_keys"] if key not in tensors or id(tensors[key]) in scored
    )
    if missing:
        raise UserError(f"{name}: the checkpoint lacks weights: {', '.join(missing[:3])} …")
    for beyond in extra_layers(whole.state_dict(), report["unexpected_keys"]).values():
        raise UserError(
            f"{name}: by config.json the model has {beyond[0]} layers, but the checkpoint holds "
            f"{beyond[-1] + 1}; restore the config.json that belongs to the weights"
        )


def _unembeds(whole: Any, model: Any, report: dict[str, Any]) -> bool:
    """Whether the weights that make logits are the checkpoint's, not random ones."""
    tensors = whole.state_dict(keep_vars=True)
    missing = {id(tensors[key]) for key in report["missing_keys"] if key in tensors}
    head = model.get_output_embeddings()
    return head is not None and not any(id(tensor) in missing for tensor in head.parameters())


def quantised(config: Any) -> str | None:
    """What to say of weights that come in fewer bits; None: they do not."""
    settings: Any = getattr(config, "quantization_config", None)
    if settings is None:
        return None
    method = (settings if isinstance(settings, dict) else vars(settings)).get("quant_method")
    return f"its weights come quantised ({getattr(method, 'value', method)})"


def context_of(config: Any) -> int | None:
    """The longest prompt that the position embeddings allow; None: no limit."""
    text = config.get_text_config()
    for name in ("max_position_embeddings", "n_positions", "max_seq_len"):
        value = getattr(text, name, None)
        if isinstance(value, int) and value > 0:
            return value
    return None
