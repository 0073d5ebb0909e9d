"""Two ways to read a model's attention, one layer at a time.

``SampledRows``, the normal way: an attention function of ours is registered with
transformers. It computes the layer's output with SDPA and, on the side, the
complete softmax rows of the asked query positions.

``EagerWeights``, the slower exact way, for layers whose attention is more than
softmax(scale * q.k) (sink parameters, soft caps, position biases) or that do not
go through transformers' attention interface: the layer's own eager weights are
taken from its output by a hook. ``choose`` tries the first and checks it against
the model's own eager attention before it is trusted.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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

_NAME = "headstrata_rows"
#: Rows computed at once: bounds the memory of ``--rows all``.
_BLOCK = 64
#: Tokens of the prompt on which the shortcut is checked, and by how much it may differ.
_TRIAL_LENGTH = 32
_TOLERANCE = 1e-4


class Way(Protocol):
    """A way to read attention, ready for a model of ``layers`` x ``heads``."""

    layers: int
    heads: int
    description: str

    def read(self, rows: Rows, consume: Consumer) -> None:
        """Run one batch through the model and hand every layer's rows to ``consume``."""

    def rows_at_once(self, asked: int, length: int) -> int:
        """Rows of attention in memory when ``asked`` are read of prompts of ``length``."""


class _NotPlainSoftmaxError(Exception):
    """The layer's attention is not softmax(scale * q.k) over the mask."""


class _LastLayerSeenError(Exception):
    """Ends the pass: nothing behind the last layer's attention is needed."""


_READING: ContextVar[Callable[..., None]] = ContextVar("_READING")


def _attend(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    mask: Tensor | None,
    **options: Any,
) -> tuple[Tensor, None]:
    """The layer's normal output; the rows are read on the side."""
    _READING.get()(module, query, key, value, mask, options)
    output: Tensor = sdpa_attention_forward(module, query, key, value, mask, **options)[0]
    return output, None


# Both, or transformers would pass no mask at all (and sliding windows would be ignored).
AttentionInterface.register(_NAME, _attend)
AttentionMaskInterface.register(_NAME, sdpa_mask)


def softmax_rows(query: Tensor, key: Tensor, rows: Rows, reach: Tensor, scaling: float) -> Tensor:
    """The complete attention of some query positions.

    Args:
        query: (B, H, T, D), any float dtype.
        key: (B, G, T, D) with H a multiple of G: grouped queries share their keys.
        rows: Which positions; ``rows.queries`` is (B, R).
        reach: (B or 1, R, T) bool.
        scaling: Factor of the dot products.

    Returns:
        (B, H, R, T) float32.
    """
    batch, heads, length, width = query.shape
    groups = key.shape[1]
    picked = rows.queries[:, None, :, None].expand(-1, heads, -1, width)
    few = query.gather(2, picked).float() * scaling  # (B, H, R, D)
    few = few.reshape(batch, groups, -1, width)  # (B, G, H/G * R, D)
    logits = few @ key.float().transpose(2, 3)  # (B, G, H/G * R, T)
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

        def reading(
            _: nn.Module, query: Tensor, key: Tensor, __: Tensor, mask: Tensor | None, options: Any
        ) -> None:
            nonlocal layer
            asked, reach = self._reachable(mask, rows, query.device)
            scaling = _scaling(query, options)
            for start in range(0, reach.shape[1], _BLOCK):
                block = asked.block(start, start + _BLOCK) if reach.shape[1] > _BLOCK else asked
                within = reach[:, start : start + _BLOCK] if block is not asked else reach
                consume(layer, block, within, softmax_rows(query, key, block, within, scaling))
            layer += 1
            if layer == self.layers:
                raise _LastLayerSeenError

        with attention_implementation(self.model, _NAME), _reading(reading):
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


class EagerWeights:
    """Every layer's own eager attention, never held for more than one layer."""

    def __init__(self, model: Any, layers: int, heads: int, windows: list[int], why: str) -> None:
        self.model, self.layers, self.heads, self.windows = model, layers, heads, windows
        self.description = f"eager attention, one layer at a time ({why})"

    def rows_at_once(self, asked: int, length: int) -> int:
        """Rows of attention in memory when ``asked`` are read of prompts of ``length``."""
        return asked + length

    def read(self, rows: Rows, consume: Consumer) -> None:
        """Run one batch through the model and hand every layer's rows to ``consume``."""
        layer = 0
        known: dict[object, tuple[Rows, Tensor]] = {}

        def take(weights: Tensor) -> None:
            nonlocal layer
            kind = (self.windows[layer], weights.device)
            if kind not in known:
                asked = rows.to(weights.device)
                distance = asked.distance()
                known[kind] = (asked, (distance >= 0) & (distance <= self.windows[layer]))
            asked, reach = known[kind]
            index = asked.queries[:, None, :, None].expand(-1, weights.shape[1], -1, reach.shape[2])
            consume(layer, asked, reach, weights.gather(2, index).float())
            layer += 1

        taken_weights(self.model, rows.tokens, take)


def taken_weights(model: Any, tokens: Tensor, take: Callable[[Tensor], None]) -> None:
    """Run the model in eager mode; each layer's weights (B, H, T, T) go to ``take`` alone."""
    length = tokens.shape[1]

    def hook(_: nn.Module, __: object, output: object) -> object:
        if not isinstance(output, tuple):
            return output
        for index, part in enumerate(output):
            if isinstance(part, Tensor) and part.ndim == 4 and part.shape[2:] == (length, length):
                take(part)  # the innermost module comes first; those around it see None
                return (*output[:index], None, *output[index + 1 :])
        return output

    handles = [module.register_forward_hook(hook) for module in model.base_model.modules()]
    try:
        with attention_implementation(model, "eager"):
            run(model, tokens)
    finally:
        for handle in handles:
            handle.remove()


def choose(model: Any, tokens: Tensor) -> Way:
    """The fastest way that is right for this model.

    Args:
        model: A causal language model.
        tokens: (1, T) a prompt of the length that will be scored.

    Raises:
        UserError: The model's attention cannot be read, or it is not causal.
    """
    try:
        return _checked_rows(model, tokens[:, :_TRIAL_LENGTH])
    except _NotPlainSoftmaxError as error:
        return _checked_eager(model, tokens, str(error))


def _checked_rows(model: Any, tokens: Tensor) -> SampledRows:
    """The shortcut, after comparing each layer with the model's own eager function."""
    if not model._can_set_attn_implementation():
        raise _NotPlainSoftmaxError("the model does not use the attention interface")
    rows = Rows(
        "natural",
        tokens,
        torch.arange(tokens.shape[1], device=tokens.device)[None],
        torch.zeros_like(tokens, dtype=torch.bool),
    )
    heads: list[int] = []

    def compare(
        module: nn.Module,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        mask: Tensor | None,
        options: Any,
    ) -> None:
        asked = rows.to(query.device)
        reach = reachable(mask, asked)
        ours = softmax_rows(query, key, asked, reach, _scaling(query, options))
        theirs = _own_eager(module, query.float(), key.float(), value.float(), reach, options)
        if theirs is None or theirs.shape != ours.shape:
            raise _NotPlainSoftmaxError("the model's own attention function was not found")
        if (ours - theirs).abs().max() > _TOLERANCE:
            raise _NotPlainSoftmaxError("the model's attention is more than a plain softmax")
        heads.append(query.shape[1])

    with attention_implementation(model, _NAME), _reading(compare):
        run(model, tokens)
    if len(heads) != _layers(model):
        raise _NotPlainSoftmaxError("not every layer uses the attention interface")
    return SampledRows(model, len(heads), _same(heads))


def _own_eager(
    module: nn.Module, query: Tensor, key: Tensor, value: Tensor, reach: Tensor, options: Any
) -> Tensor | None:
    """What the model's own eager function makes of the same queries and keys."""
    source = vars(sys.modules[type(module).__module__])
    eager = source.get("eager_attention_forward")
    if eager is None:
        return None
    mask = torch.zeros(reach.shape, device=query.device).masked_fill(~reach, -torch.inf)
    try:
        weights: Tensor | None = eager(module, query, key, value, mask[:, None], **options)[1]
    except (TypeError, RuntimeError):
        return None
    return weights


def _checked_eager(model: Any, tokens: Tensor, why: str) -> EagerWeights:
    """The fallback; each layer's window is read off the attention of one whole prompt."""
    heads: list[int] = []
    windows: list[int] = []

    def look(weights: Tensor) -> None:
        if weights.triu(1).any():
            raise UserError("this is not a causal language model: tokens attend to later ones")
        heads.append(weights.shape[1])
        used = weights.amax((0, 1)) > 0  # (T, T)
        query, key = used.nonzero(as_tuple=True)
        windows.append(int((query - key).max()))

    taken_weights(model, tokens, look)
    if len(heads) != _layers(model):
        name = type(model).__name__
        raise UserError(
            f"{name} has softmax attention that can be read in {len(heads)} of its "
            f"{_layers(model)} layers; Headstrata needs it in every layer"
        )
    return EagerWeights(model, len(heads), _same(heads), windows, why)


def run(model: Any, tokens: Tensor) -> None:
    """The base model's pass: no logits, no cache."""
    with torch.inference_mode():
        model.base_model(input_ids=tokens, use_cache=False)


@contextmanager
def attention_implementation(model: Any, name: str) -> Iterator[None]:
    """Switch the model's attention, and switch back whatever happens."""
    before = model.config._attn_implementation
    level = logging.get_verbosity()
    logging.set_verbosity_error()  # models outside the interface warn that nothing changes
    try:
        model.set_attn_implementation(name)
        yield
    finally:
        model.set_attn_implementation(before)
        logging.set_verbosity(level)


@contextmanager
def _reading(function: Callable[..., None]) -> Iterator[None]:
    token = _READING.set(function)
    try:
        yield
    finally:
        _READING.reset(token)


def _scaling(query: Tensor, options: Any) -> float:
    """GPT-2's inverse-layer-index scaling and the like arrive in the options."""
    scaling = options.get("scaling")
    return float(query.shape[-1] ** -0.5 if scaling is None else scaling)


def _layers(model: Any) -> int:
    return int(model.config.get_text_config().num_hidden_layers)


def _same(heads: list[int]) -> int:
    if len(set(heads)) != 1:
        raise UserError(f"the layers have different numbers of heads: {sorted(set(heads))}")
    return heads[0]
