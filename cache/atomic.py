"""Files that are written whole or not at all."""

import os
import tempfile
from pathlib import Path

#: Ending of the hidden file that becomes the target.
TEMPORARY = ".tmp"


def replace_file(target: Path, data: bytes) -> None:
    """Write beside the target, flush to disk, then replace it in one step.

    Raises:
        OSError: It cannot be written; the target is as before and nothing is left behind.
    """
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)  # mkstemp's 0600 would hide it from a web user
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
