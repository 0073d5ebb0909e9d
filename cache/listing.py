"""A table of the cache as plain data, for ``headstrata models`` and ``/api/models``."""

from typing import Any

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
