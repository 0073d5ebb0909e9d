"""Atomic writes: a file is replaced completely or not at all."""

import os
import tempfile
from pathlib import Path

#: Suffix of the hidden temporary file that becomes the target.
TEMPORARY = ".tmp"


def replace_file(target: Path, data: bytes) -> None:
    """Write to a file beside the target, flush it to disk, then rename it.

    Raises:
        OSError: Writing failed; the target is unchanged and the temporary file is removed.
    """
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)  # with mkstemp's 0600 other users could not read it
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
