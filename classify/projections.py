"""Finds each layer's output projection, the module that adds the heads up: by time, not by name.

In a pass with eager attention, the first module with weights that runs after a layer's softmax
is that layer's output projection; its input is the heads' outputs side by side. That is then
proven on the model itself: to zero a head's slice of that input must be the same as to zero
the head's attention weights.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode

from classify.attention import AttentionReader, SdpaRowsReader, attention_implementation, run
from classify.eager import EagerReader

#: Tokens of the prompt on which they are looked for: a prime, so that hardly another axis of a
#: model has as many.
_TRIAL_LENGTH = 17
#: How far the two ways of switching a head off may differ, relative to the largest number. With
#: the right module they do not differ at all.
_TOLERANCE = 1e-4
_SOFTMAX = (
    torch.ops.aten._softmax.default,
    torch.ops.aten.softmax.int,
    torch.ops.aten._safe_softmax.default,
)


class UnmeasurableError(Exception):
    """Something cannot be measured in this model; the message is a sentence for users."""


class UnknownProjectionError(UnmeasurableError):
    """The model's output projections cannot be told."""


@dataclass(frozen=True)
class Projection:
    """The output projection of one layer."""

    layer: int
    name: str
    """Its place in the model, as ``named_modules`` has it."""
    module: nn.Module
    heads: int
    width: int
    """D: numbers that each head hands to it; its input is (B, T, heads * D)."""

    def slice(self, head: int) -> slice:
        """Where a head's numbers stand in the last axis of the input."""
        return slice(head * self.width, (head + 1) * self.width)


def find_projections(model: Any, reader: AttentionReader, tokens: Tensor) -> list[Projection]:
    """The output projections of all layers with heads, in the order of the layers.

    Args:
        model: A causal language model.
        reader: Reads its attention, and so knows its layers and their heads.
        tokens: (1, T) int64, a prompt.

    Raises:
        UnknownProjectionError: Some layer's was not found, or what was found is not what adds
            the heads up.
    """
    short = tokens[:, :_TRIAL_LENGTH]
    found = _first_after_softmax(model, reader, short)
    rows = short.expand(reader.grid.most_heads, -1)
    by_weights = _inputs(model, reader, found, rows, of_weights=True)
    by_slices = _inputs(model, reader, found, rows, of_weights=False)
    for projection, one, other in zip(found, by_weights, by_slices, strict=True):
        scale = other.abs().max()
        if not (one - other).abs().max() <= _TOLERANCE * scale:
            raise UnknownProjectionError(
                f"layer {projection.layer} does not hand its heads' outputs side by side to "
                f"{projection.name}"
            )
    return found


def weight_of(projection: Projection) -> Tensor | None:
    """The weights as a map of rows, (heads * D, hidden); None: they are packed or unknown."""
    weight = projection.module.weight
    if not isinstance(weight, Tensor) or not weight.is_floating_point():
        return None
    wide = projection.heads * projection.width
    if isinstance(projection.module, nn.Linear):
        return weight.detach().T if weight.shape[1] == wide else None
    # Conv1D, of GPT-2 and the first GPT, is a linear layer with its weights the other way round.
    turned = type(projection.module).__name__ == "Conv1D" and weight.shape[0] == wide
    return weight.detach() if turned else None


def norm_maps(projections: Sequence[Projection]) -> dict[int, Tensor]:
    """By layer, what gives the norms of what its heads write, without writing it.

    A head's part W of the output projection, (D, hidden), is R^T Q^T with orthonormal columns
    in Q, so that |v W| = |v R^T|: R is only D numbers wide.

    Returns:
        R^T, (H, D, at most D) float32; a layer whose weights are packed is missing.
    """
    maps = {}
    for projection in projections:
        weight = weight_of(projection)
        if weight is None or weight.is_meta:
            continue
        by_head = weight.double().view(projection.heads, projection.width, -1)  # (H, D, hidden)
        triangles = torch.linalg.qr(by_head.transpose(1, 2), mode="r").R  # (H, at most D, D)
        maps[projection.layer] = triangles.transpose(1, 2).float()
    return maps


@contextmanager
def inputs_changed(
    projections: Sequence[Projection], change: Callable[[int, Tensor], Tensor]
) -> Iterator[None]:
    """Within this context each projection takes what ``change`` makes of its input.

    Args:
        projections: Whose input.
        change: Is called with the index of the projection and its input (B, T, heads * D).
    """

    def hook_for(index: int) -> Callable[[nn.Module, tuple[Any, ...]], tuple[Any, ...]]:
        def hook(_: nn.Module, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
            return (change(index, arguments[0]), *arguments[1:])

        return hook

    handles = [
        projection.module.register_forward_pre_hook(hook_for(index))
        for index, projection in enumerate(projections)
    ]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


class _Softmaxes(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Calls ``on_weights`` with every softmax of the shape of a layer's attention weights.

    Args:
        heads: Of each attention call, in the order of the pass.
        rows: B, prompts of the batch.
        length: T, tokens of a prompt.
        on_weights: Is called with the number of the call and its weights (B, H, T, K), K being
            T or, with a learned sink, more; what it writes into them is what the model sees.
    """

    def __init__(
        self,
        heads: Sequence[int],
        rows: int,
        length: int,
        on_weights: Callable[[int, Tensor], None],
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.heads, self.rows, self.length, self.on_weights = heads, rows, length, on_weights
        self.seen = 0

    def __torch_dispatch__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        result = func(*args, **(kwargs or {}))
        if func in _SOFTMAX and self._is_attention(result):
            if self.seen < len(self.heads):
                shape = (self.rows, self.heads[self.seen], *result.shape[-2:])
                weights = result.reshape(shape)
                self.on_weights(self.seen, weights)
                result = weights.view(result.shape)
            self.seen += 1
        return result

    def _is_attention(self, weights: Tensor) -> bool:
        if weights.ndim < 3 or weights.shape[-2] != self.length:
            return False
        heads = self.heads[min(self.seen, len(self.heads) - 1)]
        fits = weights.numel() == self.rows * heads * self.length * weights.shape[-1]
        return fits and weights.shape[-1] >= self.length


def _layers(reader: AttentionReader) -> list[int]:
    """The layer of each attention call of a pass."""
    if isinstance(reader, SdpaRowsReader):
        return list(reader.order)
    if isinstance(reader, EagerReader):
        return [call.layer for call in reader.calls]
    raise TypeError(f"{type(reader).__name__} does not tell its calls")


def _run(model: Any, reader: AttentionReader, tokens: Tensor, softmaxes: _Softmaxes) -> None:
    """A pass with eager attention under the watch of ``softmaxes``."""
    asks = isinstance(reader, EagerReader) and reader.output_attentions
    with attention_implementation(model, "eager"), softmaxes:
        run(model, tokens, **({"output_attentions": True} if asks else {}))


def _first_after_softmax(model: Any, reader: AttentionReader, tokens: Tensor) -> list[Projection]:
    """For each attention call, the first module with weights that runs after its softmax."""
    layers = _layers(reader)
    heads = [reader.grid.heads_in(layer, layer + 1) for layer in layers]
    found: list[tuple[str, nn.Module, int]] = []
    waits = False

    def on_weights(_: int, __: Tensor) -> None:
        nonlocal waits
        waits = True

    def hook_for(name: str) -> Callable[[nn.Module, tuple[Any, ...]], None]:
        def hook(module: nn.Module, arguments: tuple[Any, ...]) -> None:
            nonlocal waits
            if waits:
                width = arguments[0].shape[-1] if arguments else 0
                found.append((name, module, width))
                waits = False

        return hook

    handles = [
        module.register_forward_pre_hook(hook_for(name))
        for name, module in model.named_modules()
        if any(True for _ in module.parameters(recurse=False))
    ]
    softmaxes = _Softmaxes(heads, len(tokens), tokens.shape[1], on_weights)
    try:
        _run(model, reader, tokens, softmaxes)
    finally:
        for handle in handles:
            handle.remove()
    if softmaxes.seen != len(layers) or len(found) != len(layers):
        raise UnknownProjectionError(
            f"{len(found)} output projections were found for {len(layers)} layers with attention"
        )
    if len({module for _, module, _ in found}) < len(found):
        raise UnknownProjectionError("layers share one output projection")
    pairs = sorted(zip(layers, heads, found, strict=True), key=lambda pair: pair[0])
    return [_projection(layer, count, *one) for layer, count, one in pairs]


def _projection(layer: int, heads: int, name: str, module: nn.Module, width: int) -> Projection:
    weight = getattr(module, "weight", None)
    if not isinstance(weight, Tensor) or weight.ndim != 2:
        raise UnknownProjectionError(
            f"in layer {layer} {name} follows the heads, which is no projection: it mixes them"
        )
    if width % heads or not width:
        raise UnknownProjectionError(
            f"in layer {layer} {name} takes {width} numbers, which {heads} heads cannot share"
        )
    return Projection(layer, name, module, heads, width // heads)


def _inputs(
    model: Any,
    reader: AttentionReader,
    found: list[Projection],
    tokens: Tensor,
    *,
    of_weights: bool,
) -> list[Tensor]:
    """Each projection's input (B, T, heads * D) where row h has head h of each layer off.

    Args:
        model: A causal language model.
        reader: Reads its attention.
        found: The projections.
        tokens: (B, T), the same prompt in each row.
        of_weights: Whether the attention weights are zeroed, else the slices.
    """
    layers = _layers(reader)
    inputs: list[Tensor] = [torch.empty(0)] * len(found)

    def on_weights(_: int, weights: Tensor) -> None:
        if of_weights:
            for head in range(weights.shape[1]):
                weights[head, head] = 0

    def change(index: int, values: Tensor) -> Tensor:
        if not of_weights:
            values = values.clone()
            for head in range(found[index].heads):
                values[head, ..., found[index].slice(head)] = 0
        inputs[index] = values.float()
        return values

    heads = [reader.grid.heads_in(layer, layer + 1) for layer in layers]
    softmaxes = _Softmaxes(heads, len(tokens), tokens.shape[1], on_weights)
    with inputs_changed(found, change):
        _run(model, reader, tokens, softmaxes)
    return inputs
