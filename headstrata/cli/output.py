"""Writes results: to standard output, which is for data only, or to a file, atomically."""

import os
import stat
import sys
from pathlib import Path

from cache.atomic import replace_file
from headstrata.errors import UserError


def write_stdout(data: bytes) -> None:
    """Write to standard output; a closed pipe (``| head``) is not an error.

    Raises:
        UserError: Writing failed, for instance because the disk is full.
    """
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python flushes again at exit and would print an error: redirect to /dev/null.
        # https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise UserError(f"cannot write to standard output: {error.strerror}") from None


def write_text(text: str) -> None:
    """Write a text and a newline to standard output."""
    write_stdout(f"{text}\n".encode())


def write_file(path: Path, data: bytes) -> None:
    """Write a file atomically; a device such as ``/dev/null`` is opened and written to.

    Raises:
        UserError: The file cannot be written.
    """
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            path.write_bytes(data)
        else:
            replace_file(path, data)
    except OSError as error:
        raise UserError(f"cannot write {str(path)!r}: {error.strerror or error}") from None
