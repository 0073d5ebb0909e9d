"""The web process's view of the store: unchanged files are not read twice.

Everything is looked up by its file's stamp, so a table that the worker has just
written is seen by the next request, while unchanged ones come from memory. The
folder is listed once a request: on an object store that is all a request costs.
"""

from collections.abc import Iterable
from contextlib import suppress

import flask

from app.recent import Recent
from cache.jobs import Job
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
from headstrata.errors import UserError
from headstrata.opening import open_store
from headstrata.settings import Settings

#: Head tables kept in memory per process (GPT-2 XL's has 1,200 rows: under 200 kB).
TABLES_KEPT = 32
#: Footers kept in memory per process.
ENTRIES_KEPT = 1024
#: Job records kept in memory per process.
JOBS_KEPT = 1024

#: Published figures of this model are the front page as long as nobody computed it.
FRONT_MODEL = "gpt2-xl"


class Reader:
    """Cached reads of one store.

    Raises:
        UserError: The cache that the settings name cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = open_store(settings)
        self._tables: Recent[tuple[str, str], Table] = Recent(TABLES_KEPT)
        self._entries: Recent[tuple[str, str], Entry | Problem] = Recent(ENTRIES_KEPT)
        self._jobs: Recent[tuple[str, str], Job | None] = Recent(JOBS_KEPT)

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
        """
        file = self._find(name)
        key = (file.name, file.stamp)
        kept = self._tables.get(key)
        if kept is not None:
            return kept
        try:
            return self._tables.keep(key, self.store.read(file))
        except BadTableError as error:  # its footer promised more: listed no longer
            self._entries.keep(key, Problem(file.name, str(error)))
            raise

    def readable(self, names: Iterable[str]) -> dict[str, Table]:
        """Those of the tables that are there and whole, by the given name."""
        tables = {}
        for name in names:
            with suppress(UserError):
                tables[name] = self.table(name)
        return tables

    def stamp(self, name: str) -> tuple[str, str]:
        """The stored name that ``name`` means, and its file's stamp.

        Raises:
            UserError: Not a name.
            NotFoundError: No such table.
        """
        file = self._find(name)
        return file.name, file.stamp

    def jobs(self) -> list[Job]:
        """All readable job records, the newest request first."""
        return newest_first(self._job(file) for file in self.store.job_files())

    def default_name(self) -> str | None:
        """The table that ``/`` opens: GPT-2 XL computed, else published, else the first."""
        entries = self.entries()
        front = [e for e in entries if e.provenance.reference == FRONT_MODEL]
        names = [entry.name for entry in (*front, *entries)]
        return next((name for name in names if self.readable([name])), None)

    def _find(self, name: str) -> File:
        return self.store.find(name, self._files())

    def _files(self) -> dict[str, File]:
        """The table files as they were when this request began."""
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
        """What is known of a table file; None if it was removed since it was listed."""
        key = (file.name, file.stamp)
        known = self._entries.get(key)
        if known is not None:
            return known
        try:
            return self._entries.keep(key, self.store.entry(file))
        except NotFoundError:
            return None
        except UserError as error:
            return self._entries.keep(key, Problem(file.name, str(error)))

    def _job(self, file: File) -> Job | None:
        key = (file.name, file.stamp)
        return self._jobs.get(key) or self._jobs.keep(key, self.store.job(file))
