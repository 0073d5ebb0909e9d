"""Attention patterns as the browser draws them: tokens, and triangles of bytes in base64."""

import base64
import re
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

import numpy as np

from cache.files import Files
from cache.patterns import Bytes, HeadPatterns, Pattern, Place, read_heads
from cache.store import NotFoundError, Table
from headstrata.errors import UserError
from vocabulary.prompts import PROMPTS, prompt_named

#: Heads in one answer: of 64 tokens each they are 133 kB.
MOST_HEADS = 48
_SHOWN = 60  # characters of a bad value that a message repeats


def said(name: str, pattern: Pattern) -> dict[str, Any]:
    """A prompt: its label, what it is, its tokens."""
    prompt = prompt_named(name)
    return {"label": prompt.label, "sentence": prompt.sentence, "tokens": pattern.tokens}


def triangle(weights: Bytes) -> str:
    """The lower triangle of (T, T), row by row, in base64; 255 is weight 1."""
    return base64.b64encode(weights[np.tril_indices(len(weights))].tobytes()).decode()


def of_heads(store: Files, table: Table, prompt: str, heads: str) -> dict[str, Any]:
    """What some heads attend to on one prompt.

    Args:
        store: Where the patterns are.
        table: The heads' table.
        prompt: A name of ``vocabulary.prompts``.
        heads: ``LAYER.HEAD,LAYER.HEAD``, at most ``MOST_HEADS``.

    Raises:
        UserError: A value is not valid, or there is no such head.
        NotFoundError: The table has no patterns on this prompt.
    """
    if prompt not in PROMPTS:
        raise UserError(f"prompt {prompt!r:.{_SHOWN}} is not one of {', '.join(PROMPTS)}")
    found = found_heads(store, table, _places(heads), prompt)
    if found is None:
        raise NotFoundError(f"{table.name} has no attention patterns beside it")
    [any_head, *_] = found.values()
    if prompt not in any_head:
        why = any_head.skipped.get(prompt, "they were made without it")
        raise NotFoundError(f"{table.name} has no patterns on prompt {prompt}: {why}")
    return {
        "model": table.name,
        "prompt": prompt,
        **said(prompt, any_head[prompt]),
        "heads": {
            f"{layer}.{head}": triangle(one[prompt].weights) for (layer, head), one in found.items()
        },
    }


def reads_of_heads(store: Files, table: Table, heads: str) -> dict[str, Any]:
    """What some heads read on natural text: tokens beyond position alone, and examples.

    Args:
        store: Where it is, beside the patterns.
        table: The heads' table.
        heads: As in ``of_heads``.

    Raises:
        UserError: A value is not valid, or there is no such head.
        NotFoundError: Nothing of this is stored.
    """
    found = found_heads(store, table, _places(heads)) or {}
    told = {
        f"{layer}.{head}": asdict(one.reads)
        for (layer, head), one in found.items()
        if one.reads is not None
    }
    if not told:
        raise NotFoundError(f"what the heads of {table.name} read is not stored beside it")
    return {"model": table.name, "heads": told}


def found_heads(
    store: Files, table: Table, places: Collection[Place], prompt: str | None = None
) -> dict[Place, HeadPatterns] | None:
    """The patterns of this very table (``cache.patterns.read_heads``)."""
    return read_heads(store, table.name, places, table.provenance.run_key, prompt)


def _places(heads: str) -> list[Place]:
    named = list(dict.fromkeys(heads.split(",")))
    if len(named) > MOST_HEADS:
        raise UserError(f"heads are {len(named)}; at most {MOST_HEADS} can be asked for at once")
    return [_place(name) for name in named]


def _place(name: str) -> Place:
    if not re.fullmatch(r"[0-9]{1,6}\.[0-9]{1,6}", name):
        raise UserError(f"heads: {name!r:.{_SHOWN}} is not LAYER.HEAD, such as 18.6")
    layer, head = map(int, name.split("."))
    return layer, head
