"""Reads a model's attention one layer at a time: the protocol, and the normal reader.

``SdpaRowsReader``, the normal reader: an attention function of ours is registered with
transformers (https://huggingface.co/docs/transformers/attention_interface). It computes
the layer's output with SDPA and, on the side, the complete softmax rows of the chosen
query positions.

``classify.eager`` has the reader for all other models; ``classify.reader_choice`` chooses.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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

from cache.grid import Grid
from classify.statistics import Rows
from classify.value_norms import value_norms
from headstrata.errors import UserError

#: Called once per layer with attention (and block of rows) with the layer's own number, the
#: rows read, the keys within reach (B or 1, R, T) bool, the weights (B, H, R, T) float32, and
#: the norms of what heads write of each token (B, H, T) float32; None: they are not known, or
#: the probe has no use for them.
RowsCallback = Callable[[int, Rows, Tensor, Tensor, Tensor | None], None]

ROWS = "headstrata_rows"
#: Rows computed at once: bounds the memory of ``--rows all``.
_BLOCK = 64
#: Masks whose reach is remembered at once. Layers share one or two; only a model that is
#: spread over several GPUs makes new ones for every layer.
MASK_KINDS = 8
#: ``logging.ERROR``: models without the attention interface warn that nothing changes.
_ERRORS_ONLY = 40


class AttentionReader(Protocol):
    """Reads the attention of one model."""

    grid: Grid
    """The heads there are; a layer without softmax attention has none."""
    description: str
    sinks: frozenset[int]
    """Layers with a learned sink: what their rows lack of 1 rests on it."""

    def read(self, rows: Rows, on_rows: RowsCallback) -> None:
        """Run one batch through the model; ``on_rows`` is called with every layer's rows."""

    def rows_at_once(self, requested: int, length: int) -> int:
        """How many rows of a prompt of ``length`` tokens are in memory at the same time.

        ``requested``: how many are read of it.
        """


class _LastLayerSeenError(Exception):
    """Ends the forward pass: nothing after the last layer's attention is needed."""


@dataclass(frozen=True)
class AttentionCall:
    """The arguments with which a layer calls its attention function."""

    module: nn.Module
    query: Tensor
    """(B, H, T, D)"""
    key: Tensor
    """(B, G, T, D)"""
    value: Tensor
    mask: Tensor | None
    """None (causal), or (B or 1, 1, T, T): bool, or floats that are added to the logits"""
    options: dict[str, Any]

    @property
    def scaling(self) -> float:
        """Factor of q.k; models with their own (GPT-2's inverse layer index) pass it as option."""
        scaling = self.options.get("scaling")
        return float(self.query.shape[-1] ** -0.5 if scaling is None else scaling)


_ON_CALL: ContextVar[Callable[[AttentionCall], None]] = ContextVar("_ON_CALL")


def _attend(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    **options: Any,
) -> tuple[Tensor, None]:
    """The attention function that is registered: SDPA, after the callback has seen the call."""
    _ON_CALL.get()(AttentionCall(module, query, key, value, attention_mask, options))
    output: Tensor = sdpa_attention_forward(module, query, key, value, attention_mask, **options)[0]
    return output, None


# Both: transformers makes no mask for a name that is missing in its mask interface, so
# sliding windows would be ignored.
# https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/masking_utils.py#L830
AttentionInterface.register(ROWS, _attend)
AttentionMaskInterface.register(ROWS, sdpa_mask)


def softmax_rows(call: AttentionCall, rows: Rows, reach: Tensor) -> Tensor:
    """The complete attention rows of some query positions.

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
    queries = call.query.gather(2, picked).float() * call.scaling  # (B, H, R, D)
    queries = queries.reshape(batch, groups, -1, width)  # (B, G, H/G * R, D)
    logits = queries @ call.key.float().transpose(2, 3)  # (B, G, H/G * R, T)
    logits = logits.view(batch, heads, -1, length)  # (B, H, R, T)
    return logits.masked_fill_(~reach[:, None], -torch.inf).softmax(-1)


class SdpaRowsReader:
    """The normal reader: SDPA for the layer's output, softmax rows on the side.

    Args:
        model: A causal language model.
        grid: The heads there are.
        order: The number of the layer that makes each call of one pass.

    Attributes:
        norm_maps: Of ``projections.norm_maps``; layers that are missing have no value norms.
    """

    def __init__(self, model: Any, grid: Grid, order: Sequence[int]) -> None:
        self.model, self.grid, self.order = model, grid, order
        self.norm_maps: Mapping[int, Tensor] = {}
        self.description = "softmax rows beside SDPA"
        self.sinks: frozenset[int] = frozenset()
        self._reach: dict[object, tuple[Tensor | None, Rows, Tensor]] = {}

    def rows_at_once(self, requested: int, length: int) -> int:
        """How many rows of a prompt of ``length`` tokens are in memory at the same time."""
        return min(requested, length, _BLOCK)

    def read(self, rows: Rows, on_rows: RowsCallback) -> None:
        """Run one batch through the model; ``on_rows`` is called with every layer's rows."""
        seen = 0
        self._reach.clear()

        def on_call(call: AttentionCall) -> None:
            nonlocal seen
            layer = self.order[seen]
            local, reach = self._reachable(call.mask, rows, call.query.device)
            maps = self.norm_maps.get(layer) if rows.probe == "natural" else None
            norms = None if maps is None else value_norms(call.value, maps)
            for start in range(0, reach.shape[1], _BLOCK):
                block = local.block(start, start + _BLOCK) if reach.shape[1] > _BLOCK else local
                within = reach[:, start : start + _BLOCK] if block is not local else reach
                on_rows(layer, block, within, softmax_rows(call, block, within), norms)
            seen += 1
            if seen == len(self.order):
                raise _LastLayerSeenError

        with attention_implementation(self.model, ROWS), observe_calls(on_call):
            try:
                run(self.model, rows.tokens)
            except _LastLayerSeenError:
                return
        raise RuntimeError(f"{seen} of {len(self.order)} layers with attention were seen")

    def _reachable(
        self, mask: Tensor | None, rows: Rows, device: torch.device
    ) -> tuple[Rows, Tensor]:
        """The rows on this device and their reach; layers of one kind share a mask object.

        The mask is kept with its reach, so that its id stays taken.
        """
        kind = (id(mask), device)
        if kind not in self._reach:
            if len(self._reach) >= MASK_KINDS:
                self._reach.clear()
            local = rows.to(device)
            self._reach[kind] = (mask, local, reachable(mask, local))
        return self._reach[kind][1:]


def reachable(mask: Tensor | None, rows: Rows) -> Tensor:
    """(B, R, T) bool: the keys that the mask (None, bool or additive) allows for each row."""
    causal = rows.distance() >= 0
    if mask is None:
        return causal
    allowed = mask if mask.dtype == torch.bool else mask == 0  # (B or 1, 1, T, T)
    index = rows.queries[:, :, None].expand_as(causal)
    return causal & allowed[:, 0].expand(len(index), -1, -1).gather(1, index)


def not_a_number(layer: int) -> UserError:
    """The error for a layer whose attention is NaN."""
    return UserError(
        f"the attention in layer {layer} is not a number: the weights are damaged, or the dtype "
        "is too narrow for this model; try --dtype float32"
    )


def run(model: Any, tokens: Tensor, **options: Any) -> None:
    """The base model's forward pass: no logits, no key-value cache."""
    with torch.inference_mode():
        model.base_model(input_ids=tokens, use_cache=False, **options)


@contextmanager
def attention_implementation(model: Any, name: str) -> Iterator[None]:
    """Switch the model's attention implementation, and switch back on leaving."""
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
    """Set it also on models for which transformers only warns.

    ``set_attn_implementation`` leaves models without the attention interface as they are:
    https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/modeling_utils.py#L1993.
    Some of them (Falcon) read the config in every layer, so setting that is enough:
    https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/models/falcon/modeling_falcon.py#L333.
    """
    if model._can_set_attn_implementation():
        model.set_attn_implementation(name)
    else:
        model.config._attn_implementation = name


@contextmanager
def observe_calls(on_call: Callable[[AttentionCall], None]) -> Iterator[None]:
    """Call ``on_call`` in every layer whose attention implementation is ``ROWS``."""
    token = _ON_CALL.set(on_call)
    try:
        yield
    finally:
        _ON_CALL.reset(token)
