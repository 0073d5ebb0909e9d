"""The record of a run: the key of its checkpoints and the provenance of its table."""

import hashlib
import json
import platform
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import transformers

from cache.provenance import ProbeRecord, Provenance, TaxonomyRecord, TextRecord
from classify.attention import AttentionReader
from classify.loading import Loaded
from classify.probes import Probes
from classify.request import Request
from classify.scoring import Values
from headstrata import __version__
from vocabulary import taxonomy
from vocabulary.taxonomy import Probe


@dataclass(frozen=True)
class PreparedRun:
    """A loaded model, the prompts for it, and the reader of its attention."""

    loaded: Loaded
    probes: Probes
    text: TextRecord
    reader: AttentionReader
    notes: list[str]
    """For the provenance, such as why prompts were shortened."""


@dataclass(frozen=True)
class FinishedRun:
    """Everything about a finished run that its provenance needs."""

    request: Request
    prepared: PreparedRun
    key: str
    digest: Future[str] | None
    """SHA-256 of the weights; None for a hub model."""
    values: Values
    processes: int
    timings_s: dict[str, float]

    def provenance(self) -> Provenance:
        """Everything that is needed to cite the table or to compute it again."""
        request, prepared, loaded = self.request, self.prepared, self.prepared.loaded
        vocabulary = prepared.probes.vocabulary
        return Provenance(
            source="computed",
            run_key=self.key,
            title=request.title,
            model=loaded.model_name,
            reference=request.reference,
            revision=loaded.revision,
            weights_sha256=self.digest.result() if self.digest else None,
            architecture=loaded.architecture,
            layers=prepared.reader.layers,
            heads=prepared.reader.heads,
            scores=list(taxonomy.SCORES),
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
            notes=prepared.notes,
        )

    def _probe(self, probe: Probe) -> ProbeRecord:
        probes, rows = self.prepared.probes, self.request.rows
        natural, allowed = probe == "natural", len(probes.allowed(probe))
        return ProbeRecord(
            name=probe,
            prompts=len(self.values[probe]),
            length=probes.length if natural else 2 * probes.period + 1,
            rows=rows if rows == "all" else min(rows, allowed),
            seed=self.request.seed,
        )


def run_key(request: Request, prepared: PreparedRun) -> str:
    """Identifies what is computed for each prompt: the same key means the same values."""
    loaded = prepared.loaded
    source = Path(request.model)
    files = sorted(source.glob("*.safetensors")) if source.is_dir() else [source]
    parts = {
        "model": loaded.model_name,
        "files": [(f.name, f.stat().st_size, f.stat().st_mtime_ns) for f in files if f.is_file()],
        "revision": loaded.revision,
        "text": prepared.text.sha256,
        "length": prepared.probes.length,
        "rows": request.rows,
        "seed": request.seed,
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
