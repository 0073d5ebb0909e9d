"""What each head reads on natural text: which tokens more than they stand there, and examples.

Measured after the scoring, on the first few of its own natural prompts and at the same query
positions: it takes one pass more for eight that were scored. The first token is left out: heads
rest on it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from cache.grid import Grid
from cache.reads import Example, HeadReads, ReadToken
from classify.attention import AttentionReader
from classify.probes import Probes
from classify.statistics import Rows

Floats = NDArray[np.float64]

#: One of so many scored prompts is read again, and at most so many in all.
_ONE_OF, _MOST_PROMPTS = 8, 8
#: Tokens told of a head; those that stand there less often are told of no head.
_TOKENS, _LEAST_OCCURRENCES = 8, 3
#: Added to both shares before they are divided, so that rare tokens do not lead by chance.
_SMOOTHING = 0.002
#: Parts of the range up to a head's largest weight, and examples from each.
_PARTS, _EXAMPLES = 5, 2
#: Tokens told before and behind a query or key.
_BEFORE, _BEHIND = 5, 2


@dataclass(frozen=True)
class Shares:
    """Attention by token: U tokens that stand in the prompts, G heads."""

    tokens: NDArray[np.int64]
    """(U,) ids, rising"""
    occurrences: NDArray[np.int64]
    """(U,) keys with this token, over all prompts, the first key of each left out"""
    read: Floats
    """(G, U): shares of a head's attention, the first key left out; rows add up to 1"""
    even: Floats
    """(G, U): the same if every query spread over the keys that it reaches what it gives them"""


@dataclass(frozen=True)
class Strongest:
    """The key with most of each query's attention, the first key left out."""

    weight: Floats
    """(G, B, R)"""
    key: NDArray[np.int64]
    """(G, B, R) its position in the prompt"""


def reads(
    reader: AttentionReader,
    probes: Probes,
    prompts: int,
    device: torch.device | str,
    check_stop: Callable[[], None],
) -> list[HeadReads]:
    """What each of the G heads reads, in the order of ``reader.grid``.

    Args:
        reader: Reads the model's attention.
        probes: Those that were scored.
        prompts: How many natural ones were scored.
        device: The device of the model's embedding.
        check_stop: Called at every layer; raises to stop the run.
    """
    count = min(_MOST_PROMPTS, -(-prompts // _ONE_OF))
    found = [
        measure(reader, Rows.of(probes.make("natural", at, at + 1), device), check_stop)
        for at in range(count)
    ]
    shares = together([mass for mass, _ in found])
    strongest = [one for _, one in found]
    whole = Strongest(
        np.concatenate([one.weight for one in strongest], axis=1),
        np.concatenate([one.key for one in strongest], axis=1),
    )
    queries = np.concatenate([probes.make("natural", at, at + 1).queries for at in range(count)])
    labels = [probes.labels("natural", at) for at in range(count)]
    texts = probes.vocabulary.texts
    return [
        HeadReads(
            [
                ReadToken(texts[shares.tokens[at]], float(own), float(even))
                for at, own, even in _most_read(shares, head)
            ],
            [
                _example(whole, head, part, labels[prompt], int(queries[prompt, row]), prompt, row)
                for part, prompt, row in spread(whole.weight[head])
            ],
        )
        for head in range(reader.grid.size)
    ]


def measure(
    reader: AttentionReader, rows: Rows, check_stop: Callable[[], None]
) -> tuple[Shares, Strongest]:
    """Attention by token, not yet divided by its sum, and each query's strongest key.

    Args:
        reader: Reads the model's attention.
        rows: B prompts of T tokens with R queries of each.
        check_stop: Called at every layer; raises to stop the run.
    """
    grid = reader.grid
    ids, inverse = np.unique(rows.tokens[:, 1:].cpu().numpy(), return_inverse=True)
    places = torch.from_numpy(inverse.flatten())  # (B * (T-1),) of U tokens
    mass = np.zeros((2, grid.size, len(ids)))
    blocks: dict[int, list[tuple[Tensor, Tensor]]] = {}

    def on_rows(layer: int, _: Rows, reach: Tensor, weights: Tensor, __: Tensor | None) -> None:
        check_stop()
        inner = weights[..., 1:]  # (B, H, R, T-1)
        keys = reach[..., 1:].float()  # (B or 1, R, T-1)
        keys = keys / keys.sum(-1, keepdim=True).clamp(min=1)
        evenly = inner.sum(-1) @ keys  # (B, H, R) @ (B, R, T-1) -> (B, H, T-1)
        heads = slice(grid.first_row(layer), grid.first_row(layer + 1))
        index = places.to(weights.device)
        for part, by_key in zip(mass, (inner.sum(2), evenly), strict=True):
            by_head = by_key.transpose(0, 1).flatten(1)  # (H, B * (T-1))
            sums = by_head.new_zeros(len(by_head), len(ids)).index_add_(1, index, by_head)
            part[heads] += sums.double().cpu().numpy()
        strongest, key = inner.max(-1)  # (B, H, R)
        blocks.setdefault(layer, []).append((strongest.cpu(), key.cpu() + 1))

    reader.read(rows, on_rows)
    read, even = mass
    return Shares(ids, np.bincount(inverse.flatten()), read, even), _joined(blocks, grid)


def together(parts: list[Shares]) -> Shares:
    """The sums of several passes as shares."""
    tokens = np.unique(np.concatenate([part.tokens for part in parts]))
    heads = len(parts[0].read)
    occurrences = np.zeros(len(tokens), np.int64)
    read, even = np.zeros((heads, len(tokens))), np.zeros((heads, len(tokens)))
    for part in parts:
        at = np.searchsorted(tokens, part.tokens)
        occurrences[at] += part.occurrences
        read[:, at] += part.read
        even[:, at] += part.even
    whole = read.sum(axis=1, keepdims=True)
    whole = np.where(whole > 0, whole, 1.0)
    return Shares(tokens, occurrences, read / whole, even / whole)


def spread(weights: Floats) -> list[tuple[int, int, int]]:
    """Of each fifth of a head's largest weight the strongest, strongest fifth first.

    Args:
        weights: (B, R), each query's strongest weight.

    Returns:
        Fifth (5 holds the largest weight), prompt and row; those of a fifth are of different
        prompts, and a fifth without weights has none.
    """
    largest = weights.max()
    if not largest > 0:
        return []
    part = np.ceil(_PARTS * weights / largest).clip(1, _PARTS)
    found: list[tuple[int, int, int]] = []
    for fifth in range(_PARTS, 0, -1):
        inside = np.where(part == fifth, weights, 0)
        rows = inside.argmax(axis=1)  # the strongest of each prompt
        best = inside.max(axis=1)
        order = np.argsort(-best, kind="stable")[:_EXAMPLES]
        found += [(fifth, int(at), int(rows[at])) for at in order if best[at] > 0]
    return found


def _most_read(shares: Shares, head: int) -> list[tuple[int, float, float]]:
    """Place, share and even share of the tokens that a head reads most beyond the even share."""
    read, even = shares.read[head], shares.even[head]
    ratio = (read + _SMOOTHING) / (even + _SMOOTHING)
    ratio[shares.occurrences < _LEAST_OCCURRENCES] = 0
    order = np.argsort(-ratio, kind="stable")[:_TOKENS]
    return [(int(at), read[at], even[at]) for at in order if ratio[at] > 1]


def _example(  # noqa: PLR0913, PLR0917 - where a weight is, and what stands there
    strongest: Strongest,
    head: int,
    part: int,
    labels: list[str],
    query: int,
    prompt: int,
    row: int,
) -> Example:
    key = int(strongest.key[head, prompt, row])
    weight = float(strongest.weight[head, prompt, row])
    return Example(weight, part, query - key, _around(labels, key), _around(labels, query))


def _around(labels: list[str], at: int) -> tuple[str, str, str]:
    """The words before a token, the token, the words behind it; the first token is left out."""
    before, behind = labels[max(1, at - _BEFORE) : at], labels[at + 1 : at + 1 + _BEHIND]
    return "".join(before), labels[at], "".join(behind)


def _joined(blocks: dict[int, list[tuple[Tensor, Tensor]]], grid: Grid) -> Strongest:
    """Every layer's blocks of rows as (G, B, R)."""
    layers = [blocks[layer] for layer in sorted(grid.attending)]
    weight, key = (
        torch.cat([torch.cat([block[at] for block in layer], dim=2) for layer in layers], dim=1)
        for at in (0, 1)
    )
    return Strongest(
        weight.transpose(0, 1).double().numpy(), key.transpose(0, 1).to(torch.int64).numpy()
    )
