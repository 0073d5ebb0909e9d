"""What the heads of a model write, compared with what papers say of them.

``copying`` is measured as ``headstrata classify`` does, from the weights. Two things were
published that it can be held against: how often a head's top outputs are the very token that it
attends to (MAPS, Elhelo and Geva 2024), and heads that a paper names by what they write.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import torch

from cache.evidence import Evidence
from cache.grid import head_name
from classify.comparison import pairs
from classify.copying import copying, sample
from classify.engine import fused_gelu
from classify.evidence import attending
from classify.layer_stack import LayerStack
from classify.loading import Loaded
from classify.probes import Vocabulary, read_vocabulary
from classify.projections import UnmeasurableError, find_projections
from classify.reader_choice import choose_reader
from classify.request import Request
from classify.song2024 import song_prompts
from headstrata.errors import UserError
from vocabulary.citations import CITATIONS
from vocabulary.evidence import COPIES_FROM, WRITES, writing
from vocabulary.operations import OPERATION_THRESHOLD, OPERATIONS, OPERATIONS_CITATION, Operation


@dataclass(frozen=True)
class CopyingComparison:
    """One published copying operation against ``copying``, over the heads that write something."""

    operation: Operation
    heads: int
    rho: float
    """Spearman's rank correlation of ``copying`` with the score of the operation less that of
    suppressing it; NaN if one side is constant."""
    published: pd.DataFrame
    """Heads that were published to implement or suppress it: layer, head, copying, copying_se,
    score (that of suppressing it is negative) and agrees, whether the signs are the same."""


def describe_copying(loaded: Loaded, request: Request, evidence: Evidence) -> list[str]:
    """What a model's heads write beside what was published, as lines; none: nothing was.

    Args:
        loaded: The model, in float32.
        request: Says what starts a prompt, and the seed of the sampled tokens.
        evidence: What was published about the model.

    Raises:
        UserError: A comparison has other heads than the published one.
        RuntimeError, MemoryError: Memory ran out.
    """
    if evidence.operations is None and not any(role.role in WRITES for role in evidence.roles):
        return []
    try:
        written = measure_copying(loaded, request)
    except UnmeasurableError as error:
        return ["", f"What the heads write is not compared: {error}"]
    lines = []
    if evidence.operations is not None:
        lines += ["", *_with_operations(written, evidence.operations)]
    if evidence.roles:
        lines += ["", *describe_writing(written, evidence)]
    return lines


def measure_copying(loaded: Loaded, request: Request) -> pd.DataFrame:
    """The copying of every head.

    Args:
        loaded: The model.
        request: Says what starts a prompt, and the seed of the sampled tokens.

    Returns:
        Columns ``layer``, ``head``, ``copying``, ``copying_se``, layer-major; NaN: the head
        writes nothing.

    Raises:
        UnmeasurableError: The model does not let it be measured.
    """
    model = loaded.model
    if not loaded.unembeds:
        raise UnmeasurableError("the checkpoint has no unembedding")
    vocabulary = _vocabulary(loaded, request)
    trial = torch.from_numpy(song_prompts(int(model.config.get_text_config().vocab_size))[:1])
    trial = trial.to(loaded.device)
    reader = choose_reader(model, trial)
    projections = find_projections(model, reader, trial)
    stack = LayerStack(model, projections)
    tokens, before = sample(vocabulary, request.seed)
    with attending(model, reader), fused_gelu(model):
        if not stack.begins_anywhere(trial):
            raise UnmeasurableError("its layers hand on more than hidden states")
        found = copying(stack, projections, tokens, before, loaded.device)
    heads = [projection.heads for projection in projections]
    return pd.DataFrame(
        {
            "layer": np.repeat([projection.layer for projection in projections], heads),
            "head": np.concatenate([np.arange(count) for count in heads]),
            "copying": found.mean,
            "copying_se": found.error,
        }
    )


def _vocabulary(loaded: Loaded, request: Request) -> Vocabulary:
    try:
        rows = loaded.model.get_input_embeddings().num_embeddings
        return read_vocabulary(loaded.tokenizer, rows, request.bos)
    except UserError as error:  # the rest of the report needs no tokenizer
        raise UnmeasurableError(str(error)) from error


def compare_copying(
    written: pd.DataFrame, operations: pd.DataFrame, operation: Operation
) -> CopyingComparison:
    """Compare ``copying`` with one published operation, head by head.

    Args:
        written: Columns layer, head, copying, copying_se.
        operations: Columns layer, head, the operation and its suppression, of the same heads.
        operation: One of those that copy.

    Raises:
        UserError: The two do not have the same heads.
    """
    both = written.merge(
        operations[["layer", "head", operation.name, operation.suppression]], on=["layer", "head"]
    )
    if not len(both) == len(written) == len(operations):
        raise UserError(
            f"the model has {len(written)} heads, the published operations {len(operations)}, and "
            f"they share {len(both)}: they are not the same model"
        )
    copies, suppresses = both[operation.name], both[operation.suppression]
    both["score"] = copies - suppresses
    told = both[(copies >= OPERATION_THRESHOLD) | (suppresses >= OPERATION_THRESHOLD)]
    told = told.assign(agrees=np.sign(told["copying"]) == np.sign(told["score"]))
    writes = both[both["copying"].notna()]
    return CopyingComparison(
        operation=operation,
        heads=len(writes),
        rho=float(writes["copying"].rank().corr(writes["score"].rank())),
        published=told[["layer", "head", "copying", "copying_se", "score", "agrees"]].reset_index(
            drop=True
        ),
    )


def _with_operations(written: pd.DataFrame, operations: pd.DataFrame) -> Iterator[str]:
    compared = [
        compare_copying(written, operations, operation)
        for operation in OPERATIONS.values()
        if operation.family == "copying"
    ]
    yield (
        "What the heads write (copying: above 0 the token that a head attends to becomes "
        "likelier, below 0 less likely), compared with the operations of "
        f"{CITATIONS[OPERATIONS_CITATION].short} (score less that of suppressing, from "
        f"{OPERATION_THRESHOLD} on either side):"
    )
    if silent := int(written["copying"].isna().sum()):
        yield f"  {silent} heads write nothing and are left out of the correlations."
    for found in compared:
        yield from describe_operation(found)
    yield conclude_operations(compared)


def describe_operation(found: CopyingComparison) -> list[str]:
    """A comparison in lines of text: the agreement, then the heads that disagree."""
    told = found.published
    sides = [
        f"{int(side['agrees'].sum())} of {len(side)} heads that {verb} it have copying {where} 0"
        for verb, where, side in (
            ("implement", "above", told[told["score"] > 0]),
            ("suppress", "below", told[told["score"] < 0]),
        )
    ]
    other = told[~told["agrees"]]
    return [
        f"  {found.operation.label}: Spearman's rho {found.rho:.4f} over {found.heads:,} heads; "
        f"{'; '.join(sides)}",
        *(
            f"    {head_name(*place)}: {_value(value, error)} here, {score:+.4f} published"
            for place, value, error, score in zip(
                pairs(other), other["copying"], other["copying_se"], other["score"], strict=True
            )
        ),
    ]


def conclude_operations(compared: list[CopyingComparison]) -> str:
    """The result of all operations in one sentence."""
    told = pd.concat([found.published for found in compared])
    agreed = told.groupby(["layer", "head"])["agrees"].all()
    return _conclude(int(agreed.sum()), len(agreed), "heads with a published copying operation")


def describe_writing(written: pd.DataFrame, evidence: Evidence) -> list[str]:
    """What each head that a paper names writes.

    Args:
        written: Columns layer, head, copying, copying_se.
        evidence: What was published about the model.
    """
    found = {
        place: (float(value), float(error))
        for place, value, error in zip(
            pairs(written), written["copying"], written["copying_se"], strict=True
        )
    }
    lines = [
        "What the named heads write (copying in standard deviations of the logits ± its error; "
        f"copies: at least {COPIES_FROM:g} after two errors are taken off, suppresses: at most "
        f"-{COPIES_FROM:g} likewise):"
    ]
    grouped: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for role in evidence.roles:
        key = (role.circuit, CITATIONS[role.citation].short, role.role)
        grouped.setdefault(key, []).append((role.layer, role.head))
    as_said: dict[tuple[int, int], bool] = {}
    for (circuit, paper, role_name), places in grouped.items():
        said = [f"{head_name(*place)} {_verdict(*found[place])}" for place in places]
        line = f"  {circuit} ({paper}), {role_name}: {', '.join(said)}"
        if (expected := WRITES.get(role_name)) is not None:
            right = [writing(*found[place]) == expected for place in places]
            line += f" - {sum(right)} of {len(right)} as named"
            for place, good in zip(places, right, strict=True):
                as_said[place] = as_said.get(place, True) and good
        lines.append(line)
    return [
        *lines,
        _conclude(sum(as_said.values()), len(as_said), "heads that are named by what they write"),
    ]


def _conclude(agree: int, total: int, which: str) -> str:
    if agree == total:
        return f"All {total} {which} write as published."
    return f"{total - agree} of {total} {which} do not write as published."


def _value(copying: float, error: float) -> str:
    return "nothing is written" if np.isnan(copying) else f"{copying:+.2f} ± {error:.2f}"


def _verdict(copying: float, error: float) -> str:
    if np.isnan(copying):
        return "writes nothing"
    return f"{writing(copying, error)} ({_value(copying, error)})"
