"""Measures the effects of all heads: parts, processes, resumption.

A part is the heads of one layer on some prompts of one probe.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from classify.ablation import Ablation, Clean, scored_positions
from classify.checkpoints import Checkpoints
from classify.layer_stack import LayerStack
from classify.out_of_memory import Halves, explain_out_of_memory
from classify.probes import Probes
from classify.progress import Progress
from classify.projections import Projection, UnmeasurableError
from classify.ranks import Ranks
from classify.table import overlap_factor, standard_errors
from vocabulary.taxonomy import PROBES, Probe

Floats = NDArray[np.float64]

#: Prompts over which a head's output is averaged. No run scores so many that it comes to them.
REFERENCE_PROMPTS, _FIRST_REFERENCE = 24, 1_000_000
#: 97.5 % quantiles of Student's t by degrees of freedom, from 1 on.
_QUANTILES = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228)


@dataclass(frozen=True)
class Batches:
    """In which batches the effects are measured; the same in all processes."""

    rows: int
    """Prompts of a batch."""
    kept: int
    """Prompts of a part: the hidden states of so many are kept for all layers."""


class Found(NamedTuple):
    """The effects on one probe."""

    values: Floats
    """(N, heads of all projections), in nats per token."""
    loss: Floats
    """(N,) with all heads."""


@dataclass(frozen=True)
class _Part:
    probe: Probe
    start: int
    stop: int
    index: int
    """Of the projection."""
    layer: int

    @property
    def name(self) -> str:
        """Under which it is kept."""
        return f"effect-{self.probe}-{self.start:06d}-{self.stop:06d}-{self.layer:04d}"


def passes(projection: Projection, place: int, layers: int) -> float:
    """What the effects of a layer's heads on one prompt cost, in passes through all layers."""
    return projection.heads * (layers - place) / layers


@dataclass(frozen=True)
class Effects:
    """Everything that is needed to measure the effects."""

    model: str
    stack: LayerStack
    projections: list[Projection]
    resumes: bool
    probes: Probes
    device: torch.device
    batches: Batches
    checkpoints: Checkpoints
    ranks: Ranks
    progress: Progress
    check_stop: Callable[[], None]

    def run(self, counts: dict[Probe, int]) -> dict[Probe, Found]:
        """The effects on so many prompts of each probe; every process gets all of them.

        Raises:
            UnmeasurableError: A loss is not a number.
            ObstacleError: Memory ran out with a single prompt.
        """
        plan = [
            _Part(probe, start, min(start + self.batches.kept, count), index, projection.layer)
            for probe, count in counts.items()
            for start in range(0, count, self.batches.kept)
            for index, projection in enumerate(self.projections)
        ]
        self.progress.next_part(sum(map(self._cost, plan)))
        mine = self.ranks.together(lambda: list(self._mine(plan)))
        parts = {part: values for rank in self.ranks.share(mine) for part, values in rank}
        found = {probe: self._joined(parts, probe) for probe in PROBES if counts.get(probe)}
        if not all(np.isfinite(values).all() for one in found.values() for values in one):
            raise UnmeasurableError("a loss is not a number")
        return found

    def _mine(self, plan: list[_Part]) -> Iterator[tuple[_Part, Floats]]:
        """This process's parts (N, 1 + heads), the loss first; kept ones are not measured again."""
        ready: tuple[Probe, int] | None = None
        for part in plan[self.ranks.rank :: self.ranks.size]:
            values = self.checkpoints.get(part.name)
            resumed = values is not None
            if values is None:
                with explain_out_of_memory(self.model, "--no-evidence, or a smaller --length"):
                    if ready is None or ready[0] != part.probe:
                        ablation = self._ablation(part.probe)
                        means = self._means(ablation, part.probe)
                    if ready != (part.probe, part.start):
                        clean = self._clean(ablation, part)
                    ready = (part.probe, part.start)
                    effects = ablation.effects(clean, part.index, means[part.index])
                values = np.column_stack([clean.loss.numpy(), effects])
                self.checkpoints.put(part.name, values)
            self.progress.advance(self._cost(part) * self.ranks.size, computed=not resumed)
            yield part, values

    def _ablation(self, probe: Probe) -> Ablation:
        return Ablation(
            self.stack,
            self.projections,
            scored_positions(self.probes, probe),
            Halves(self.batches.rows),
            self.resumes,
            self.check_stop,
        )

    def _means(self, ablation: Ablation, probe: Probe) -> list[Floats]:
        prompts = self.probes.make(probe, _FIRST_REFERENCE, _FIRST_REFERENCE + REFERENCE_PROMPTS)
        return ablation.means(prompts, self.device)

    def _clean(self, ablation: Ablation, part: _Part) -> Clean:
        return ablation.clean(self.probes.make(part.probe, part.start, part.stop), self.device)

    def _cost(self, part: _Part) -> int:
        layers = len(self.stack.layers)
        place = self.stack.places[part.index] if self.resumes else 0
        cost = passes(self.projections[part.index], place, layers) if layers else 1
        return max(1, round((part.stop - part.start) * cost))

    def _joined(self, parts: dict[_Part, Floats], probe: Probe) -> Found:
        """All prompts of a probe and the heads of all projections, in their order."""
        starts = sorted({part.start for part in parts if part.probe == probe})
        by_place = {(p.start, p.index): values for p, values in parts.items() if p.probe == probe}
        columns = range(len(self.projections))
        rows = [np.hstack([by_place[start, index][:, 1:] for index in columns]) for start in starts]
        loss = np.concatenate([by_place[start, 0][:, 0] for start in starts])
        return Found(np.concatenate(rows), loss)


def mean_and_error(values: Floats, overlap: float = 0.0) -> tuple[Floats, Floats]:
    """The mean over prompts, and its standard error; two of them cover the true mean in 95 %.

    Effects are measured on few prompts: there the plain standard error is widened by Student's t
    where that is more than the widening of the scores'.

    Args:
        values: (N, ...), N > 1, one value a prompt.
        overlap: The expected share that two prompts have in common.
    """
    count = len(values)
    plain = values.std(axis=0, ddof=1) / np.sqrt(count) * overlap_factor(count, overlap)
    quantile = _QUANTILES[count - 2] if count - 2 < len(_QUANTILES) else 2.0
    error = np.maximum(quantile / 2 * plain, standard_errors(values, overlap, least=0.0))
    return values.mean(axis=0), error
