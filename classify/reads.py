"""What each head reads on natural text: which tokens more than their places have it, and examples.

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
#: Tokens told of a head at most; what shows at a tenth of a percent.
_TOKENS, _LEAST_EXCESS = 8, 0.001
#: Standard errors beyond which a token is told.
_ERRORS = 3
#: Added to both shares before they are divided, so that rare tokens do not lead by chance.
_SMOOTHING = 0.002
#: Parts of the range up to a head's largest weight, and examples from each.
_PARTS, _EXAMPLES = 5, 2
#: Tokens told before and behind a query or key.
_BEFORE, _BEHIND = 5, 2


@dataclass(frozen=True)
class Received:
    """Attention that keys get from R queries of each of B prompts, of G heads; no first key."""

    tokens: NDArray[np.int64]
    """(B, T-1) ids of the keys"""
    queries: NDArray[np.int64]
    """(B, R) positions"""
    by_key: NDArray[np.float32]
    """(G, B, T-1) sums over the queries"""
    by_distance: Floats
    """(G, T) sums over queries and keys that lie so far apart"""


@dataclass(frozen=True)
class Shares:
    """One head's attention by token: U tokens that stand in the prompts, no first key."""

    tokens: NDArray[np.int64]
    """(U,) ids, rising"""
    read: Floats
    """(U,) adds up to 1"""
    by_position: Floats
    """(U,) the same if every key got the head's mean weight at its distance; adds up to 1"""
    errors: Floats
    """(U,) the difference of the two in standard errors, from its spread over the occurrences"""


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
    received = together([one for one, _ in found])
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
                ReadToken(texts[token], read, expected)
                for token, read, expected in most_read(shares_of(received, head))
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
) -> tuple[Received, Strongest]:
    """Attention by key and by distance, and each query's strongest key.

    Args:
        reader: Reads the model's attention.
        rows: B prompts of T tokens with R queries of each.
        check_stop: Called at every layer; raises to stop the run.
    """
    grid = reader.grid
    batch, length = rows.tokens.shape
    by_key = np.zeros((grid.size, batch, length - 1), np.float32)
    by_distance = np.zeros((grid.size, length))
    blocks: dict[int, list[tuple[Tensor, Tensor]]] = {}

    def on_rows(layer: int, block: Rows, _: Tensor, weights: Tensor, __: Tensor | None) -> None:
        check_stop()
        inner = weights[..., 1:]  # (B, H, R, T-1)
        heads = slice(grid.first_row(layer), grid.first_row(layer + 1))
        by_key[heads] += inner.sum(2).transpose(0, 1).float().cpu().numpy()
        apart = block.distance()[..., 1:].clamp(min=0)  # later keys have no weight
        by_head = inner.transpose(0, 1).flatten(1)  # (H, B * R * (T-1))
        sums = by_head.new_zeros(len(by_head), length)
        sums.index_add_(1, apart.flatten().to(weights.device), by_head)
        by_distance[heads] += sums.cpu().double().numpy()  # Metal has no float64
        strongest, key = inner.max(-1)  # (B, H, R)
        blocks.setdefault(layer, []).append((strongest.cpu(), key.cpu() + 1))

    reader.read(rows, on_rows)
    tokens, queries = rows.tokens[:, 1:].cpu().numpy(), rows.queries.cpu().numpy()
    return Received(tokens, queries, by_key, by_distance), _joined(blocks, grid)


def together(parts: list[Received]) -> Received:
    """Several passes as one."""
    return Received(
        np.concatenate([part.tokens for part in parts]),
        np.concatenate([part.queries for part in parts]),
        np.concatenate([part.by_key for part in parts], axis=1),
        np.sum([part.by_distance for part in parts], axis=0),
    )


def shares_of(received: Received, head: int) -> Shares:
    """One head's attention by token, beside what its places alone would give each token."""
    read, expected = received.by_key[head].astype(np.float64), _by_position(received, head)
    tokens, which = np.unique(received.tokens, return_inverse=True)

    def by_token(values: Floats) -> Floats:
        return np.bincount(which.flatten(), values.flatten(), len(tokens)).astype(np.float64)

    excess = read - expected
    spread = np.sqrt(by_token(excess**2))
    errors = np.divide(by_token(excess), spread, out=np.zeros(len(tokens)), where=spread > 0)
    whole = read.sum() or 1.0
    return Shares(tokens, by_token(read) / whole, by_token(expected) / whole, errors)


def _by_position(received: Received, head: int) -> Floats:
    """(B, T-1): what each key would get if every query gave the head's mean weight by distance."""
    length = received.by_distance.shape[1]
    queries = np.zeros((len(received.queries), length))
    np.put_along_axis(queries, received.queries, 1.0, axis=1)
    # A query has one key at each distance short of the first key's. A window's far keys count, too:
    # nobody reads them, so they are expected to get nothing.
    at = queries.sum(axis=0)
    pairs = at[::-1].cumsum()[::-1] - at
    mean = received.by_distance[head] / pairs.clip(1)
    # key k gets the sum over d of mean[d] where k + d is a query: a correlation, by Fourier
    size = 2 * length
    product = np.fft.rfft(mean, size).conj() * np.fft.rfft(queries, size)
    expected: Floats = np.fft.irfft(product, size)[:, 1:length].clip(0)
    return expected


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


def most_read(shares: Shares) -> list[tuple[int, float, float]]:
    """Id, share and share by position of the tokens that a head reads beyond chance.

    The differences at a token's n occurrences are divided by the root of their sum of squares, so
    no scale is assumed, and at least three errors need nine occurrences. Of signs that chance
    gives, one token in several hundred is told, and of differences with a long upper tail, as
    weights have, fewer: a single large one enlarges the error as much as the sum.

    Returns:
        Those with the largest ratio first; none if the head reads by position alone, or nothing.
    """
    read, expected = shares.read, shares.by_position
    ratio = (read + _SMOOTHING) / (expected + _SMOOTHING)
    told = (shares.errors >= _ERRORS) & (read - expected >= _LEAST_EXCESS)
    order = np.argsort(np.where(told, -ratio, 0), kind="stable")[: min(_TOKENS, told.sum())]
    return [(int(shares.tokens[at]), float(read[at]), float(expected[at])) for at in order]


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
