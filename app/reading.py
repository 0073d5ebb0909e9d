"""Cached reads of the store for the web process: unchanged files are not read twice.

Everything is looked up by its file's stamp, so a table that the worker has just
written is seen by the next request, while unchanged ones come from memory. The
folder is listed once per request at most; on an object store a request costs no more.

What is looked up is noted as the source of the answer (``app.sources``): ``app.answers`` keeps
answers for as long as their sources are what they were.

Tables are listed from their footers, in which damaged rows do not show: a table is checked
whole when it is opened. What is listed never depends on what this process has opened, because
the polls of one page go to any process, and a table must not come and go.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING

import flask

from app.lru_cache import LRUCache
from app.sources import Sources, listing_of, sources
from cache.bins import NOT_MEASURED
from cache.counts import Counts, counts_of, read_counts
from cache.files import Files, restamped
from cache.footers import read_entries
from cache.jobs import Job
from cache.last_good import LastGood
from cache.opening import open_store
from cache.patterns import path_of
from cache.pins import check_pin, split_pin
from cache.remembered import WORTH, Remembered
from cache.store import (
    BadTableError,
    Entry,
    File,
    NotFoundError,
    Problem,
    Table,
    check_name,
    in_order,
    newest_first,
)
from cache.watched import Watched
from headstrata.errors import ObstacleError, UserError
from headstrata.settings import Settings
from vocabulary.taxonomy import REQUIRED_SCORES

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

#: Where a list of the table files stands in a request's WSGI environment, if there is one.
FILES = "headstrata.files"
#: Head tables kept in memory per process (GPT-2 XL's has 1,200 rows: under 200 kB).
TABLES_KEPT = 32
#: Entries and problems of table files kept in memory per process.
ENTRIES_KEPT = 8192
#: How long to wait before a table file that could not be read is tried again, in seconds:
#: with an object store that does not answer, every poll of every open page would wait.
RETRY_S = 10.0
#: Job records kept in memory per process.
JOBS_KEPT = 1024

#: ``/`` opens this model once it was computed.
FRONT_MODEL = "gpt2-xl"
#: How many tables ``/`` tries to open, so that it does not start with a damaged one.
FRONT_TRIES = 4


class Reader:
    """Cached reads of one store.

    Raises:
        UserError: The cache that the settings name cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = open_store(settings)
        self._watched = Watched(self.store)
        self._tables: LRUCache[tuple[str, str], Table] = LRUCache(TABLES_KEPT)
        self._entries: LRUCache[tuple[str, str], Entry | Problem] = LRUCache(ENTRIES_KEPT)
        self._listing = threading.Lock()
        self._remembered = Remembered(self.store)
        self._last_good = LastGood(self.store)
        self._footers_read = 0
        self._counts: LRUCache[tuple[str, str], Counts] = LRUCache(ENTRIES_KEPT)
        self._damaged: LRUCache[tuple[str, str], Problem] = LRUCache(ENTRIES_KEPT)
        self._met_damage = 0
        self._obstacles: LRUCache[tuple[str, str], tuple[float, Problem]] = LRUCache(ENTRIES_KEPT)
        self._jobs: LRUCache[tuple[str, str], tuple[Job | None]] = LRUCache(JOBS_KEPT)

    def entries(self) -> list[Entry]:
        """All usable tables, in their order in lists (``in_order``).

        One whose file is damaged now is listed as it was before, if anybody had opened it.
        """
        self._note_list()
        return in_order(self._usable(self._listed()))

    def problems(self) -> list[Problem]:
        """The files in the cache that cannot be used, and why; and what was damaged when opened."""
        self._note_list()
        opened = [self._damaged.get((file.name, file.stamp)) for file in self._files().values()]
        found = [problem for problem in self._listed() if isinstance(problem, Problem)]
        both = {one.name: one for one in (*(one for one in opened if one), *found)}
        return [self._with_remedy(both[name]) for name in sorted(both)]

    def table(self, name: str) -> Table:
        """One table, checked against the contract; its name may pin the contents (``cache.pins``).

        If its file is damaged or cannot be read now, it is the table that was last read from it.

        The frame is shared among requests: copy it before you change it.

        Raises:
            UserError: Not a name.
            NotFoundError: No such table, or its contents are others than those pinned.
            BadTableError: The file is cut short, foreign or of another schema version.
            ObstacleError: It cannot be read now.
        """
        try:
            plain, pin = split_pin(name)
            return check_pin(self._table(self._find(plain)), pin)
        except BadTableError:
            raise  # its file says so, again and again
        except UserError:
            sources().passing = True  # whoever catches it: it may be mended
            raise

    def trouble(self, name: str) -> str | None:
        """Why a table that was opened is not what its file holds now; None if it is.

        Raises:
            UserError: Not a name.
            NotFoundError: No such table.
        """
        file = self._find(split_pin(name)[0])
        key = (file.name, file.stamp)
        known = self._damaged.get(key) or self._entries.get(key)
        return self._with_remedy(known).reason if isinstance(known, Problem) else None

    def counts(self, entries: Iterable[Entry]) -> dict[str, Counts | Problem]:
        """How many heads of each category the layers of each table have, by the table's name.

        A table that was removed since is missing; one that cannot be read is a problem.
        """
        self._note_list()
        files = self._files()
        listed = [entry for entry in entries if entry.name in files]
        found: dict[str, Counts | Problem] = {}
        with self._listing:  # whoever asks meanwhile waits for the same answer
            for entry in listed:
                kept = self._counts.get((entry.name, entry.stamp))
                damaged = self._damaged.get((entry.name, entry.stamp))
                if damaged and (old := self._before(files[entry.name])):
                    found[entry.name] = counts_of(entry, old.heads)
                elif (known := kept or damaged) is not None:
                    found[entry.name] = known
            unknown = [entry for entry in listed if entry.name not in found]
            read = read_counts(unknown, [files[entry.name] for entry in unknown])
            for entry, counts in zip(unknown, read, strict=True):
                key = (entry.name, entry.stamp)
                if isinstance(counts, dict):
                    found[entry.name] = self._counts.keep(key, counts)
                elif isinstance(counts, BadTableError):
                    damage = self._remember_damage(key, counts)
                    old = self._before(files[entry.name])
                    found[entry.name] = counts_of(entry, old.heads) if old else damage
                else:
                    sources().passing = True
                    if not isinstance(counts, NotFoundError):
                        found[entry.name] = Problem(entry.name, str(counts))
        return found

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

    def home(self, name: str) -> Files:
        """Where the patterns of a table are.

        Raises:
            UserError: Not a name.
            NotFoundError: No such table.
        """
        file = self._find(name)
        if not file.is_file or not self.store.local:
            sources().passing = True  # an object store would be asked for them each time
        else:
            sources().patterns[file.name] = self._patterns(file)
        return self.store.home(file)

    def are(self, made_from: Sources, environ: "WSGIEnvironment") -> bool:
        """Whether an answer's sources are what they were.

        Args:
            made_from: The sources.
            environ: Of the request that asks for it; if the tables had to be listed, the
                list is left there, so that a new answer need not list them again.
        """
        if made_from == Sources():
            return True
        try:
            listed = made_from.listing is not None or not self.store.local
            files = environ.get(FILES)
            if listed and files is None:
                files = environ[FILES] = self._watched.tables()
            if made_from.damaged not in {None, self._met_damage}:
                return False
            if made_from.listing not in {None, listing_of(files or {})}:
                return False
            for name, known in made_from.tables.items():
                file = self._watched.find(name) if files is None else self.store.find(name, files)
                if (file.name, file.stamp) != known:
                    return False
            told = made_from.patterns.items()
            return all(self._patterns(self._watched.find(name)) == stamp for name, stamp in told)
        except UserError:
            return False  # it was removed, or the cache cannot be listed

    def jobs(self) -> list[Job]:
        """All readable job records, the newest request first.

        Raises:
            ObstacleError: The cache cannot be listed now.
        """
        sources().passing = True
        return newest_first(self._job(file) for file in self.store.job_files())

    def default_name(self) -> str | None:
        """The table that ``/`` opens; None: there is none.

        Of the tables in which every head was measured it is GPT-2 XL, else the first in the
        list: the newest of the cache's own, then what ships. Without any it is the first of
        all.
        """
        entries = self.entries()
        whole = [e for e in entries if set(REQUIRED_SCORES) <= set(e.provenance.scores)]
        front = [e for e in whole if e.provenance.reference == FRONT_MODEL]
        names = list(dict.fromkeys(e.name for e in (*front, *whole, *entries)))
        tried = [*names[:FRONT_TRIES], *(e.name for e in whole if e.shipped)]
        measured = (name for name in tried if self._is_measured(name))
        readable = (name for name in tried if self.readable([name]))
        return next(measured, None) or next(readable, next(iter(names), None))

    def _is_measured(self, name: str) -> bool:
        """Whether a table can be read, and every head in it was measured."""
        table = self.readable([name]).get(name)
        return table is not None and NOT_MEASURED not in set(table.heads["category"])

    def _find(self, name: str) -> File:
        """A table's file, the same within one request."""
        if not flask.has_request_context():
            return self.store.find(name, self.store.tables())
        check_name(name)
        found: dict[str, File] = flask.g.setdefault("found_files", {})
        if name not in found:
            listed = not self.store.local or "table_files" in flask.g
            found[name] = (
                self.store.find(name, self._files()) if listed else self._watched.find(name)
            )
        file = found[name]
        sources().tables[name] = (file.name, file.stamp)
        return file

    def _files(self) -> dict[str, File]:
        """The table files, listed once per HTTP request."""
        if not flask.has_request_context():
            return self._watched.tables()
        if "table_files" not in flask.g:
            known = flask.request.environ.get(FILES)
            flask.g.table_files = self._watched.tables() if known is None else known
        files: dict[str, File] = flask.g.table_files
        return files

    def _patterns(self, file: File) -> str | None:
        """The stamp of the patterns beside a table; None: there are none."""
        home = self.store.home(file)
        path = f"{home.root}/{path_of(file.name)}"
        return restamped(File(file.name, path, home.filesystem, True, ""))

    def _listed(self) -> list[Entry | Problem]:
        files = list(self._files().values())
        with self._listing:  # whoever asks meanwhile waits for the same answer
            known = [self._known(file) for file in files]
            missing = [place for place, one in enumerate(known) if one is None]
            many = len(missing) >= WORTH
            with self._remembered.alone() if many else nullcontext():
                unknown = [files[place] for place in missing]
                for place, one in zip(missing, self._read(unknown, many), strict=True):
                    known[place] = self._remember(files[place], one)
                if many and self._footers_read:
                    self._remembered.keep(one for one in known if isinstance(one, Entry))
        return [one for one in known if one is not None]

    def _read(self, files: list[File], many: bool) -> list[Entry | UserError]:
        """The entries of files, of many from what another process has read of them."""
        kept = [self._remembered.entry((f.name, f.stamp)) if many else None for f in files]
        rest = [file for file, entry in zip(files, kept, strict=True) if entry is None]
        read = iter(read_entries(rest))
        self._footers_read = len(rest)
        return [entry or next(read) for entry in kept]

    def _known(self, file: File) -> Entry | Problem | None:
        """A file's entry or problem; None: not known, or to be tried again."""
        key = (file.name, file.stamp)
        known = self._entries.get(key)
        if known is None and (met := self._obstacles.get(key)) is not None:
            sources().passing = True
            return met[1] if time.monotonic() - met[0] < RETRY_S else None
        return known

    def _remember(self, file: File, found: Entry | UserError) -> Entry | Problem | None:
        """Keep what a file's footer said; nothing of a file that was removed since."""
        key = (file.name, file.stamp)
        if isinstance(found, Entry):
            return self._entries.keep(key, found)
        if isinstance(found, NotFoundError):
            sources().passing = True  # it was there when it was listed
            return None
        problem = Problem(file.name, str(found))
        if isinstance(found, BadTableError):
            return self._entries.keep(key, problem)
        # it cannot be read now: try again after RETRY_S
        sources().passing = True
        return self._obstacles.keep(key, (time.monotonic(), problem))[1]

    def _table(self, file: File) -> Table:
        key = (file.name, file.stamp)
        known = self._entries.get(key)
        bad = known if isinstance(known, Problem) else self._damaged.get(key)
        if bad is not None:
            return self._before_or_raise(file, BadTableError(bad.reason))
        table = self._tables.get(key)
        if table is not None:
            return table
        try:
            table = self._tables.keep(key, self.store.read(file))
        except BadTableError as error:
            self._remember_damage(key, error)
            return self._before_or_raise(file, error)
        except ObstacleError as error:
            sources().passing = True
            return self._before_or_raise(file, error)
        if not file.shipped:
            self._last_good.keep(file, table)
        return table

    def _before(self, file: File) -> Table | None:
        """What was last read of a table whose file cannot be used now."""
        return None if file.shipped or not file.is_file else self._last_good.find(file.name)

    def _before_or_raise(self, file: File, error: UserError) -> Table:
        if (old := self._before(file)) is None:
            raise error
        return old

    def _usable(self, listed: Iterable[Entry | Problem]) -> Iterator[Entry]:
        files = self._files()
        for one in listed:
            if isinstance(one, Entry):
                yield one
            elif (file := files.get(one.name)) and (old := self._before(file)):
                yield Entry(one.name, old.provenance, file.stamp)

    def _with_remedy(self, problem: Problem) -> Problem:
        """A problem that also says what is shown instead."""
        if (old := self._last_good.find(problem.name)) is None:
            return problem
        when = f"{old.provenance.computed_at:%Y-%m-%d}"
        return Problem(problem.name, f"{problem.reason}; until then the one of {when} is shown")

    def _remember_damage(self, key: tuple[str, str], error: BadTableError) -> Problem:
        self._met_damage += 1
        return self._damaged.keep(key, Problem(key[0], str(error)))

    def _note_list(self) -> None:
        """The list of tables, and which of them are damaged, goes into the answer."""
        noted = sources()
        noted.listing = listing_of(self._files())
        if noted.damaged is None:
            noted.damaged = self._met_damage

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
