"""What the cache holds, for ``headstrata models`` and ``/api/models``."""

from collections.abc import Sequence
from typing import Any

from cache.store import Entry


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


def as_lines(entries: Sequence[Entry]) -> str:
    """One line a table in aligned columns."""
    if not entries:
        return "no tables; make one with: headstrata classify MODEL"
    rows = [("name", "model", "layers x heads", "source", "date")]
    for entry in entries:
        record = entry.provenance
        shape = f"{record.layers} x {record.heads_per_layer}"
        date = f"{record.computed_at:%Y-%m-%d}"
        rows.append((entry.name, record.title, shape, record.describe_source(), date))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
