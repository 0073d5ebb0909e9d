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

from classify.attention import MASK_KINDS, Way
from classify.out_of_memory import is_out_of_memory
from classify.probes import Prompts
from classify.statistics import Features, Rows

Floats = NDArray[np.float64]


class Engine:
    """Runs batches through a model by a given way.

    Args:
        way: How the attention is read.
        device: Where the model's embedding lies.
        check_stop: Called at every layer; raises to stop the run.
    """

    def __init__(
        self, way: Way, device: torch.device | str, check_stop: Callable[[], None]
    ) -> None:
        self.way, self.device, self.check_stop = way, device, check_stop
        self.largest: int | None = None
        """The largest batch that fits, known after memory ran out once."""

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
            _free()  # outside of the handler, which holds on to the failed pass's tensors

    def _pass(self, prompts: Prompts) -> Floats:
        """One forward pass."""
        rows = Rows.of(prompts, self.device)
        sums: list[Tensor | None] = [None] * self.way.layers
        features: dict[object, tuple[Tensor, Features]] = {}

        def consume(layer: int, block: Rows, reach: Tensor, weights: Tensor) -> None:
            self.check_stop()
            if len(block.queries[0]) < len(rows.queries[0]):  # a block of --rows all: not kept
                shared = Features.of(block, reach)
            else:  # layers that share a reach share the features
                if id(reach) not in features:
                    if len(features) >= MASK_KINDS:
                        features.clear()
                    features[id(reach)] = (reach, Features.of(block, reach))
                shared = features[id(reach)][1]
            measured = shared.measure(weights)
            before = sums[layer]
            sums[layer] = measured if before is None else before + measured

        self.way.read(rows, consume)
        first = sums[0]
        assert first is not None  # noqa: S101 - read() calls consume for every layer
        stacked = torch.stack([s.to(first.device) for s in sums if s is not None], dim=1)
        means: Floats = stacked.cpu().double().numpy() / prompts.queries.shape[1]
        return means  # (B, L, H, S)

    def patterns(self, prompts: Prompts) -> NDArray[np.uint8]:
        """Whole attention matrices as bytes (255 is weight 1), (B, L, H, T, T).

        ``prompts`` must ask for rows; positions that were not asked for stay zero.
        """
        rows = Rows.of(prompts, self.device)
        batch, length = prompts.tokens.shape
        shape = (batch, self.way.layers, self.way.heads, length, length)
        drawn = np.zeros(shape, dtype=np.uint8)

        def consume(layer: int, block: Rows, _: Tensor, weights: Tensor) -> None:
            self.check_stop()
            levels = (weights * 255).round().to(torch.uint8).cpu().numpy()  # (B, H, R, T)
            for prompt, queries in enumerate(block.queries.cpu().numpy()):
                drawn[prompt, layer][:, queries] = levels[prompt]

        self.way.read(rows, consume)
        return drawn


def _cut(prompts: Prompts, start: int, stop: int) -> Prompts:
    return Prompts(
        prompts.probe,
        prompts.tokens[start:stop],
        prompts.queries[start:stop],
        prompts.delimiter[start:stop],
    )


def _free() -> None:
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif torch.backends.mps.is_available():
        torch.mps.empty_cache()


@contextmanager
def fused_gelu(model: Any) -> Iterator[None]:
    """GPT-2's ``gelu_new`` as one kernel instead of eight, for a while.

    The same function (outputs agree to 2e-6); the scored GPT-2 pass becomes
    cheaper than the stock one (docs/scoring.md).
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
