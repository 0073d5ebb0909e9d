"""Scores prompts: values per prompt, layer, head and statistic.

    engine = Engine(reader, device, stop_signals.check)
    engine.score(prompts)  # float64 (B, L, H, S)

The prompt is the unit of noise, so nothing is averaged over prompts here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers.activations import GELUTanh, NewGELUActivation

from classify.attention import MASK_KINDS, AttentionReader
from classify.out_of_memory import is_out_of_memory
from classify.probes import Prompts
from classify.statistics import Features, Rows

Floats = NDArray[np.float64]


class Engine:
    """Runs batches of prompts through a model and measures its attention.

    Args:
        reader: Reads the model's attention.
        device: The device of the model's embedding.
        check_stop: Called at every layer; raises to stop the run.
    """

    def __init__(
        self, reader: AttentionReader, device: torch.device | str, check_stop: Callable[[], None]
    ) -> None:
        self.reader, self.device, self.check_stop = reader, device, check_stop
        self.largest: int | None = None
        """The largest batch that fits into memory; None until memory ran out once."""

    def score(self, prompts: Prompts) -> Floats:
        """Means over the query rows, (B, L, H, S) in the order of ``MEASURED[probe]``.

        A batch that does not fit into memory is scored in halves.
        """
        size = len(prompts.tokens)
        step = min(size, self.largest or size)
        while True:
            try:
                parts = [self._pass(_cut(prompts, i, i + step)) for i in range(0, size, step)]
            except (RuntimeError, MemoryError) as error:
                if step == 1 or not is_out_of_memory(error):
                    raise
                step = self.largest = (step + 1) // 2
            else:
                return np.concatenate(parts)
            # Outside of the except block, where the traceback still holds the failed pass's
            # tensors: https://docs.pytorch.org/docs/stable/notes/faq.html
            _empty_cache()

    def _pass(self, prompts: Prompts) -> Floats:
        """One forward pass."""
        rows = Rows.of(prompts, self.device)
        sums: list[Tensor | None] = [None] * self.reader.layers
        features: dict[object, tuple[Tensor, Features]] = {}

        def on_rows(layer: int, block: Rows, reach: Tensor, weights: Tensor) -> None:
            self.check_stop()
            if len(block.queries[0]) < len(rows.queries[0]):  # a block of --rows all: no caching
                shared = Features.of(block, reach)
            else:  # layers with the same reach share the features
                if id(reach) not in features:
                    if len(features) >= MASK_KINDS:
                        features.clear()
                    features[id(reach)] = (reach, Features.of(block, reach))
                shared = features[id(reach)][1]
            measured = shared.measure(weights)
            before = sums[layer]
            sums[layer] = measured if before is None else before + measured

        self.reader.read(rows, on_rows)
        first = sums[0]
        assert first is not None  # noqa: S101 - read() calls on_rows for every layer
        stacked = torch.stack([s.to(first.device) for s in sums if s is not None], dim=1)
        means: Floats = stacked.cpu().double().numpy() / prompts.queries.shape[1]
        return means  # (B, L, H, S)

    def patterns(self, prompts: Prompts) -> NDArray[np.uint8]:
        """Whole attention matrices as bytes (255 is weight 1), (B, L, H, T, T).

        The rows of ``prompts.queries`` are filled in; all others stay zero.
        """
        rows = Rows.of(prompts, self.device)
        batch, length = prompts.tokens.shape
        shape = (batch, self.reader.layers, self.reader.heads, length, length)
        drawn = np.zeros(shape, dtype=np.uint8)

        def on_rows(layer: int, block: Rows, _: Tensor, weights: Tensor) -> None:
            self.check_stop()
            levels = (weights * 255).round().to(torch.uint8).cpu().numpy()  # (B, H, R, T)
            for prompt, queries in enumerate(block.queries.cpu().numpy()):
                drawn[prompt, layer][:, queries] = levels[prompt]

        self.reader.read(rows, on_rows)
        return drawn


def _cut(prompts: Prompts, start: int, stop: int) -> Prompts:
    return Prompts(
        prompts.probe,
        prompts.tokens[start:stop],
        prompts.queries[start:stop],
        prompts.delimiter[start:stop],
    )


def _empty_cache() -> None:
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif torch.backends.mps.is_available():
        torch.mps.empty_cache()


@contextmanager
def fused_gelu(model: Any) -> Iterator[None]:
    """Within this context GPT-2's ``gelu_new`` is one kernel instead of eight.

    It is the same function (outputs agree to 2e-6), and it makes the scored pass of
    GPT-2 cheaper than the unchanged model's (docs/scoring.md). Not needed any more once
    transformers itself maps ``gelu_new`` to the fused kernel:
    https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/activations.py#L328
    """
    swapped: list[tuple[nn.Module, str, nn.Module]] = []
    for parent in list(model.modules()):
        for name, child in parent.named_children():
            if type(child) is NewGELUActivation:
                swapped.append((parent, name, child))
                setattr(parent, name, GELUTanh())
    try:
        yield
    finally:
        for parent, name, child in swapped:
            setattr(parent, name, child)
