"""SHA-256 of the files that a model is read from. Does not import torch."""

import hashlib
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path
from typing import Any

from headstrata.errors import UserError

Digests = dict[str, str]
"""SHA-256 by file name."""

#: What else ``save_pretrained`` writes for every kind of tokenizer.
_OF_TOKENIZERS = (
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
)


def sha256_of(file: Path) -> str:
    """SHA-256 of a file; read once as long as the file stays the same.

    Raises:
        UserError: It cannot be read.
    """
    try:
        stat = file.stat()
        return _read(file, stat.st_size, stat.st_mtime_ns)
    except OSError as error:
        raise UserError(f"{file}: cannot be read: {error.strerror or error}") from None


@lru_cache(maxsize=1024)
def _read(file: Path, _size: int, _written: int) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def sha256_of_all(digests: Iterable[str]) -> str:
    """One SHA-256 over those of several files, in this order."""
    return hashlib.sha256(b"".join(map(bytes.fromhex, digests))).hexdigest()


def in_background(files: list[Path]) -> "Future[Digests]":
    """The files' digests in the given order, computed in a thread.

    The thread is a daemon: a run that is stopped does not wait for it.
    """
    future: Future[Digests] = Future()

    def read() -> None:
        try:
            future.set_result({file.name: sha256_of(file) for file in files})
        except UserError as error:
            future.set_exception(error)

    threading.Thread(target=read, daemon=True).start()
    return future


def of_settings(config: Any, tokenizer: Any) -> Digests:
    """Digests of the files in local folders that a configuration and a tokenizer are from."""
    folder = Path(tokenizer.name_or_path)
    names = {*_OF_TOKENIZERS, *type(tokenizer).vocab_files_names.values()}
    files = [Path(config.name_or_path) / "config.json", *(folder / name for name in sorted(names))]
    return {file.name: sha256_of(file) for file in files if file.is_file()}
