"""``headstrata verify``: does the model say what was published about it?

Repeats the protocol of Song et al. 2024 on the model itself and compares with the
published scores; for GPT-2 small also tells how the named heads were classified. A
model about which nothing was published still gets its scores by the same protocol:
that is more useful than a refusal, and the report says that there is no comparison.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from cache.evidence import Evidence, evidence_for, references
from cache.store import Store, Table
from classify.citations import CITATIONS
from classify.loading import load
from classify.request import Request
from classify.song2024 import PROMPTS, SEGMENT, VOCABULARY, song_scores
from classify.taxonomy import CATEGORIES, SCORES
from headstrata.errors import UserError

#: From this score on the paper's heads count as induction or previous-token heads.
THRESHOLD = 0.4
#: What the published scores are rounded to: smaller differences mean nothing.
ROUNDING = 5e-5
MEASURED = ("induction", "previous_token")
#: At most this many heads are listed in one line.
_MOST = 12


@dataclass(frozen=True)
class Comparison:
    """One score, measured here and published, over all heads of a model."""

    score: str
    heads: int
    rho: float
    """Spearman's rank correlation; NaN if one side is constant."""
    largest: float
    """The largest absolute difference."""
    where: tuple[int, int]
    """The head (layer, head) with the largest difference."""
    disagreeing: pd.DataFrame
    """Heads on different sides of the threshold: layer, head, measured, published."""


def compare_scores(measured: pd.DataFrame, published: pd.DataFrame, score: str) -> Comparison:
    """Compare one score head by head.

    Args:
        measured: Columns layer, head and the score.
        published: The same of the same heads.
        score: ``induction`` or ``previous_token``.

    Raises:
        UserError: The two do not have the same heads.
    """
    key = ["layer", "head"]
    both = measured[[*key, score]].merge(
        published[[*key, score]], on=key, suffixes=("_measured", "_published")
    )
    if not len(both) == len(measured) == len(published):
        raise UserError(
            f"the model has {len(measured)} heads, the published table {len(published)}, and "
            f"they share {len(both)}: they are not the same model"
        )
    both.columns = [*key, "measured", "published"]
    difference = (both["measured"] - both["published"]).abs()
    apart = (both["measured"] >= THRESHOLD) != (both["published"] >= THRESHOLD)
    worst = int(difference.to_numpy().argmax())
    return Comparison(
        score=score,
        heads=len(both),
        rho=float(both["measured"].rank().corr(both["published"].rank())),
        largest=float(difference.max()),
        where=_pairs(both)[worst],
        disagreeing=both[apart].reset_index(drop=True),
    )


def verify(model: str, store: Store) -> str:
    """Repeat the published protocol on a model and report.

    Args:
        model: Hub id, short form, folder or GGUF file.
        store: Where a computed table of the model may be.

    Returns:
        The report, as text to print.

    Raises:
        UserError: The model cannot be loaded or has no attention to read.
    """
    request = Request.parse(model=model, dtype="float32")
    loaded = load(request)
    length = 2 * SEGMENT
    if loaded.context is not None and loaded.context < length:
        raise UserError(f"{model}: its context of {loaded.context} tokens is below {length}")
    measured = song_scores(loaded.model)
    vocabulary = int(loaded.model.config.get_text_config().vocab_size)
    reference = find_reference(request.reference, measured, vocabulary)
    lines = [_heading(request.title, measured, vocabulary)]
    evidence = evidence_for(reference)
    if evidence is None:
        lines += _without_comparison(measured)
    else:
        lines += _with_comparison(measured, evidence, request.reference is None)
        if evidence.roles:
            lines += ["", *describe_named(evidence, find_table(request, evidence, store), model)]
    return "\n".join(lines)


def find_reference(known: str | None, measured: pd.DataFrame, vocabulary: int) -> str | None:
    """The key of the published figures: by the model's name, else by shape and vocabulary.

    Args:
        known: What the name says, if anything.
        measured: One row a head.
        vocabulary: Tokens in the model's vocabulary.
    """
    if known is not None or vocabulary != VOCABULARY:
        return known
    for reference in references():
        evidence = evidence_for(reference)
        if evidence is not None and _shape(evidence.scores) == _shape(measured):
            return reference
    return None


def find_table(request: Request, evidence: Evidence, store: Store) -> Table | None:
    """The newest computed table of the model; one of the same name and shape will do."""
    layers, heads = _shape(evidence.scores)
    for entry in store.entries()[0]:
        record = entry.provenance
        same = record.reference == evidence.reference or entry.name == request.table_name
        if (
            record.source == "computed"
            and same
            and (record.layers, record.heads) == (layers, heads)
        ):
            return store.read(entry.name)
    return None


def describe_named(evidence: Evidence, table: Table | None, model: str) -> list[str]:
    """How each head that a paper names was classified."""
    if table is None:
        return [
            f"Named heads: there is no computed table of this model in the cache. Run "
            f"headstrata classify {model}, then verify again."
        ]
    heads = table.heads
    verdicts = dict(
        zip(_pairs(heads), zip(heads["category"], heads["borderline"], strict=True), strict=True)
    )
    lines = [f"Named heads in the table {table.name!r} (~ marks a borderline category):"]
    grouped: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for role in evidence.roles:
        place = (role.layer, role.head)
        grouped.setdefault((role.citation, role.circuit, role.role), []).append(place)
    for (citation, circuit, role_name), places in grouped.items():
        found = [verdicts[place] for place in places]
        named = [
            f"{_place(*place)} {category}{'~' if borderline else ''}"
            for place, (category, borderline) in zip(places, found, strict=True)
        ]
        lines.append(
            f"  {circuit} ({CITATIONS[citation].short}), {role_name}: {', '.join(named)}"
            f"{_tally(role_name, [category for category, _ in found])}"
        )
    return lines


def _tally(role: str, categories: list[str]) -> str:
    """For roles that are also categories: how many heads got that category."""
    name = role.replace(" ", "_")
    if name not in CATEGORIES:
        return ""
    return f" - {categories.count(name)} of {len(categories)} as named"


def _heading(title: str, measured: pd.DataFrame, vocabulary: int) -> str:
    layers, heads = _shape(measured)
    same = "the paper's own prompts" if vocabulary == VOCABULARY else f"{vocabulary:,} tokens"
    return (
        f"{title}: {layers} layers x {heads} heads, by the protocol of "
        f"{CITATIONS['song2024'].short} ({PROMPTS} prompts of {SEGMENT} random tokens twice, "
        f"no BOS, float32; {same})"
    )


def _with_comparison(measured: pd.DataFrame, evidence: Evidence, by_shape: bool) -> Iterator[str]:
    why = " (chosen by the model's shape and vocabulary)" if by_shape else ""
    yield f"Compared with the published scores of {evidence.reference}{why}:"
    for score in MEASURED:
        yield from describe(compare_scores(measured, evidence.scores, score))


def describe(found: Comparison) -> list[str]:
    """A comparison in lines of text."""
    apart = found.disagreeing
    exact = ", within the rounding of the published figures" if found.largest <= ROUNDING else ""
    return [
        f"  {SCORES[found.score].label}: Spearman's rho {found.rho:.4f} over "
        f"{found.heads:,} heads; largest difference {found.largest:.4f} at "
        f"{_place(*found.where)}{exact}; heads that disagree at {THRESHOLD}: {len(apart)}",
        *(
            f"    {_place(*place)}: {here:.4f} here, {there:.4f} published"
            for place, here, there in zip(
                _pairs(apart), apart["measured"], apart["published"], strict=True
            )
        ),
    ]


def _without_comparison(measured: pd.DataFrame) -> Iterator[str]:
    known = ", ".join(references())
    yield f"Nothing was published about a model like this (figures ship for: {known}). Its scores:"
    for score in MEASURED:
        strong = measured[measured[score] >= THRESHOLD].sort_values(score, ascending=False)
        listed = [
            f"{_place(*place)} {value:.2f}"
            for place, value in list(zip(_pairs(strong), strong[score], strict=True))[:_MOST]
        ]
        more = f" and {len(strong) - _MOST} more" if len(strong) > _MOST else ""
        names = f": {', '.join(listed)}{more}" if listed else ""
        yield f"  {SCORES[score].label}: {len(strong)} heads at {THRESHOLD} or above{names}"


def _pairs(heads: pd.DataFrame) -> list[tuple[int, int]]:
    """(layer, head) of each row."""
    return list(zip(heads["layer"].astype(int), heads["head"].astype(int), strict=True))


def _shape(heads: pd.DataFrame) -> tuple[int, int]:
    return int(heads["layer"].max()) + 1, int(heads["head"].max()) + 1


def _place(layer: int, head: int) -> str:
    return f"L{layer}.H{head}"
