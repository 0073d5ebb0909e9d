"""A table or a job of the cache as plain data, for the command line and ``/api``."""

from collections.abc import Sequence
from typing import Any

from cache.jobs import Job, in_line
from cache.tables import Entry


def describe(entry: Entry) -> dict[str, Any]:
    """One table as plain data.

    ``heads`` is heads per layer; where layers differ, it is the most that one has, and
    ``heads_by_layer`` tells of each (0: no attention).
    """
    record, grid = entry.provenance, entry.provenance.grid
    return {
        "name": entry.name,
        "title": record.title,
        "model": record.model,
        "revision": record.revision,
        "layers": record.layers,
        "heads": record.heads,
        "heads_by_layer": grid.heads_by_layer,
        "heads_total": grid.size,
        "attention_layers": len(grid.attending),
        "source": record.source,
        "source_text": record.describe_source(),
        "scores": record.scores,
        "reference": record.reference,
        "taxonomy_version": record.taxonomy.version,
        "computed_at": record.computed_at.isoformat(),
    }


def describe_jobs(jobs: Sequence[Job]) -> list[dict[str, Any]]:
    """Jobs as plain data, for everybody to read.

    ``position`` is a waiting job's place in line, from 1; ``lost`` says that its worker is silent.
    Options, model and what a newer version adds may contain paths of the worker's machine: they
    are left out.
    """
    shown = set(Job.model_fields) - {"options", "model", "clock", "turn"}
    places = {job.id: place for place, job in enumerate(in_line(jobs), start=1)}
    return [
        {
            **job.model_dump(mode="json", include=shown),
            "reason": job.shown_reason,
            "lost": job.is_lost(),
            "position": places.get(job.id),
        }
        for job in jobs
    ]
