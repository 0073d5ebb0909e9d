"""``headstrata.score``: a model by name or in memory, scored in this process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from classify.request import DEFAULT_PROMPTS, DEFAULT_ROWS, Request
from headstrata.errors import UserError, lacks_worker
from headstrata.python.head_table import HeadTable

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase


def score(  # noqa: PLR0913 - the flags of headstrata classify
    model: "str | os.PathLike[str] | PreTrainedModel",
    tokenizer: "PreTrainedTokenizerBase | None" = None,
    *,
    prompts: int | Literal["auto"] = DEFAULT_PROMPTS,
    length: int | None = None,
    rows: int | Literal["all"] = DEFAULT_ROWS,
    text: str | os.PathLike[str] | None = None,
    seed: int = 0,
    device: str = "auto",
    dtype: str = "auto",
    revision: str | None = None,
    bos: str | None = None,
    allow_bin: bool = False,
    evidence: bool = True,
    effect_repeated: int | None = None,
    effect_natural: int | None = None,
    progress: bool = True,
) -> HeadTable:
    """Score every attention head of a model, as ``headstrata classify`` does.

    A model in memory is scored as it is (weights, adapters, device, dtype) and left exactly
    as it was found, also if scoring fails or is interrupted.

    Args:
        model: A hub id (short forms such as ``gpt2-xl`` work), a folder made by
            ``save_pretrained``, a ``.gguf`` file, or a transformers causal language model in
            memory.
        tokenizer: Of a model in memory: its transformers tokenizer.
        prompts: Prompts per probe, or ``auto``.
        length: Tokens of a prompt, the first token included; by default 257.
        rows: Query positions read per prompt and layer, or ``all``.
        text: A file of natural text of your own, in UTF-8.
        seed: Of the random choices.
        device: ``auto``, ``cpu``, ``cuda``, ``cuda:1``, ``mps``; a model in memory stays where
            it is.
        dtype: ``auto``, ``float32``, ``bfloat16``, ``float16``; a model in memory keeps its own.
        revision: Branch, tag or commit of a model on the hub.
        bos: The token that starts every prompt, or ``none``; by default what the tokenizer puts
            first.
        allow_bin: Whether pickled weights may be read, by torch's restricted unpickler.
        evidence: Whether to measure what heads write and how much they matter, too: all of it
            where a GPU is, elsewhere what takes little time.
        effect_repeated: Prompts for the effects on repeated text, 0 for none.
        effect_natural: Prompts for the effects on natural text, 0 for none.
        progress: Whether a progress bar is shown.

    Returns:
        The table; ``HeadTable.save`` stores it.

    Raises:
        UserError: What the user must change, in a sentence.
    """
    options = {
        "prompts": prompts,
        "length": length,
        "rows": rows,
        "text": None if text is None else os.fspath(text),
        "seed": seed,
        "device": device,
        "dtype": dtype,
        "revision": revision,
        "bos": bos,
        "allow_bin": allow_bin,
        "evidence": None if evidence else False,
        "effect_repeated": effect_repeated,
        "effect_natural": effect_natural,
    }
    with _worker_explained():
        from classify import in_memory, in_process  # noqa: PLC0415 - torch, which takes seconds
    if isinstance(model, str | os.PathLike):
        name = os.fspath(model)
        if tokenizer is not None:
            raise UserError(
                f"{name}: a model that is loaded brings its own tokenizer; give one only with a "
                "model in memory"
            )
        return HeadTable(*in_process.score(Request.parse(model=name, **options), progress=progress))
    if revision is not None:
        raise UserError(f"revision {revision}: only models on the hub have revisions")
    request = in_memory.request_for(model, tokenizer, **options)
    with in_memory.left_as_found(model):
        return HeadTable(*in_process.score(request, progress=progress))


@contextmanager
def _worker_explained() -> Iterator[None]:
    """Say how to install the worker where it is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (lacking := lacks_worker(error)) is None:
            raise
        raise lacking from None
