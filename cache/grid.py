"""Which heads a model has, and in which row of its table each of them stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from headstrata.errors import UserError

Ints = NDArray[np.int64]

_HEAD = re.compile(r"L(\d{1,9})\.H(\d{1,9})|(\d{1,9})\.(\d{1,9})", re.ASCII)


def head_name(layer: int, head: int) -> str:
    """How a head is written: ``L18.H6``."""
    return f"L{layer}.H{head}"


def parse_head(text: str) -> tuple[int, int] | None:
    """Layer and head of ``18.6``, as a link has it, or ``L18.H6``; None: neither."""
    found = _HEAD.fullmatch(text)
    if found is None:
        return None
    layer, head = (number for number in found.groups() if number is not None)
    return int(layer), int(head)


@dataclass(frozen=True)
class Grid:
    """The heads of a model: one row each, layer after layer.

    Only here does a row number become a layer and a head, and the other way round. Where
    layers differ in their heads (pruned models) or have none (layers without attention),
    ``heads_per_layer`` has one number a layer; the formulas of the usual case stay plain.
    """

    layers: int
    heads_per_layer: int | tuple[int, ...]
    """One number for all layers, or one a layer; 0: a layer without rows."""

    def __post_init__(self) -> None:
        if isinstance(self.heads_per_layer, tuple) and len(self.heads_per_layer) != self.layers:
            raise ValueError(f"{len(self.heads_per_layer)} numbers of heads, {self.layers} layers")

    @property
    def size(self) -> int:
        """Number of heads, and so of rows."""
        return self.first_row(self.layers)

    def first_row(self, layer: int) -> int:
        """The row of a layer's first head; of the layer after the last: the number of rows."""
        if isinstance(self.heads_per_layer, int):
            return layer * self.heads_per_layer
        return int(self._starts[layer])

    @property
    def most_heads(self) -> int:
        """Heads of the layer that has most of them."""
        if isinstance(self.heads_per_layer, int):
            return self.heads_per_layer
        return max(self.heads_per_layer, default=0)

    @property
    def heads_by_layer(self) -> list[int] | None:
        """Heads of every layer; None where all have the same number."""
        return None if isinstance(self.heads_per_layer, int) else list(self.heads_per_layer)

    @property
    def attending(self) -> set[int]:
        """The layers that have heads."""
        if isinstance(self.heads_per_layer, int):
            return set(range(self.layers))
        return {layer for layer, heads in enumerate(self.heads_per_layer) if heads}

    @property
    def heads_text(self) -> str:
        """Heads of a layer that has some: ``25``, or ``4 to 8`` where layers differ."""
        if isinstance(self.heads_per_layer, int):
            return str(self.heads_per_layer)
        few, many = min(filter(None, self.heads_per_layer)), self.most_heads
        return str(many) if few == many else f"{few} to {many}"

    @property
    def attention_text(self) -> str:
        """``12 of 48 layers have attention``; empty where all have."""
        if isinstance(self.heads_per_layer, int) or 0 not in self.heads_per_layer:
            return ""
        count = len(self.attending)
        return f"{count} of {self.layers} layers {'has' if count == 1 else 'have'} attention"

    def heads_in(self, start: int, stop: int) -> int:
        """Number of heads in layers start to stop - 1."""
        return self.first_row(stop) - self.first_row(start)

    def row(self, layer: int, head: int) -> int:
        """The row of a head.

        Raises:
            UserError: There is no such head.
        """
        if not (0 <= layer < self.layers and 0 <= head < self.heads_in(layer, layer + 1)):
            raise UserError(f"there is no head {head_name(layer, head)}")
        return self.first_row(layer) + head

    def find(self, text: str) -> int | None:
        """The row of a head as a link or a person names it (``parse_head``); None: no such head."""
        place = parse_head(text)
        if place is None:
            return None
        try:
            return self.row(*place)
        except UserError:
            return None

    def place(self, row: int) -> tuple[int, int]:
        """Layer and head of a row.

        Raises:
            IndexError: There is no such row.
        """
        if not 0 <= row < self.size:
            raise IndexError(f"row {row} of {self.size}")
        if isinstance(self.heads_per_layer, int):
            return divmod(row, self.heads_per_layer)
        layer = int(np.searchsorted(self._starts, row, side="right")) - 1
        return layer, row - self.first_row(layer)

    def name(self, row: int) -> str:
        """How the head of a row is written: ``L18.H6``."""
        return head_name(*self.place(row))

    def rows(self, layer: ArrayLike, head: ArrayLike) -> Ints:
        """Rows of many heads that there are, in the shape of both."""
        layers, heads = (np.asarray(numbers, dtype=np.int64) for numbers in (layer, head))
        if isinstance(self.heads_per_layer, int):
            return layers * self.heads_per_layer + heads
        return self._starts[layers] + heads

    @cached_property
    def columns(self) -> tuple[Ints, Ints]:
        """Layer and head of every row, each of shape (size,)."""
        counts = np.broadcast_to(np.asarray(self.heads_per_layer, np.int64), self.layers)
        layer = np.repeat(np.arange(self.layers), counts)
        starts = np.repeat(np.cumsum(counts) - counts, counts)
        return layer, np.arange(self.size) - starts

    @cached_property
    def _starts(self) -> Ints:
        """First row of each layer, and the number of rows, shape (layers + 1,)."""
        return np.concatenate([[0], np.cumsum(self.heads_per_layer)]).astype(np.int64)


def grid_with(heads: Sequence[int]) -> Grid:
    """The grid of layers with these numbers of heads."""
    if len(set(heads)) == 1:
        return Grid(len(heads), heads[0])
    return Grid(len(heads), tuple(heads))


def grid_of(layer: ArrayLike) -> Grid:
    """The grid of a table of which only the rows are at hand.

    Args:
        layer: The layer of each row, shape (N,); the last layer has rows.
    """
    counts = np.bincount(np.asarray(layer, dtype=np.int64))
    return grid_with(counts.tolist())
