"""What papers have published about the heads of a model.

Everything here is shown next to a table, never mixed into it: attention scores
(Song et al. 2024), operations (MAPS, Elhelo and Geva 2024) and the named heads
of circuits and of one survey (Wang et al. 2022, McDougall et al. 2023, Hanna et al. 2023,
Krzyzanowski et al. 2024).
Citations are keys of ``vocabulary.citations``.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import pandas as pd

from cache.grid import parse_head
from cache.store import PUBLISHED, PUBLISHED_SUFFIX
from vocabulary.operations import OPERATION_THRESHOLD, OPERATIONS, OPERATIONS_CITATION, Operation

Kind = Literal["score", "operation", "suppression", "role"]

#: Scores of the published protocol, with their description on a head's card.
SCORES = {
    "induction": "induction (prefix matching) on repeated random tokens",
    "previous_token": "previous token on repeated random tokens",
}
SCORES_CITATION = "song2024"
OPERATIONS_FILE = "{reference}_maps2024.parquet"
NAMED_FILE = "{reference}_named_heads.json"


@dataclass(frozen=True)
class Fact:
    """One published statement about one head."""

    kind: Kind
    text: str
    value: float | None
    """The published figure (0..1); None for a role."""
    citation: str
    """Key of the paper."""


@dataclass(frozen=True)
class Role:
    """A head that a paper names."""

    layer: int
    head: int
    role: str
    circuit: str
    sentence: str
    citation: str


@dataclass(frozen=True)
class Evidence:
    """Everything published about one model's heads; treat the frames as read-only."""

    reference: str
    scores: pd.DataFrame
    """Columns layer, head, induction, previous_token; one row a head, layer-major."""
    operations: pd.DataFrame | None
    """Columns layer, head, the 18 operations and their ``__suppression``; None: unpublished."""
    roles: tuple[Role, ...]

    @property
    def citations(self) -> tuple[str, ...]:
        """Keys of all papers that are used."""
        papers = [SCORES_CITATION, *(role.citation for role in self.roles)]
        if self.operations is not None:
            papers.insert(1, OPERATIONS_CITATION)
        return tuple(dict.fromkeys(papers))

    def of_head(self, layer: int, head: int) -> list[Fact]:
        """What is published about one head; an empty list for a head that does not exist."""
        return [
            *self._score_facts(layer, head),
            *self._operation_facts(layer, head),
            *(_role_fact(role) for role in self.roles if (role.layer, role.head) == (layer, head)),
        ]

    def _score_facts(self, layer: int, head: int) -> list[Fact]:
        row = _row(self.scores, layer, head)
        if row is None:
            return []
        return [
            Fact("score", text, float(row[name]), SCORES_CITATION) for name, text in SCORES.items()
        ]

    def _operation_facts(self, layer: int, head: int) -> list[Fact]:
        row = None if self.operations is None else _row(self.operations, layer, head)
        if row is None:
            return []
        facts = [
            fact
            for operation in OPERATIONS.values()
            for fact in (
                _operation_fact("operation", "implements", operation, float(row[operation.name])),
                _operation_fact(
                    "suppression", "suppresses", operation, float(row[operation.suppression])
                ),
            )
            if fact.value is not None and fact.value >= OPERATION_THRESHOLD
        ]
        return sorted(facts, key=lambda fact: -(fact.value or 0.0))


def _operation_fact(kind: Kind, verb: str, operation: Operation, value: float) -> Fact:
    text = f"{verb} “{operation.label.lower()}” (such as {operation.example})"
    return Fact(kind, text, value, OPERATIONS_CITATION)


def _role_fact(role: Role) -> Fact:
    name = role.role if role.role == role.circuit else f"{role.role} head of the {role.circuit}"
    return Fact("role", f"{name}: {role.sentence}", None, role.citation)


def _row(table: pd.DataFrame, layer: int, head: int) -> pd.Series | None:
    rows = table[(table["layer"] == layer) & (table["head"] == head)]
    return None if rows.empty else rows.iloc[0]


@lru_cache(maxsize=8)
def evidence_for(reference: str | None) -> Evidence | None:
    """The published figures about a model.

    Args:
        reference: ``provenance.reference``, such as ``gpt2-xl``.

    Returns:
        None if nothing was published (or the reference is None).
    """
    if reference not in references():
        return None
    path = PUBLISHED / f"{reference}{PUBLISHED_SUFFIX}.parquet"
    operations = PUBLISHED / OPERATIONS_FILE.format(reference=reference)
    return Evidence(
        reference=str(reference),
        scores=pd.read_parquet(path, columns=["layer", "head", *SCORES]),
        operations=pd.read_parquet(operations) if operations.exists() else None,
        roles=_roles(PUBLISHED / NAMED_FILE.format(reference=reference)),
    )


def references() -> list[str]:
    """The keys of all models with published figures."""
    files = sorted(PUBLISHED.glob(f"*{PUBLISHED_SUFFIX}.parquet"))
    return [path.stem.removesuffix(PUBLISHED_SUFFIX) for path in files]


def _roles(path: Path) -> tuple[Role, ...]:
    if not path.exists():
        return ()
    return tuple(
        Role(
            layer=layer,
            head=head,
            role=role,
            circuit=entry["circuit"],
            sentence=entry["sentence"],
            citation=entry["citation"],
        )
        for entry in json.loads(path.read_text(encoding="utf-8"))
        for role, places in entry["roles"].items()
        for layer, head in filter(None, map(parse_head, places))
    )
