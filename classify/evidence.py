"""What the heads of a model write and how much they matter, beside their scores.

Nothing here ends a run: where something cannot be measured in a model, its columns are missing
and a sentence in the table's provenance says why.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from cache.provenance import EffectRecord, EvidenceRecord
from classify.ablation import scored_positions
from classify.attention import (
    ROWS,
    AttentionReader,
    SdpaRowsReader,
    attention_implementation,
    observe_calls,
)
from classify.checkpoints import Checkpoints
from classify.copying import Copying, copying, sample
from classify.effects import REFERENCE_PROMPTS, Batches, Effects, Found, mean_and_error, passes
from classify.layer_stack import LayerStack
from classify.memory import ablated_rows, prompts_kept
from classify.out_of_memory import explain_out_of_memory
from classify.progress import Progress
from classify.projections import Projection, UnmeasurableError
from classify.ranks import Ranks
from classify.record import PreparedRun, device_name, versions
from classify.request import Request
from classify.scoring import AUTO_START
from classify.statistics import LEAST_PERIOD
from vocabulary.evidence import MEASURES, SIGN_ERRORS
from vocabulary.taxonomy import PROBES, Probe

#: Prompts of each probe where a GPU is, or where evidence is asked for.
DEFAULTS: dict[Probe, int] = {"repeated": 8, "natural": 16}
#: On a CPU the effects that nobody asked for may cost so many times the scoring.
_CPU_SHARE = 4
#: Tokens of the prompt on which it is tried whether passes can begin at a layer.
_TRIAL_LENGTH = 17

Columns = dict[str, NDArray[np.float32] | NDArray[np.str_]]


@dataclass(frozen=True)
class Evidence:
    """What was measured: the table's further columns, and how they came about."""

    columns: Columns
    """Each (G,), one of the rows of the grid a head; missing where it was not measured."""
    record: EvidenceRecord


@dataclass
class EvidencePlan:
    """What can be measured in a model, and on how many prompts."""

    prepared: PreparedRun
    seed: int
    projections: list[Projection] = field(default_factory=list)
    stack: LayerStack | None = None
    resumes: bool = False
    counts: dict[Probe, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def passes(self) -> int:
        """What the effects cost, in passes of one prompt through all layers."""
        return round(sum(self.counts.values()) * self.passes_a_prompt())

    def passes_a_prompt(self) -> float:
        """What all effects on one prompt cost."""
        if self.stack is None:
            return 0.0
        heads = float(sum(projection.heads for projection in self.projections))
        if not self.resumes:
            return heads
        layers = len(self.stack.layers)
        places = zip(self.projections, self.stack.places, strict=True)
        return sum(passes(projection, place, layers) for projection, place in places)

    def logits_a_prompt(self, positions: int) -> float:
        """What the logits of all these passes cost, in passes through all layers."""
        if self.stack is None:
            return 0.0
        heads = sum(projection.heads for projection in self.projections)
        layers = sum(weight.numel() for weight in self.stack.layers.parameters())
        unembedding: int = sum(weight.numel() for weight in self.stack.unembedding.parameters())
        scored = positions / self.prepared.probes.length
        return heads * scored * unembedding / max(1, layers)


def plan_evidence(request: Request, prepared: PreparedRun) -> EvidencePlan | None:
    """What is to be measured; None: nothing.

    Raises:
        RuntimeError, MemoryError: Memory ran out.
    """
    if request.evidence is False:
        return None
    plan = EvidencePlan(prepared, request.seed)
    tokens = torch.from_numpy(prepared.probes.make("natural", 0, 1).tokens)
    tokens = tokens[:, :_TRIAL_LENGTH].to(prepared.loaded.device)
    try:
        if not prepared.loaded.unembeds:
            raise UnmeasurableError("the checkpoint has no unembedding")
        if prepared.unprojected is not None:
            raise UnmeasurableError(prepared.unprojected)
        plan.projections = prepared.projections
        plan.stack = LayerStack(prepared.loaded.model, plan.projections)
        with attending(prepared.loaded.model, prepared.reader):
            plan.resumes = plan.stack.begins_anywhere(tokens)
    except UnmeasurableError as error:
        plan.stack = None
        plan.notes.append(f"what heads write and their effects are not measured: {error}")
        return plan
    for probe in PROBES:
        if (count := _count(request, plan, probe)) > 1:
            plan.counts[probe] = count
    return plan


def _count(request: Request, plan: EvidencePlan, probe: Probe) -> int:
    """Prompts of a probe; 0: its effects are not measured."""
    probes = plan.prepared.probes
    asked = request.effect_repeated if probe == "repeated" else request.effect_natural
    least = LEAST_PERIOD if probe == "repeated" else 2
    positions = len(scored_positions(probes, probe))
    if positions + 1 < least:
        if asked or request.evidence:
            plan.notes.append(
                f"effects on {probe} text are not measured: its prompts are too short"
            )
        return 0
    if asked is not None:
        return asked
    if request.evidence or plan.prepared.loaded.device.type == "cuda":
        return DEFAULTS[probe]
    if probe != "repeated":
        return 0
    scoring = 2 * (AUTO_START if request.prompts == "auto" else request.prompts)
    cost = 1 + plan.passes_a_prompt() + plan.logits_a_prompt(positions)
    fits = int((_CPU_SHARE * scoring - REFERENCE_PROMPTS) / cost)
    if fits > 1:
        return min(DEFAULTS[probe], fits)
    plan.notes.append(
        f"effects on repeated text are not measured: on a CPU even two prompts of it would take "
        f"more than {_CPU_SHARE} times as long as the scoring; --evidence measures them"
    )
    return 0


@dataclass(frozen=True)
class Measurement:
    """Everything that is needed to measure what is planned."""

    plan: EvidencePlan
    model: str
    """How the user named it."""
    checkpoints: Checkpoints
    ranks: Ranks
    progress: Progress
    check_stop: Callable[[], None]

    def run(self) -> Evidence:
        """Measure it; every process gets all of it."""
        began, plan = time.monotonic(), self.plan
        notes = list(plan.notes)
        written: Copying | None = None
        found: dict[Probe, Found] = {}
        if plan.stack:
            try:
                with explain_out_of_memory(self.model, "--no-evidence"):
                    written = _written(plan, plan.stack)
            except UnmeasurableError as error:
                notes.append(f"copying is not measured: {error}")
            try:
                found = self.effects(plan.stack)
            except UnmeasurableError as error:
                notes.append(f"effects are not measured: {error}")
        for note in notes:
            self.progress.say(note)
        record = EvidenceRecord(
            copying_tokens=len(sample(plan.prepared.probes.vocabulary, plan.seed)[0])
            if written
            else None,
            effects=[_effect_record(plan, probe, one) for probe, one in found.items()],
            seed=plan.seed,
            dtype=plan.prepared.loaded.dtype,
            device=device_name(plan.prepared.loaded.device),
            versions=versions(),
            duration_s=round(time.monotonic() - began, 3),
            notes=notes,
        )
        return Evidence(_columns(plan, written, found), record)

    def effects(self, stack: LayerStack) -> dict[Probe, Found]:
        """The effects on each prompt of what is planned; every process gets all of them.

        Raises:
            UnmeasurableError: A loss is not a number.
            ObstacleError: Memory ran out with a single prompt.
        """
        plan = self.plan
        if not plan.counts:
            return {}
        proposed = self.ranks.together(lambda: self._batches(stack))
        effects = Effects(
            self.model,
            stack,
            plan.projections,
            plan.resumes,
            plan.prepared.probes,
            plan.prepared.loaded.device,
            self.ranks.share(proposed)[0],
            self.checkpoints,
            self.ranks,
            self.progress,
            self.check_stop,
        )
        with attending(plan.prepared.loaded.model, plan.prepared.reader):
            return effects.run(plan.counts)

    def _batches(self, stack: LayerStack) -> Batches:
        """Only the first process's are used: memory differs, and an earlier run's are kept."""
        if not self.ranks.first:
            return Batches(0, 0)
        plan, checkpoints = self.plan, self.checkpoints
        loaded, probes = plan.prepared.loaded, plan.prepared.probes
        positions = max(len(scored_positions(probes, probe)) for probe in plan.counts)
        rows = ablated_rows(loaded, probes.length, positions)
        kept = prompts_kept(loaded, probes.length, max(1, len(stack.layers)))
        kept = min(kept, max(plan.counts.values()))
        return Batches(
            checkpoints.batch_size(rows, "effect-rows"),
            checkpoints.batch_size(kept, "effect-prompts"),
        )


@contextmanager
def attending(model: Any, reader: AttentionReader) -> Iterator[None]:
    """Within this context the model attends as it does when it is scored.

    Whatever attention it was loaded with, the numbers are the same.
    """
    if isinstance(reader, SdpaRowsReader):
        with attention_implementation(model, ROWS), observe_calls(lambda _: None):
            yield
    else:
        with attention_implementation(model, "eager"):
            yield


def _written(plan: EvidencePlan, stack: LayerStack) -> Copying:
    if not plan.resumes:
        raise UnmeasurableError("its layers hand on more than hidden states")
    prepared = plan.prepared
    tokens, before = sample(prepared.probes.vocabulary, plan.seed)
    with attending(prepared.loaded.model, prepared.reader):
        return copying(stack, plan.projections, tokens, before, prepared.loaded.device)


def _effect_record(plan: EvidencePlan, probe: Probe, found: Found) -> EffectRecord:
    probes = plan.prepared.probes
    positions = scored_positions(probes, probe)
    loss, error = mean_and_error(found.loss, probes.overlap if probe == "natural" else 0.0)
    return EffectRecord(
        probe=probe,
        prompts=len(found.values),
        reference_prompts=REFERENCE_PROMPTS,
        length=probes.length if probe == "natural" else probes.lead + 2 * probes.period,
        positions=len(positions),
        loss=float(loss),
        loss_se=float(error),
    )


def _columns(plan: EvidencePlan, written: Copying | None, found: dict[Probe, Found]) -> Columns:
    grid = plan.prepared.reader.grid
    heads = [
        np.arange(projection.heads) + grid.first_row(projection.layer)
        for projection in plan.projections
    ]
    rows = np.concatenate(heads) if heads else np.empty(0, int)
    columns: Columns = {}

    def put(name: str, values: NDArray[np.float64]) -> None:
        column = np.full(grid.size, np.nan, np.float32)
        column[rows] = values
        columns[name] = column

    if written is not None:
        put("copying", written.mean)
        put("copying_se", written.error)
    for measure in MEASURES.values():
        if measure.probe is None or measure.probe not in found or measure.sign is None:
            continue
        overlap = plan.prepared.probes.overlap if measure.probe == "natural" else 0.0
        mean, error = mean_and_error(found[measure.probe].values, overlap)
        put(measure.name, mean)
        put(f"{measure.name}_se", error)
        signs = np.where(mean > 0, "positive", "negative")
        told = np.full(grid.size, None, object)
        told[rows] = np.where(np.abs(mean) > SIGN_ERRORS * error, signs, "zero")
        columns[measure.sign] = told
    return columns
