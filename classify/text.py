"""The natural text: read, cut down to what is needed, and made into tokens. Numpy only.

Time and memory do not grow with the file, but for one pass over it: of a long text only
stretches, evenly spread over it, become tokens.
"""

import hashlib
import re
import string
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from pydoc_data.topics import topics
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from cache.provenance import TextRecord
from headstrata.errors import UserError

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
#: Paragraphs with fewer words or more punctuation are not prose (31,000 tokens remain).
_MIN_WORDS = 25
_MAX_PUNCTUATION = 0.06
#: A longer text than this many stretches is used in so many, evenly spread over it.
STRETCHES = 64
#: Characters of a stretch: 14 prompts of 257 tokens in English; more where prompts are longer.
STRETCH = 16_384
_CHARACTERS_PER_TOKEN = 16
_CHUNK = 1 << 20
#: Shares of unknown tokens u from which a text is told of, and from which it is refused. The
#: chance that two tokens are the same is about u^2 greater with them. In English prose it is
#: .011 (the default text, SmolLM2's tokens): a tenth would double what counts as repetition.
TOLD_UNKNOWN, MOST_UNKNOWN = 0.01, 0.1
#: Tokens that are looked at to put one character together; UTF-8 has at most 4 bytes.
_MOST_PIECES = 16
#: Places of a text and characters at each where it is compared with its tokens' text.
_SAMPLES, _SAMPLE = 8, 1_000


@dataclass(frozen=True)
class Pieces:
    """Which of a text's M tokens are pieces of characters: bytes, mostly.

    A byte-level tokenizer cuts what it has no token for; a piece alone is no text.
    """

    characters: list[str] = field(repr=False)
    """Those that are cut, each once; first an empty one, for whole tokens. Two that share a
    token stand together."""
    character: NDArray[np.int32] = field(repr=False)
    """(M,) index into ``characters``"""
    part: NDArray[np.int32] = field(repr=False)
    """(M,) which piece of the character, from 1 on"""
    parts: NDArray[np.int32] = field(repr=False)
    """(M,) how many pieces it has"""

    @classmethod
    def find(cls, ids: Ints, decode: Callable[[Sequence[int]], str]) -> "Pieces | None":
        """The pieces among these tokens (M,); None if there are none."""
        kinds, which = np.unique(ids, return_inverse=True)
        cut = np.array([not _is_text(decode([i])) for i in kinds.tolist()], bool)[which]
        if not cut.any():
            return None
        index = {"": 0}
        character, part, parts = np.zeros((3, len(ids)), np.int32)
        known: dict[tuple[int, ...], str] = {}
        done = 0
        for begin in np.flatnonzero(cut).tolist():
            if begin < done:
                continue
            run = ids[begin : begin + _MOST_PIECES]
            together = tuple(run[np.logical_and.accumulate(cut[begin : begin + len(run)])].tolist())
            for count in range(2, len(together) + 1):
                pieces = together[:count]
                if pieces not in known:
                    known[pieces] = decode(list(pieces))
                if _is_text(known[pieces]) and known[pieces].strip():
                    done = begin + count
                    character[begin:done] = index.setdefault(known[pieces], len(index))
                    part[begin:done], parts[begin:done] = range(1, count + 1), count
                    break
        return cls(list(index), character, part, parts)

    def delimiter(self, begin: int, stop: int) -> Bools:
        """Which of the tokens from ``begin`` to ``stop`` (exclusive) are pieces of delimiters."""
        kinds, which = np.unique(self.character[begin:stop], return_inverse=True)
        return np.array([is_delimiter(self.characters[kind]) for kind in kinds], bool)[which]

    def label(self, at: int) -> str | None:
        """The character and which piece of it, ``天·1/3``; None if the token is whole."""
        if not self.parts[at]:
            return None
        return f"{self.characters[self.character[at]]}·{self.part[at]}/{self.parts[at]}"


@dataclass(frozen=True)
class Text:
    """M tokens of natural text, stretch after stretch; no prompt reaches over a stretch's end."""

    ids: Ints = field(repr=False)
    """(M,)"""
    ends: tuple[int, ...] = ()
    """Where each stretch ends; none: the text is one stretch."""
    pieces: Pieces | None = field(default=None, repr=False)
    sample: bool = False
    """A file is a sample of texts like it; the default text is the same in every run."""
    notes: tuple[str, ...] = ()
    """For the provenance: what was left out, what is unknown."""

    def places(self, size: int) -> tuple[Ints, Ints]:
        """Where each stretch begins, and at how many places ``size`` tokens can begin in it."""
        borders = np.array([0, *(self.ends or [len(self.ids)])])
        return borders[:-1], np.maximum(np.diff(borders) - size + 1, 0)

    def place(self, rng: np.random.Generator, size: int) -> int:
        """A place to begin ``size`` tokens at, all with the same chance."""
        begins, room = self.places(size)
        drawn = rng.integers(0, room.sum())
        before = room.cumsum() - room
        stretch = np.flatnonzero(before <= drawn)[-1]
        return int(begins[stretch] + drawn - before[stretch])

    def overlap(self, size: int) -> float:
        """The share of its ``size`` tokens that a prompt has in common with another, expected.

        Two that begin d tokens apart share max(0, 1 - d / size); both begin anywhere.
        """
        _, room = self.places(size)
        room = room[room > 0]
        longer = np.maximum(room / size, 1)
        shared = np.where(room < size, 1 - room / size / 3, 1 / longer - 1 / (3 * longer**2))
        return float((shared * (room / room.sum()) ** 2).sum())


@dataclass(frozen=True)
class Source:
    """A text as it was read, with one kind of line end."""

    name: str
    sha256: str
    """Of the whole text in UTF-8."""
    characters: int
    stretches: list[str] = field(repr=False)
    """The whole text, or parts of it."""


def _is_text(decoded: str) -> bool:
    """Whether tokens are whole characters; some tokenizers leave others out."""
    return bool(decoded) and REPLACEMENT not in decoded


def is_delimiter(text: str) -> bool:
    """Whether a token is only punctuation, or only white space with a newline."""
    bare = text.strip()
    if not bare:
        return "\n" in text
    return all(unicodedata.category(character).startswith("P") for character in bare)


def special_ids(tokenizer: Any) -> set[int]:
    """Ids of the tokens that stand for no text, such as BOS."""
    added = [i for i, token in tokenizer.added_tokens_decoder.items() if token.special]
    return {*tokenizer.all_special_ids, *added}


def read_text(path: str | None, stretch: int = STRETCH) -> Source:
    """The natural text; of a long file, ``STRETCHES`` stretches of ``stretch`` characters.

    Line ends are made line feeds, as in Python's text files: a carriage return would be a token
    of its own.

    Raises:
        UserError: The file cannot be read, is empty, or is not UTF-8 text.
    """
    if path is None:
        text = default_text()
        name = "pydoc_data.topics (prose paragraphs of Python's documentation)"
        return Source(name, hashlib.sha256(text.encode()).hexdigest(), len(text), [text])
    digest, characters, blank = hashlib.sha256(), 0, True
    try:
        with _open(path) as file:
            for chunk in _chunks(file):
                if "\0" in chunk:
                    raise UserError(f"--text {path}: a binary file; give a UTF-8 text file")
                digest.update(chunk.encode())
                characters += len(chunk)
                blank = blank and chunk.isspace()
        if blank:
            raise UserError(f"--text {path}: the file is empty")
        with _open(path) as file:
            stretches = list(_spread(file, characters, stretch))
    except UnicodeDecodeError:
        raise UserError(f"--text {path}: not a UTF-8 text file") from None
    except OSError as error:
        raise UserError(f"--text {path}: cannot be read: {error.strerror}") from None
    return Source(Path(path).name, digest.hexdigest(), characters, stretches)


def _open(path: str) -> TextIO:
    return Path(path).open(encoding="utf-8-sig")


def _chunks(file: TextIO) -> Iterator[str]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _spread(file: TextIO, characters: int, stretch: int) -> Iterator[str]:
    """The whole text, if it is short enough, or stretches of it."""
    if characters <= STRETCHES * stretch:
        yield file.read()
        return
    at = 0
    for start in np.linspace(0, characters - stretch, STRETCHES).astype(int).tolist():
        while at < start and (passed := file.read(min(start - at, _CHUNK))):
            at += len(passed)
        yield file.read(stretch)
        at += stretch


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


def tokenize(tokenizer: Any, path: str | None, length: int) -> tuple[Text, TextRecord]:
    """The natural text as tokens, with its record for the provenance.

    Special tokens that the text spells out, such as separators of documents, are left out:
    in a prompt they would be what BOS is, a place to rest on.

    Raises:
        UserError: The text cannot be read, is too short for prompts of ``length``, or
            the tokenizer does not know it.
    """
    source = read_text(path, max(STRETCH, _CHARACTERS_PER_TOKEN * length))
    named = f"--text {path}" if path else "the default text"
    parts = [
        np.array(tokenizer(part, add_special_tokens=False, verbose=False)["input_ids"], np.int64)
        for part in source.stretches
    ]
    unknown = unknown_id(tokenizer)
    special = np.array(sorted(special_ids(tokenizer) - {unknown}), np.int64)
    kept = [part[~np.isin(part, special)] for part in parts]
    ids = np.concatenate(kept)
    notes = []
    if len(kept) > 1:
        notes.append(
            f"of the text's {source.characters:,} characters, {len(kept)} stretches evenly spread "
            f"over it were used ({len(ids):,} tokens)"
        )
    left_out = np.concatenate(parts)
    left_out = left_out[np.isin(left_out, special)]
    if len(left_out):
        written = ", ".join(tokenizer.convert_ids_to_tokens(np.unique(left_out).tolist()))
        notes.append(f"special tokens in the text were left out: {written} ({len(left_out):,}x)")
    notes += _check_known(tokenizer, named, source, ids == unknown)
    if len(ids) < 2 * length or max(map(len, kept)) < length:
        raise UserError(
            f"{named}: only {len(ids)} tokens; "
            f"prompts of {length} tokens need at least {2 * length}: give a longer text or a "
            "smaller --length"
        )
    text = Text(
        ids,
        tuple(np.cumsum([len(part) for part in kept]).tolist()),
        Pieces.find(ids, tokenizer.decode),
        path is not None,
        tuple(notes),
    )
    return text, TextRecord(source=source.name, sha256=source.sha256, tokens=len(ids))


def unknown_id(tokenizer: Any) -> int | None:
    """The token for what the tokenizer doesn't know; byte-level ones name BOS or EOS as it."""
    unknown: int | None = tokenizer.unk_token_id
    return None if unknown in (tokenizer.bos_token_id, tokenizer.eos_token_id) else unknown


def _check_known(tokenizer: Any, named: str, source: Source, unknown: Bools) -> list[str]:
    """A note, or none, on a text of which ``unknown`` (M,) tokens stand for anything.

    Raises:
        UserError: They are too many, or the tokenizer drops too much of the text.
    """
    share = unknown.sum() / max(1, len(unknown))
    found = f"{share:.1%} of the text's tokens are {tokenizer.unk_token}"
    if share <= MOST_UNKNOWN and (dropped := _dropped(tokenizer, source)) > MOST_UNKNOWN:
        share, found = dropped, f"the tokenizer drops {dropped:.0%} of the text's letters"
    if share > MOST_UNKNOWN:
        raise UserError(
            f"{named}: {found}, so the model cannot read it; give --text FILE with text in the "
            "model's own language or alphabet"
        )
    return [f"{found}: what the tokenizer does not know"] if share > TOLD_UNKNOWN else []


def _dropped(tokenizer: Any, source: Source) -> float:
    """The share of a sample's letters and digits that no token stands for.

    Some tokenizers have no token for the unknown: they leave it out. Accents are no letters
    here, because some take them off.
    """
    stretches = source.stretches
    text = "\n".join(stretches[:: max(1, len(stretches) // _SAMPLES)][:_SAMPLES])
    places = np.linspace(0, max(0, len(text) - _SAMPLE), _SAMPLES).astype(int).tolist()
    sample = "\n".join(text[a : min(a + _SAMPLE, b)] for a, b in pairwise([*places, len(text)]))
    ids = tokenizer(sample, add_special_tokens=False, verbose=False)["input_ids"]
    letters = counted_letters(sample)
    return (letters - counted_letters(tokenizer.decode(ids))) / max(1, letters)  # there may be none


def counted_letters(text: str) -> int:
    """Letters and digits of a text."""
    return sum(unicodedata.category(character)[0] in "LN" for character in text)
