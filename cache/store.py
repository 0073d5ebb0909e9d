"""The store: tables and job records under one cache URL.

A table is one parquet file, ``tables/NAME.parquet``; a job is one JSON file,
``jobs/ID.json``. A write is atomic: on a local folder a temporary file in the
same place replaces the old one under one writer's lock; on an object store a
whole object is put at once. A reader never sees half a table. A file that
cannot be read is reported and never hides the good ones.
"""

import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import fsspec
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout
from pydantic import ValidationError

from cache import digest, schema
from cache.atomic import TEMPORARY, replace_file
from cache.jobs import Job
from cache.provenance import DIGEST_KEY, METADATA_KEY, Provenance
from headstrata.errors import ObstacleError, UserError

#: The tables of published scores that ship with Headstrata.
PUBLISHED = Path(__file__).parent / "published"
PUBLISHED_SUFFIX = "-published"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LOCK_WAIT_S = 60
#: Free bytes without which no run is begun: records, and a first batch.
_ROOM = 65536


class NotFoundError(UserError):
    """No table of that name."""


class BadTableError(UserError):
    """A table that is cut short, foreign, or of another schema version."""


@dataclass(frozen=True)
class Table:
    """A head table with its provenance."""

    name: str
    heads: pd.DataFrame
    provenance: Provenance


@dataclass(frozen=True)
class Entry:
    """A table as it stands in the list, without its rows."""

    name: str
    provenance: Provenance
    stamp: str
    """Changes whenever the table is written again."""


@dataclass(frozen=True)
class Problem:
    """A file in the cache that cannot be used, and why."""

    name: str
    reason: str


def check_name(name: object) -> str:
    """The name itself.

    Raises:
        UserError: It is no text, or could not be a file name everywhere (or is a path).
    """
    if not isinstance(name, str):
        raise UserError(f"{repr(name)[:120]} is not a table name: it is not a text")
    if not _NAME.fullmatch(name) or name.endswith((".lock", ".tmp")):
        raise UserError(
            f"{name[:120]!r} is not a table name: use letters, digits, '.', '_' and '-' "
            "(at most 100, the first a letter or digit)"
        )
    return name


class Store:
    """Tables and jobs under one cache URL.

    Args:
        url: A folder, or any fsspec URL.
        published: Whether the shipped published tables are listed too.
        create: Whether a missing folder is made; otherwise it is an error.

    Raises:
        UserError: The URL cannot be used, or the folder is missing.
    """

    def __init__(self, url: str, *, published: bool = True, create: bool = False) -> None:
        try:
            self.filesystem, self.root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise UserError(f"the cache URL {url!r} cannot be used: {error}") from None
        self.url = url
        self.published = published
        self.local = "file" in self.filesystem.protocol
        if self.local and not Path(self.root).is_dir():
            if Path(self.root).exists():
                raise UserError(f"the cache {url!r} is a file; name a folder")
            if not create:
                raise UserError(
                    f"the cache folder {url!r} does not exist; create it, or name another "
                    "with --cache or HEADSTRATA_CACHE"
                )
            self._make(self.root)

    # --- tables -----------------------------------------------------------

    def entries(self) -> tuple[list[Entry], list[Problem]]:
        """All usable tables in listing order, and the unusable files."""
        entries, problems = [], []
        for name in self.stamps():
            try:
                entries.append(self.entry(name))
            except NotFoundError:
                continue  # removed since it was listed
            except UserError as error:
                problems.append(Problem(name, str(error)))
        return in_order(entries), problems

    def stamps(self) -> dict[str, str]:
        """Name to stamp of every table file, usable or not, without opening any."""
        stamps = {}
        for name, path, filesystem in self._files():
            with suppress(FileNotFoundError):  # removed since it was listed
                stamps[name] = _stamp(path, filesystem)
        return stamps

    def entry(self, name: str) -> Entry:
        """One table as it stands in the list, from its footer alone.

        Raises:
            UserError: Not a name.
            NotFoundError: No such table.
            BadTableError: The file is cut short, foreign or of another schema version.
        """
        name, path, filesystem = self._find(name)
        try:
            # The stamp first: a table replaced in between is then read again later.
            stamp = _stamp(path, filesystem)
            return Entry(name, _read_provenance(path, filesystem), stamp)
        except FileNotFoundError:
            raise NotFoundError(f"table {name!r} was removed from the cache") from None

    def resolve(self, name: str) -> str:
        """The stored name that ``name`` means.

        A published table also answers to its name without ``-published`` while
        no other table has that name.

        Raises:
            UserError: Not a name at all.
            NotFoundError: No such table.
        """
        return self._find(name)[0]

    def read(self, name: str) -> Table:
        """Read one table and check it against the contract.

        Raises:
            UserError: Not a name.
            NotFoundError: No such table.
            BadTableError: The file is cut short, foreign or of another schema version.
        """
        name, path, filesystem = self._find(name)
        provenance = _read_provenance(path, filesystem)
        try:
            with filesystem.open(path, "rb") as file:
                table = pq.read_table(file, page_checksum_verification=True)
                heads = table.to_pandas()
                whole = _is_as_written(table.schema.metadata or {}, "heads", heads)
        except Exception as error:  # damaged bytes break readers in any way
            raise BadTableError(f"table {name!r} cannot be read: {_one_line(error)}") from None
        if not whole:
            raise BadTableError(
                f"table {name!r} is damaged: its rows are not those written; classify the model "
                "again"
            )
        try:
            _check(heads, provenance)
        except UserError as error:
            raise BadTableError(f"table {name!r} is refused: {error}") from None
        return Table(name, heads, provenance)

    def write(self, name: str, heads: pd.DataFrame, provenance: Provenance) -> None:
        """Check the table and put it in place, whole or not at all.

        Raises:
            UserError: The table breaks the contract, or the cache cannot be written.
        """
        check_name(name)
        heads = schema.conform(heads)
        _check(heads, provenance)
        self.put(f"tables/{name}.parquet", encode(heads, provenance))

    # --- jobs -------------------------------------------------------------

    def jobs(self) -> list[Job]:
        """All readable job records, newest request first."""
        jobs = []
        for path in self._list("jobs", ".json"):
            try:
                if not _is_file(path, self.filesystem):
                    continue
                job = Job.model_validate_json(self.filesystem.cat_file(path))
            except (ValidationError, OSError):
                continue  # foreign, or just removed: never hides the good ones
            if job.id == _stem(path, ".json"):  # a copy would be requested for ever
                jobs.append(job)
        return sorted(jobs, key=lambda job: job.requested_at, reverse=True)

    def write_job(self, job: Job) -> Job:
        """Put a job record in place."""
        check_name(job.id)
        self.put(f"jobs/{job.id}.json", job.model_dump_json(indent=1).encode())
        return job

    def remove_job(self, job: Job) -> None:
        """Remove a job record if it is there."""
        self.remove(f"jobs/{job.id}.json")

    # --- files ------------------------------------------------------------

    def put(self, path: str, data: bytes) -> None:
        """Write a whole file atomically, under one writer's lock.

        Raises:
            ObstacleError: The cache cannot be written (no rights, disk full, …).
        """
        target = f"{self.root}/{path}"
        try:
            if self.local:
                with self.lock():
                    _sweep(Path(target).parent)
                    self._make(os.path.dirname(target))  # another run may have cleared it
                    replace_file(Path(target), data)
            else:
                self.filesystem.pipe_file(target, data)
        except OSError as error:
            raise ObstacleError(
                f"cannot write {path} in the cache {self.url!r}: {error.strerror or error}"
            ) from None

    def get(self, path: str) -> bytes | None:
        """A file's whole content; None if there is none."""
        try:
            data: bytes = self.filesystem.cat_file(f"{self.root}/{path}")
        except FileNotFoundError:
            return None
        return data

    def remove(self, path: str) -> None:
        """Remove a file if it is there."""
        if self.filesystem.exists(f"{self.root}/{path}"):
            self.filesystem.rm_file(f"{self.root}/{path}")

    def check_writable(self) -> None:
        """Fail early, before minutes of work, if nothing can be written.

        Raises:
            ObstacleError: The cache cannot be written.
        """
        probe = f".writable-{os.getpid()}"
        self.put(probe, bytes(_ROOM))
        self.remove(probe)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One writer at a time on a local folder."""
        try:
            with FileLock(f"{self.root}/.lock", timeout=_LOCK_WAIT_S):
                yield
        except Timeout:
            raise ObstacleError(
                f"another process has been writing to the cache {self.url!r} for over "
                f"{_LOCK_WAIT_S} s; stop it, then try again"
            ) from None

    def _make(self, folder: str) -> None:
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ObstacleError(
                f"cannot create the cache folder {folder!r}: {error.strerror or error}"
            ) from None

    def _list(self, folder: str, suffix: str) -> list[str]:
        self.filesystem.invalidate_cache()
        try:
            paths = self.filesystem.ls(f"{self.root}/{folder}", detail=False)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise UserError(
                f"cannot list {folder} in the cache {self.url!r}: {_one_line(error)}"
            ) from None
        return sorted(p for p in paths if p.endswith(suffix) and _NAME.fullmatch(_stem(p, suffix)))

    def _find(self, name: str) -> tuple[str, str, fsspec.AbstractFileSystem]:
        """(stored name, path, filesystem) of the table that ``name`` means."""
        check_name(name)
        files = {file[0]: file for file in self._files()}
        for candidate in (name, f"{name}{PUBLISHED_SUFFIX}"):
            if candidate in files:
                return files[candidate]
        raise NotFoundError(
            f"no table named {name!r} in the cache; there are: {', '.join(files) or 'none'}"
        )

    def _files(self) -> list[tuple[str, str, fsspec.AbstractFileSystem]]:
        """(name, path, filesystem) of every table file; the cache's own come first."""
        own = [(_stem(p, ".parquet"), p, self.filesystem) for p in self._list("tables", ".parquet")]
        taken = {name for name, _, _ in own}
        if not self.published:
            return own
        shipped = fsspec.filesystem("file")
        return own + [
            (path.stem, str(path), shipped)
            for path in sorted(PUBLISHED.glob(f"*{PUBLISHED_SUFFIX}.parquet"))
            if path.stem not in taken
        ]


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Computed tables first, the newest first; then published ones, the largest model first."""
    newest_first = sorted(entries, key=lambda e: e.provenance.computed_at, reverse=True)
    return sorted(newest_first, key=_published_order)


def _published_order(entry: Entry) -> int:
    """0 for a computed table; a published one sorts behind, by falling number of heads."""
    record = entry.provenance
    return 0 if record.source == "computed" else 1_000_000_000 - record.layers * record.heads


def encode(heads: pd.DataFrame, provenance: Provenance) -> bytes:
    """The table as a parquet file with its provenance in the metadata, and digests of both."""
    table = pa.Table.from_pandas(heads, preserve_index=False)
    record = provenance.model_dump_json().encode()
    digests = {
        "provenance": digest.of_bytes(record),
        # As it will be read: a missing value may have been written in several ways.
        "heads": digest.of_frame(table.to_pandas()),
    }
    metadata = {
        **(table.schema.metadata or {}),
        METADATA_KEY: record,
        DIGEST_KEY: json.dumps(digests).encode(),
    }
    buffer = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata(metadata),
        buffer,
        compression="zstd",
        write_page_checksum=True,
    )
    return buffer.getvalue()


def _check(heads: pd.DataFrame, provenance: Provenance) -> None:
    schema.check(heads, provenance.layers, provenance.heads, provenance.taxonomy.categories)


def _read_provenance(path: str, filesystem: fsspec.AbstractFileSystem) -> Provenance:
    """The provenance in a parquet file's footer.

    Raises:
        BadTableError: Not a parquet file, not one of ours, or another schema version.
    """
    name = _stem(path, ".parquet")
    try:
        if not _is_file(path, filesystem):  # to open a pipe would wait for ever
            raise BadTableError(f"table {name!r} is not a file; remove it")
        with filesystem.open(path, "rb") as file:
            footer = pq.read_metadata(file)
            metadata = footer.metadata or {}
    except (FileNotFoundError, BadTableError):
        raise
    except Exception as error:  # damaged bytes break readers in any way
        raise BadTableError(
            f"table {name!r} is not a whole parquet file ({_one_line(error)}); classify the "
            "model again"
        ) from None
    raw = metadata.get(METADATA_KEY)
    if raw is None:
        raise BadTableError(f"table {name!r} was not written by Headstrata; remove the file")
    version = re.search(rb'"schema_version":\s*(\d+)', raw)
    if version is None or int(version[1]) != schema.SCHEMA_VERSION:
        found = int(version[1]) if version else "none"
        raise BadTableError(
            f"table {name!r} has schema version {found}, this Headstrata reads "
            f"{schema.SCHEMA_VERSION}; classify the model again"
        )
    try:
        whole = _is_as_written(metadata, "provenance", raw)
    except (ValueError, KeyError, TypeError):  # the digests themselves are damaged
        whole = False
    if not whole:
        raise BadTableError(
            f"table {name!r} is damaged: its provenance is not the one written; classify the "
            "model again"
        )
    try:
        provenance = Provenance.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadTableError(
            f"table {name!r} has a damaged provenance ({'.'.join(map(str, first['loc']))}: "
            f"{first['msg']}); classify the model again"
        ) from None
    if footer.num_rows != provenance.layers * provenance.heads:
        raise BadTableError(
            f"table {name!r} has {footer.num_rows} rows, but its {provenance.layers} layers x "
            f"{provenance.heads} heads make {provenance.layers * provenance.heads}; classify the "
            "model again"
        )
    return provenance


def _is_as_written(
    metadata: Mapping[bytes, bytes], part: Literal["provenance", "heads"], found: Any
) -> bool:
    """Whether a part has the digest that its file says; a file of before says none."""
    raw = metadata.get(DIGEST_KEY)
    if raw is None:
        return True
    now = digest.of_bytes(found) if isinstance(found, bytes) else digest.of_frame(found)
    return bool(json.loads(raw)[part] == now)


def _is_file(path: str, filesystem: fsspec.AbstractFileSystem) -> bool:
    return bool(filesystem.info(path)["type"] == "file")


def _stamp(path: str, filesystem: fsspec.AbstractFileSystem) -> str:
    """A text that changes whenever the file does."""
    try:
        info = filesystem.info(path)
    except FileNotFoundError:
        raise
    except OSError as error:  # a link to itself, no rights: opening it will say so
        return f"{error.errno}"
    when = info.get("mtime") or info.get("LastModified") or info.get("updated") or ""
    if isinstance(when, int | float):
        when = datetime.fromtimestamp(when, UTC)
    return f"{when}-{info.get('size')}-{info.get('ino', info.get('ETag', ''))}"


def written_at(info: Mapping[str, Any]) -> datetime | None:
    """When a file was written, from what its file system tells of it; None if it does not."""
    for key in ("mtime", "LastModified", "last_modified", "updated", "created"):
        when = info.get(key)
        if isinstance(when, int | float):
            return datetime.fromtimestamp(when, UTC)
        if isinstance(when, str):
            with suppress(ValueError):
                when = datetime.fromisoformat(when)
        if isinstance(when, datetime):
            return when if when.tzinfo else when.replace(tzinfo=UTC)
    return None


def _sweep(folder: Path) -> None:
    """Remove what killed writers left: under the lock nobody else is writing."""
    for left in folder.glob(f".*{TEMPORARY}"):
        left.unlink(missing_ok=True)


def _stem(path: str, suffix: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(suffix)


def _one_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror  # the whole text holds the path, which is nobody's business
    return str(error).splitlines()[0] if str(error) else type(error).__name__
