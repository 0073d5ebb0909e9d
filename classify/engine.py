"""Scores prompts: values per prompt, head and statistic.

    engine = Engine(reader, device, stop_signals.check)
    engine.score(prompts)  # float64 (B, G, S), one of the G rows of reader.grid a head

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

from cache.grid import Grid
from classify.attention import MASK_KINDS, AttentionReader, not_a_number
from classify.out_of_memory import Halves
from classify.probes import Prompts
from classify.statistics import MEASURED, Features, Rows
from classify.value_norms import first_token_share

Floats = NDArray[np.float64]
#: The statistic that needs the values, too, and so counts in rows of its own in every head.
_WEIGHTED = MEASURED["natural"].index("first_token_value")


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
        self.halves = Halves()

    def score(self, prompts: Prompts) -> Floats:
        """Means over the query rows, (B, G, S) in the order of ``MEASURED[probe]``.

        NaN: no row of the prompt reaches what the statistic asks for.

        A batch that does not fit into memory is scored in halves.

        Raises:
            UserError: The attention of some layer is not a number.
        """
        parts = self.halves.run(
            len(prompts.tokens), lambda start, stop: self._pass(prompts.cut(start, stop))
        )
        return np.concatenate(parts)

    def _pass(self, prompts: Prompts) -> Floats:
        """One forward pass."""
        rows = Rows.of(prompts, self.device)
        grid, sinks = self.reader.grid, self.reader.sinks
        sums: list[Tensor | None] = [None] * grid.layers  # (B, H, S) each
        counts: list[Tensor | None] = [None] * grid.layers
        features: dict[object, tuple[Tensor, Features]] = {}

        def on_rows(
            layer: int, block: Rows, reach: Tensor, weights: Tensor, norms: Tensor | None
        ) -> None:
            self.check_stop()
            if len(block.queries[0]) < len(rows.queries[0]):  # a block of --rows all: no caching
                shared = Features.of(block, reach)
            else:  # layers with the same reach share the features
                if id(reach) not in features:
                    if len(features) >= MASK_KINDS:
                        features.clear()
                    features[id(reach)] = (reach, Features.of(block, reach))
                shared = features[id(reach)][1]
            sink = layer in sinks
            measured = shared.measure(weights, sink=sink)
            counted = shared.rows_counted(weights.shape[2], sink=sink)  # (B, S)
            by_head = counted[:, None].repeat(1, weights.shape[1], 1)  # (B, H, S)
            if norms is not None:  # on natural text
                found = first_token_share(weights, norms, reach[..., 0])
                measured[..., _WEIGHTED], by_head[..., _WEIGHTED] = found
            _add(sums, layer, measured)
            _add(counts, layer, by_head)

        self.reader.read(rows, on_rows)
        total = check_numbers(_joined(sums), grid)
        counted = _joined(counts)
        means = np.full_like(total, np.nan)  # where nothing counted, whatever its weights sum to
        np.divide(total, counted, out=means, where=counted > 0)
        return means  # (B, G, S)

    def patterns(self, prompts: Prompts) -> NDArray[np.uint8]:
        """Whole attention matrices as bytes (255 is weight 1), (B, G, T, T).

        The rows of ``prompts.queries`` are filled in; all others stay zero.
        """
        rows = Rows.of(prompts, self.device)
        batch, length = prompts.tokens.shape
        grid = self.reader.grid
        drawn = np.zeros((batch, grid.size, length, length), dtype=np.uint8)

        def on_rows(layer: int, block: Rows, _: Tensor, weights: Tensor, __: Tensor | None) -> None:
            self.check_stop()
            levels = (weights * 255).round().to(torch.uint8).cpu().numpy()  # (B, H, R, T)
            heads = slice(grid.first_row(layer), grid.first_row(layer + 1))
            for prompt, queries in enumerate(block.queries.cpu().numpy()):
                drawn[prompt, heads][:, queries] = levels[prompt]

        self.reader.read(rows, on_rows)
        return drawn


def check_numbers(sums: Floats, grid: Grid) -> Floats:
    """The sums (B, G, S) themselves.

    Raises:
        UserError: Some are not numbers: damaged weights, or a dtype that overflows.
    """
    bad = ~np.isfinite(sums).all(axis=(0, 2))
    if bad.any():
        raise not_a_number(grid.place(int(bad.argmax()))[0])
    return sums


def _add(layers: list[Tensor | None], layer: int, more: Tensor) -> None:
    before = layers[layer]
    layers[layer] = more if before is None else before + more


def _joined(layers: list[Tensor | None]) -> Floats:
    """The layers' tensors (B, H, S) as one array (B, G, S) on the CPU."""
    there = [layer for layer in layers if layer is not None]
    joined = torch.cat([layer.to(there[0].device) for layer in there], dim=1)
    array: Floats = joined.cpu().double().numpy()
    return array


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
