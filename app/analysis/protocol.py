"""How a table was measured, and in what two tables' measurements differ."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.views.words import joined
from cache.provenance import ProbeRecord, Provenance
from vocabulary.protocols import OWN, PUBLISHED, Protocol
from vocabulary.taxonomy import SCORES, Probe

#: A probe in two words, for a list; its sentence is ``vocabulary.taxonomy.PROBES``.
_SHORT: dict[str, str] = {"repeated": "repeated random tokens", "natural": "natural text"}
_UNTOLD = "not told"
_OWN_BOS = "the tokenizer's own BOS"


@dataclass(frozen=True)
class Apart:
    """One thing in which two measurements differ."""

    what: str
    one: str
    other: str


def protocol_of(record: Provenance) -> Protocol | None:
    """The protocol of a table; None: of a paper that this version does not know."""
    if record.source == "computed":
        return OWN
    return next((PUBLISHED[key] for key in record.citations if key in PUBLISHED), None)


def same_definition(one: Provenance, other: Provenance, score: str) -> bool:
    """Whether a score means the same in two tables: its probe, its formula, the attention read."""
    here, there = protocol_of(one), protocol_of(other)
    if here is None or there is None:
        return False
    return _definition(here, score) == _definition(there, score)


def defined_apart(one: Provenance, other: Provenance, scores: Iterable[str]) -> list[str]:
    """Those of the scores that both tables have and define differently, in their order."""
    both = [name for name in scores if name in one.measured and name in other.measured]
    return [name for name in both if not same_definition(one, other, name)]


def apart(
    one: Provenance, other: Provenance, scores: Collection[str] = tuple(SCORES)
) -> list[Apart]:
    """In what the measurements of two tables differ that may move these scores.

    Args:
        one: Of the shown table.
        other: Of the second one.
        scores: The scores that are set side by side.

    Returns:
        Probe of each score, what starts a prompt, what was done to the attention, prompts and
        rows of each probe, text, precision; only what differs.
    """
    both = [s for s in SCORES if s in scores and s in one.measured and s in other.measured]
    probes: list[Probe] = [p for p in ("repeated", "natural") if _is_used(p, (one, other), both)]
    told = [
        *(
            (f"{SCORES[s].label}, measured on", _probe_of(one, s), _probe_of(other, s))
            for s in both
        ),
        *_first_tokens(one, other),
        ("Attention", attention(one), attention(other)),
        *((f"Prompts: {_SHORT[p]}", _prompts(one, p), _prompts(other, p)) for p in probes),
        *((f"Queries: {_SHORT[p]}", _rows(one, p), _rows(other, p)) for p in probes),
        *([("Text", _text(one), _text(other))] if "natural" in probes else []),
        ("Precision", one.dtype or _UNTOLD, other.dtype or _UNTOLD),
    ]
    # a probe that one of the tables did not have is told with its scores
    return [Apart(*row) for row in told if row[1] != row[2] and "" not in row]


def sentence(found: Collection[Apart], undefined: Collection[str]) -> str:
    """What the differences mean for the numbers below.

    Args:
        found: In what the measurements differ (``apart``).
        undefined: The scores whose definitions differ (``defined_apart``).
    """
    if undefined:
        names = joined([SCORES[name].label for name in undefined])
        are = "is" if len(undefined) == 1 else "are"
        return (
            f"Not measured alike: {names} {are} defined differently in the two tables, so no "
            "difference in what rests on that is told."
        )
    if found:
        return (
            "Measured under different settings, which may be part of any difference: "
            f"{joined([_small(row.what) for row in found])}."
        )
    return ""


def first_token(record: Provenance) -> str:
    """What starts every prompt."""
    known = protocol_of(record)
    if known is not None and known.start:
        return known.start
    if record.bos_token is None:
        return record.bos_source or _UNTOLD
    return record.bos_token


def attention(record: Provenance) -> str:
    """What was done to the attention before it was read."""
    known = protocol_of(record)
    return _UNTOLD if known is None else known.attention


def probe_of(record: Provenance, score: str) -> Probe | None:
    """The probe that a score was measured on in this table; None if that is not known."""
    known = protocol_of(record)
    return None if known is None else known.probe(score)


def formula_of(record: Provenance, score: str) -> str | None:
    """The score's formula in this table; None if that is not known."""
    known = protocol_of(record)
    return None if known is None else known.formula(score)


def _first_tokens(one: Provenance, other: Provenance) -> list[tuple[str, str, str]]:
    """What starts a prompt; each model's own BOS is the same, whatever it is written like."""
    if one.model != other.model and one.bos_source == other.bos_source == _OWN_BOS:
        return []
    return [("First token of a prompt", first_token(one), first_token(other))]


def _definition(known: Protocol, score: str) -> tuple[str, str, str]:
    return known.probe(score), known.formula(score), known.attention


def _is_used(probe: str, records: Iterable[Provenance], scores: Collection[str]) -> bool:
    return any(probe_of(record, score) == probe for record in records for score in scores)


def _probe_of(record: Provenance, score: str) -> str:
    found = probe_of(record, score)
    return _UNTOLD if found is None else _SHORT[found]


def _record(record: Provenance, probe: str) -> ProbeRecord | None:
    return next((known for known in record.probes if known.name == probe), None)


def _prompts(record: Provenance, probe: str) -> str:
    known = _record(record, probe)
    return "" if known is None else f"{known.prompts} of {known.length} tokens"


def _rows(record: Provenance, probe: str) -> str:
    known = _record(record, probe)
    if known is None:
        return ""
    return "all" if known.rows == "all" else f"{known.rows} of a prompt"


def _text(record: Provenance) -> str:
    if record.text is None:
        return ""
    return f"{record.text.source}, {record.text.sha256[:8]}"


def _small(text: str) -> str:
    return f"{text[0].lower()}{text[1:]}"
