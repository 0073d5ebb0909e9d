"""What is measured in attention rows: all statistics of a probe by one matrix product.

All scores except entropy are linear in the attention A (the learned sink is what a row lacks
of 1), so the mean over a prompt's rows is one matrix product of A with features of
(query, key): the previous key, a delimiter, a destination of the budget, … The features
depend only on the tokens and are shared by all layers of a batch.

A query counts in a score's mean only if it reaches the key that the score asks for: what lies
beyond a window is not measured, it is not zero.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from classify.probes import Prompts
from vocabulary.taxonomy import BUDGET, DISTANCES, SCORES, Probe

#: How far back ``local_window`` reaches.
LOCAL_REACH = 5

#: Flags that are floats at the same time.
_FLAGS_AT_ONCE = 9

#: The shortest stretch of random tokens (n) of which the repeated probe's scores are measured.
#: Below it the distances n and n - 1 come near the last five tokens, where any local head
#: looks, and a head that attends evenly scores .1 (at 8 it is log(2)/8 = .09).
LEAST_PERIOD = 8

#: Statistics that ask for one key of each query.
_ONE_KEY = ("induction", "duplicate_token", "first_token", "previous_token", "current_token")

#: What each probe measures, in the order of the results' last axis.
MEASURED: dict[Probe, tuple[str, ...]] = {
    "repeated": tuple(name for name, score in SCORES.items() if score.probe == "repeated"),
    "natural": (
        *(name for name, score in SCORES.items() if score.probe == "natural"),
        *(name for name in BUDGET if name not in SCORES),
        "delimiter_base_rate",
        *DISTANCES,
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
    """What the attention rows of a layer are multiplied with."""

    probe: Probe
    names: tuple[str, ...]
    """Of the F flags, then of the D distances; most are names of statistics"""
    flags: Tensor
    """(B, F, R*T) bool: which weights each linear statistic sums"""
    distance: Tensor
    """(B, D, R*T) float32: how far back each key lies, 0..1; D is 0 or 1"""
    per_nat: Tensor
    """(B, 1, R) float32: 1 / log(number of reachable keys)"""
    per_nat_sink: Tensor
    """The same where a learned sink is one more key"""
    counts: Mapping[str, Tensor]
    """Of the statistics that do not count in every row: in how many, (B,) float32"""
    base_rate: Tensor
    """(B,) float32: the share of delimiters among reachable keys, without the first token"""

    @classmethod
    def of(cls, rows: Rows, reach: Tensor) -> "Features":
        """Features of these rows; ``reach`` is (B, R, T) bool."""
        repeated = rows.probe == "repeated"
        flags = _repeated(rows) if repeated else _natural(rows)
        distance = {} if repeated else {"mean_distance": _relative_distance(rows, reach)}
        inner = reach.clone()
        inner[..., 0] = False
        share = (inner & rows.delimiter[:, None]).sum(-1) / inner.sum(-1).clamp(min=1)
        keys = reach.sum(-1)  # (B or 1, R)
        return cls(
            rows.probe,
            (*flags, *distance),
            _stacked(list(flags.values()), reach),
            _stacked(list(distance.values()), reach),
            1 / keys.clamp(min=2).log()[:, None],
            1 / (keys + 1).log()[:, None],
            _counts(rows, reach, flags),
            share.mean(-1),
        )

    def rows_counted(self, rows: int, *, sink: bool) -> Tensor:
        """In how many of R rows each statistic counts, (B, S) float32.

        Args:
            rows: R.
            sink: Whether the layer has a learned sink.
        """
        batch, device = len(self.flags), self.flags.device
        every = torch.full((batch,), float(rows), device=device)
        unknown = torch.zeros_like(every)
        counts = {"mass_sink": unknown, "first_token_value": unknown, **self.counts}
        if sink:  # with it every row has a choice
            counts |= {"mass_sink": every, "entropy": every}
        return torch.stack([counts.get(name, every) for name in MEASURED[self.probe]], dim=-1)

    def measure(self, weights: Tensor, *, sink: bool = False) -> Tensor:
        """Sums over rows of every statistic in ``MEASURED[probe]``.

        Args:
            weights: Attention (B, H, R, T) float32, zero where a key is out of reach.
            sink: Whether the layer has a learned sink: it gets what the keys do not.

        Returns:
            (B, H, S) float32; divided by ``rows_counted`` they are the means.
        """
        # (B, H, R*T) @ (B, R*T, some of F + D) -> (B, H, some)
        flat = weights.flatten(2)
        linear = [torch.bmm(flat, factors.transpose(1, 2)) for factors in self._factors()]
        sums = dict(zip(self.names, torch.cat(linear, -1).unbind(-1), strict=True))  # (B, H) each
        if self.probe == "natural":
            sums = self._derived(sums, weights, sink=sink)
        return torch.stack([sums[name] for name in MEASURED[self.probe]], dim=-1)

    def _derived(
        self, sums: Mapping[str, Tensor], weights: Tensor, *, sink: bool
    ) -> dict[str, Tensor]:
        """The natural statistics, with those that no flag of their own sums, (B, H) each."""
        rows = weights.shape[2]
        first = sums["first_token"]
        masses = {
            "mass_first": first,
            "mass_current": sums["current_token"],
            "mass_previous": sums["previous_token"],
        }
        entropy = torch.special.entr(weights).sum(-1)  # (B, H, R), in nats
        if sink:
            at_sink = 1 - weights.sum(-1)
            masses["mass_sink"] = at_sink.sum(-1)
            entropy = (entropy + torch.special.entr(at_sink.clamp(min=0))) * self.per_nat_sink
        else:
            entropy *= self.per_nat
        named = [*masses.values(), *(sums[name] for name in BUDGET if name in sums)]
        other = rows - sum(named[1:], named[0])
        return {
            # what no prompt of this length reaches gets nothing
            **dict.fromkeys(DISTANCES, torch.zeros_like(first)),
            **sums,
            "mass_sink": torch.zeros_like(first),
            "first_token_value": torch.zeros_like(first),  # of the values: the engine's
            **masses,
            "mass_other": other,
            "long_range": other,
            "natural_induction": sums["mass_after_repeat"],
            "distance_0": sums["current_token"],
            "distance_1": sums["previous_token"],
            "local_window": sums["previous_token"] + sums["near"],
            "entropy": entropy.sum(-1),
            "delimiter_base_rate": (self.base_rate[:, None] * rows).expand_as(first),
        }

    def _factors(self) -> Iterator[Tensor]:
        """Flags, then distance, as (B, some, R*T) float32, converted again in every layer.

        If they were kept, they would take memory beside the MLP's activations, at the peak; so
        would all at once. The flags take a quarter of it, and converting them takes hardly
        measurable time.
        """
        for some in torch.split(self.flags, _FLAGS_AT_ONCE, dim=1):
            yield some.float()
        if self.distance.shape[1]:
            yield self.distance


def _stacked(parts: list[Tensor], reach: Tensor) -> Tensor:
    """Parts (B, R, T) as (B, len(parts), R*T); (B, 0, R*T) float32 if there are none."""
    if parts:
        return torch.stack(parts, dim=1).flatten(2)
    return torch.empty(len(reach), 0, reach[0].numel(), device=reach.device)


def _counts(rows: Rows, reach: Tensor, flags: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """In how many rows the statistics count that ask for one key, or for a choice of keys."""
    counts = {
        name: (flags[name] & reach).any(-1).sum(-1).float() for name in _ONE_KEY if name in flags
    }
    if rows.probe == "natural":
        choice = (reach.sum(-1) > 1).sum(-1).expand(len(rows.tokens)).float()
        after = (flags["mass_after_repeat"] & reach).any(-1).sum(-1).float()
        counts |= {"natural_induction": after}
        return counts | {"entropy": choice, "mean_distance": choice}
    if (rows.tokens.shape[1] - 1) // 2 < LEAST_PERIOD:
        return {name: torch.zeros_like(count) for name, count in counts.items()}
    return counts


def _repeated(rows: Rows) -> dict[str, Tensor]:
    """Flags (B, R, T) of the repeated probe, by statistic."""
    period = (rows.tokens.shape[1] - 1) // 2
    distance = rows.distance()
    return {"induction": distance == period - 1, "duplicate_token": distance == period}


def _relative_distance(rows: Rows, reach: Tensor) -> Tensor:
    """(B, R, T) float32: query minus key position, divided by the largest reachable one."""
    distance = rows.distance()
    return distance / torch.where(reach, distance, 0).amax(-1, keepdim=True).clamp(min=1)


def _natural(rows: Rows) -> dict[str, Tensor]:
    """Flags (B, R, T) of the natural probe, by statistic; ``near`` is a part of local_window.

    A new linear score is one more entry here. Queries start at 16, so that the first token
    is never among the last five.
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
    # The budget's destinations are disjoint: each leaves out the keys of those before it.
    left = ~(first | current | previous)
    repeat = same & left
    left &= ~repeat
    after_repeat = after & left
    left &= ~after_repeat
    return {
        "first_token": first,
        "current_token": current,
        "previous_token": previous,
        "near": near,
        "delimiter": delimiter,
        "mass_repeat": repeat,
        "mass_after_repeat": after_repeat,
        "mass_local": near & left,
        "mass_delimiter": delimiter & left & ~near,
        **_far(distance, ~first),
    }


def _far(distance: Tensor, kept: Tensor) -> dict[str, Tensor]:
    """Flags (B, R, T) of the bins of distances from two on that prompts of T tokens reach."""
    length = distance.shape[-1]
    return {
        name: kept & (distance >= low) & (distance <= (length if high is None else high))
        for name, (low, high) in DISTANCES.items()
        if 2 <= low < length
    }
