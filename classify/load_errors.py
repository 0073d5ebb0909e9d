"""What the libraries say about a model that cannot be loaded, as one true sentence."""

import json
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import transformers

from classify import hub
from classify.out_of_memory import is_out_of_memory
from headstrata.errors import UserError

#: How every Git LFS pointer begins:
#: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
_POINTER = b"version https://git-lfs"
_POINTER_SIZE = 1024
#: Files that are read when a model is loaded.
_READ = {".json", ".safetensors", ".bin", ".gguf", ".model", ".txt"}
#: How the libraries say what to install: `pip install pillow`.
_INSTALL = re.compile(r"['`](pip install [^`]+?)['`]")
#: What reading a SentencePiece model takes, by the names that are imported.
_SENTENCEPIECE = {"sentencepiece": "sentencepiece", "google.protobuf": "protobuf"}


@contextmanager
def explained(name: str, folder: Path | None = None) -> Iterator[None]:
    """Turn every error that the libraries raise about a model into one clear line.

    Args:
        name: How the user named the model.
        folder: Where it is on this machine; None: on the hub.
    """
    try:
        yield
    except UserError:
        raise
    except Exception as error:  # each file format's reader has its own error types
        if is_out_of_memory(error):
            raise
        raise UserError(f"cannot load {name}: {_reason(error, name, folder)[:400]}") from error


def lfs_pointer(folder: Path) -> Path | None:
    """A file of the model that is a Git LFS pointer: the weights were not fetched."""
    for file in sorted(folder.iterdir()):
        if file.suffix in _READ and file.is_file() and file.stat().st_size < _POINTER_SIZE:
            with file.open("rb") as handle:
                if handle.read(len(_POINTER)) == _POINTER:
                    return file
    return None


def _reason(error: Exception, name: str, folder: Path | None) -> str:
    """Why the model cannot be loaded, and what to do, where that is known."""
    if folder is not None and (pointer := lfs_pointer(folder)):
        return f"{pointer.name} is a Git LFS pointer, not the file itself; run: git lfs pull"
    if folder is None and (told := hub.explained(error, name)):
        return told
    return _meaning(error, name, folder)


def _meaning(error: Exception, name: str, folder: Path | None) -> str:
    """What the libraries' own words mean."""
    said = " ".join(str(error).split())
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    reason = lines[0] if lines else type(error).__name__
    if "custom code" in said:
        reason = (
            "it needs code of its own, which Headstrata never runs; only models that "
            "transformers itself knows can be scored"
        )
    elif "does not recognize this architecture" in said:
        reason = _unknown_kind(folder, reason)
    elif any(word in said for word in ("backend tokenizer", "tiktoken", "entencepiece")):
        reason = _tokenizer(folder, reason)
    elif isinstance(error, ImportError) and (command := _INSTALL.search(said)):
        reason = f"{reason.partition(' but ')[0].rstrip('.:')}; run: {command[1]}"
    elif type(error).__name__ == "UnpicklingError" or "weights_only" in said:
        reason = (
            "its pickled weights are damaged, or hold more than tensors, which torch's "
            "restricted unpickler refuses; convert them to safetensors"
        )
    elif _is_damaged(error, name):
        reason = f"its weights are cut short or damaged ({reason}); fetch the file again"
    return reason


def _unknown_kind(folder: Path | None, said: str) -> str:
    """A model that transformers does not know, or a config that does not say what it is."""
    try:
        kind = json.loads((folder / "config.json").read_text())["model_type"] if folder else None
    except (OSError, ValueError, KeyError, TypeError):
        kind = None
    if kind is None:
        return said
    return (
        f"transformers {transformers.__version__} does not know its type {kind!r}; "
        "a newer transformers may"
    )


def _tokenizer(folder: Path | None, said: str) -> str:
    """A tokenizer that needs a library which is not installed."""
    missing = [package for name, package in _SENTENCEPIECE.items() if not _is_there(name)]
    is_tiktoken = folder is not None and not _is_sentencepiece(folder)
    if missing and not is_tiktoken:
        return f"its tokenizer is a SentencePiece model; run: pip install {' '.join(missing)}"
    if not _is_there("tiktoken"):
        return "its tokenizer is a tiktoken file; run: pip install tiktoken"
    return f"its tokenizer cannot be read ({said})"


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # of the package around it
        return False


def _is_sentencepiece(folder: Path) -> bool:
    """Whether its tokenizer.model is a protocol buffer, not tiktoken's lines of text."""
    files = sorted(folder.glob("*.model"))
    return bool(files) and files[0].read_bytes()[:1] == b"\n"


def _is_damaged(error: Exception, name: str) -> bool:
    """Whether the error comes from reading the weights."""
    return type(error).__name__ == "SafetensorError" or (
        name.lower().endswith(".gguf")
        and isinstance(error, ValueError | EOFError | IndexError | struct.error)
    )
