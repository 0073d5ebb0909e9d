"""Finished batches, kept in the store until the table is written.

A run that is killed and started again reads them and goes on from there. The
batches' borders are kept too, so that the resumed run computes the very same
ones and writes the same table. What nobody comes back for has an end: any run that
writes the same table clears it, and after some weeks any other run does.
"""

import io
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from cache.files import written_at
from cache.store import Store
from headstrata.errors import ObstacleError, UserError
from vocabulary.taxonomy import Probe

Floats = NDArray[np.float64]

#: Batches that no run has touched for so long are not waited for any more.
KEPT_FOR = timedelta(days=14)


class Partial:
    """The finished batches of one run.

    Args:
        store: Where they are kept.
        name: The table's name.
        key: Says what is computed; another key is another run.
    """

    def __init__(self, store: Store, name: str, key: str) -> None:
        self.store, self.folder, self.path = store, f"partial/{name}", f"partial/{name}/{key}"

    def batch_size(self, proposed: int) -> int:
        """The batch size of the run that was begun, or else the proposed one."""
        raw = self.store.get(f"{self.path}/plan.json")
        if raw is not None:
            with suppress(ValueError, KeyError, TypeError):  # damaged: a new plan
                return int(json.loads(raw)["batch"])
        self.store.put(f"{self.path}/plan.json", json.dumps({"batch": proposed}).encode())
        return proposed

    def load(self, probe: Probe, start: int, stop: int) -> Floats | None:
        """The values (B, L, H, S) of these prompts, if they were finished."""
        raw = self.store.get(self._file(probe, start, stop))
        if raw is None:
            return None
        try:
            values: Floats = np.load(io.BytesIO(raw), allow_pickle=False)
        except (ValueError, EOFError):  # damaged since: to be computed again
            return None
        return values

    def save(self, probe: Probe, start: int, values: Floats) -> None:
        """Keep one finished batch, whole or not at all."""
        buffer = io.BytesIO()
        np.save(buffer, values)
        self.store.put(self._file(probe, start, start + len(values)), buffer.getvalue())

    @contextmanager
    def until_done(self) -> Iterator[None]:
        """Keep the batches of a run that comes to no end, and of no other.

        Kept: of a run that is killed, stopped, or meets an obstacle (a full disk, …).
        Not kept: of a run that is done, or whose request itself is refused.
        """
        try:
            yield
        except ObstacleError as error:
            kept = self._finished()
            if kept == 0:
                self._forget()
                raise
            plural = "batch is" if kept == 1 else "batches are"
            raise ObstacleError(
                f"{error}; {kept} finished {plural} kept: once that is mended, the same command "
                "goes on from there"
            ) from None
        except UserError:
            self._forget()
            raise
        with suppress(UserError, OSError), self._alone():  # the table is there: done is done
            _remove(self.store, self.folder)  # with what other runs left for this table

    def sweep(self, now: datetime | None = None) -> None:
        """Remove what runs of any table left long ago, but nothing of this very run."""
        files, root = self.store.filesystem, self.store.root
        files.invalidate_cache()
        before = (now or datetime.now(UTC)) - KEPT_FOR
        with suppress(UserError, OSError), self._alone():
            for folder in files.ls(f"{root}/partial", detail=False):
                for run in files.ls(folder, detail=False):
                    path = f"partial/{'/'.join(run.rstrip('/').split('/')[-2:])}"
                    if path != self.path and _last_written(self.store, run) < before:
                        _remove(self.store, path)

    def _forget(self) -> None:
        """Remove this run's files if that can be: the first error is the one to tell."""
        with suppress(UserError, OSError), self._alone():
            _remove(self.store, self.path)

    def _finished(self) -> int:
        """How many batches are kept; 0 where the cache cannot even be read."""
        try:
            paths = self.store.filesystem.ls(f"{self.store.root}/{self.path}", detail=False)
        except OSError:
            return 0
        return sum(path.endswith(".npy") for path in paths)

    def _alone(self) -> AbstractContextManager[None]:
        return self.store.lock() if self.store.local else nullcontext()

    def _file(self, probe: Probe, start: int, stop: int) -> str:
        return f"{self.path}/{probe}-{start:06d}-{stop:06d}.npy"


def _remove(store: Store, folder: str) -> None:
    """Remove a folder of the store and the folders that are empty then."""
    files, above = store.filesystem, folder.rpartition("/")[0]
    with suppress(FileNotFoundError):  # a twin of this run ended first
        files.rm(f"{store.root}/{folder}", recursive=True)
    with suppress(FileNotFoundError):
        if store.local and above and not files.ls(f"{store.root}/{above}"):
            _remove(store, above)


def _last_written(store: Store, folder: str) -> datetime:
    """When anything in a folder was last written; now, if the file system does not tell."""
    files = store.filesystem
    infos = [files.info(folder), *files.find(folder, detail=True).values()]
    times = [when for info in infos if (when := written_at(info)) is not None]
    return max(times, default=datetime.now(UTC))
