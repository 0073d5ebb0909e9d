"""What a head writes and how much it matters: the measures that a table may have beside scores.

Plain data. The worker measures them on request (``--evidence``); a table may lack them.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vocabulary.taxonomy import Probe


@dataclass(frozen=True)
class Measure:
    """One number a head, with its standard error."""

    name: str
    label: str
    sentence: str
    formula: str
    unit: str
    error_over: str
    """What the standard error is over."""
    citations: tuple[str, ...]
    probe: Probe | None = None
    """The probe of an effect; None: from the weights alone."""

    @property
    def sign(self) -> str | None:
        """The column that says whether an effect differs from 0; None: it is no effect."""
        return f"{self.name}_sign" if self.probe else None


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure(
            "copying",
            "Copying",
            "whether it makes the token that it attends to likelier (copies) or less likely "
            "(suppresses)",
            "mean over tokens t of the z-score of t's logit in what the head writes of t's "
            "effective embedding, among the logits of all tokens",
            "standard deviations; positive copies, negative suppresses",
            "tokens",
            ("mcdougall2023", "elhelo2024"),
        ),
        Measure(
            "effect_repeated",
            "Effect on repeated text",
            "how much the loss on the second copy of random tokens rises without the head",
            "mean of loss(output replaced by its mean, first token left out) - loss",
            "nats per token; positive helps",
            "prompts",
            ("wang2022",),
            "repeated",
        ),
        Measure(
            "effect_natural",
            "Effect on natural text",
            "how much the loss on natural text rises without the head",
            "mean of loss(output replaced by its mean, first token left out) - loss",
            "nats per token; positive helps",
            "prompts",
            ("wang2022",),
            "natural",
        ),
    )
}

#: An effect differs from 0 if it is larger than so many of its standard errors.
SIGN_ERRORS = 2.0
#: With more prompts Student's t is normal to a thousandth.
_MANY = 1000
#: What is seen by chance less often than this is told apart from noise.
APART = 0.01


def chance_beyond(prompts: int | None) -> float:
    """How often an effect of 0 lies beyond ``SIGN_ERRORS`` of its standard errors.

    Of Student's t with ``prompts`` - 1 degrees of freedom; None: of a normal distribution. With
    6 prompts it is a tenth, with 16 one in sixteen.
    """
    if prompts is None or prompts > _MANY:
        return math.erfc(SIGN_ERRORS / math.sqrt(2))
    free = prompts - 1
    if free < 1:
        return 1.0
    t = np.linspace(0, SIGN_ERRORS, 2001)
    height = math.exp(math.lgamma((free + 1) / 2) - math.lgamma(free / 2))
    density = height / math.sqrt(free * math.pi) * (1 + t**2 / free) ** (-(free + 1) / 2)
    return float(1 - 2 * np.trapezoid(density, t))


def by_chance(seen: int, heads: int, rate: float) -> float:
    """How often so many of the heads, or more, lie beyond by chance: a binomial tail."""
    if not 0 < rate < 1:
        return float(seen <= heads * rate)
    logs = (
        math.lgamma(heads + 1)
        - math.lgamma(k + 1)
        - math.lgamma(heads - k + 1)
        + k * math.log(rate)
        + (heads - k) * math.log1p(-rate)
        for k in range(seen, heads + 1)
    )
    return min(1.0, sum(map(math.exp, logs)))


#: From this size on, less two errors, a head is said to copy or to suppress: a convention, since
#: the heads of a model have no gap there. One is as much as the logits of all tokens spread.
COPIES_FROM = 1.0
Writing = Literal["copies", "suppresses", "neither"]

#: What the heads that papers name write, by their role, where the papers say it: name movers and
#: negative ones by their copy scores (Wang et al. 2022), heads of copy suppression by what they
#: are named after (McDougall et al. 2023).
WRITES: dict[str, Writing] = {
    "name mover": "copies",
    "negative name mover": "suppresses",
    "copy suppression": "suppresses",
}
#: What the column of an effect's sign says.
SIGNS = ("positive", "negative", "zero")


def writing(copying: float, error: float) -> Writing:
    """What a head does with the token that it attends to.

    Args:
        copying: In standard deviations of the logits.
        error: Its standard error.
    """
    if copying - SIGN_ERRORS * error >= COPIES_FROM:
        return "copies"
    if copying + SIGN_ERRORS * error <= -COPIES_FROM:
        return "suppresses"
    return "neither"
