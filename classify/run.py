"""One classification from the loaded model to the written table, stage by stage."""

import hashlib
import json
import platform
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import torch
import transformers

from cache import patterns
from cache.provenance import ProbeRecord, Provenance, TaxonomyRecord, TextRecord
from cache.store import Store
from classify.attention import Way
from classify.checkpoints import Checkpoints
from classify.engine import Engine, fused_gelu
from classify.loading import Loaded, hashed_aside, load
from classify.memory import batch_size
from classify.out_of_memory import explain_out_of_memory
from classify.probes import Probes, read_text, read_vocabulary, tokenize
from classify.progress import Progress
from classify.ranks import Ranks
from classify.request import DEFAULT_LENGTH, MIN_LENGTH, Request
from classify.scoring import Scoring, Values, largest_share
from classify.stop_signals import StopSignals
from classify.table import head_table
from classify.ways import choose
from headstrata import __version__
from headstrata.errors import UserError
from vocabulary import taxonomy
from vocabulary.taxonomy import Probe


class Clock:
    """Seconds spent per stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of this stage."""
        began = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - began, 3)


@dataclass(frozen=True)
class Ready:
    """A loaded model and what it will be asked."""

    loaded: Loaded
    probes: Probes
    text: TextRecord
    way: Way
    notes: list[str]


def classify(
    request: Request, store: Store, ranks: Ranks, progress: Progress, stop_signals: StopSignals
) -> None:
    """Score the model and write table and patterns.

    Raises:
        UserError: The user must change something.
    """
    clock = Clock()
    ready = ranks.together(lambda: prepare(request, ranks, progress, stop_signals, clock))
    files = ready.loaded.files if ranks.first else []
    digest = hashed_aside(files) if files else None
    engine = Engine(ready.way, ready.loaded.device, stop_signals.check)
    key = run_key(request, ready)
    checkpoints = Checkpoints(store, request.table_name, key)
    with checkpoints.until_done() if ranks.first else nullcontext():
        with clock.stage("scoring"), fused_gelu(ready.loaded.model):
            batch = ranks.together(
                lambda: _begin(ready, checkpoints, ranks, progress, request.prompts)
            )
            scoring = Scoring(
                request.model,
                engine,
                ready.probes,
                ranks.share(batch)[0],
                checkpoints,
                ranks,
                progress,
            )
            values, note = scoring.run(request.prompts)
            if note:
                ready.notes.append(note)
                progress.say(note)
        if not ranks.first:
            return
        progress.stage("writing the table")
        with clock.stage("write"), explain_out_of_memory(request.model):
            _write_patterns(store, request.table_name, key, engine, ready.probes)
            table = head_table(values)
        run = Run(request, ready, key, digest, values, ranks.size, clock.seconds)
        _write_table(store, request.table_name, table, run)


def prepare(
    request: Request, ranks: Ranks, progress: Progress, stop_signals: StopSignals, clock: Clock
) -> Ready:
    """Load the model, make the probes and choose how the attention is read.

    Raises:
        UserError: The request cannot be fulfilled with this model.
    """
    read_text(request.text)  # before minutes of loading
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
        way = choose(loaded.model, _tokens(probes, loaded))
    if note:
        progress.say(note)
    return Ready(loaded, probes, record, way, [note] if note else [])


def _begin(
    ready: Ready,
    checkpoints: Checkpoints,
    ranks: Ranks,
    progress: Progress,
    prompts: int | Literal["auto"],
) -> int:
    """The first record of the scoring, and the batch size (the first process's counts)."""
    progress.announce()
    progress.stage("scoring the heads")
    if not ranks.first:
        return 0
    checkpoints.sweep()
    fits = batch_size(ready.loaded, ready.way, ready.probes)
    return checkpoints.batch_size(min(fits, largest_share(prompts, ranks.size)))


def prompt_length(request: Request, context: int | None) -> tuple[int, str | None]:
    """Tokens of a prompt, and a note if the model's context shortened it.

    Raises:
        UserError: The asked length is beyond the context, or the context is too short.
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


def run_key(request: Request, ready: Ready) -> str:
    """Names what is computed, prompt by prompt: the same key, the same values."""
    loaded = ready.loaded
    source = Path(request.model)
    files = sorted(source.glob("*.safetensors")) if source.is_dir() else [source]
    parts = {
        "model": loaded.model_name,
        "files": [(f.name, f.stat().st_size, f.stat().st_mtime_ns) for f in files if f.is_file()],
        "revision": loaded.revision,
        "text": ready.text.sha256,
        "length": ready.probes.length,
        "rows": request.rows,
        "seed": request.seed,
        "dtype": loaded.dtype,
        "device": loaded.device.type,
        "versions": versions(),
        "taxonomy": taxonomy.TAXONOMY_VERSION,
    }
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def versions() -> dict[str, str]:
    """What computed the table."""
    return {
        "headstrata": __version__,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
    }


@dataclass(frozen=True)
class Run:
    """What a finished run knows of itself."""

    request: Request
    ready: Ready
    key: str
    digest: Future[str] | None
    """Of the weights; None for a hub model."""
    values: Values
    processes: int
    timings_s: dict[str, float]

    def provenance(self) -> Provenance:
        """All that is needed to cite the table or to make it again."""
        request, ready, loaded = self.request, self.ready, self.ready.loaded
        vocabulary = ready.probes.vocabulary
        return Provenance(
            source="computed",
            run_key=self.key,
            title=request.title,
            model=loaded.model_name,
            reference=request.reference,
            revision=loaded.revision,
            weights_sha256=self.digest.result() if self.digest else None,
            architecture=loaded.architecture,
            layers=ready.way.layers,
            heads=ready.way.heads,
            scores=list(taxonomy.SCORES),
            probes=[self._probe(probe) for probe in taxonomy.PROBES],
            text=ready.text,
            bos_token=vocabulary.bos_token,
            bos_source=vocabulary.bos_source,
            attention=ready.way.description,
            dtype=loaded.dtype,
            device=device_name(loaded.device),
            processes=self.processes,
            versions=versions(),
            duration_s=round(sum(self.timings_s.values()), 3),
            timings_s=self.timings_s,
            taxonomy=TaxonomyRecord(
                version=taxonomy.TAXONOMY_VERSION,
                thresholds=taxonomy.THRESHOLDS,
                categories=taxonomy.group_of(),
            ),
            notes=ready.notes,
        )

    def _probe(self, probe: Probe) -> ProbeRecord:
        probes, rows = self.ready.probes, self.request.rows
        natural, allowed = probe == "natural", len(probes.allowed(probe))
        return ProbeRecord(
            name=probe,
            prompts=len(self.values[probe]),
            length=probes.length if natural else 2 * probes.period + 1,
            rows=rows if rows == "all" else min(rows, allowed),
            seed=self.request.seed,
        )


def device_name(device: torch.device) -> str:
    """``cpu``, or the card's name."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else device.type


def _tokens(probes: Probes, loaded: Loaded) -> torch.Tensor:
    return torch.from_numpy(probes.make("natural", 0, 1).tokens).to(loaded.device)


def _write_patterns(store: Store, name: str, key: str, engine: Engine, probes: Probes) -> None:
    """One short prompt per probe, every row."""
    length = min(patterns.PATTERN_LENGTH, probes.length)
    short = Probes(probes.vocabulary, probes.text, length, "all", probes.seed)
    tokens: dict[str, list[str]] = {}
    weights: dict[str, patterns.Bytes] = {}
    for probe in taxonomy.PROBES:
        prompts = short.whole(probe)
        tokens[probe] = [probes.vocabulary.texts[token] for token in prompts.tokens[0]]
        weights[probe] = engine.patterns(prompts)[0]
    patterns.write(store, name, tokens, weights, key)


def _write_table(store: Store, name: str, table: pd.DataFrame, run: Run) -> None:
    """The table, or neither table nor patterns: new patterns do not explain an old table."""
    try:
        store.write(name, table, run.provenance())
    except UserError:
        store.remove(patterns.path_of(name))
        raise
