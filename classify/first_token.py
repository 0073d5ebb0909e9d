"""Which token starts every prompt: what the tokenizer puts first, or what ``--bos`` names."""

from typing import Any, NamedTuple

from headstrata.errors import UserError

#: ``--bos none``: prompts start with their own text.
NONE = "none"
#: Why there is the first token that ``--bos`` named, or none.
_ASKED, _ASKED_NONE = "by --bos", "none, by --bos: prompts start with their own text"
ASKED_SOURCES = (_ASKED, _ASKED_NONE)
#: Used as BOS if a tokenizer has none, as is usual for GPT-2.
_END_OF_TEXT = "<|endoftext|>"


class FirstTokens(NamedTuple):
    """The tokens in front of every prompt: one, or two as in GLM-4's ``[gMASK]<sop>``, or none."""

    ids: tuple[int, ...]
    text: str | None
    source: str
    """Why these."""


def first_tokens(tokenizer: Any, word: str, asked: str | None = None) -> FirstTokens:
    """The tokens that start every prompt.

    Args:
        tokenizer: A tokenizer of transformers.
        word: Any text that it knows.
        asked: A token's text, ``none``, or None: what the tokenizer puts first itself.

    Raises:
        UserError: ``asked`` is not one token, or there is nothing to start a prompt with.
    """
    if asked == NONE:
        return FirstTokens((), None, _ASKED_NONE)
    if asked is not None:
        return FirstTokens((_one_token(tokenizer, asked),), asked, _ASKED)
    own = _put_first(tokenizer, word)
    if own and own != (tokenizer.bos_token_id,):
        text = "".join(tokenizer.convert_ids_to_tokens(list(own)))
        return FirstTokens(own, text, "what the tokenizer itself puts first")
    if tokenizer.bos_token_id is not None:
        source = "the tokenizer's own BOS"
        return FirstTokens((tokenizer.bos_token_id,), tokenizer.bos_token, source)
    known = tokenizer.get_vocab()
    if _END_OF_TEXT in known:
        source = "stands in: the tokenizer has no BOS"
        return FirstTokens((known[_END_OF_TEXT],), _END_OF_TEXT, source)
    if tokenizer.eos_token_id is not None:
        source = "its end-of-text token stands in: the tokenizer has no BOS"
        return FirstTokens((tokenizer.eos_token_id,), tokenizer.eos_token, source)
    raise UserError(
        "the tokenizer has neither a BOS nor an end-of-text token to start a prompt with; give "
        "--bos TOKEN, or --bos none"
    )


def _put_first(tokenizer: Any, word: str) -> tuple[int, ...]:
    """What the tokenizer puts before a text; what it puts behind one is left out."""
    plain = tokenizer(word, add_special_tokens=False)["input_ids"]
    whole = tokenizer(word)["input_ids"]
    for lead in range(len(whole) - len(plain) + 1):
        if plain and whole[lead : lead + len(plain)] == plain:
            return tuple(whole[:lead])
    return ()


def _one_token(tokenizer: Any, asked: str) -> int:
    """The id of the token that is written so, or whose text is so."""
    known = tokenizer.get_vocab()
    if asked in known:
        return int(known[asked])
    ids: list[int] = tokenizer(asked, add_special_tokens=False)["input_ids"]
    if len(ids) == 1 and ids[0] != tokenizer.unk_token_id:
        return ids[0]
    named = [token for token in (tokenizer.bos_token, tokenizer.eos_token) if token]
    such = f" such as {' or '.join(dict.fromkeys(named))}" if named else ""
    raise UserError(
        f"--bos {asked!r}: not one token of the model's vocabulary; give the text of one{such}, "
        "or none"
    )
