"""One classification, stage by stage: load the model, score its heads, write the table."""

import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd
import torch

from cache import patterns
from cache.identity import Identity, refuse_other
from cache.provenance import Provenance
from cache.store import Store
from classify.adding import as_scored, refuse_other_prompts, with_evidence
from classify.attention import AttentionReader, SdpaRowsReader
from classify.checkpoints import Checkpoints
from classify.digests import Digests, in_background
from classify.engine import Engine, fused_gelu
from classify.evidence import Evidence, EvidencePlan, Measurement, plan_evidence
from classify.gguf_header import read_once
from classify.in_memory import RequestInMemory, take
from classify.loading import Loaded, load
from classify.memory import batch_size
from classify.out_of_memory import explain_out_of_memory, is_out_of_memory
from classify.probes import Probes, read_vocabulary
from classify.progress import Progress
from classify.projections import Projection, UnmeasurableError, find_projections, norm_maps
from classify.prompts import speak
from classify.ranks import Ranks
from classify.reach import longest_stretch, stretch_notes
from classify.reader_choice import choose_reader
from classify.reads import reads
from classify.record import FinishedRun, PreparedRun, identity, run_key
from classify.request import DEFAULT_LENGTH, MIN_LENGTH, Request
from classify.scoring import Scoring, Values, largest_share
from classify.stop_signals import StopSignals
from classify.table import head_table, overlap_factor
from classify.text import read_text, tokenize
from headstrata.errors import UserError
from vocabulary import taxonomy

#: From this factor on the provenance tells that overlapping prompts widen standard errors.
_TOLD_FACTOR = 1.1


class Clock:
    """Measures the seconds that each stage takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Record the time that this stage takes."""
        began = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - began, 3)


def classify(
    request: Request, store: Store, ranks: Ranks, progress: Progress, stop_signals: StopSignals
) -> None:
    """Score the model, measure evidence, and write table and patterns.

    Raises:
        UserError: The user must change something.
    """
    clock = Clock()
    mine = ranks.together(lambda: as_scored(request, store))
    request, scored, again = ranks.share(mine)[0]
    if again:
        progress.say(f"scored again: the table is of {again}")
    prepared = ranks.together(lambda: prepare(request, ranks, progress, stop_signals, clock))
    files = prepared.loaded.files if ranks.first else []
    weights = in_background(files) if files else None
    if not request.replace:
        ranks.together(lambda: _refuse_other(request, store, prepared.loaded, weights, ranks))
    key = run_key(request, prepared)
    checkpoints = Checkpoints(store, request.table_name, key)
    with checkpoints.until_done() if ranks.first else nullcontext():
        run = _Run(request, prepared, checkpoints, ranks, progress, stop_signals, clock)
        with clock.stage("plan"):
            plan = ranks.together(run.plan)
        if scored is not None:
            refuse_other_prompts(request.table_name, scored, prepared)
        ranks.together(run.announce)
        values = None if scored else run.score(plan)
        evidence = run.measure(plan) if plan else None
        if not ranks.first:
            return
        progress.stage("writing the table")
        if values is None:
            if evidence is not None:
                table, drawn = with_evidence(store, request, evidence)
                _write(store, request, drawn, table.heads, table.provenance)
            return
        with clock.stage("write"), explain_out_of_memory(request.model):
            drawn = _patterns(key, run.engine, prepared, len(values["natural"]))
            heads = head_table(values, prepared.reader.grid, prepared.probes.overlap)
        record = evidence.record if evidence else None
        done = FinishedRun(
            request, prepared, key, weights, values, ranks.size, clock.seconds, record
        ).provenance()
        columns = evidence.columns if evidence else {}
        _write(store, request, drawn, heads.assign(**columns), done)


@dataclass(frozen=True)
class _Run:
    """What the stages of a run have in common."""

    request: Request
    prepared: PreparedRun
    checkpoints: Checkpoints
    ranks: Ranks
    progress: Progress
    stop_signals: StopSignals
    clock: Clock

    @cached_property
    def engine(self) -> Engine:
        """Scores the prompts."""
        return Engine(self.prepared.reader, self.prepared.loaded.device, self.stop_signals.check)

    def announce(self) -> None:
        """Write the first record of the run, and delete what abandoned runs have left."""
        self.progress.announce()
        if self.ranks.first:
            self.checkpoints.sweep()

    def plan(self) -> EvidencePlan | None:
        """What evidence is to be measured; None: none."""
        with explain_out_of_memory(self.request.model, "--no-evidence"):
            return plan_evidence(self.request, self.prepared)

    def score(self, plan: EvidencePlan | None) -> Values:
        """The values of all prompts."""
        request, prepared, ranks = self.request, self.prepared, self.ranks
        with self.clock.stage("scoring"), fused_gelu(prepared.loaded.model):
            self.progress.stage("scoring the heads")
            batch = ranks.together(self._batch)
            self.progress.afterwards(plan.passes if plan else 0)
            scoring = Scoring(
                request.model,
                self.engine,
                prepared.probes,
                ranks.share(batch)[0],
                self.checkpoints,
                ranks,
                self.progress,
            )
            values, note = scoring.run(request.prompts)
        for told in (note, _overlap_note(prepared.probes, len(values["natural"]))):
            if told:
                prepared.notes.append(told)
                self.progress.say(told)
        return values

    def measure(self, plan: EvidencePlan) -> Evidence:
        """What heads write, and how much they matter."""
        with self.clock.stage("evidence"), fused_gelu(self.prepared.loaded.model):
            self.progress.stage("measuring what the heads write and do")
            return Measurement(
                plan,
                self.request.model,
                self.checkpoints,
                self.ranks,
                self.progress,
                self.stop_signals.check,
            ).run()

    def _batch(self) -> int:
        """The batch size of the scoring. Only the first process's is used."""
        if not self.ranks.first:
            return 0
        prepared = self.prepared
        fits = batch_size(prepared.loaded, prepared.reader, prepared.probes)
        share = largest_share(self.request.prompts, self.ranks.size)
        return self.checkpoints.batch_size(min(fits, share))


def prepare(
    request: Request, ranks: Ranks, progress: Progress, stop_signals: StopSignals, clock: Clock
) -> PreparedRun:
    """Load the model, make the probes and choose the attention reader.

    Raises:
        UserError: The request cannot be fulfilled with this model.
    """
    read_text(request.text)  # fail before the model is loaded, which can take minutes
    progress.stage("loading the model")
    with (
        clock.stage("load"),
        explain_out_of_memory(request.model),
        stop_signals.raised_at_once(),
        read_once(),
    ):
        loaded = take(request) if isinstance(request, RequestInMemory) else load(request, ranks)
    stop_signals.check()
    with clock.stage("probes"), explain_out_of_memory(request.model):
        length, note = prompt_length(request, loaded.context)
        vocabulary = read_vocabulary(
            loaded.tokenizer,
            loaded.model.get_input_embeddings().num_embeddings,
            request.bos,
        )
        text, record = tokenize(loaded.tokenizer, request.text, length)
        vocabulary.check(text.ids)
        probes = Probes(vocabulary, text, length, request.rows, request.seed)
        tokens = _tokens(probes, loaded)
        reader = choose_reader(loaded.model, tokens)
        probes = replace(probes, reach=longest_stretch(loaded.model, reader, tokens))
    notes = [*loaded.notes, *([note] if note else []), *text.notes, *stretch_notes(probes)]
    if len(reader.grid.attending) < reader.grid.layers:
        notes.append(
            f"{len(reader.grid.attending)} of {reader.grid.layers} layers have softmax attention; "
            "the others have no heads"
        )
    if not isinstance(reader, SdpaRowsReader):
        notes.append(
            "the first token's share of what heads write is not measured: the model's own eager "
            "attention hands out no values"
        )
    for told in notes:
        progress.say(told)
    projections, why = _projections(loaded, reader, tokens)
    if isinstance(reader, SdpaRowsReader):
        reader.norm_maps = norm_maps(projections)
    return PreparedRun(loaded, probes, record, reader, notes, projections, why)


def _projections(
    loaded: Loaded, reader: AttentionReader, tokens: torch.Tensor
) -> tuple[list[Projection], str | None]:
    """The output projections, or why they cannot be told."""
    try:
        return find_projections(loaded.model, reader, tokens), None
    except UnmeasurableError as error:
        return [], str(error)
    except (RuntimeError, MemoryError) as error:  # the scores themselves need less
        if not is_out_of_memory(error):
            raise
        return [], "memory ran out while the output projections were looked for"


def _refuse_other(
    request: Request,
    store: Store,
    loaded: Loaded,
    weights: Future[Digests] | None,
    ranks: Ranks,
) -> None:
    """Refuse to score what would replace the table of a different model.

    Raises:
        UserError: There is one under this name.
    """
    stored = store.provenance(request.table_name) if ranks.first else None
    if stored is not None:  # else nobody waits for the digests
        refuse_other(request.table_name, stored, identity(loaded, weights))


def prompt_length(request: Request, context: int | None) -> tuple[int, str | None]:
    """Tokens of a prompt, and a note if the model's context made it shorter.

    Raises:
        UserError: The requested length exceeds the context, or the context is too short.
    """
    wanted = request.length or DEFAULT_LENGTH
    if context is None or wanted <= context:
        return wanted, None
    if request.length is not None:
        raise UserError(f"--length {wanted}: the model's context is {context} tokens")
    if context < MIN_LENGTH:
        raise UserError(
            f"the model's context of {context} tokens is too short: prompts need {MIN_LENGTH}"
        )
    note = f"prompts shortened from {wanted} to {context} tokens: the model's context"
    return context, note


def _overlap_note(probes: Probes, prompts: int) -> str | None:
    """A note where a short text makes standard errors clearly larger."""
    factor = overlap_factor(prompts, probes.overlap)
    if factor < _TOLD_FACTOR:
        return None
    held = len(probes.text.ids) / probes.stretch
    return (
        f"the text holds {held:.1f} prompts of {probes.length} tokens, so that the {prompts} drawn "
        f"from it overlap: standard errors on it are {factor:.1f} times those of prompts that do "
        "not; a longer text or a smaller --length makes them smaller"
    )


def _tokens(probes: Probes, loaded: Loaded) -> torch.Tensor:
    return torch.from_numpy(probes.make("natural", 0, 1).tokens).to(loaded.device)


def _patterns(key: str, engine: Engine, prepared: PreparedRun, scored: int) -> bytes:
    """The file of the patterns: the whole attention on each of the stored prompts.

    And what each head reads, on some of the natural prompts that were scored.
    """
    probes = prepared.probes
    length = min(patterns.PATTERN_LENGTH, probes.length)
    short = replace(probes, length=length, rows="all")
    tokens: dict[str, list[str]] = {}
    weights: dict[str, patterns.Bytes] = {}
    for probe in taxonomy.PROBES:
        tokens[probe] = short.labels(probe)
        weights[probe] = engine.patterns(short.whole(probe))[0]
    spoken, skipped = speak(prepared.loaded.tokenizer, probes, length)
    for name, prompt in spoken.items():
        tokens[name] = prompt.labels
        weights[name] = engine.patterns(prompt.whole())[0]
    read = reads(engine.reader, probes, scored, engine.device, engine.check_stop)
    return patterns.encode(tokens, weights, engine.reader.grid, key, skipped, read)


def _write(
    store: Store,
    request: Request,
    drawn: bytes | None,
    table: pd.DataFrame,
    record: Provenance,
) -> None:
    """Write patterns and table, unless somebody has written another model's table meanwhile.

    If the table cannot be written, the patterns are removed: an older table is not theirs.
    ``drawn`` is None where they are in place.
    """
    name = request.table_name
    with store.writing():
        if not request.replace:
            refuse_other(name, store.provenance(name), Identity.of(record))
        if drawn is not None:
            store.put(patterns.path_of(name), drawn)
        try:
            store.write(name, table, record)
        except UserError:
            if drawn is not None:
                store.remove(patterns.path_of(name))
            raise
