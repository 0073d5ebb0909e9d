"""The two probes: repeated random tokens, and natural text. Numpy only.

Prompt ``i`` of a probe (its tokens and the query positions that are read) depends only
on (seed, probe, i). So the same prompts are scored for every batch size and number of
processes, and after a run was resumed.
"""

import hashlib
import re
import string
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path
from pydoc_data.topics import topics
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from cache.provenance import TextRecord
from headstrata.errors import UserError
from vocabulary.taxonomy import PROBES, Probe

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: Queries 0..15 of natural text are left out: with few keys every mass is necessarily high.
FIRST_QUERY = 16
#: Used as BOS if a tokenizer has none, as is usual for GPT-2.
_END_OF_TEXT = "<|endoftext|>"
#: Paragraphs with fewer words or more punctuation are not prose (31,000 tokens remain).
_MIN_WORDS = 25
_MAX_PUNCTUATION = 0.06
_PROBE_INDEX: dict[Probe, int] = {probe: index for index, probe in enumerate(PROBES)}


@dataclass(frozen=True)
class Vocabulary:
    """What the probes need to know about a tokenizer with V tokens."""

    delimiter: Bools = field(repr=False)
    """(V,) only punctuation, or only white space with a newline."""
    ordinary: Ints = field(repr=False)
    """Ids of tokens that are neither special, nor delimiters, nor parts of a character."""
    texts: list[str] = field(repr=False)
    bos: int
    bos_token: str
    bos_source: str

    def check(self, text: Ints) -> None:
        """Check that the model knows every token of the prompts.

        Raises:
            UserError: The embedding lacks rows for some: it is another model's tokenizer.
        """
        highest, size = max(int(text.max()), self.bos), len(self.delimiter)
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


@dataclass(frozen=True)
class Probes:
    """Makes the prompts. ``rows`` query positions of each are read."""

    vocabulary: Vocabulary
    text: Ints = field(repr=False)
    length: int
    rows: int | Literal["all"]
    seed: int

    @property
    def period(self) -> int:
        """n: tokens from a random token to its second copy."""
        return (self.length - 1) // 2

    def allowed(self, probe: Probe) -> Ints:
        """Query positions that count: the second copy, or all from 16 on."""
        if probe == "repeated":
            return np.arange(self.period + 1, 2 * self.period + 1)
        return np.arange(FIRST_QUERY, self.length)

    def make(self, probe: Probe, start: int, stop: int) -> Prompts:
        """Prompts ``start`` to ``stop`` (exclusive) of one probe."""
        tokens, queries = zip(*(self._one(probe, i) for i in range(start, stop)), strict=True)
        stacked = np.stack(tokens)
        return Prompts(probe, stacked, np.stack(queries), self.vocabulary.delimiter[stacked])

    def whole(self, probe: Probe) -> Prompts:
        """One prompt of exactly ``length`` tokens with every query position."""
        longer = replace(self, length=self.length + 1) if probe == "repeated" else self
        tokens = longer._one(probe, 0)[0][None, : self.length]
        queries = np.arange(self.length)[None]
        return Prompts(probe, tokens, queries, self.vocabulary.delimiter[tokens])

    def _one(self, probe: Probe, index: int) -> tuple[Ints, Ints]:
        """Tokens (T,) and query positions (R,) of one prompt."""
        rng = np.random.default_rng([self.seed, _PROBE_INDEX[probe], index])
        if probe == "repeated":
            ordinary = self.vocabulary.ordinary
            once = rng.choice(ordinary, self.period, replace=len(ordinary) < self.period)
            body = np.concatenate([once, once])
        else:  # stretches are drawn independently: the standard error over prompts needs that
            begin = rng.integers(0, len(self.text) - (self.length - 1) + 1)
            body = self.text[begin : begin + self.length - 1]
        allowed = self.allowed(probe)
        if self.rows == "all" or self.rows >= len(allowed):
            queries = allowed
        else:
            queries = np.sort(rng.choice(allowed, self.rows, replace=False))
        return np.concatenate([[self.vocabulary.bos], body]), queries


def read_vocabulary(tokenizer: Any, size: int) -> Vocabulary:
    """Classify the first ``size`` tokens (the rows of the embedding).

    Raises:
        UserError: No token can start a prompt, or there are fewer than two ordinary ones.
    """
    size = min(size, len(tokenizer))
    texts = tokenizer.batch_decode([[i] for i in range(size)])
    delimiter = np.array([is_delimiter(text) for text in texts])
    special = np.zeros(size, dtype=bool)
    added = [i for i, t in tokenizer.added_tokens_decoder.items() if t.special]
    special[[i for i in {*tokenizer.all_special_ids, *added} if i < size]] = True
    whole = np.array([bool(text) and "\N{REPLACEMENT CHARACTER}" not in text for text in texts])
    ordinary = np.flatnonzero(~special & ~delimiter & whole)
    if len(ordinary) < 2:
        raise UserError("the tokenizer has no ordinary tokens to make a random prompt of")
    return Vocabulary(delimiter, ordinary, texts, *_bos(tokenizer))


def is_delimiter(text: str) -> bool:
    """Whether a token is only punctuation, or only white space with a newline."""
    bare = text.strip()
    if not bare:
        return "\n" in text
    return all(unicodedata.category(character).startswith("P") for character in bare)


def _bos(tokenizer: Any) -> tuple[int, str, str]:
    """The token that starts every prompt: its id, its text, and why it was chosen."""
    if tokenizer.bos_token_id is not None:
        return tokenizer.bos_token_id, tokenizer.bos_token, "the tokenizer's own BOS"
    known = tokenizer.get_vocab()
    if _END_OF_TEXT in known:
        return known[_END_OF_TEXT], _END_OF_TEXT, "stands in: the tokenizer has no BOS"
    if tokenizer.eos_token_id is not None:
        why = "its end-of-text token stands in: the tokenizer has no BOS"
        return tokenizer.eos_token_id, tokenizer.eos_token, why
    raise UserError(
        "the tokenizer has neither a BOS nor an end-of-text token to start a prompt with"
    )


def read_text(path: str | None) -> tuple[str, str]:
    """The natural text and the name of its source.

    Raises:
        UserError: The file cannot be read, is empty, or is not UTF-8 text.
    """
    if path is None:
        return default_text(), "pydoc_data.topics (prose paragraphs of Python's documentation)"
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"--text {path}: not a UTF-8 text file") from None
    except OSError as error:
        raise UserError(f"--text {path}: cannot be read: {error.strerror}") from None
    if "\0" in text:
        raise UserError(f"--text {path}: a binary file; give a UTF-8 text file")
    if not text.strip():
        raise UserError(f"--text {path}: the file is empty")
    return text, Path(path).name


def default_text() -> str:
    """Prose that every Python installation has: paragraphs of its documentation's topics.

    The module is not documented; ``help("topics")`` reads it:
    https://github.com/python/cpython/blob/v3.13.0/Lib/pydoc_data/topics.py
    """
    kept = []
    for name in sorted(topics):
        for paragraph in re.split(r"\n\s*\n", topics[name]):
            folded = " ".join(paragraph.split())
            marks = sum(character in string.punctuation for character in folded)
            if len(folded.split()) >= _MIN_WORDS and marks < _MAX_PUNCTUATION * len(folded):
                kept.append(re.sub(r'[*"`]', "", folded))
    return "\n\n".join(kept)


def tokenize(tokenizer: Any, path: str | None, length: int) -> tuple[Ints, TextRecord]:
    """The natural text as token ids, with its record for the provenance.

    Raises:
        UserError: The text cannot be read or is too short for prompts of ``length``.
    """
    text, source = read_text(path)
    ids = tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
    if len(ids) < 2 * length:
        raise UserError(
            f"{f'--text {path}' if path else 'the default text'}: only {len(ids)} tokens; "
            f"prompts of {length} tokens need at least {2 * length}: give a longer text or a "
            "smaller --length"
        )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return np.array(ids), TextRecord(source=source, sha256=digest, tokens=len(ids))
