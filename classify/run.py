"""One classification, stage by stage: load the model, score its heads, write the table."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Literal

import pandas as pd
import torch

from cache import patterns
from cache.store import Store
from classify.checkpoints import Checkpoints
from classify.engine import Engine, fused_gelu
from classify.loading import Loaded, hash_in_background, load
from classify.memory import batch_size
from classify.out_of_memory import explain_out_of_memory
from classify.probes import Probes, read_text, read_vocabulary, tokenize
from classify.progress import Progress
from classify.ranks import Ranks
from classify.reader_choice import choose_reader
from classify.record import FinishedRun, PreparedRun, run_key
from classify.request import DEFAULT_LENGTH, MIN_LENGTH, Request
from classify.scoring import Scoring, largest_share
from classify.stop_signals import StopSignals
from classify.table import head_table
from headstrata.errors import UserError
from vocabulary import taxonomy


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
    """Score the model and write table and patterns.

    Raises:
        UserError: The user must change something.
    """
    clock = Clock()
    prepared = ranks.together(lambda: prepare(request, ranks, progress, stop_signals, clock))
    files = prepared.loaded.files if ranks.first else []
    digest = hash_in_background(files) if files else None
    engine = Engine(prepared.reader, prepared.loaded.device, stop_signals.check)
    key = run_key(request, prepared)
    checkpoints = Checkpoints(store, request.table_name, key)
    with checkpoints.until_done() if ranks.first else nullcontext():
        with clock.stage("scoring"), fused_gelu(prepared.loaded.model):
            batch = ranks.together(
                lambda: _begin(prepared, checkpoints, ranks, progress, request.prompts)
            )
            scoring = Scoring(
                request.model,
                engine,
                prepared.probes,
                ranks.share(batch)[0],
                checkpoints,
                ranks,
                progress,
            )
            values, note = scoring.run(request.prompts)
            if note:
                prepared.notes.append(note)
                progress.say(note)
        if not ranks.first:
            return
        progress.stage("writing the table")
        with clock.stage("write"), explain_out_of_memory(request.model):
            _write_patterns(store, request.table_name, key, engine, prepared.probes)
            table = head_table(values)
        run = FinishedRun(request, prepared, key, digest, values, ranks.size, clock.seconds)
        _write_table(store, request.table_name, table, run)


def prepare(
    request: Request, ranks: Ranks, progress: Progress, stop_signals: StopSignals, clock: Clock
) -> PreparedRun:
    """Load the model, make the probes and choose the attention reader.

    Raises:
        UserError: The request cannot be fulfilled with this model.
    """
    read_text(request.text)  # fail before the model is loaded, which can take minutes
    progress.stage("loading the model")
    with clock.stage("load"), explain_out_of_memory(request.model), stop_signals.raised_at_once():
        loaded = load(request, ranks)
    stop_signals.check()
    with clock.stage("probes"), explain_out_of_memory(request.model):
        length, note = prompt_length(request, loaded.context)
        vocabulary = read_vocabulary(
            loaded.tokenizer, loaded.model.get_input_embeddings().num_embeddings
        )
        text, record = tokenize(loaded.tokenizer, request.text, length)
        vocabulary.check(text)
        probes = Probes(vocabulary, text, length, request.rows, request.seed)
        reader = choose_reader(loaded.model, _tokens(probes, loaded))
    if note:
        progress.say(note)
    return PreparedRun(loaded, probes, record, reader, [note] if note else [])


def _begin(
    prepared: PreparedRun,
    checkpoints: Checkpoints,
    ranks: Ranks,
    progress: Progress,
    prompts: int | Literal["auto"],
) -> int:
    """Announce the scoring; the batch size. Only the first process's is used."""
    progress.announce()
    progress.stage("scoring the heads")
    if not ranks.first:
        return 0
    checkpoints.sweep()
    fits = batch_size(prepared.loaded, prepared.reader, prepared.probes)
    return checkpoints.batch_size(min(fits, largest_share(prompts, ranks.size)))


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


def _tokens(probes: Probes, loaded: Loaded) -> torch.Tensor:
    return torch.from_numpy(probes.make("natural", 0, 1).tokens).to(loaded.device)


def _write_patterns(store: Store, name: str, key: str, engine: Engine, probes: Probes) -> None:
    """Write the patterns: the whole attention on one short prompt per probe."""
    length = min(patterns.PATTERN_LENGTH, probes.length)
    short = Probes(probes.vocabulary, probes.text, length, "all", probes.seed)
    tokens: dict[str, list[str]] = {}
    weights: dict[str, patterns.Bytes] = {}
    for probe in taxonomy.PROBES:
        prompts = short.whole(probe)
        tokens[probe] = [probes.vocabulary.texts[token] for token in prompts.tokens[0]]
        weights[probe] = engine.patterns(prompts)[0]
    patterns.write(store, name, tokens, weights, key)


def _write_table(store: Store, name: str, table: pd.DataFrame, run: FinishedRun) -> None:
    """Write the table; if that fails, remove the patterns: an older table is not theirs."""
    try:
        store.write(name, table, run.provenance())
    except UserError:
        store.remove(patterns.path_of(name))
        raise
