"""Files under one cache URL: list, read, write atomically.

In a local folder a temporary file beside the target replaces it, under a lock for one
writer at a time; in an object store the whole object is put at once. So a reader never
sees half a file.
"""

import io
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import fsspec
from filelock import FileLock, Timeout

from cache.atomic import TEMPORARY, replace_file
from headstrata.errors import ObstacleError, UserError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s'\"]+")
#: Up to the last @ before the path: a password may contain one.
_PASSWORD = re.compile(r"//[^/\s]*@")
_LOCK_WAIT_S = 60
#: How long an object store may take to answer, and to take a file, in seconds. Its client's own
#: limits, with retries, are minutes: every thread of a dashboard would wait.
_ANSWER_S = 10.0
_TAKE_S = 120.0
#: A store that gave no answer is not asked again for so long, in seconds.
_REST_S = 5.0
#: Free bytes that a run needs to start: for its records and a first batch.
_ROOM = 65536


@dataclass(frozen=True)
class File:
    """A file as it is listed."""

    name: str
    """Without folder and suffix."""
    path: str
    filesystem: fsspec.AbstractFileSystem
    is_file: bool
    """False for a folder, and for a pipe, which would block when opened."""
    stamp: str
    """Changes whenever the file is written again."""
    size: int | None = None
    """Bytes; None if the listing does not say."""
    shipped: bool = False
    """Whether it ships with Headstrata; else it is the cache's own."""


def check_name(name: object) -> str:
    """The name itself.

    Raises:
        UserError: It is not a string, is a path, or is no file name on some system.
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
        create: Whether to create a missing folder.
        needed: Whether a missing folder is an error otherwise; if not, it is an empty cache.

    Raises:
        UserError: The URL cannot be used, or the folder is missing.
    """

    def __init__(self, url: str, *, create: bool = False, needed: bool = True) -> None:
        try:
            self.filesystem, self.root = fsspec.core.url_to_fs(url)
        except Exception as error:  # no such host, a missing package, an unknown protocol, …
            raise UserError(
                f"the cache URL {without_password(url)!r} cannot be used: {one_line(error)}"
            ) from None
        #: Without its password, for the user who typed it. No later error contains the URL,
        #: because the dashboard shows errors, and the reasons of jobs, to everybody.
        self.url = url = without_password(url)
        self.local = "file" in self.filesystem.protocol
        self._silent_until = 0.0
        if self.local and not Path(self.root).is_dir():
            if Path(self.root).exists():
                raise UserError(f"the cache {url!r} is a file; name a folder")
            if create:
                self._make(self.root)
            elif needed:
                raise UserError(
                    f"the cache folder {url!r} does not exist; create it, or name another "
                    "with --cache or HEADSTRATA_CACHE"
                )

    def listed(self, folder: str, suffix: str) -> list[File]:
        """The files of a folder with this suffix, by name; one request to the store.

        Raises:
            ObstacleError: The folder cannot be listed now.
        """
        with self._asking(f"list {folder} in"):
            return listing(self.filesystem, f"{self.root}/{folder}", suffix)

    def put(self, path: str, data: bytes) -> None:
        """Write a file atomically, under the writers' lock.

        Raises:
            ObstacleError: The cache cannot be written (no rights, disk full, …).
        """
        target = f"{self.root}/{path}"
        with self._asking(f"write {path} in"):
            if self.local:
                with self.lock():
                    _sweep(Path(target).parent)
                    self._make(os.path.dirname(target))  # another run may have removed it
                    replace_file(Path(target), data)
            else:
                self.filesystem.pipe_file(target, data, **within(self.filesystem, _TAKE_S))

    def create(self, path: str, data: bytes) -> bool:
        """Write a file unless there is one; of several who try at once one succeeds.

        An object store is asked for a conditional write (S3's ``If-None-Match``, …):
        https://filesystem-spec.readthedocs.io/en/latest/api.html#fsspec.spec.AbstractFileSystem.pipe_file

        Returns:
            Whether it was written.

        Raises:
            ObstacleError: The cache cannot be written.
        """
        if self.local:
            with self.lock():
                if self.filesystem.exists(f"{self.root}/{path}"):
                    return False
                self.put(path, data)
                return True
        limit = within(self.filesystem)
        with self._asking(f"write {path} in"):
            try:
                self.filesystem.pipe_file(f"{self.root}/{path}", data, mode="create", **limit)
            except FileExistsError:
                return False
            except Exception as error:
                # S3's 409 ConditionalRequestConflict: somebody is writing it at this moment.
                # https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
                if "conditional request" in str(error).lower():
                    return False
                raise
        return True

    def get(self, path: str) -> bytes | None:
        """A file's content; None if it does not exist.

        Raises:
            ObstacleError: It cannot be read now.
        """
        with self._asking(f"read {path} in"):
            try:
                data: bytes = self.filesystem.cat_file(
                    f"{self.root}/{path}", **within(self.filesystem)
                )
            except FileNotFoundError:
                return None
        return data

    def open(self, path: str) -> IO[bytes] | None:
        """A file to read parts of; None if it does not exist.

        Raises:
            ObstacleError: It cannot be read now; so may its methods.
        """
        target = f"{self.root}/{path}"
        with self._asking(f"read {path} in"):
            try:
                if self.local:
                    handle: IO[bytes] = self.filesystem.open(target, "rb")
                    return handle
                size = self.filesystem.info(target, **within(self.filesystem))["size"]
            except FileNotFoundError:
                return None
        return _Parts(self, path, size)  # type: ignore[return-value]  # an IO but for its annotation

    def part(self, path: str, start: int, stop: int) -> bytes:
        """Some bytes of a file.

        Raises:
            ObstacleError: They cannot be read now.
        """
        target, limit = f"{self.root}/{path}", within(self.filesystem)
        with self._asking(f"read {path} in"):
            data: bytes = self.filesystem.cat_file(target, start=start, end=stop, **limit)
        return data

    def remove(self, path: str) -> None:
        """Remove a file if it exists.

        Raises:
            ObstacleError: It cannot be removed now.
        """
        target, limit = f"{self.root}/{path}", within(self.filesystem)
        self.filesystem.invalidate_cache(os.path.dirname(target))
        with self._asking(f"remove {path} from"), suppress(FileNotFoundError):
            if self.filesystem.exists(target, **limit):
                self.filesystem.rm_file(target, **limit)

    @contextmanager
    def _asking(self, what: str) -> Iterator[None]:
        """Errors become obstacles; a store that is silent is left alone for a while.

        Args:
            what: What is done to the cache, such as "list tables in".

        Raises:
            ObstacleError: With the reason in one line.
        """
        if time.monotonic() < self._silent_until:
            raise ObstacleError(f"cannot {what} the cache: its store does not answer")
        try:
            yield
        except UserError:
            raise
        except TimeoutError:
            if not self.local:
                self._silent_until = time.monotonic() + _REST_S
            raise ObstacleError(f"cannot {what} the cache: its store does not answer") from None
        except Exception as error:  # object stores have their own kinds: no credentials, …
            raise ObstacleError(f"cannot {what} the cache: {one_line(error)}") from None

    def names(self, folder: str) -> list[str]:
        """The names of all files and folders directly in a folder.

        Raises:
            OSError: There is no such folder, or it cannot be listed now.
        """
        path = f"{self.root}/{folder}"
        self.filesystem.invalidate_cache(path)
        return [
            str(p).rstrip("/").rsplit("/", 1)[-1] for p in self.filesystem.ls(path, detail=False)
        ]

    def remove_folder(self, folder: str) -> None:
        """Remove a folder, and its parents if they are empty then.

        Raises:
            OSError: It cannot be removed now.
        """
        above = folder.rpartition("/")[0]
        self.filesystem.invalidate_cache(f"{self.root}/{folder}")
        with suppress(FileNotFoundError):  # another process removed it first
            self.filesystem.rm(f"{self.root}/{folder}", recursive=True)
        with suppress(FileNotFoundError):
            if self.local and above and not self.filesystem.ls(f"{self.root}/{above}"):
                self.remove_folder(above)

    def last_written(self, folder: str) -> datetime:
        """When anything in a folder was last written; now, if the file system has no times."""
        path, files = f"{self.root}/{folder}", self.filesystem
        files.invalidate_cache(path)
        infos = [files.info(path), *files.find(path, detail=True).values()]
        times = [when for info in infos if (when := written_at(info)) is not None]
        return max(times, default=datetime.now(UTC))

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
        """Hold a lock file of a local folder: one thread of one process at a time.

        Whoever holds it may take it again, as ``put`` does.
        """
        try:
            with FileLock(f"{self.root}/{file}", timeout=_LOCK_WAIT_S, is_singleton=True):
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
                f"cannot create the cache folder {folder!r} ({error.strerror or error}); name "
                "another with --cache or HEADSTRATA_CACHE"
            ) from None


class _Parts(io.RawIOBase):
    """A file of an object store; each part that is read has a time limit, unlike in fsspec's."""

    def __init__(self, files: Files, path: str, size: int) -> None:
        super().__init__()
        self.files, self.path, self.size = files, path, size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place, which is counted from the start, from here or from the end."""
        before = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, before + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Called by ``read``: all that fits, in one request."""
        stop = min(self._at + len(buffer), self.size)
        if stop <= self._at:
            return 0
        data = self.files.part(self.path, self._at, stop)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def within(filesystem: fsspec.AbstractFileSystem, seconds: float | None = None) -> dict[str, Any]:
    """The option that lets a call to a file system end after so many seconds.

    File systems over a network take it, others have none:
    https://github.com/fsspec/filesystem_spec/blob/2026.9.0/fsspec/asyn.py#L66
    """
    return {"timeout": seconds or _ANSWER_S} if filesystem.async_impl else {}


def listing(filesystem: fsspec.AbstractFileSystem, folder: str, suffix: str) -> list[File]:
    """The files of a folder with this suffix, by name; none if there is no folder.

    All properties come from the listing: on an object store, asking for each file would
    cost one request per file.

    Raises:
        OSError: The folder cannot be listed.
    """
    filesystem.invalidate_cache(folder)
    try:
        infos = filesystem.ls(folder, detail=True, **within(filesystem))
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
    # fsspec lists a link itself, not its target (undocumented):
    # https://github.com/fsspec/filesystem_spec/blob/2026.9.0/fsspec/implementations/local.py
    if info.get("islink"):
        try:
            info = filesystem.info(path)
        except OSError as error:  # a broken link: opening it will report that
            return File(name, path, filesystem, True, str(error.errno))
    tag = next((info[key] for key in ("ETag", "etag", "ino") if key in info), "")
    stamp = f"{written_at(info)}-{info.get('size')}-{tag}"
    return File(name, path, filesystem, info["type"] == "file", stamp, info.get("size"))


def restamped(file: File) -> str | None:
    """A listed file's stamp as it is now; None if it is not there, or cannot be asked."""
    try:
        info = file.filesystem.info(file.path, **within(file.filesystem))
        return _file(file.name, file.path, info, file.filesystem).stamp
    except Exception:  # object stores have their own kinds
        return None


def written_at(info: Mapping[str, Any]) -> datetime | None:
    """When a file was last written; None if its file system does not say.

    File systems of fsspec name the time differently.
    """
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
    """An error's message in one line, without paths and URLs."""
    if isinstance(error, OSError) and error.strerror:
        said = error.strerror  # str(error) contains the path, which is private
    else:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
    return _ADDRESS.sub("(its address)", said)


def without_password(url: str) -> str:
    """The URL without user name and password."""
    return _PASSWORD.sub("//", url)


def is_access_error(error: Exception) -> bool:
    """Whether a reader failed to get the file's bytes, as opposed to parsing them.

    pyarrow also raises OSErrors for damaged bytes, but those have no ``errno``:
    https://github.com/apache/arrow/blob/apache-arrow-26.0.1/python/pyarrow/error.pxi#L112
    """
    return isinstance(error, OSError) and (
        error.errno is not None or isinstance(error, TimeoutError | ConnectionError)
    )


def _sweep(folder: Path) -> None:
    """Remove temporary files of killed writers; call it under the writers' lock."""
    for left in folder.glob(f".*{TEMPORARY}"):
        left.unlink(missing_ok=True)
