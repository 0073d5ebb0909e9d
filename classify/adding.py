"""Evidence for a table that has its scores: when they are kept, and what is written."""

from cache import patterns
from cache.provenance import ProbeRecord, Provenance
from cache.schema import of_measure
from cache.store import Store, Table
from classify.evidence import Evidence
from classify.in_memory import RequestInMemory
from classify.record import PreparedRun
from classify.request import Request
from headstrata.errors import UserError
from vocabulary.evidence import MEASURES


def as_scored(request: Request, store: Store) -> tuple[Request, Provenance | None]:
    """The request with the options of the table that is there, and that table's provenance.

    Returns:
        The request as it is and None if the model is to be scored: evidence was not asked for
        alone, there is no computed table, or some option is another than its.
    """
    if not request.evidence or request.replace or isinstance(request, RequestInMemory):
        return request, None
    try:
        record = store.read(request.table_name).provenance
    except UserError:
        return request, None
    natural = next((probe for probe in record.probes if probe.name == "natural"), None)
    if record.source != "computed" or natural is None or not _asks_for(request, record, natural):
        return request, None
    return request.model_copy(update={"length": natural.length, "seed": natural.seed}), record


def _asks_for(request: Request, record: Provenance, natural: ProbeRecord) -> bool:
    """Whether every option that was given is the table's."""
    made = {
        "prompts": natural.prompts,
        "length": natural.length,
        "rows": natural.rows,
        "seed": natural.seed,
        "dtype": record.dtype,
    }
    given = {name: getattr(request, name) for name in request.model_fields_set & made.keys()}
    return all(value in (made[name], "auto") for name, value in given.items())


def other_prompts(record: Provenance, prepared: PreparedRun) -> str | None:
    """Why the prepared prompts are not those of the table; None: they are."""
    if record.grid != prepared.reader.grid:
        return "other layers or heads"
    if record.text is None or record.text.sha256 != prepared.text.sha256:
        return "another text"
    if record.bos_token != prepared.probes.vocabulary.bos_token:
        return "another first token"
    return None


def with_evidence(store: Store, name: str, evidence: Evidence) -> tuple[Table, bytes | None]:
    """The table with the evidence, and its patterns where they are elsewhere.

    Returns:
        Patterns are None if they are in place: those of a table that ships are to be copied.
    """
    file = store.find(name)
    table = store.read(file)
    earlier = [column.name for measure in MEASURES.values() for column in of_measure(measure)]
    heads = table.heads.drop(columns=earlier, errors="ignore").assign(**evidence.columns)
    record = table.provenance.model_copy(update={"evidence": evidence.record})
    drawn = store.home(file).get(patterns.path_of(name)) if file.shipped else None
    return Table(name, heads, record), drawn
