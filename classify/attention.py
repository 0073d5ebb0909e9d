"""Reads a model's attention one layer at a time: what a way is, and the normal one.

``SampledRows``, the normal way: an attention function of ours is registered with
transformers. It computes the layer's output with SDPA and, on the side, the
complete softmax rows of the asked query positions.

What it cannot do is done by ``classify.eager``; ``classify.ways`` chooses.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask
from transformers.utils import logging

from classify.statistics import Rows
from headstrata.errors import UserError

#: Called once per layer (and block of rows) with the layer's index, the rows read,
#: the keys within reach (B or 1, R, T) bool and the weights (B, H, R, T) float32.
Consumer = Callable[[int, Rows, Tensor, Tensor], None]

ROWS = "headstrata_rows"
#: Rows computed at once: bounds the memory of ``--rows all``.
_BLOCK = 64
#: Kinds of masks that are remembered at once. Layers share one or two; only a model
#: that is spread over cards makes new ones for every layer.
MASK_KINDS = 8
#: ``logging.ERROR``: models outside the interface warn that nothing changes.
_ERRORS_ONLY = 40


class Way(Protocol):
    """A way to read attention, ready for a model of ``layers`` x ``heads``."""

    layers: int
    heads: int
    description: str

    def read(self, rows: Rows, consume: Consumer) -> None:
        """Run one batch through the model and hand every layer's rows to ``consume``."""

    def rows_at_once(self, asked: int, length: int) -> int:
        """Rows of attention in memory when ``asked`` are read of prompts of ``length``."""


class _LastLayerSeenError(Exception):
    """Ends the pass: nothing behind the last layer's attention is needed."""


@dataclass(frozen=True)
class Call:
    """What a layer hands to its attention function."""

    module: nn.Module
    query: Tensor
    """(B, H, T, D)"""
    key: Tensor
    """(B, G, T, D)"""
    value: Tensor
    mask: Tensor | None
    """None (causal), or (B or 1, 1, T, T): bool, or added to the logits"""
    options: dict[str, Any]

    @property
    def scaling(self) -> float:
        """GPT-2's inverse-layer-index scaling and the like arrive in the options."""
        scaling = self.options.get("scaling")
        return float(self.query.shape[-1] ** -0.5 if scaling is None else scaling)


_READING: ContextVar[Callable[[Call], None]] = ContextVar("_READING")


def _attend(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    **options: Any,
) -> tuple[Tensor, None]:
    """The layer's normal output; the rows are read on the side."""
    _READING.get()(Call(module, query, key, value, attention_mask, options))
    output: Tensor = sdpa_attention_forward(module, query, key, value, attention_mask, **options)[0]
    return output, None


# Both, or transformers would pass no mask at all (and sliding windows would be ignored).
AttentionInterface.register(ROWS, _attend)
AttentionMaskInterface.register(ROWS, sdpa_mask)


def softmax_rows(call: Call, rows: Rows, reach: Tensor) -> Tensor:
    """The complete attention of some query positions.

    Args:
        call: The layer's queries (B, H, T, D) and keys (B, G, T, D), any float dtype;
            H is a multiple of G: grouped queries share their keys.
        rows: Which positions; ``rows.queries`` is (B, R).
        reach: (B or 1, R, T) bool.

    Returns:
        (B, H, R, T) float32.
    """
    batch, heads, length, width = call.query.shape
    groups = call.key.shape[1]
    picked = rows.queries[:, None, :, None].expand(-1, heads, -1, width)
    few = call.query.gather(2, picked).float() * call.scaling  # (B, H, R, D)
    few = few.reshape(batch, groups, -1, width)  # (B, G, H/G * R, D)
    logits = few @ call.key.float().transpose(2, 3)  # (B, G, H/G * R, T)
    logits = logits.view(batch, heads, -1, length)  # (B, H, R, T)
    return logits.masked_fill_(~reach[:, None], -torch.inf).softmax(-1)


class SampledRows:
    """SDPA for the output, softmax rows on the side."""

    def __init__(self, model: Any, layers: int, heads: int) -> None:
        self.model, self.layers, self.heads = model, layers, heads
        self.description = "softmax rows beside SDPA"
        self._reach: dict[object, tuple[Tensor | None, Rows, Tensor]] = {}

    def rows_at_once(self, asked: int, length: int) -> int:
        """Rows of attention in memory when ``asked`` are read of prompts of ``length``."""
        return min(asked, length, _BLOCK)

    def read(self, rows: Rows, consume: Consumer) -> None:
        """Run one batch through the model and hand every layer's rows to ``consume``."""
        layer = 0
        self._reach.clear()

        def look(call: Call) -> None:
            nonlocal layer
            asked, reach = self._reachable(call.mask, rows, call.query.device)
            for start in range(0, reach.shape[1], _BLOCK):
                block = asked.block(start, start + _BLOCK) if reach.shape[1] > _BLOCK else asked
                within = reach[:, start : start + _BLOCK] if block is not asked else reach
                consume(layer, block, within, softmax_rows(call, block, within))
            layer += 1
            if layer == self.layers:
                raise _LastLayerSeenError

        with attention_implementation(self.model, ROWS), reading_with(look):
            try:
                run(self.model, rows.tokens)
            except _LastLayerSeenError:
                return
        raise RuntimeError(f"{layer} of {self.layers} layers were seen")

    def _reachable(
        self, mask: Tensor | None, rows: Rows, device: torch.device
    ) -> tuple[Rows, Tensor]:
        """The rows on this device and their reach; layers of one kind share a mask object."""
        kind = (id(mask), device)
        if kind not in self._reach:
            if len(self._reach) >= MASK_KINDS:
                self._reach.clear()
            asked = rows.to(device)
            self._reach[kind] = (mask, asked, reachable(mask, asked))
        return self._reach[kind][1:]


def reachable(mask: Tensor | None, rows: Rows) -> Tensor:
    """(B, R, T) bool: the keys that the mask (None, bool or additive) leaves to each row."""
    causal = rows.distance() >= 0
    if mask is None:
        return causal
    allowed = mask if mask.dtype == torch.bool else mask == 0  # (B or 1, 1, T, T)
    index = rows.queries[:, :, None].expand_as(causal)
    return causal & allowed[:, 0].expand(len(index), -1, -1).gather(1, index)


def not_a_number(layer: int) -> UserError:
    """What to say of a layer whose attention is NaN."""
    return UserError(
        f"the attention in layer {layer} is not a number: the weights are damaged, or the dtype "
        "is too narrow for this model; try --dtype float32"
    )


def run(model: Any, tokens: Tensor, **options: Any) -> None:
    """The base model's pass: no logits, no cache."""
    with torch.inference_mode():
        model.base_model(input_ids=tokens, use_cache=False, **options)


@contextmanager
def attention_implementation(model: Any, name: str) -> Iterator[None]:
    """Switch the model's attention, and switch back whatever happens."""
    before = model.config._attn_implementation
    level = logging.get_verbosity()
    logging.set_verbosity(_ERRORS_ONLY)
    try:
        _set_implementation(model, name)
        yield
    finally:
        _set_implementation(model, before)
        logging.set_verbosity(level)


def _set_implementation(model: Any, name: str) -> None:
    if model._can_set_attn_implementation():
        model.set_attn_implementation(name)
    else:  # transformers leaves it as it is; layers that look at the config (Falcon) then follow
        model.config._attn_implementation = name


@contextmanager
def reading_with(function: Callable[[Call], None]) -> Iterator[None]:
    """Let ``function`` see every layer that uses the attention ``ROWS``."""
    token = _READING.set(function)
    try:
        yield
    finally:
        _READING.reset(token)
