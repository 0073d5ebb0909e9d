"""Checkpoints of a run: finished batches, kept in the store until the table is written.

A run that was killed and is started again reads them and continues from there. The
batch size is kept too, so that the resumed run computes the same batches and writes
the same table. Checkpoints of abandoned runs are deleted: by the next run that writes
the same table, or by any run once they are older than ``KEPT_FOR``.

They lie in the cache under ``partial/``.
"""

import io
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from cache.store import Store
from headstrata.errors import ObstacleError, UserError
from vocabulary.taxonomy import Probe

Floats = NDArray[np.float64]

#: Checkpoints that no run has written to for this long belong to an abandoned run.
KEPT_FOR = timedelta(days=14)
#: Runs in progress on users' disks lie here: the name must not change.
_FOLDER = "partial"


class Checkpoints:
    """The finished batches of one run.

    Args:
        store: Where they are kept.
        name: The table's name.
        key: Identifies what is computed (``record.run_key``); another key is another run.
    """

    def __init__(self, store: Store, name: str, key: str) -> None:
        self.store = store
        self.folder, self.path = f"{_FOLDER}/{name}", f"{_FOLDER}/{name}/{key}"

    def batch_size(self, proposed: int, plan: str = "plan") -> int:
        """The batch size with which this run began; a new run takes the proposed one.

        Args:
            proposed: Prompts.
            plan: The name of what is run in such batches.
        """
        path = f"{self.path}/{plan}.json"
        raw = self.store.get(path)
        if raw is not None:
            with suppress(ValueError, KeyError, TypeError):  # damaged: start over
                return int(json.loads(raw)["batch"])
        self.store.put(path, json.dumps({"batch": proposed}).encode())
        return proposed

    def load(self, probe: Probe, start: int, stop: int) -> Floats | None:
        """The values (B, G, S) of these prompts; None if they were not finished."""
        values = self.get(_batch(probe, start, stop))
        # older versions had an axis of layers
        return values if values is not None and values.ndim == 3 else None

    def save(self, probe: Probe, start: int, values: Floats) -> None:
        """Write one finished batch, atomically."""
        self.put(_batch(probe, start, start + len(values)), values)

    def get(self, name: str) -> Floats | None:
        """The values that were kept under a name; None if there are none, or damaged ones."""
        raw = self.store.get(f"{self.path}/{name}.npy")
        if raw is None:
            return None
        try:
            values: Floats = np.load(io.BytesIO(raw), allow_pickle=False)
        except (ValueError, EOFError):  # damaged: they are computed again
            return None
        return values

    def put(self, name: str, values: Floats) -> None:
        """Keep values under a name, atomically."""
        buffer = io.BytesIO()
        np.save(buffer, values)
        self.store.put(f"{self.path}/{name}.npy", buffer.getvalue())

    @contextmanager
    def until_done(self) -> Iterator[None]:
        """Delete the checkpoints unless the run can be resumed.

        They are kept if the run is killed, stopped, or meets an ``ObstacleError`` (a full
        disk, …), and deleted if it is done or its request is refused.
        """
        try:
            yield
        except ObstacleError as error:
            kept = self._count()
            if kept == 0:
                self._delete()
                raise
            plural = "batch is" if kept == 1 else "batches are"
            raise ObstacleError(
                f"{error}; {kept} finished {plural} kept: once that is mended, the same command "
                "goes on from there"
            ) from None
        except UserError:
            self._delete()
            raise
        with suppress(UserError, OSError), self._locked():  # the table is written: no error now
            self.store.remove_folder(self.folder)  # also what earlier runs left for this table

    def sweep(self, now: datetime | None = None) -> None:
        """Delete old checkpoints of abandoned runs of any table, but not this run's own."""
        store = self.store
        before = (now or datetime.now(UTC)) - KEPT_FOR
        with suppress(UserError, OSError), self._locked():
            for table in store.names(_FOLDER):
                for key in store.names(f"{_FOLDER}/{table}"):
                    path = f"{_FOLDER}/{table}/{key}"
                    if path != self.path and store.last_written(path) < before:
                        store.remove_folder(path)

    def _delete(self) -> None:
        """Delete this run's files; a failure here must not hide the error that ended the run."""
        with suppress(UserError, OSError), self._locked():
            self.store.remove_folder(self.path)

    def _count(self) -> int:
        """How many batches are kept; 0 if the cache cannot be read."""
        try:
            return sum(name.endswith(".npy") for name in self.store.names(self.path))
        except OSError:
            return 0

    def _locked(self) -> AbstractContextManager[None]:
        return self.store.lock() if self.store.local else nullcontext()


def _batch(probe: Probe, start: int, stop: int) -> str:
    return f"{probe}-{start:06d}-{stop:06d}"
