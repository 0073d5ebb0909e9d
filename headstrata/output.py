"""Where results go: standard output, kept clean for data, or a file written whole."""

import os
import stat
import sys
from pathlib import Path

from cache.atomic import replace_file
from headstrata.errors import UserError


def write_stdout(data: bytes) -> None:
    """Write to standard output; a reader that went away (``| head``) is no error.

    Raises:
        UserError: It cannot be written, for instance to a full disk.
    """
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # What Python flushes at exit would complain again: let it go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise UserError(f"cannot write to standard output: {error.strerror}") from None


def write_text(text: str) -> None:
    """Write a text and a line end to standard output."""
    write_stdout(f"{text}\n".encode())


def write_file(path: Path, data: bytes) -> None:
    """Write a whole file or nothing; a device such as ``/dev/null`` is written to directly.

    Raises:
        UserError: It cannot be written.
    """
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            path.write_bytes(data)
        else:
            replace_file(path, data)
    except OSError as error:
        raise UserError(f"cannot write {str(path)!r}: {error.strerror or error}") from None
