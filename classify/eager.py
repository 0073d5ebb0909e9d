"""The slower reader, exact for every model: each layer's own eager attention, by a hook.

For layers whose attention is more than softmax(scale * q.k) (sink parameters,
soft caps, position biases) and for models that do not use transformers' attention
interface. The weights of one layer at a time are held in memory.
"""

from collections.abc import Callable
from typing import Any

from torch import Tensor, nn

from classify.attention import RowsCallback, attention_implementation, run
from classify.statistics import Rows


class EagerReader:
    """Reads every layer's own eager attention, one layer at a time.

    Args:
        model: A causal language model.
        heads: Heads per layer.
        windows: For every layer, how far back its queries attend, in tokens.
        why: Why the normal reader cannot be used, for the provenance.
        output_attentions: As for ``run_eager``.
    """

    def __init__(
        self, model: Any, heads: int, windows: list[int], why: str, *, output_attentions: bool
    ) -> None:
        self.model, self.layers, self.heads, self.windows = model, len(windows), heads, windows
        self.output_attentions = output_attentions
        self.description = f"eager attention, one layer at a time ({why})"

    def rows_at_once(self, requested: int, length: int) -> int:
        """How many rows of a prompt of ``length`` tokens are in memory at the same time."""
        return requested + length

    def read(self, rows: Rows, on_rows: RowsCallback) -> None:
        """Run one batch through the model; ``on_rows`` is called with every layer's rows."""
        layer = 0
        by_window: dict[object, tuple[Rows, Tensor]] = {}

        def on_weights(weights: Tensor) -> None:
            nonlocal layer
            kind = (self.windows[layer], weights.device)
            if kind not in by_window:
                local = rows.to(weights.device)
                distance = local.distance()
                by_window[kind] = (local, (distance >= 0) & (distance <= self.windows[layer]))
            local, reach = by_window[kind]
            index = local.queries[:, None, :, None].expand(-1, weights.shape[1], -1, reach.shape[2])
            on_rows(layer, local, reach, weights.gather(2, index).float())
            layer += 1

        run_eager(self.model, rows.tokens, on_weights, output_attentions=self.output_attentions)


def run_eager(
    model: Any, tokens: Tensor, on_weights: Callable[[Tensor], None], *, output_attentions: bool
) -> None:
    """Run the model with eager attention and hand out each layer's weights.

    Args:
        model: A causal language model.
        tokens: (B, T) int64.
        on_weights: Called with every layer's weights (B, H, T, T), first layer first. They
            are taken out of the module's output, so that nothing else holds them.
        output_attentions: Ask the model for them, for layers that use another attention
            or return nothing unless asked (Falcon,
            https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/models/falcon/modeling_falcon.py#L333;
            the first GPT).
    """
    length = tokens.shape[1]

    def hook(_: nn.Module, __: object, output: object) -> object:
        if not isinstance(output, tuple | list):
            return output
        for index, part in enumerate(output):
            if isinstance(part, Tensor) and part.ndim == 4 and part.shape[2:] == (length, length):
                on_weights(part)  # the innermost module comes first; outer ones see None
                return type(output)([*output[:index], None, *output[index + 1 :]])
        return output

    handles = [module.register_forward_hook(hook) for module in model.base_model.modules()]
    try:
        with attention_implementation(model, "eager"):
            run(model, tokens, **({"output_attentions": True} if output_attentions else {}))
    finally:
        for handle in handles:
            handle.remove()
