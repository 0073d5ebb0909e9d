"""Cached reads of the store for the web process: unchanged files are not read twice.

Everything is looked up by its file's stamp, so a table that the worker has just
written is seen by the next request, while unchanged ones come from memory. The
folder is listed once per request; on an object store a request costs no more.

A table is listed only after all of it was read: the footer alone would be quicker to
read, but does not show damaged rows, and then processes would list different tables.
"""

import time
from collections.abc import Iterable
from contextlib import suppress

import flask

from app.lru_cache import LRUCache
from cache.jobs import Job
from cache.opening import open_store
from cache.store import (
    BadTableError,
    Entry,
    File,
    NotFoundError,
    Problem,
    Table,
    in_order,
    newest_first,
)
from headstrata.errors import ObstacleError, UserError
from headstrata.settings import Settings

#: Head tables kept in memory per process (GPT-2 XL's has 1,200 rows: under 200 kB).
TABLES_KEPT = 32
#: Entries and problems of table files kept in memory per process.
ENTRIES_KEPT = 8192
#: How long to wait before a table file that could not be read is tried again, in seconds:
#: with an object store that does not answer, every poll of every open page would wait.
RETRY_S = 10.0
#: Job records kept in memory per process.
JOBS_KEPT = 1024

#: ``/`` opens this model: a computed table if there is one, else the published figures.
FRONT_MODEL = "gpt2-xl"


class Reader:
    """Cached reads of one store.

    Raises:
        UserError: The cache that the settings name cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = open_store(settings)
        self._tables: LRUCache[tuple[str, str], Table] = LRUCache(TABLES_KEPT)
        self._entries: LRUCache[tuple[str, str], Entry | Problem] = LRUCache(ENTRIES_KEPT)
        self._obstacles: LRUCache[tuple[str, str], tuple[float, Problem]] = LRUCache(ENTRIES_KEPT)
        self._jobs: LRUCache[tuple[str, str], tuple[Job | None]] = LRUCache(JOBS_KEPT)

    def entries(self) -> list[Entry]:
        """All usable tables: computed first, the newest first; then published ones."""
        return in_order(entry for entry in self._listed() if isinstance(entry, Entry))

    def problems(self) -> list[Problem]:
        """The files in the cache that cannot be used, and why."""
        return [problem for problem in self._listed() if isinstance(problem, Problem)]

    def table(self, name: str) -> Table:
        """One table, checked against the contract.

        The frame is shared among requests: copy it before you change it.

        Raises:
            UserError: Not a name.
            NotFoundError: No such table.
            BadTableError: The file is cut short, foreign or of another schema version.
            ObstacleError: It cannot be read now.
        """
        return self._table(self._find(name))

    def readable(self, names: Iterable[str]) -> dict[str, Table]:
        """The tables that exist and can be read, by the given name."""
        tables = {}
        for name in names:
            with suppress(UserError):
                tables[name] = self.table(name)
        return tables

    def stamp(self, name: str) -> tuple[str, str]:
        """The name of the table that ``name`` refers to, and its file's stamp.

        Raises:
            UserError: Not a name.
            NotFoundError: No such table.
        """
        file = self._find(name)
        return file.name, file.stamp

    def jobs(self) -> list[Job]:
        """All readable job records, the newest request first.

        Raises:
            ObstacleError: The cache cannot be listed now.
        """
        return newest_first(self._job(file) for file in self.store.job_files())

    def default_name(self) -> str | None:
        """The table that ``/`` opens: GPT-2 XL computed, else published, else the first."""
        entries = self.entries()
        front = [e for e in entries if e.provenance.reference == FRONT_MODEL]
        names = [entry.name for entry in (*front, *entries)]
        return next(iter(names), None)

    def _find(self, name: str) -> File:
        return self.store.find(name, self._files())

    def _files(self) -> dict[str, File]:
        """The table files, listed once per HTTP request."""
        if not flask.has_request_context():
            return self.store.tables()
        if "table_files" not in flask.g:
            flask.g.table_files = self.store.tables()
        files: dict[str, File] = flask.g.table_files
        return files

    def _listed(self) -> list[Entry | Problem]:
        described = (self._describe(file) for file in self._files().values())
        return [known for known in described if known is not None]

    def _describe(self, file: File) -> Entry | Problem | None:
        """A table file's entry or problem; None if it was removed since it was listed."""
        key = (file.name, file.stamp)
        known = self._entries.get(key)
        if known is not None:
            return known
        met = self._obstacles.get(key)
        if met is not None and time.monotonic() - met[0] < RETRY_S:
            return met[1]
        try:
            table = self._table(file)
        except NotFoundError:
            return None
        except BadTableError as error:
            return self._entries.keep(key, Problem(file.name, str(error)))
        except UserError as error:  # it cannot be read now: try again after RETRY_S
            problem = Problem(file.name, str(error))
            return self._obstacles.keep(key, (time.monotonic(), problem))[1]
        # With the stamp of the listing, so that a table replaced since then is read again.
        return self._entries.keep(key, Entry(file.name, table.provenance, file.stamp))

    def _table(self, file: File) -> Table:
        key = (file.name, file.stamp)
        known = self._entries.get(key)
        if isinstance(known, Problem):
            raise BadTableError(known.reason)
        return self._tables.get(key) or self._tables.keep(key, self.store.read(file))

    def _job(self, file: File) -> Job | None:
        """A job record; None if the file is not one, or cannot be read now."""
        key = (file.name, file.stamp)
        kept = self._jobs.get(key)
        if kept is None:
            try:
                kept = self._jobs.keep(key, (self.store.job(file),))
            except ObstacleError:
                return None
        return kept[0]
