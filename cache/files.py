"""Files under one cache URL: listed, read, written whole or not at all.

On a local folder a temporary file in the same place replaces the old one under one
writer's lock; on an object store a whole object is put at once. So a reader never
sees half a file.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fsspec
from filelock import FileLock, Timeout

from cache.atomic import TEMPORARY, replace_file
from headstrata.errors import ObstacleError, UserError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s'\"]+")
#: To the last @ before the path: a password may hold one itself.
_PASSWORD = re.compile(r"//[^/\s]*@")
_LOCK_WAIT_S = 60
#: Free bytes without which no run is begun: records, and a first batch.
_ROOM = 65536


@dataclass(frozen=True)
class File:
    """A file as the listing of its folder tells of it."""

    name: str
    """Without folder and ending."""
    path: str
    filesystem: fsspec.AbstractFileSystem
    is_file: bool
    """Not a folder, nor a pipe: to open one would wait for ever."""
    stamp: str
    """Changes whenever the file is written again."""


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


class Files:
    """The files under one cache URL.

    Args:
        url: A folder, or any fsspec URL.
        create: Whether a missing folder is made; otherwise it is an error.

    Raises:
        UserError: The URL cannot be used, or the folder is missing.
    """

    def __init__(self, url: str, *, create: bool = False) -> None:
        try:
            self.filesystem, self.root = fsspec.core.url_to_fs(url)
        except Exception as error:  # a host that is not there, a package, a protocol, …
            raise UserError(
                f"the cache URL {without_password(url)!r} cannot be used: {one_line(error)}"
            ) from None
        #: As it may be shown to whoever typed it. No later error names it: the dashboard
        #: answers strangers with them, and with a job's reason.
        self.url = url = without_password(url)
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

    def listed(self, folder: str, suffix: str) -> list[File]:
        """The files of a folder whose ending is this, by name; one request to the store.

        Raises:
            ObstacleError: The folder cannot be listed now.
        """
        try:
            return listing(self.filesystem, f"{self.root}/{folder}", suffix)
        except Exception as error:  # object stores have their own kinds: no credentials, …
            raise ObstacleError(f"cannot list {folder} in the cache: {one_line(error)}") from None

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
        except UserError:
            raise
        except Exception as error:  # object stores have their own kinds: no credentials, …
            raise ObstacleError(f"cannot write {path} in the cache: {one_line(error)}") from None

    def get(self, path: str) -> bytes | None:
        """A file's whole content; None if there is none.

        Raises:
            ObstacleError: It cannot be read now.
        """
        try:
            data: bytes = self.filesystem.cat_file(f"{self.root}/{path}")
        except FileNotFoundError:
            return None
        except Exception as error:  # object stores have their own kinds: no credentials, …
            raise ObstacleError(f"cannot read {path} in the cache: {one_line(error)}") from None
        return data

    def remove(self, path: str) -> None:
        """Remove a file if it is there.

        Raises:
            ObstacleError: It cannot be removed now.
        """
        try:
            if self.filesystem.exists(f"{self.root}/{path}"):
                self.filesystem.rm_file(f"{self.root}/{path}")
        except FileNotFoundError:
            return  # another run was faster
        except Exception as error:  # object stores have their own kinds: no credentials, …
            raise ObstacleError(f"cannot remove {path} from the cache: {one_line(error)}") from None

    def check_writable(self) -> None:
        """Fail early, before minutes of work, if nothing can be written.

        Raises:
            ObstacleError: The cache cannot be written.
        """
        probe = f".writable-{os.getpid()}"
        self.put(probe, bytes(_ROOM))
        self.remove(probe)

    @contextmanager
    def lock(self, file: str = ".lock") -> Iterator[None]:
        """One at a time on a local folder: one writer, or another thing of its own lock file."""
        try:
            with FileLock(f"{self.root}/{file}", timeout=_LOCK_WAIT_S):
                yield
        except Timeout:
            raise ObstacleError(
                f"another process has been writing to the cache for over {_LOCK_WAIT_S} s; "
                "stop it, then try again"
            ) from None

    def _make(self, folder: str) -> None:
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ObstacleError(
                f"cannot create the cache folder {folder!r}: {error.strerror or error}"
            ) from None


def listing(filesystem: fsspec.AbstractFileSystem, folder: str, suffix: str) -> list[File]:
    """The files of a folder whose ending is this, by name; none where there is no folder.

    Everything is read from the one answer of the listing: on an object store to
    ask about each file would be a request each.

    Raises:
        OSError: The folder cannot be listed.
    """
    filesystem.invalidate_cache(folder)
    try:
        infos = filesystem.ls(folder, detail=True)
    except FileNotFoundError:
        return []
    files = []
    for info in infos:
        path = str(info["name"])
        name = path.rsplit("/", 1)[-1].removesuffix(suffix)
        if path.endswith(suffix) and _NAME.fullmatch(name):
            files.append(_file(name, path, info, filesystem))
    return sorted(files, key=lambda file: file.name)


def _file(
    name: str, path: str, info: Mapping[str, Any], filesystem: fsspec.AbstractFileSystem
) -> File:
    if info.get("islink"):  # a local listing tells of the link, not of what it means
        try:
            info = filesystem.info(path)
        except OSError as error:  # a link to itself, or to nothing: to open it will say so
            return File(name, path, filesystem, True, str(error.errno))
    tag = next((info[key] for key in ("ETag", "etag", "ino") if key in info), "")
    stamp = f"{written_at(info)}-{info.get('size')}-{tag}"
    return File(name, path, filesystem, info["type"] == "file", stamp)


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


def one_line(error: Exception) -> str:
    """What an error says, without the paths and addresses that it may name."""
    if isinstance(error, OSError) and error.strerror:
        said = error.strerror  # the whole text holds the path, which is nobody's business
    else:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
    return _ADDRESS.sub("(its address)", said)


def without_password(url: str) -> str:
    """The URL as it may be shown: what stands before the host's @ is left out."""
    return _PASSWORD.sub("//", url)


def is_access_error(error: Exception) -> bool:
    """Whether a reader failed because the file could not be got at, whatever is in it.

    Parquet readers raise an OSError of their own about damaged bytes, but that one has no
    number.
    """
    return isinstance(error, OSError) and (
        error.errno is not None or isinstance(error, TimeoutError | ConnectionError)
    )


def _sweep(folder: Path) -> None:
    """Remove what killed writers left: under the lock nobody else is writing."""
    for left in folder.glob(f".*{TEMPORARY}"):
        left.unlink(missing_ok=True)
