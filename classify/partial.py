"""Finished batches, kept in the store until the table is written.

A run that is killed and started again reads them and goes on from there. The
batches' borders are kept too, so that the resumed run computes the very same
ones and writes the same table.
"""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress

import numpy as np
from numpy.typing import NDArray

from cache.store import Store
from classify.taxonomy import Probe
from headstrata.errors import UserError

Floats = NDArray[np.float64]


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
            return int(json.loads(raw)["batch"])
        self.store.put(f"{self.path}/plan.json", json.dumps({"batch": proposed}).encode())
        return proposed

    def load(self, probe: Probe, start: int, stop: int) -> Floats | None:
        """The values (B, L, H, S) of these prompts, if they were finished."""
        raw = self.store.get(self._file(probe, start, stop))
        return None if raw is None else np.load(io.BytesIO(raw), allow_pickle=False)

    def save(self, probe: Probe, start: int, values: Floats) -> None:
        """Keep one finished batch, whole or not at all."""
        buffer = io.BytesIO()
        np.save(buffer, values)
        self.store.put(self._file(probe, start, start + len(values)), buffer.getvalue())

    @contextmanager
    def until_done(self) -> Iterator[None]:
        """Keep the batches of a run that was killed or stopped, and of no other.

        A run that the user must mend (a full disk, …) leaves nothing behind either.
        """
        try:
            yield
        except UserError:
            with suppress(UserError, OSError):  # the first error is the one to tell
                self.clear()
            raise
        self.clear()

    def clear(self) -> None:
        """Remove what is left of this table's runs, while no other run writes."""
        with self.store.lock() if self.store.local else nullcontext():
            files, root = self.store.filesystem, self.store.root
            with suppress(FileNotFoundError):  # a twin of this run ended first
                files.rm(f"{root}/{self.folder}", recursive=True)
                if self.store.local and not files.ls(f"{root}/partial"):
                    files.rmdir(f"{root}/partial")

    def _file(self, probe: Probe, start: int, stop: int) -> str:
        return f"{self.path}/{probe}-{start:06d}-{stop:06d}.npy"
