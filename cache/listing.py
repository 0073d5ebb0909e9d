"""A table of the cache as plain data, for ``headstrata models`` and ``/api/models``."""

from typing import Any

from cache.tables import Entry


def describe(entry: Entry) -> dict[str, Any]:
    """One table as plain data (``heads`` is heads per layer)."""
    record = entry.provenance
    return {
        "name": entry.name,
        "title": record.title,
        "model": record.model,
        "revision": record.revision,
        "layers": record.layers,
        "heads": record.heads_per_layer,
        "heads_total": record.grid.size,
        "source": record.source,
        "source_text": record.describe_source(),
        "scores": record.scores,
        "reference": record.reference,
        "taxonomy_version": record.taxonomy.version,
        "computed_at": record.computed_at.isoformat(),
    }
