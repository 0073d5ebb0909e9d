"""The slower reader, exact for every model: each layer's own eager attention, by a hook.

For layers whose attention is more than softmax(scale * q.k) (sink parameters,
soft caps, position biases) and for models that do not use transformers' attention
interface. The weights of one layer at a time are held in memory.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn

from cache.grid import Grid
from classify.attention import RowsCallback, attention_implementation, run
from classify.statistics import Rows


@dataclass(frozen=True)
class EagerCall:
    """One of the calls of a pass that return attention."""

    module: nn.Module
    layer: int
    window: int
    """How far back its queries attend, in tokens."""
    sink: bool = False
    """Whether it has a learned sink: its rows add up to less than 1."""


class EagerReader:
    """Reads every layer's own eager attention, one layer at a time.

    Args:
        model: A causal language model.
        grid: The heads there are.
        calls: The calls of one pass, in their order.
        why: Why the normal reader cannot be used, for the provenance.
        output_attentions: As for ``run_eager``.
    """

    def __init__(
        self, model: Any, grid: Grid, calls: list[EagerCall], why: str, *, output_attentions: bool
    ) -> None:
        self.model, self.grid, self.calls = model, grid, calls
        self.modules = {call.module for call in calls}
        self.sinks = frozenset(call.layer for call in calls if call.sink)
        self.output_attentions = output_attentions
        self.description = f"eager attention, one layer at a time ({why})"

    def rows_at_once(self, requested: int, length: int) -> int:
        """How many rows of a prompt of ``length`` tokens are in memory at the same time."""
        return requested + length

    def read(self, rows: Rows, on_rows: RowsCallback) -> None:
        """Run one batch through the model; ``on_rows`` is called with every layer's rows."""
        calls = iter(self.calls)
        by_window: dict[object, tuple[Rows, Tensor]] = {}

        def on_weights(_: nn.Module, weights: Tensor) -> bool:
            call = next(calls)
            kind = (call.window, weights.device)
            if kind not in by_window:
                local = rows.to(weights.device)
                distance = local.distance()
                by_window[kind] = (local, (distance >= 0) & (distance <= call.window))
            local, reach = by_window[kind]
            index = local.queries[:, None, :, None].expand(-1, weights.shape[1], -1, reach.shape[2])
            found = weights.gather(2, index).float()
            if weights.dtype.itemsize < found.dtype.itemsize:
                # Rows whose weights were rounded to bfloat16 add up to .996 to 1.004.
                total = found.sum(-1, keepdim=True)
                found /= total.clamp(min=1) if call.sink else total
            on_rows(call.layer, local, reach, found, None)
            return True

        run_eager(
            self.model,
            rows.tokens,
            on_weights,
            self.modules,
            output_attentions=self.output_attentions,
        )
        missed = sum(1 for _ in calls)
        if missed:
            raise RuntimeError(f"{missed} of {len(self.calls)} layers with attention were not seen")


def run_eager(
    model: Any,
    tokens: Tensor,
    on_weights: Callable[[nn.Module, Tensor], bool],
    modules: Collection[nn.Module],
    *,
    output_attentions: bool,
) -> None:
    """Run the model with eager attention and hand out each layer's weights.

    Args:
        model: A causal language model.
        tokens: (B, T) int64.
        on_weights: Called with every module that returns something of the shape of attention
            weights (B, H, T, T), in the order of the pass; whether it is attention. If so, it
            is taken out of the module's output, so that nothing else holds it.
        modules: Those that may return attention.
        output_attentions: Ask the model for them, for layers that use another attention
            or return nothing unless asked (Falcon,
            https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/models/falcon/modeling_falcon.py#L333;
            the first GPT).
    """
    length = tokens.shape[1]

    def hook(module: nn.Module, _: object, output: object) -> object:
        if not isinstance(output, tuple | list):
            return output
        for index, part in enumerate(output):
            shaped = isinstance(part, Tensor) and part.ndim == 4
            if shaped and part.shape[2:] == (length, length) and on_weights(module, part):
                # the innermost module comes first; outer ones see None
                return type(output)([*output[:index], None, *output[index + 1 :]])
        return output

    handles = [module.register_forward_hook(hook) for module in modules]
    try:
        with attention_implementation(model, "eager"):
            run(model, tokens, **({"output_attentions": True} if output_attentions else {}))
    finally:
        for handle in handles:
            handle.remove()
