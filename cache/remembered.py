"""What this machine's processes know of tables that one of them has listed.

Listing 1,500 tables reads 1,500 footers, on an object store over the network. The process that
did so writes down what it read, in a folder of its user's own among the temporary files, and
every other process, also after a restart, looks there first. What was written over since has
another stamp and is read anew. The folder may be removed at any time.
"""

import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from cache.atomic import replace_file
from cache.files import Files
from cache.provenance import Provenance
from cache.schema import SCHEMA_VERSION
from cache.tables import Entry
from headstrata import __version__

#: So many tables are worth the writing; fewer are read as quickly from their footers.
WORTH = 16
#: How long to wait for another process that is listing, in seconds.
_WAIT_S = 30
#: What a stamp begins with if the file system tells no times: it may stay what it was.
_TIMELESS = "None-"

Key = tuple[str, str]


class Remembered:
    """The tables of one cache that some process of this user has listed.

    Args:
        store: The cache.
    """

    def __init__(self, store: Files) -> None:
        self._named = f"{store.filesystem.protocol} {store.root}"
        self._shared = "memory" not in store.filesystem.protocol
        self._path: Path | None = None
        self._known: dict[Key, tuple[bool, str]] = {}

    def entry(self, key: Key) -> Entry | None:
        """The entry of a table's name and stamp, if it is known."""
        if key not in self._known:
            return None
        shipped, record = self._known[key]
        try:
            return Entry(key[0], Provenance.model_validate_json(record), key[1], shipped)
        except ValidationError:
            return None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one process list while the others wait for what it writes; then know that."""
        folder = own_folder() if self._shared else None
        name = hashlib.sha256(self._named.encode()).hexdigest()[:32]
        self._path = folder / f"{name}.json" if folder else None
        lock = FileLock(f"{self._path}.lock", timeout=_WAIT_S) if self._path else None
        try:
            if lock:
                lock.acquire()
        except (Timeout, OSError):
            lock = None
        try:
            self._load()
            yield
        finally:
            self._known = {}  # whoever asked has it now
            if lock:
                lock.release()

    def keep(self, entries: Iterable[Entry]) -> None:
        """Write down all tables of a list, in the place of what was written before."""
        if self._path is None:
            return
        known = [
            (one.name, one.stamp, one.shipped, one.provenance.model_dump_json())
            for one in entries
            if not one.stamp.startswith(_TIMELESS)
        ]
        with suppress(OSError):  # a full or missing disk: the next process reads the footers
            replace_file(self._path, json.dumps({"by": _maker(), "tables": known}).encode())

    def _load(self) -> None:
        if self._path is None:
            return
        try:
            told = json.loads(self._path.read_bytes())
            listed = told["tables"] if told["by"] == _maker() else []
            self._known = {
                (str(name), str(stamp)): (bool(shipped), str(record))
                for name, stamp, shipped, record in listed
            }
        except (OSError, ValueError, KeyError, TypeError):
            self._known = {}


def _maker() -> str:
    """Other versions may read other things out of a footer."""
    return f"{__version__} {SCHEMA_VERSION}"


def own_folder() -> Path | None:
    """A folder among the temporary files that is this user's alone; None if there can be none."""
    if not hasattr(os, "getuid"):
        return None
    folder = Path(tempfile.gettempdir(), f"headstrata-{os.getuid()}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()  # somebody else may have put a link there
    except OSError:
        return None
    own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return folder if own and not found.st_mode & 0o077 else None
