"""One classification from the loaded model to the written table, stage by stage."""

import hashlib
import json
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
import transformers

from cache import patterns
from cache.provenance import ProbeRecord, Provenance, TaxonomyRecord, TextRecord
from cache.store import Store
from classify import taxonomy
from classify.attention import Way, choose
from classify.engine import Engine, fused_gelu
from classify.halt import Halt
from classify.loading import Loaded, load
from classify.partial import Partial
from classify.probes import Probes, Vocabulary, read_vocabulary, tokenize
from classify.progress import Progress
from classify.ranks import Ranks
from classify.request import DEFAULT_LENGTH, MIN_LENGTH, Request
from classify.scoring import Values, batch_size, score
from classify.table import head_table
from headstrata import __version__
from headstrata.errors import UserError

#: Tokens of a batch beyond which a pass gets no faster.
_BATCH_TOKENS = {"cpu": 2304, "mps": 8192, "cuda": 32768}


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


def classify(request: Request, store: Store, ranks: Ranks, progress: Progress, halt: Halt) -> None:
    """Score the model and write table and patterns.

    Raises:
        UserError: The user must change something.
    """
    clock, notes = Clock(), []
    progress.stage("loading the model")
    with clock.stage("load"), _memory_explained(request):
        loaded = load(request, ranks.local)
    halt.check()
    with clock.stage("probes"), _memory_explained(request):
        length, note = prompt_length(request, loaded.context)
        notes += [note] if note else []
        vocabulary = read_vocabulary(
            loaded.tokenizer, loaded.model.get_input_embeddings().num_embeddings
        )
        text, record = tokenize(loaded.tokenizer, request.text, length)
        probes = Probes(vocabulary, text, length, request.rows, request.seed)
        way = choose(loaded.model, _tokens(probes, loaded))
    progress.announce()
    progress.stage("scoring the heads")
    engine = Engine(way, loaded.device, halt.check)
    partial = Partial(store, request.table_name, run_key(request, loaded, record, length))
    with clock.stage("scoring"), _memory_explained(request), fused_gelu(loaded.model):
        batch = ranks.share(partial.batch_size(_fitting(loaded, way, probes)) if ranks.first else 0)
        values, note = score(engine, probes, request.prompts, batch[0], partial, ranks, progress)
        notes += [note] if note else []
    if not ranks.first:
        return
    progress.stage("writing the table")
    with clock.stage("patterns"):
        _write_patterns(store, request.table_name, engine, probes)
    with clock.stage("write"):
        table = head_table(values)
        about = provenance(request, loaded, way, probes, record, values, ranks, clock, notes)
        store.write(request.table_name, table, about)
        partial.clear()


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
    sys.stderr.write(f"{request.table_name}: {note}\n")
    return context, note


def run_key(request: Request, loaded: Loaded, text: TextRecord, length: int) -> str:
    """Names what is computed, prompt by prompt: the same key, the same values."""
    source = Path(request.model)
    files = sorted(source.glob("*.safetensors")) if source.is_dir() else [source]
    parts = {
        "model": loaded.model_name,
        "files": [(f.name, f.stat().st_size, f.stat().st_mtime_ns) for f in files if f.is_file()],
        "revision": loaded.revision,
        "text": text.sha256,
        "length": length,
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


def provenance(
    request: Request,
    loaded: Loaded,
    way: Way,
    probes: Probes,
    text: TextRecord,
    values: Values,
    ranks: Ranks,
    clock: Clock,
    notes: list[str],
) -> Provenance:
    """All that is needed to cite the table or to make it again."""
    vocabulary: Vocabulary = probes.vocabulary
    return Provenance(
        source="computed",
        title=request.title,
        model=loaded.model_name,
        reference=request.reference,
        revision=loaded.revision,
        weights_sha256=loaded.weights_sha256,
        architecture=loaded.architecture,
        layers=way.layers,
        heads=way.heads,
        scores=list(taxonomy.SCORES),
        probes=[
            ProbeRecord(
                name=probe,
                prompts=len(array),
                length=probes.length if probe == "natural" else 2 * probes.period + 1,
                rows=request.rows,
                seed=request.seed,
            )
            for probe, array in values.items()
        ],
        text=text,
        bos_token=vocabulary.bos_token,
        bos_source=vocabulary.bos_source,
        attention=way.description,
        dtype=loaded.dtype,
        device=device_name(loaded.device),
        processes=ranks.size,
        versions=versions(),
        duration_s=round(sum(clock.seconds.values()), 3),
        timings_s=dict(clock.seconds),
        taxonomy=TaxonomyRecord(
            version=taxonomy.TAXONOMY_VERSION,
            thresholds=taxonomy.THRESHOLDS,
            categories=taxonomy.group_of(),
        ),
        notes=notes,
    )


def device_name(device: torch.device) -> str:
    """``cpu``, or the card's name."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else device.type


def _tokens(probes: Probes, loaded: Loaded) -> torch.Tensor:
    return torch.from_numpy(probes.make("natural", 0, 1).tokens).to(loaded.device)


def _fitting(loaded: Loaded, way: Way, probes: Probes) -> int:
    """The batch size that fits into the memory that is free now."""
    config = loaded.model.config.get_text_config()
    hidden = config.hidden_size
    inner = getattr(config, "intermediate_size", None) or getattr(config, "n_inner", None)
    return batch_size(
        probes.length,
        hidden,
        inner or 4 * hidden,
        way.heads,
        way.rows_at_once(len(probes.make("natural", 0, 1).queries[0]), probes.length),
        loaded.model.dtype.itemsize,
        free_memory(loaded.device),
        _BATCH_TOKENS[loaded.device.type],
    )


def free_memory(device: torch.device) -> int:
    """Bytes that are free on the device."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    meminfo = Path("/proc/meminfo")
    if meminfo.exists():
        for line in meminfo.read_text().splitlines():
            if line.startswith("MemAvailable"):
                return int(line.split()[1]) * 1024
    return 2 << 30  # no way to ask: assume a small machine


def _write_patterns(store: Store, name: str, engine: Engine, probes: Probes) -> None:
    """One short prompt per probe, every row."""
    length = min(patterns.PATTERN_LENGTH, probes.length)
    short = Probes(probes.vocabulary, probes.text, length, "all", probes.seed)
    tokens, weights = {}, {}
    for probe in taxonomy.PROBES:
        prompts = short.whole(probe)
        tokens[probe] = [probes.vocabulary.texts[token] for token in prompts.tokens[0]]
        weights[probe] = engine.patterns(prompts)[0]
    patterns.write(store, name, tokens, weights)


@contextmanager
def _memory_explained(request: Request) -> Iterator[None]:
    """One prompt that does not fit is for the user to mend."""
    try:
        yield
    except torch.OutOfMemoryError:
        raise UserError(
            f"{request.model}: does not fit into the device's memory even one prompt at a time; "
            "try --dtype bfloat16, a smaller --length, or --device cpu"
        ) from None
