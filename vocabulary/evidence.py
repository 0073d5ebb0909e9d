"""What a head writes and how much it matters: the measures that a table may have beside scores.

Plain data. The worker measures them on request (``--evidence``); a table may lack them.
"""

from dataclasses import dataclass
from typing import Literal

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
