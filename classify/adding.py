"""Evidence for a table that has its scores: when they are kept, and what is written."""

from typing import NamedTuple, get_args

from cache import patterns
from cache.provenance import ProbeRecord, Provenance
from cache.schema import of_measure
from cache.store import Store, Table
from classify.evidence import Evidence
from classify.first_token import ASKED_SOURCES, NONE
from classify.in_memory import RequestInMemory
from classify.probes import FIRST_QUERY
from classify.record import PreparedRun
from classify.request import Dtype, Request
from classify.text import read_text
from headstrata.errors import UserError
from vocabulary.evidence import MEASURES

_ANEW = "--replace scores the model anew"


class Asked(NamedTuple):
    """What is to be done for a request."""

    request: Request
    """With the options of the table whose scores are kept."""
    scored: Provenance | None = None
    """That table's; None: the model is to be scored."""
    again: str | None = None
    """In what the request differs from the table that is there, so that it is scored again."""


def as_scored(request: Request, store: Store) -> Asked:
    """Whether the scores that are there are kept, and the request with that table's options.

    They are kept where evidence is asked for, by itself or by a number of prompts for effects,
    and no option was given that is another than the table's.

    Raises:
        UserError: Its prompts cannot be made again from what is recorded and was given.
    """
    asks = request.evidence or request.effect_repeated or request.effect_natural
    if not asks or request.replace or isinstance(request, RequestInMemory):
        return Asked(request)
    try:
        record = store.read(request.table_name).provenance
    except UserError:
        return Asked(request)
    natural = next((probe for probe in record.probes if probe.name == "natural"), None)
    if record.source != "computed" or natural is None:
        return Asked(request)
    if other := _other_option(request, record, natural):
        return Asked(request, again=other)
    if request.text is None:
        _refuse_unknown_text(request.table_name, record)
    return Asked(_with_options_of(request, record, natural), record)


def _other_option(request: Request, record: Provenance, natural: ProbeRecord) -> str | None:
    """An option that was given and is another than the table's; None: there is none."""
    made = {
        "prompts": natural.prompts,
        "length": natural.length,
        "rows": natural.rows,
        "seed": natural.seed,
        "dtype": record.dtype,
        "bos": record.bos_token or NONE,
    }
    given = {name: getattr(request, name) for name in request.model_fields_set & made.keys()}
    if isinstance(rows := given.get("rows"), int):  # a short prompt has fewer
        given["rows"] = min(rows, natural.length - FIRST_QUERY)
    for name, own in made.items():
        if given.get(name, own) not in (own, "auto", None):
            return f"{_SAID.get(name, name)} {own}, not {given[name]}"
    if request.text is not None and record.text is not None:
        asked = read_text(request.text)
        if asked.sha256 != record.text.sha256:
            return f"another text ({record.text.source}, not {asked.name})"
    return None


_SAID = {"bos": "first token"}


def _refuse_unknown_text(name: str, record: Provenance) -> None:
    """Refuse a table that was scored on a text that is neither given nor the default one.

    Raises:
        UserError: It was; the message says what to give.
    """
    default = read_text(None)
    if record.text is None:
        raise UserError(
            f"{name!r} does not say on which text it was scored, so evidence on the same text "
            f"cannot be added to it; {_ANEW}"
        )
    if record.text.sha256 == default.sha256:
        return
    if record.text.source == default.name:
        python = record.versions.get("python", "another version")
        raise UserError(
            f"{name!r} was scored on the default text of another Python ({python}): add evidence "
            f"with that one; {_ANEW}"
        )
    raise UserError(
        f"{name!r} was scored on the text {record.text.source}: give that file again, with --text "
        f"FILE, so that its evidence is of the same text; {_ANEW}"
    )


def _with_options_of(request: Request, record: Provenance, natural: ProbeRecord) -> Request:
    """The request with what the table was made with, where nothing was given."""
    options: dict[str, object] = {
        "evidence": True,
        "prompts": natural.prompts,
        "length": natural.length,
        "rows": natural.rows,
        "seed": natural.seed,
    }
    if request.dtype == "auto" and record.dtype in get_args(Dtype):
        options["dtype"] = record.dtype
    if request.bos is None and record.bos_source in ASKED_SOURCES:
        options["bos"] = record.bos_token or NONE
    return request.model_copy(update=options)


def refuse_other_prompts(name: str, record: Provenance, prepared: PreparedRun) -> None:
    """Refuse to put evidence on the prepared prompts beside the scores on others.

    Raises:
        UserError: They are others, for no option that was given: the model, its tokenizer or
            what reads them has changed.
    """
    why = None
    if record.grid != prepared.reader.grid:
        why = "other layers or heads"
    elif record.text is None or record.text.sha256 != prepared.text.sha256:
        why = "another text"
    elif record.bos_token != prepared.probes.vocabulary.bos_token:
        why = f"another first token ({record.bos_token or NONE})"
    if why:
        raise UserError(f"{name!r} is of {why}, so evidence cannot be added to it; {_ANEW}")


def with_evidence(store: Store, request: Request, evidence: Evidence) -> tuple[Table, bytes | None]:
    """The table with the evidence, and its patterns where they are elsewhere.

    Its title stays, unless another was given.

    Returns:
        Patterns are None if they are in place: those of a table that ships are to be copied.
    """
    name = request.table_name
    file = store.find(name)
    table = store.read(file)
    earlier = [column.name for measure in MEASURES.values() for column in of_measure(measure)]
    heads = table.heads.drop(columns=earlier, errors="ignore").assign(**evidence.columns)
    changed = {"evidence": evidence.record, "title": request.title or table.provenance.title}
    record = table.provenance.model_copy(update=changed)
    drawn = store.home(file).get(patterns.path_of(name)) if file.shipped else None
    return Table(name, heads, record), drawn
