"""Names of models: of their tables, and for people. Does not import torch."""

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

_TITLES = {
    "gpt2": "GPT-2 small",
    "gpt2-medium": "GPT-2 medium",
    "gpt2-large": "GPT-2 large",
    "gpt2-xl": "GPT-2 XL",
}
_WORDS = {"gpt": "GPT", "opt": "OPT", "xl": "XL", "llama": "Llama", "gptj": "GPT-J"}
#: A folder in which the hub's client keeps one commit of a model:
#: https://huggingface.co/docs/huggingface_hub/guides/manage-cache
_SNAPSHOT = re.compile(r".*/models--(.+)/snapshots/([0-9a-f]{40})")
#: A revision that is a commit.
COMMIT = re.compile(r"[0-9a-f]{40}")
#: Shown of a commit, and of a digest in a name.
_SHORT = 8
_LONGEST = 100  # as ``check_name``


class Snapshot(NamedTuple):
    """One commit of a model in the cache of the hub's client."""

    repository: str
    commit: str


def snapshot_of(folder: Path) -> Snapshot | None:
    """What the hub's client keeps in a folder; None for any other folder."""
    found = _SNAPSHOT.fullmatch(folder.absolute().as_posix())
    return Snapshot(found[1].replace("--", "/"), found[2]) if found else None


def shown_revision(revision: str) -> str:
    """A branch or tag as it is; a commit cut short."""
    return revision[:_SHORT] if COMMIT.fullmatch(revision) else revision


def table_name(stem: str, revision: str | None = None) -> str:
    """A table's name, of letters that every file system and address has.

    Accents are dropped. A digest tells the name from others where letters of other scripts,
    or the end of a long name, are left out.

    >>> table_name("my model (new)"), table_name("模型-7b"), table_name("pythia", "step1000")
    ('my-model-new-', '7b-0fe75223', 'pythia-step1000')
    """
    whole = f"{stem}-{revision}" if revision else stem
    parts = unicodedata.normalize("NFKD", whole)
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    kept = re.sub(r"[^A-Za-z0-9._-]+", "-", bare).lstrip("._-")
    foreign = any(letter.isalnum() and not letter.isascii() for letter in bare)
    if foreign or len(kept) > _LONGEST:
        composed = unicodedata.normalize("NFC", whole)  # a Mac's file names are taken apart
        end = f"-{hashlib.sha256(composed.encode()).hexdigest()[:_SHORT]}"
        return f"{kept[: _LONGEST - len(end)].rstrip('-') or 'model'}{end}"
    return kept or "model"


def own_name(path: Path) -> str:
    """The name of a file or folder, also of "." and ".."."""
    return path.name if path.name not in ("", "..") else path.resolve().name


def title_of(stem: str) -> str:
    """The name of a model for people, from its file name.

    >>> title_of("gpt2-xl"), title_of("SmolLM2-135M-Instruct.Q4_1")
    ('GPT-2 XL', 'SmolLM2-135M Instruct (Q4_1)')
    """
    if stem.lower() in _TITLES:
        return _TITLES[stem.lower()]
    stem, _, quantised = re.fullmatch(
        r"(.*?)([.-]((?:I?Q\d\w*)|F16|BF16|F32))?", stem, re.I | re.S
    ).groups("")  # type: ignore[union-attr]
    parts = [_WORDS.get(part.lower(), part) for part in re.split(r"[-_\s]+", stem) if part]
    text = ""
    for part in parts:  # a size stays with the family: SmolLM2-135M, Llama-3.2-1B
        text += part if not text else f"{'-' if part[0].isdigit() else ' '}{part}"
    return f"{text} ({quantised})" if quantised else text or "model"
