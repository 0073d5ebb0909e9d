"""The web process's view of the store: unchanged files are not read twice.

Everything is looked up by the table file's stamp, so a table that the worker
has just written is seen by the next request, while unchanged ones come from
memory.
"""

from collections.abc import Iterable
from contextlib import suppress

from app.recent import Recent
from cache.jobs import Job
from cache.store import BadTableError, Entry, NotFoundError, Problem, Table, in_order
from headstrata.errors import UserError
from headstrata.opening import open_store
from headstrata.settings import Settings

#: Head tables kept in memory per process (GPT-2 XL's has 1,200 rows: under 200 kB).
TABLES_KEPT = 32
#: Footers kept in memory per process.
ENTRIES_KEPT = 1024

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
        name, stamp = self.stamp(name)
        kept = self._tables.get((name, stamp))
        if kept is not None:
            return kept
        try:
            return self._tables.keep((name, stamp), self.store.read(name))
        except BadTableError as error:  # its footer promised more: listed no longer
            self._entries.keep((name, stamp), Problem(name, str(error)))
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
        stored = self.store.resolve(name)
        try:
            return stored, self.store.stamps()[stored]
        except KeyError:
            raise NotFoundError(f"table {stored!r} was removed from the cache") from None

    def jobs(self) -> list[Job]:
        """All readable job records, the newest request first."""
        return self.store.jobs()

    def default_name(self) -> str | None:
        """The table that ``/`` opens: GPT-2 XL computed, else published, else the first."""
        entries = self.entries()
        front = [e for e in entries if e.provenance.reference == FRONT_MODEL]
        names = [entry.name for entry in (*front, *entries)]
        return next((name for name in names if self.readable([name])), None)

    def _listed(self) -> list[Entry | Problem]:
        listed = []
        for name, stamp in self.store.stamps().items():
            known = self._entries.get((name, stamp))
            if known is None:
                known = self._describe(name)
                if known is None:
                    continue  # removed since it was listed
                self._entries.keep((name, stamp), known)
            listed.append(known)
        return listed

    def _describe(self, name: str) -> Entry | Problem | None:
        try:
            return self.store.entry(name)
        except NotFoundError:
            return None
        except UserError as error:
            return Problem(name, str(error))
