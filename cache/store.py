"""The store: tables and job records under one cache URL.

A table is one parquet file, ``tables/NAME.parquet``; a job is one JSON file,
``jobs/ID.json``. A file that cannot be read is reported and never hides the good
ones. How files are written: ``cache.files``; what is in a table's: ``cache.tables``.
Every cache also has the tables that ship with Headstrata, published and computed ones;
one of its own under the same name takes their place.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace

import fsspec
import pandas as pd
from pydantic import ValidationError

from cache import schema
from cache.files import File, Files, check_name, listing
from cache.footers import read_entries
from cache.jobs import Heard, Job
from cache.pins import check_pin, split_pin
from cache.provenance import Provenance
from cache.tables import (
    PUBLISHED,
    PUBLISHED_SUFFIX,
    SHIPPED,
    BadTableError,
    Entry,
    NotFoundError,
    Problem,
    Table,
    check,
    encode,
    encode_bins,
    in_order,
    read_table,
)
from headstrata.errors import ObstacleError

__all__ = [
    "PUBLISHED",
    "PUBLISHED_SUFFIX",
    "SHIPPED",
    "BadTableError",
    "Entry",
    "File",
    "NotFoundError",
    "Problem",
    "Store",
    "Table",
    "check_name",
    "encode",
    "encode_bins",
    "in_order",
    "newest_first",
]


class Store(Files):
    """Tables and jobs under one cache URL.

    Args:
        url: A folder, or any fsspec URL.
        published: Whether the tables that ship with Headstrata are listed too.
        create: Whether a missing folder is made.
        needed: Whether it is an error otherwise; if not, it is an empty cache.

    Raises:
        UserError: The URL cannot be used, or the folder is missing.
    """

    def __init__(
        self, url: str, *, published: bool = True, create: bool = False, needed: bool = True
    ) -> None:
        super().__init__(url, create=create, needed=needed)
        self.published = published
        self._heard = Heard()

    # --- tables -----------------------------------------------------------

    def tables(self) -> dict[str, File]:
        """All table files by name, usable or not, from one listing; the cache's own first."""
        files = {file.name: file for file in self.listed("tables", ".parquet")}
        for file in _shipped() if self.published else []:
            files.setdefault(file.name, file)
        return files

    def entries(self) -> tuple[list[Entry], list[Problem]]:
        """All tables whose footer can be read, in listing order, and the unusable files.

        Raises:
            ObstacleError: The cache cannot be listed now.
        """
        entries, problems = [], []
        files = list(self.tables().values())
        for file, found in zip(files, read_entries(files), strict=True):
            if isinstance(found, Entry):
                entries.append(found)
            elif not isinstance(found, NotFoundError):  # removed since it was listed
                problems.append(Problem(file.name, str(found)))
        return in_order(entries), problems

    def find(self, name: str, tables: dict[str, File] | None = None) -> File:
        """The file of the table ``name``.

        A published table is also found by its name without ``-published``, if no other
        table has that name.

        Args:
            name: Any text.
            tables: The result of ``tables()``, if it is known already.

        Raises:
            UserError: ``name`` cannot be the name of a table.
            NotFoundError: No such table.
        """
        check_name(name)
        files = self.tables() if tables is None else tables
        for candidate in (name, f"{name}{PUBLISHED_SUFFIX}"):
            if candidate in files:
                return files[candidate]
        raise NotFoundError(
            f"no table named {name!r} in the cache; there are: {', '.join(files) or 'none'}"
        )

    def read(self, table: str | File) -> Table:
        """Read one table, by name or as listed, and check it against the contract.

        A name may pin the contents (``cache.pins``).

        Raises:
            UserError: Not a name.
            NotFoundError: No such table, or its contents are others than those pinned.
            BadTableError: The file is cut short, foreign or of a version that is not read.
            ObstacleError: It cannot be read now.
        """
        if isinstance(table, File):
            return read_table(table)
        name, pin = split_pin(table)
        return check_pin(read_table(self.find(name)), pin)

    def home(self, file: File) -> Files:
        """Where a table's patterns are: beside it, so not those of another table of its name."""
        return Files(str(SHIPPED)) if file.shipped else self

    def write(self, name: str, heads: pd.DataFrame, provenance: Provenance) -> None:
        """Check the table and put it in place, whole or not at all.

        Raises:
            UserError: The table breaks the contract, or the cache cannot be written.
        """
        check_name(name)
        heads = schema.conform(heads)
        check(heads, provenance)
        self.put(f"tables/{name}.parquet", encode(heads, provenance))

    def provenance(self, name: str) -> Provenance | None:
        """The provenance of the cache's own table of this name; None if there is none to read.

        Raises:
            ObstacleError: It cannot be read now.
        """
        path = f"{self.root}/tables/{check_name(name)}.parquet"
        self.filesystem.invalidate_cache(f"{self.root}/tables")
        # not by the listing: some file systems take capital letters for small ones
        [found] = read_entries([File(name, path, self.filesystem, True, "")])
        if isinstance(found, Entry):
            return found.provenance
        if isinstance(found, NotFoundError | BadTableError):
            return None
        raise found

    def writing(self) -> AbstractContextManager[None]:
        """Keep other writers of a local folder away; an object store has no locks."""
        return self.lock() if self.local else nullcontext()

    # --- jobs -------------------------------------------------------------

    def jobs(self) -> list[Job]:
        """All readable job records, newest request first.

        Raises:
            ObstacleError: The cache cannot be listed now.
        """
        found = []
        for file in self.job_files():
            with suppress(ObstacleError):  # it will be read the next time
                found.append(self.job(file))
        return newest_first(found)

    def job_files(self) -> list[File]:
        """Every job record's file, usable or not, from one listing."""
        return self.listed("jobs", ".json")

    def job(self, file: File) -> Job | None:
        """A job record; None if the file is not one or was just removed.

        Raises:
            ObstacleError: It cannot be read now.
        """
        return self.job_of_id(file.name) if file.is_file else None

    def job_of_id(self, name: str) -> Job | None:
        """The job record of this id; None if there is none.

        Raises:
            ObstacleError: It cannot be read now.
        """
        data = self.get(f"jobs/{name}.json")
        if data is None:
            return None
        try:
            job = Job.model_validate_json(data)
        except ValidationError:
            return None
        if job.id != name:  # a copied file would stay "requested" for ever
            return None
        return self._heard.by_own_clock(job)

    def write_job(self, job: Job) -> Job:
        """Put a job record in place."""
        check_name(job.id)
        self.put(f"jobs/{job.id}.json", job.model_dump_json(indent=1).encode())
        return job

    def remove_job(self, job: Job) -> None:
        """Remove a job record if it is there."""
        self.remove(f"jobs/{job.id}.json")


def _shipped() -> list[File]:
    """The table files that ship with Headstrata."""
    here = fsspec.filesystem("file")
    published = listing(here, str(PUBLISHED), ".parquet")
    files = [
        *listing(here, str(SHIPPED / "tables"), ".parquet"),
        *(file for file in published if file.name.endswith(PUBLISHED_SUFFIX)),
    ]
    return [replace(file, shipped=True) for file in files]


def newest_first(jobs: Iterable[Job | None]) -> list[Job]:
    """The records among them, the newest request first."""
    known = [job for job in jobs if job is not None]
    return sorted(known, key=lambda job: job.requested_at, reverse=True)
