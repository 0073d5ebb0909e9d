"""``headstrata verify``: does the model have the scores that were published about it?

Repeats the protocol of Song et al. 2024 on the model and compares with the published
scores; for GPT-2 small it also reports how the named heads were classified. Where papers
say which heads copy or suppress, the model's weights are asked too. For a model
without published figures the report has its scores by the same protocol, and says that
there is nothing to compare them with.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress

import pandas as pd

from cache.evidence import Evidence, evidence_for, references
from cache.grid import grid_of, head_name
from cache.store import Store, Table
from classify.comparison import (
    MEASURED,
    THRESHOLD,
    compare_scores,
    conclude,
    describe,
    pairs,
)
from classify.copying_check import describe_copying
from classify.loading import Loaded, load
from classify.out_of_memory import explain_out_of_memory
from classify.request import Request
from classify.song2024 import PROMPTS, SEED, SEGMENT, VOCABULARY, song_scores
from headstrata.errors import UserError
from vocabulary.citations import CITATIONS
from vocabulary.taxonomy import CATEGORIES, SCORES

#: The most heads that are listed in one line.
_MOST = 12


def verify(model: str, store: Store, device: str | None = None) -> str:
    """Repeat the published protocol on a model and report.

    Args:
        model: Hub id, short form, folder or GGUF file.
        store: May have a computed table of the model.
        device: The device to run on; None: a GPU if there is one.

    Returns:
        The report, as text to print.

    Raises:
        UserError: The model cannot be loaded, does not fit into the device's memory, or
            has no attention to read.
    """
    request = Request.parse(model=model, dtype="float32", device=device)
    with explain_out_of_memory(model, "--device cpu"):
        loaded = load(request)
        measured = _measured(model, loaded)
    vocabulary = int(loaded.model.config.get_text_config().vocab_size)
    reference = find_reference(request.reference, measured, vocabulary)
    lines = [_heading(request.shown_title, measured, vocabulary)]
    evidence = evidence_for(reference)
    if evidence is None:
        lines += _without_comparison(measured)
    else:
        lines += _with_comparison(measured, evidence, request.reference is None)
        if evidence.roles:
            table = find_table(request, evidence, store)
            lines += ["", *describe_named(evidence, table, measured, model)]
        with explain_out_of_memory(model, "--device cpu"):
            lines += describe_copying(loaded, request, evidence)
    return "\n".join(lines)


def _measured(model: str, loaded: Loaded) -> pd.DataFrame:
    """The scores by the protocol, if the model's context is long enough."""
    length = 2 * SEGMENT
    if loaded.context is not None and loaded.context < length:
        raise UserError(f"{model}: its context of {loaded.context} tokens is below {length}")
    return song_scores(loaded.model)


def find_reference(known: str | None, measured: pd.DataFrame, vocabulary: int) -> str | None:
    """The key of the published figures: by the model's name, else by shape and vocabulary.

    Args:
        known: The key that belongs to the model's name, if any.
        measured: One row per head.
        vocabulary: Tokens in the model's vocabulary.
    """
    if known is not None or vocabulary != VOCABULARY:
        return known
    for reference in references():
        evidence = evidence_for(reference)
        if evidence is not None and grid_of(evidence.scores["layer"]) == grid_of(measured["layer"]):
            return reference
    return None


def find_table(request: Request, evidence: Evidence, store: Store) -> Table | None:
    """The newest computed table of the model, or one with the same name and shape."""
    grid = grid_of(evidence.scores["layer"])
    for entry in store.entries()[0]:
        record = entry.provenance
        same = record.reference == evidence.reference or entry.name == request.table_name
        if record.source == "computed" and same and record.grid == grid:
            with suppress(UserError):  # damaged: compare without it
                return store.read(entry.name)
    return None


def describe_named(
    evidence: Evidence, table: Table | None, measured: pd.DataFrame, model: str
) -> list[str]:
    """How each head that a paper names was classified.

    Args:
        evidence: What was published about the model.
        table: The computed table; None: use the measured scores.
        measured: This run's scores by the published protocol.
        model: How the user named the model.
    """
    if table is None:
        verdicts = {
            place: _by_protocol(induction, previous)
            for place, induction, previous in zip(
                pairs(measured), measured["induction"], measured["previous_token"], strict=True
            )
        }
        lines = [
            f"Named heads by these two scores alone (neither: both are below {THRESHOLD}). For "
            f"every category run headstrata classify {model}, then verify again:"
        ]
    else:
        heads = table.heads
        marked = heads["category"] + heads["borderline"].map({True: "~", False: ""})
        verdicts = dict(zip(pairs(heads), marked, strict=True))
        lines = [f"Named heads in the table {table.name!r} (~ marks a borderline category):"]
    grouped: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for role in evidence.roles:
        place = (role.layer, role.head)
        grouped.setdefault((role.citation, role.circuit, role.role), []).append(place)
    for (citation, circuit, role_name), places in grouped.items():
        named = [f"{head_name(*place)} {verdicts[place]}" for place in places]
        found = [verdicts[place].rstrip("~") for place in places]
        lines.append(
            f"  {circuit} ({CITATIONS[citation].short}), {role_name}: {', '.join(named)}"
            f"{_tally(role_name, found, MEASURED if table is None else CATEGORIES)}"
        )
    return lines


def _by_protocol(induction: float, previous: float) -> str:
    """The names that a head gets by the paper's threshold."""
    named = [
        name
        for name, score in zip(MEASURED, (induction, previous), strict=True)
        if score >= THRESHOLD
    ]
    return " and ".join(named) or "neither"


def _tally(role: str, found: list[str], categories: Collection[str]) -> str:
    """For roles that are also categories: how many heads got that category."""
    name = role.replace(" ", "_")
    if name not in categories:
        return ""
    return f" - {found.count(name)} of {len(found)} as named"


def _heading(title: str, measured: pd.DataFrame, vocabulary: int) -> str:
    same = (
        f"the paper's own inputs, np.random.seed({SEED})"
        if vocabulary == VOCABULARY
        else f"drawn from its own {vocabulary:,} tokens, so not the paper's inputs"
    )
    return (
        f"{title}: {_size(measured)}, by the protocol of "
        f"{CITATIONS['song2024'].short} ({PROMPTS} prompts of {SEGMENT} random tokens twice, "
        f"no BOS, float32; {same})"
    )


def _size(measured: pd.DataFrame) -> str:
    grid = grid_of(measured["layer"])
    if isinstance(grid.heads_per_layer, int):
        return f"{grid.layers} layers x {grid.heads_per_layer} heads"
    return f"{grid.size} heads in {len(grid.attending)} layers"


def _with_comparison(measured: pd.DataFrame, evidence: Evidence, by_shape: bool) -> Iterator[str]:
    why = " (chosen by the model's shape and vocabulary)" if by_shape else ""
    yield f"Compared with the published scores of {evidence.reference}{why}:"
    compared = [compare_scores(measured, evidence.scores, score) for score in MEASURED]
    for found in compared:
        yield from describe(found)
    yield conclude(compared)


def _without_comparison(measured: pd.DataFrame) -> Iterator[str]:
    known = ", ".join(references())
    yield f"Nothing was published about a model like this (figures ship for: {known}). Its scores:"
    for score in MEASURED:
        strong = measured[measured[score] >= THRESHOLD].sort_values(score, ascending=False)
        listed = [
            f"{head_name(*place)} {value:.2f}"
            for place, value in list(zip(pairs(strong), strong[score], strict=True))[:_MOST]
        ]
        more = f" and {len(strong) - _MOST} more" if len(strong) > _MOST else ""
        names = f": {', '.join(listed)}{more}" if listed else ""
        yield f"  {SCORES[score].label}: {len(strong)} heads at {THRESHOLD} or above{names}"
