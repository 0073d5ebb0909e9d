"""A table under other thresholds, for whoever shows or downloads it."""

from app.analysis.whatif import describe_thresholds, format_thresholds, parse_thresholds, what_if
from cache.store import Table


def apply(table: Table, text: str | None) -> Table:
    """The table as the thresholds of a link (``induction:0.3,broad:0.7``) would have it.

    Its provenance carries the thresholds and says that they were changed; without any
    that differs from the defaults the very table is given back.

    Raises:
        UserError: Names the part of ``text`` that makes no sense.
    """
    thresholds = parse_thresholds(text)
    if not thresholds:
        return table
    result = what_if(table.heads, thresholds)
    record = table.provenance
    taxonomy = record.taxonomy.model_copy(update={"thresholds": result.thresholds})
    note = f"Categories with changed {describe_thresholds(thresholds)}."
    changed = record.model_copy(update={"taxonomy": taxonomy, "notes": [*record.notes, note]})
    return Table(table.name, result.heads, changed)


def normal(text: str | None) -> str:
    """The one way to write the thresholds of a link; empty for the defaults.

    Raises:
        UserError: Names the part of ``text`` that makes no sense.
    """
    return format_thresholds(parse_thresholds(text))
