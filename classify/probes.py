"""The two probes: repeated random tokens, and natural text. Numpy only.

Prompt ``i`` of a probe (its tokens and the query positions that are read) depends only
on (seed, probe, i). So the same prompts are scored for every batch size and number of
processes, and after a run was resumed.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

import numpy as np

from classify.first_token import first_tokens
from classify.text import REPLACEMENT, Bools, Ints, Text, is_delimiter, special_ids
from headstrata.errors import UserError
from vocabulary.taxonomy import PROBES, Probe

#: Queries 0..15 of natural text are left out: with few keys every mass is necessarily high.
FIRST_QUERY = 16
_PROBE_INDEX: dict[Probe, int] = {probe: index for index, probe in enumerate(PROBES)}


@dataclass(frozen=True)
class Vocabulary:
    """What the probes need to know about a tokenizer with V tokens."""

    delimiter: Bools = field(repr=False)
    """(V,) only punctuation, or only white space with a newline."""
    ordinary: Ints = field(repr=False)
    """Ids of tokens that are neither special, nor delimiters, nor parts of a character."""
    texts: list[str] = field(repr=False)
    bos: tuple[int, ...]
    """What starts every prompt: one token, as a rule."""
    bos_token: str | None
    bos_source: str

    def check(self, text: Ints) -> None:
        """Check that the model knows every token of the prompts.

        Raises:
            UserError: The embedding lacks rows for some: it is another model's tokenizer.
        """
        highest, size = max(int(text.max()), *self.bos, 0), len(self.delimiter)
        if highest >= size:
            raise UserError(
                f"the tokenizer gives token {highest}, but the model's embedding has {size} rows: "
                "they do not belong together; save the model's own tokenizer beside its weights"
            )


@dataclass(frozen=True)
class Prompts:
    """B prompts of T tokens of one probe."""

    probe: Probe
    tokens: Ints
    """(B, T)"""
    queries: Ints
    """(B, R) query positions that are read, ascending; the same for every layer."""
    delimiter: Bools
    """(B, T) which tokens are delimiters."""

    def cut(self, start: int, stop: int) -> "Prompts":
        """Those from ``start`` to ``stop`` (exclusive)."""
        kept = slice(start, stop)
        return Prompts(self.probe, self.tokens[kept], self.queries[kept], self.delimiter[kept])


class _Prompt(NamedTuple):
    """One prompt of T tokens, R query positions of which are read."""

    tokens: Ints
    """(T,)"""
    queries: Ints
    """(R,)"""
    place: int | None
    """Where in the text its stretch begins; None in the repeated probe."""


@dataclass(frozen=True)
class Probes:
    """Makes the prompts. ``rows`` query positions of each are read."""

    vocabulary: Vocabulary
    text: Text = field(repr=False)
    length: int
    rows: int | Literal["all"]
    seed: int
    reach: int | None = None
    """The longest stretch of random tokens whose copies the model's layers reach; None: any."""

    @property
    def lead(self) -> int:
        """Tokens before the first copy: what starts every prompt, or else one random token."""
        return len(self.vocabulary.bos) + self._drawn

    @property
    def _drawn(self) -> int:
        """Random tokens before the first copy: one, if nothing starts every prompt."""
        return int(not self.vocabulary.bos)

    @property
    def period(self) -> int:
        """n: tokens from a random token to its second copy.

        The stretch has distinct tokens, so that "the earlier copy" is one token; so it is no
        longer than there are ordinary tokens.
        """
        fits = [(self.length - self.lead) // 2, len(self.vocabulary.ordinary) - self._drawn]
        return min(fits if self.reach is None else [*fits, self.reach])

    @property
    def stretch(self) -> int:
        """Tokens of text in a natural prompt."""
        return self.length - len(self.vocabulary.bos)

    @property
    def overlap(self) -> float:
        """The expected share of its text that a natural prompt has in common with another.

        0 for the default text, which is the same in every run: its standard errors are over
        draws from it.
        """
        return self.text.overlap(self.stretch) if self.text.sample else 0.0

    def allowed(self, probe: Probe) -> Ints:
        """Query positions that count: the second copy, or all from 16 on."""
        if probe == "repeated":
            return self.lead + self.period + np.arange(self.period)
        return np.arange(FIRST_QUERY, self.length)

    def make(self, probe: Probe, start: int, stop: int) -> Prompts:
        """Prompts ``start`` to ``stop`` (exclusive) of one probe."""
        return self._together(probe, [self._one(probe, i) for i in range(start, stop)])

    def whole(self, probe: Probe) -> Prompts:
        """One prompt of ``length`` tokens with every query position.

        Less, where a stretch of random tokens has to be shorter.
        """
        return self._together(probe, [self._whole(probe)])

    def labels(self, probe: Probe, index: int | None = None) -> list[str]:
        """The text of each token of a prompt; pieces of a character are told with it.

        Args:
            probe: Whose prompt.
            index: Its number, as in ``make``; None: that of ``whole``.
        """
        prompt = self._whole(probe) if index is None else self._one(probe, index)
        labels = [self.vocabulary.texts[token] for token in prompt.tokens]
        if prompt.place is not None and self.text.pieces is not None:
            first = len(self.vocabulary.bos)
            for at in range(first, len(labels)):
                labels[at] = self.text.pieces.label(prompt.place + at - first) or labels[at]
        return labels

    def _whole(self, probe: Probe) -> _Prompt:
        longer = replace(self, length=self.length + 1) if probe == "repeated" else self
        tokens, _, place = longer._one(probe, 0)
        tokens = tokens[: self.length]
        return _Prompt(tokens, np.arange(len(tokens)), place)

    def _together(self, probe: Probe, prompts: list[_Prompt]) -> Prompts:
        tokens = np.stack([prompt.tokens for prompt in prompts])
        delimiter = self.vocabulary.delimiter[tokens]
        if probe == "natural" and self.text.pieces is not None:
            for row, prompt in zip(delimiter, prompts, strict=True):
                place = prompt.place or 0
                row[-self.stretch :] |= self.text.pieces.delimiter(place, place + self.stretch)
        return Prompts(probe, tokens, np.stack([prompt.queries for prompt in prompts]), delimiter)

    def _one(self, probe: Probe, index: int) -> _Prompt:
        rng = np.random.default_rng([self.seed, _PROBE_INDEX[probe], index])
        first, place = np.array(self.vocabulary.bos, np.int64), None
        if probe == "repeated":
            ordinary = self.vocabulary.ordinary
            drawn = rng.choice(ordinary, self._drawn + self.period, replace=False)
            before, once = np.split(drawn, [self._drawn])  # one in the place of a missing BOS
            body = np.concatenate([before, once, once])
        else:  # stretches are drawn independently: the standard error over prompts needs that
            place = self.text.place(rng, self.stretch)
            body = self.text.ids[place : place + self.stretch]
        allowed = self.allowed(probe)
        if self.rows == "all" or self.rows >= len(allowed):
            queries = allowed
        else:
            queries = np.sort(rng.choice(allowed, self.rows, replace=False))
        return _Prompt(np.concatenate([first, body]), queries, place)


def read_vocabulary(tokenizer: Any, size: int, bos: str | None = None) -> Vocabulary:
    """Classify the first ``size`` tokens (the rows of the embedding).

    Args:
        tokenizer: A tokenizer of transformers.
        size: Rows of the embedding.
        bos: What starts every prompt (``classify.first_token``); None: the tokenizer says.

    Raises:
        UserError: No token can start a prompt, or there are fewer than two ordinary ones.
    """
    size = min(size, len(tokenizer))
    texts = tokenizer.batch_decode([[i] for i in range(size)])
    delimiter = np.array([is_delimiter(text) for text in texts])
    special = np.zeros(size, dtype=bool)
    special[[i for i in special_ids(tokenizer) if i < size]] = True
    whole = np.array([bool(text) and REPLACEMENT not in text for text in texts])
    ordinary = np.flatnonzero(~special & ~delimiter & whole)
    if len(ordinary) < 2:
        raise UserError("the tokenizer has no ordinary tokens to make a random prompt of")
    words = (texts[i] for i in ordinary.tolist() if texts[i].isalnum())
    first = first_tokens(tokenizer, next(words, texts[ordinary[0]]), bos)
    ordinary = ordinary[~np.isin(ordinary, first.ids)]
    return Vocabulary(delimiter, ordinary, texts, *first)
