"""The slower exact way: every layer's own eager attention, taken by a hook.

For layers whose attention is more than softmax(scale * q.k) (sink parameters,
soft caps, position biases) and for models that do not go through transformers'
attention interface. Never held for more than one layer.
"""

from collections.abc import Callable
from typing import Any

from torch import Tensor, nn

from classify.attention import Consumer, attention_implementation, run
from classify.statistics import Rows


class EagerWeights:
    """Every layer's own eager attention, never held for more than one layer."""

    def __init__(
        self, model: Any, heads: int, windows: list[int], why: str, *, asking: bool
    ) -> None:
        self.model, self.layers, self.heads, self.windows = model, len(windows), heads, windows
        self.asking = asking
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

        taken_weights(self.model, rows.tokens, take, asking=self.asking)


def taken_weights(
    model: Any, tokens: Tensor, take: Callable[[Tensor], None], *, asking: bool
) -> None:
    """Run the model in eager mode; each layer's weights (B, H, T, T) go to ``take`` alone.

    ``asking``: with ``output_attentions=True``, for layers that use another attention
    or give nothing without it (Falcon, the first GPT).
    """
    length = tokens.shape[1]

    def hook(_: nn.Module, __: object, output: object) -> object:
        if not isinstance(output, tuple | list):
            return output
        for index, part in enumerate(output):
            if isinstance(part, Tensor) and part.ndim == 4 and part.shape[2:] == (length, length):
                take(part)  # the innermost module comes first; those around it see None
                return type(output)([*output[:index], None, *output[index + 1 :]])
        return output

    handles = [module.register_forward_hook(hook) for module in model.base_model.modules()]
    try:
        with attention_implementation(model, "eager"):
            run(model, tokens, **({"output_attentions": True} if asking else {}))
    finally:
        for handle in handles:
            handle.remove()
