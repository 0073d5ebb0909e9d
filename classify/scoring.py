"""Scores all prompts of both probes: batches, rounds, processes, resumption."""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from classify import rules
from classify.engine import Engine
from classify.partial import Partial
from classify.probes import Probes
from classify.progress import Progress
from classify.ranks import Ranks
from classify.table import head_table
from classify.taxonomy import PROBES, Probe

Values = dict[Probe, NDArray[np.float64]]
"""Per probe (N, L, H, S): the means over rows of N prompts."""

#: ``--prompts auto``: begins with so many of each probe, doubles, ends at the cap.
AUTO_START, AUTO_CAP = 32, 512
#: How many standard errors every category must survive.
AUTO_Z = 3.0


def score(
    engine: Engine,
    probes: Probes,
    prompts: int | Literal["auto"],
    batch: int,
    partial: Partial,
    ranks: Ranks,
    progress: Progress,
) -> tuple[Values, str | None]:
    """Score ``prompts`` prompts of each probe; every process gets all values.

    Returns:
        The values, and for ``auto`` a sentence on how many prompts were needed.
    """
    values: Values = {}
    done = 0
    for target in _rounds(prompts):
        progress.expect(2 * target)
        plan = [
            (probe, start, min(start + batch, target))
            for probe in PROBES
            for start in range(done, target, batch)
        ]
        _add(values, ranks.share(_mine(plan, engine, probes, partial, ranks, progress)))
        done = target
        if prompts == "auto" and (unsettled := _unsettled(values)) == 0:
            return values, (
                f"--prompts auto: {done} prompts of each probe settled every head's category "
                f"beyond {AUTO_Z:g} standard errors"
            )
    if prompts == "auto":
        return values, (
            f"--prompts auto: {unsettled} heads are still within {AUTO_Z:g} standard errors of "
            f"another category at the cap of {AUTO_CAP} prompts of each probe"
        )
    return values, None


def _rounds(prompts: int | Literal["auto"]) -> Iterator[int]:
    if prompts != "auto":
        yield prompts
        return
    target = AUTO_START
    while target <= AUTO_CAP:
        yield target
        target *= 2


Part = tuple[Probe, int, NDArray[np.float64]]


def _mine(
    plan: list[tuple[Probe, int, int]],
    engine: Engine,
    probes: Probes,
    partial: Partial,
    ranks: Ranks,
    progress: Progress,
) -> list[Part]:
    """This process's batches of the plan, those that were finished before among them."""
    parts: list[Part] = []
    for index, (probe, start, stop) in enumerate(plan):
        if index % ranks.size != ranks.rank:
            continue
        values = partial.load(probe, start, stop)
        known = values is not None
        if values is None:
            values = engine.score(probes.make(probe, start, stop))
            partial.save(probe, start, values)
        parts.append((probe, start, values))
        progress.advance((stop - start) * ranks.size, computed=not known)
    return parts


def _add(values: Values, parts: list[list[Part]]) -> None:
    """Append every process's parts in the order of the prompts."""
    for probe in PROBES:
        mine = [part for rank in parts for part in rank if part[0] == probe]
        arrays = [array for _, _, array in sorted(mine, key=lambda part: part[1])]
        before = [values[probe]] if probe in values else []
        values[probe] = np.concatenate([*before, *arrays])


def _unsettled(values: Values) -> int:
    """Heads whose category could flip within three standard errors."""
    return int(rules.categorise(head_table(values), z=AUTO_Z).borderline.sum())


def batch_size(
    length: int, hidden: int, inner: int, heads: int, rows: int, itemsize: int, free: int, most: int
) -> int:
    """Prompts per batch that fit into memory.

    Args:
        length: Tokens of a prompt.
        hidden: Width of the residual stream.
        inner: Width of the MLP.
        heads: Heads of a layer.
        rows: Query rows computed at once.
        itemsize: Bytes of an activation.
        free: Bytes of free memory.
        most: Tokens of a batch beyond which nothing is gained.
    """
    layer = length * (8 * hidden + 3 * inner) * itemsize
    attention = rows * length * (3 * heads + 24) * 4
    return int(max(1, min(most // length, free // 2 // (layer + attention))))
