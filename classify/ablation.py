"""How much a head matters: the loss without it, less the loss with it.

Mean ablation (Wang et al. 2022, Interpretability in the Wild): what a head hands to the output
projection at the positions from 1 on is replaced by its mean over these positions and over
reference prompts, which are others than the scored ones. Position 0 keeps its own: heads rest
on it, and everything would change. The effect is exact: the model runs on from the head's layer
and its loss is taken, in nats per token; it is positive where the head helps.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from classify.attention import run
from classify.layer_stack import Begin, LayerStack
from classify.out_of_memory import Halves
from classify.probes import Probes, Prompts
from classify.projections import Projection, inputs_changed, weight_of
from vocabulary.taxonomy import Probe

Floats = NDArray[np.float64]


def scored_positions(probes: Probes, probe: Probe) -> Tensor:
    """The positions (P,) whose next token is predicted for the loss.

    On the repeated probe those in the second copy: its first token cannot be known. On natural
    text all from 16 on.
    """
    return torch.from_numpy(probes.allowed(probe)[:-1])


@dataclass(frozen=True)
class Clean:
    """What a pass with all heads leaves for the ablated ones."""

    tokens: Tensor
    """(N, T) int64."""
    loss: Tensor
    """(N,) float64 on the CPU, in nats per token."""
    received: list[Tensor]
    """The hidden states (N, T, ...) that each layer receives; none: passes begin with tokens."""


@dataclass(frozen=True)
class Ablation:
    """Ablates the heads of a model, one at a time; several share a batch."""

    stack: LayerStack
    projections: Sequence[Projection]
    """Of the layers with heads."""
    positions: Tensor
    """(P,) the positions whose next token is predicted."""
    halves: Halves
    """How many prompts a batch has."""
    resumes: bool
    """Whether passes can begin at a layer; else they are whole."""
    check_stop: Callable[[], None]
    """Called before every batch; raises to stop the run."""

    def means(self, prompts: Prompts, device: torch.device) -> list[Floats]:
        """Each projection's mean input (heads * D,) over positions from 1 on and all prompts.

        Args:
            prompts: The reference prompts.
            device: That of the embedding.
        """
        tokens = torch.from_numpy(prompts.tokens).to(device)

        def part(start: int, stop: int) -> list[Floats]:
            self.check_stop()
            some = tokens[start:stop]
            sums: list[Floats] = [np.empty(0)] * len(self.projections)

            def add(index: int, values: Tensor) -> Tensor:
                held = values.reshape(*some.shape, -1)[:, 1:]
                # Metal has no float64.
                held = held.cpu() if held.device.type == "mps" else held
                sums[index] = held.sum((0, 1), dtype=torch.float64).cpu().numpy()
                return values

            with inputs_changed(self.projections, add):
                run(self.stack.model, some)
            return sums

        parts = self.halves.run(len(tokens), part)
        count = tokens.shape[0] * (tokens.shape[1] - 1)
        return [np.sum(sums, axis=0) / count for sums in zip(*parts, strict=True)]

    def clean(self, prompts: Prompts, device: torch.device) -> Clean:
        """A pass with all heads."""
        tokens = torch.from_numpy(prompts.tokens).to(device)

        def part(start: int, stop: int) -> tuple[Tensor, list[Tensor]]:
            self.check_stop()
            some = tokens[start:stop]
            if not self.resumes:
                return self._losses(some, self.stack.logits(some, self.positions)), []
            logits, received = self.stack.received(some, self.positions)
            return self._losses(some, logits), received

        parts = self.halves.run(len(tokens), part)
        loss = torch.cat([loss for loss, _ in parts])
        layers = zip(*(received for _, received in parts), strict=True)
        return Clean(tokens, loss, [torch.cat(received) for received in layers])

    def effects(
        self, clean: Clean, index: int, mean: Floats, heads: Sequence[int] | None = None
    ) -> Floats:
        """The effect of each head of a layer on each prompt, (N, heads), in nats per token.

        Exactly 0 where the ablation changes nothing that the layer writes.

        Args:
            clean: The pass with all heads.
            index: Which projection.
            mean: (heads * D,) what a head's part of its input is replaced by.
            heads: Which of its heads; None: all.
        """
        projection, prompts = self.projections[index], len(clean.tokens)
        place = self.stack.places[index] if self.resumes else None
        silent = _silent(projection)
        replaced = torch.from_numpy(mean)
        chosen = torch.tensor(range(projection.heads) if heads is None else heads)

        def part(start: int, stop: int) -> Tensor:
            self.check_stop()
            rows = torch.arange(start, stop)
            head, prompt = chosen[rows // prompts], rows % prompts
            tokens = clean.tokens[prompt.to(clean.tokens.device)]
            own = torch.arange(len(mean)) // projection.width == head[:, None]  # (rows, heads * D)
            same = silent[head]

            def ablate(_: int, values: Tensor) -> Tensor:
                held = values.reshape(*tokens.shape, -1)  # (rows, T, heads * D)
                other = held.where(~own[:, None].to(held.device), replaced.to(held))
                other[:, 0] = held[:, 0]
                same.logical_or_((other == held).flatten(1).all(1).cpu())
                return other.view(values.shape)

            begin = None
            if place is not None:
                hidden = clean.received[place]
                begin = Begin(place, hidden[prompt.to(hidden.device)])
            with inputs_changed([projection], ablate):
                logits = self.stack.logits(tokens, self.positions, begin)
            rise = self._losses(tokens, logits) - clean.loss[prompt]
            return rise.masked_fill(same, 0.0)

        parts = self.halves.run(len(chosen) * prompts, part)
        found: Floats = torch.cat(parts).view(len(chosen), prompts).T.numpy()
        return found

    def _losses(self, tokens: Tensor, logits: Tensor) -> Tensor:
        """The mean loss of each prompt (B,), float64 on the CPU.

        A prompt at a time: the float32 copies of the logits are as large as they.
        """
        targets = tokens[:, (self.positions + 1).to(tokens.device)].to(logits.device)  # (B, P)
        losses = [
            functional.cross_entropy(one.float(), target, reduction="none")
            for one, target in zip(logits, targets, strict=True)
        ]
        return torch.stack(losses).cpu().double().mean(1)


def _silent(projection: Projection) -> Tensor:
    """Which heads the projection's weights leave out, (heads,) bool."""
    weight = weight_of(projection)
    if weight is None:
        return torch.zeros(projection.heads, dtype=torch.bool)
    return (weight.reshape(projection.heads, -1) == 0).all(1).cpu()
