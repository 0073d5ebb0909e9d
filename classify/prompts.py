"""The stored prompts in a model's tokens: our own texts, and the beginning of the user's.

They are read after the scoring, one short pass each, and no score comes from them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from classify.probes import Probes, Prompts
from classify.text import Ints, Pieces, counted_letters, unknown_id
from vocabulary.prompts import TEXTS


@dataclass(frozen=True)
class Spoken:
    """A prompt as one model reads it."""

    tokens: Ints
    """(T,) what starts every prompt, then the text, cut to the patterns' length"""
    labels: list[str]
    """The text of each token; pieces of a character are told with it."""

    def whole(self) -> Prompts:
        """The prompt with every query position."""
        tokens = self.tokens[None]
        queries = np.arange(len(self.tokens))[None]
        return Prompts("natural", tokens, queries, np.zeros_like(tokens, bool))


def speak(tokenizer: Any, probes: Probes, length: int) -> tuple[dict[str, Spoken], dict[str, str]]:
    """The stored prompts in the model's tokens.

    Args:
        tokenizer: A tokenizer of transformers.
        probes: The run's, for what starts a prompt and for the user's text.
        length: The most tokens of a prompt.

    Returns:
        By name the prompts, and of those that the tokenizer has no tokens for, why.
    """
    spoken: dict[str, Spoken] = {}
    skipped: dict[str, str] = {}
    for prompt in TEXTS:
        ids = np.array(
            tokenizer(prompt.text, add_special_tokens=False, verbose=False)["input_ids"], np.int64
        )
        if why := _unsaid(tokenizer, probes, prompt.text, ids):
            skipped[prompt.name] = why
            continue
        spoken[prompt.name] = _after_first(probes, ids, Pieces.find(ids, tokenizer.decode), length)
    if probes.text.sample:
        text = probes.text
        spoken["beginning"] = _after_first(probes, text.ids, text.pieces, length)
    return spoken, skipped


def _after_first(probes: Probes, ids: Ints, pieces: Pieces | None, length: int) -> Spoken:
    first = np.array(probes.vocabulary.bos, np.int64)
    body = ids[: length - len(first)]
    texts = probes.vocabulary.texts
    labels = [
        (pieces.label(at) if pieces else None) or texts[token] for at, token in enumerate(body)
    ]
    return Spoken(np.concatenate([first, body]), [*(texts[i] for i in first), *labels])


def _unsaid(tokenizer: Any, probes: Probes, text: str, ids: Ints) -> str:
    """Why a text is not stored; empty: it is."""
    if len(ids) < 2 or ids.max() >= len(probes.vocabulary.delimiter):
        return "the tokenizer has no tokens for it"
    unknown = int((ids == unknown_id(tokenizer)).sum())
    if unknown:
        return f"the tokenizer does not know {unknown} of its {len(ids)} tokens"
    if counted_letters(tokenizer.decode(ids.tolist())) < counted_letters(text):
        return "the tokenizer drops some of its letters"
    return ""
