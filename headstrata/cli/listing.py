"""The lines of ``headstrata models``."""

from collections.abc import Sequence

from cache.store import Entry


def as_lines(entries: Sequence[Entry]) -> str:
    """One line per table, in aligned columns."""
    if not entries:
        return "no tables; make one with: headstrata classify MODEL"
    rows = [("name", "model", "layers x heads", "source", "date")]
    for entry in entries:
        record = entry.provenance
        told = record.grid.attention_text
        shape = f"{record.layers} x {record.grid.heads_text}{told and f' ({told})'}"
        date = f"{record.computed_at:%Y-%m-%d}"
        rows.append((entry.name, record.title, shape, record.describe_source(), date))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
