"""What is measured of attention rows: every statistic of a probe in one product.

All scores but entropy are linear in the attention A, so the mean over a prompt's
rows is one matrix product of A with features of (query, key): the previous key,
a delimiter, a destination of the budget, … The features depend on the tokens
alone and are shared by all layers of a batch.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from classify.probes import Prompts
from vocabulary.taxonomy import BUDGET, SCORES, Probe

#: How far back ``local_window`` reaches.
LOCAL_REACH = 5

#: What each probe measures, in the order of the results' last axis.
MEASURED: dict[Probe, tuple[str, ...]] = {
    "repeated": tuple(name for name, score in SCORES.items() if score.probe == "repeated"),
    "natural": (
        *(name for name, score in SCORES.items() if score.probe == "natural"),
        *BUDGET,
        "delimiter_base_rate",
    ),
}


@dataclass(frozen=True)
class Rows:
    """B prompts of T tokens with R query rows of each, on one device."""

    probe: Probe
    tokens: Tensor
    """(B, T) int64"""
    queries: Tensor
    """(B, R) int64"""
    delimiter: Tensor
    """(B, T) bool"""

    @classmethod
    def of(cls, prompts: Prompts, device: torch.device | str) -> "Rows":
        """The prompts as tensors."""
        tokens, queries, delimiter = (
            torch.from_numpy(array).to(device)
            for array in (prompts.tokens, prompts.queries, prompts.delimiter)
        )
        return cls(prompts.probe, tokens, queries, delimiter)

    def to(self, device: torch.device) -> "Rows":
        """The same on another device."""
        return Rows(
            self.probe, self.tokens.to(device), self.queries.to(device), self.delimiter.to(device)
        )

    def block(self, start: int, stop: int) -> "Rows":
        """Only rows ``start`` to ``stop`` of every prompt."""
        return Rows(self.probe, self.tokens, self.queries[:, start:stop], self.delimiter)

    def distance(self) -> Tensor:
        """(B, R, T) query position minus key position; negative for the future."""
        keys = torch.arange(self.tokens.shape[1], device=self.tokens.device)
        return self.queries[:, :, None] - keys


@dataclass(frozen=True)
class Features:
    """What a layer's rows are multiplied with; ``reach`` says which keys exist for a row."""

    probe: Probe
    reach: Tensor
    """(B, 1, R, T) bool: the keys that each query may attend to"""
    flags: Tensor
    """(B, F, R*T) bool: which weights each linear statistic sums"""
    distance: Tensor
    """(B, D, R*T) float32: how far back each key lies, 0..1; D is 0 where nothing asks for it"""
    per_nat: Tensor
    """(B, 1, R) float32: 1 / log(number of reachable keys)"""
    base_rate: Tensor
    """(B,) float32: the share of delimiters among reachable keys, first token left out"""

    @classmethod
    def of(cls, rows: Rows, reach: Tensor) -> "Features":
        """Features of these rows; ``reach`` is (B, R, T) bool."""
        flags = _repeated(rows) if rows.probe == "repeated" else _natural(rows)
        distance = [] if rows.probe == "repeated" else [_relative_distance(rows, reach)]
        inner = reach.clone()
        inner[..., 0] = False
        share = (inner & rows.delimiter[:, None]).sum(-1) / inner.sum(-1).clamp(min=1)
        return cls(
            rows.probe,
            reach[:, None],
            _stacked(flags, reach),
            _stacked(distance, reach),
            1 / reach.sum(-1).clamp(min=2).log()[:, None],
            share.mean(-1),
        )

    def measure(self, weights: Tensor) -> Tensor:
        """Sums over rows of every statistic in ``MEASURED[probe]``.

        Args:
            weights: Attention (B, H, R, T) float32, zero where a key is out of reach.

        Returns:
            (B, H, S) float32; divided by the number of rows they are the means.
        """
        # (B, H, R*T) @ (B, R*T, F + D) -> (B, H, F + D)
        linear = torch.bmm(weights.flatten(2), self._factors().transpose(1, 2))
        if self.probe == "repeated":
            return linear
        entropy = (torch.special.entr(weights).sum(-1) * self.per_nat).sum(-1)  # (B, H)
        rows = weights.shape[2]
        return _natural_results(linear, entropy, self.base_rate[:, None] * rows, rows)

    def _factors(self) -> Tensor:
        """Flags and distance as one (B, F + D, R*T) float32, made anew for every layer.

        Kept, it would stand beside the MLP's activations at the peak of memory; the
        flags take a quarter of it, and their conversion is hardly measurable.
        """
        batch, count, size = self.flags.shape
        factors = torch.empty(batch, count + self.distance.shape[1], size, device=self.flags.device)
        factors[:, :count] = self.flags
        factors[:, count:] = self.distance
        return factors


def _stacked(parts: list[Tensor], reach: Tensor) -> Tensor:
    """Parts (B, R, T) as (B, len(parts), R*T); without any, (B, 0, R*T) float32."""
    if parts:
        return torch.stack(parts, dim=1).flatten(2)
    return torch.empty(len(reach), 0, reach[0].numel(), device=reach.device)


def _repeated(rows: Rows) -> list[Tensor]:
    """induction, duplicate_token: flags (B, R, T)."""
    period = (rows.tokens.shape[1] - 1) // 2
    distance = rows.distance()
    return [distance == period - 1, distance == period]


def _relative_distance(rows: Rows, reach: Tensor) -> Tensor:
    """(B, R, T) float32: query minus key position, in units of the farthest reachable."""
    distance = rows.distance()
    return distance / torch.where(reach, distance, 0).amax(-1, keepdim=True).clamp(min=1)


def _natural(rows: Rows) -> list[Tensor]:
    """Flags (B, R, T) of the natural probe.

    In order: first, current, previous, d = 2..5, delimiter, repeat, after_repeat,
    mass_local, mass_delimiter. Queries start at 16, so that the first token is
    never among the last five.
    """
    distance = rows.distance()
    first = torch.zeros_like(distance, dtype=torch.bool)
    first[..., 0] = True
    current, previous = distance == 0, distance == 1
    near = (distance >= 2) & (distance <= LOCAL_REACH)
    delimiter = rows.delimiter[:, None] & ~first
    own = rows.tokens.gather(1, rows.queries)[:, :, None]  # (B, R, 1)
    same = rows.tokens[:, None] == own  # (B, R, T)
    after = torch.zeros_like(same)
    after[..., 1:] = same[..., :-1]
    # The budget's destinations are disjoint: each takes what those before it left.
    left = ~(first | current | previous)
    repeat = same & left
    left &= ~repeat
    after_repeat = after & left
    left &= ~after_repeat
    return [
        first,
        current,
        previous,
        near,
        delimiter,
        repeat,
        after_repeat,
        near & left,
        delimiter & left & ~near,
    ]


def _natural_results(linear: Tensor, entropy: Tensor, base: Tensor, rows: int) -> Tensor:
    """(B, H, S) in the order of ``MEASURED["natural"]`` from linear sums (B, H, 10)."""
    first, current, previous, near, delimiter, repeat, after, local, mark, distance = linear.unbind(
        -1
    )
    taken = first + current + previous + repeat + after + local + mark
    by_name = {
        "previous_token": previous,
        "current_token": current,
        "local_window": previous + near,
        "delimiter": delimiter,
        "first_token": first,
        "entropy": entropy,
        "mean_distance": distance,
        "mass_first": first,
        "mass_current": current,
        "mass_previous": previous,
        "mass_repeat": repeat,
        "mass_after_repeat": after,
        "mass_local": local,
        "mass_delimiter": mark,
        "mass_other": rows - taken,
        "delimiter_base_rate": base.expand_as(first),
    }
    return torch.stack([by_name[name] for name in MEASURED["natural"]], dim=-1)
