"""The tables that were opened last, for the time in which their files cannot be used.

A table that is served may be cut short or get damaged bytes: a disk that fails, a copy that was
broken off; or a newer Headstrata replaces it by one that this version does not read. Then what
was read of it last goes on being served. All processes of this user on a machine share these
copies, so that they agree, in the folder of ``cache.remembered``. It may be removed at any time.
"""

import hashlib
import threading
from contextlib import suppress
from pathlib import Path

from cache.atomic import replace_file
from cache.files import File, Files
from cache.remembered import own_folder
from cache.tables import BadTableError, Table, decode, encode

#: Tables of one cache that are kept; beyond that the one that was opened first goes.
_MOST = 256


class LastGood:
    """The last good tables of one cache.

    Args:
        store: The cache.
    """

    def __init__(self, store: Files) -> None:
        named = f"{store.filesystem.protocol} {store.root}".encode()
        self._folder_name = f"good-{hashlib.sha256(named).hexdigest()[:32]}"
        self._shared = "memory" not in store.filesystem.protocol
        self._lock = threading.Lock()
        self._kept: dict[str, str] = {}
        self._found: dict[str, tuple[int, Table]] = {}

    def keep(self, file: File, table: Table) -> None:
        """Keep a table that was just read from a file and is whole."""
        folder = self._folder()
        if folder is None or self._kept.get(file.name) == file.stamp:
            return
        self._kept[file.name] = file.stamp
        with suppress(OSError):  # a full disk, a read-only one: then nothing is kept
            folder.mkdir(mode=0o700, exist_ok=True)
            replace_file(folder / f"{file.name}.parquet", encode(table.heads, table.provenance))
            self._sweep(folder)

    def find(self, name: str) -> Table | None:
        """What was last read of a table; None if nobody knows any more."""
        folder = self._folder()
        if folder is None:
            return None
        path = folder / f"{name}.parquet"
        try:
            written = path.stat().st_mtime_ns
            with self._lock:
                known = self._found.get(name)
                if known is None or known[0] != written:
                    known = self._found[name] = written, decode(name, path.read_bytes())
        except (OSError, BadTableError):
            return None
        return known[1]

    def _folder(self) -> Path | None:
        above = own_folder() if self._shared else None
        return above / self._folder_name if above else None

    @staticmethod
    def _sweep(folder: Path) -> None:
        kept = sorted(folder.glob("*.parquet"), key=lambda path: path.stat().st_mtime_ns)
        for path in kept[:-_MOST]:
            path.unlink(missing_ok=True)
