"""How far back a model's layers look, and so how long the repeated stretch may be."""

from typing import Any

import torch
from torch import Tensor

from classify.attention import AttentionReader
from classify.probes import Probes
from classify.statistics import LEAST_PERIOD, Rows

#: What a config calls the reach of its attention: ``sliding_window``, ``window_size``,
#: ``attention_chunk_size``, ``local_attention``. Models without such an entry are spared the
#: pass that looks at their masks; what they reach is measured all the same, row by row.
_NAMED_SO = ("window", "chunk", "local_attention")


def longest_stretch(model: Any, reader: AttentionReader, tokens: Tensor) -> int | None:
    """The longest stretch of random tokens whose copies every layer reaches.

    Layers that do not reach the copies of ``LEAST_PERIOD`` tokens are left out: nothing can be
    measured there, and the others should not suffer for it.

    Args:
        model: A causal language model.
        reader: Reads its attention.
        tokens: (1, T) a prompt of the length that will be scored.

    Returns:
        None: all layers reach as far as a prompt of T tokens asks for, or none far enough.
    """
    length = tokens.shape[1]
    if not _may_be_shorter(model.config.get_text_config(), length):
        return None
    longest: dict[int, int] = {}
    for layer, reach in _reaches(reader, tokens).items():
        longest[layer] = _longest(reach)
    shortest = min((n for n in longest.values() if n >= LEAST_PERIOD), default=None)
    return None if shortest == (length - 1) // 2 else shortest


def stretch_notes(probes: Probes) -> list[str]:
    """For the provenance: why the repeated stretch is shorter than prompts are long."""
    wanted, period = (probes.length - 1) // 2, probes.period
    if period == wanted:
        return []
    why = (
        "the shortest window of the model's layers reaches no further"
        if period == probes.reach
        else f"the vocabulary has {len(probes.vocabulary.ordinary)} ordinary tokens, and each "
        "stands in it once"
    )
    note = f"the repeated stretch has {period} tokens, not {wanted}: {why}"
    if period < LEAST_PERIOD:
        note += f"; with fewer than {LEAST_PERIOD}, its scores are not measured"
    return [note]


def _may_be_shorter(config: Any, length: int) -> bool:
    """Whether the config speaks of a window or chunk of fewer tokens."""
    return any(
        isinstance(value, int) and 0 < value <= length
        for name, value in config.to_dict().items()
        if any(word in name for word in _NAMED_SO)
    )


def _reaches(reader: AttentionReader, tokens: Tensor) -> dict[int, Tensor]:
    """(T, T) bool of every layer with attention: which keys a query reaches."""
    every = torch.arange(tokens.shape[1], device=tokens.device)[None]
    rows = Rows("natural", tokens, every, torch.zeros_like(tokens, dtype=torch.bool))
    blocks: dict[int, list[Tensor]] = {}

    def on_rows(layer: int, _block: Rows, reach: Tensor, *_: Tensor | None) -> None:
        blocks.setdefault(layer, []).append(reach[0].cpu())

    reader.read(rows, on_rows)
    return {layer: torch.cat(reach) for layer, reach in blocks.items()}


def _longest(reach: Tensor) -> int:
    """The longest stretch n with q - n and q - (n - 1) in reach of every q in its second copy.

    In a window of W keys it is W - 1; in chunks of C, where the copy must not begin a new
    one, (C - 1) // 2.
    """
    for n in range((len(reach) - 1) // 2, 0, -1):
        copies = reach.diagonal(-n)[1 : n + 1]  # queries n + 1 to 2n
        after = reach.diagonal(1 - n)[2 : n + 2]
        if copies.all() and after.all():
            return n
    return 0
