"""The table files of a store as they are now, without listing them all for each question.

On a local disk a folder's time of writing says whether a file came, went or was put in the
place of another (``cache.files`` always does that), and a file's own properties whether it was
written over. So a question about one table costs two ``stat`` instead of one for each file. An
object store has no such time: it is listed.
"""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from cache.files import File, restamped
from cache.store import Store

#: Two changes within a tick of the file system's clock leave one time; Linux ticks every
#: 4 ms, FAT every 2 s. A folder that was changed less than this before it was listed is
#: listed again, in nanoseconds.
_TICK_NS = 3_000_000_000

Mark = tuple[int, int]


@dataclass(frozen=True)
class _Listed:
    """A listing, and what its folder was like before."""

    files: dict[str, File]
    mark: Mark | None
    settled: bool


class Watched:
    """The table files of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._last: _Listed | None = None

    def tables(self) -> dict[str, File]:
        """All table files by name, listed now (``Store.tables``).

        Raises:
            ObstacleError: The cache cannot be listed now.
        """
        if not self.store.local:
            return self.store.tables()
        # before the listing: what comes meanwhile changes it
        mark, now = self._mark(), time.time_ns()
        files = self.store.tables()
        settled = mark is not None and mark[0] < now - _TICK_NS
        with self._lock:
            self._last = _Listed(files, mark, settled)
        return files

    def find(self, name: str) -> File:
        """The file of the table ``name`` as it is now (``Store.find``).

        Raises:
            UserError: ``name`` cannot be the name of a table.
            NotFoundError: No such table.
            ObstacleError: The cache cannot be listed now.
        """
        last = self._last
        if last and last.settled and last.mark == self._mark():
            known = self.store.find(name, last.files)
            if restamped(known) == known.stamp:
                return known
        return self.store.find(name, self.tables())

    def _mark(self) -> Mark | None:
        try:
            found = Path(self.store.root, "tables").stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino
