"""Gunicorn's processes take connections in turn, and give a thread to those that ask for something.

All of them wait at one socket, and a browser's connection stays with the process that took it.
The first to wake takes all that come at once, so that the other cores have nothing to do:
https://blog.cloudflare.com/the-sad-state-of-linux-socket-balancing/
So each process tells the others how many connections it has, and one that has many more leaves
the next to them for a moment. Gunicorn's ``reuse_port`` would deal them out by chance, also to a
process that still starts, while others could answer.
"""

import mmap
import selectors
import time
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

#: Processes there can be at once: twice the setting's most, since old ones end while new ones run.
_PLACES = 128
#: The count of a process that is not there.
_NONE = -1
#: How long a connection is left to the others at most, and how often they are looked at, in
#: seconds.
_PATIENCE_S = 0.005
_LOOK_S = 0.001
#: How long a new connection may say nothing, in seconds.
_SILENT_S = 10.0
#: Connections that are taken before those that are open have their turn.
_AT_ONCE = 16


class Counts:
    """The number of connections of each process, in memory that they share.

    It is made before they are forked.
    """

    def __init__(self) -> None:
        self._counts = memoryview(mmap.mmap(-1, 4 * _PLACES)).cast("i")
        for place in range(_PLACES):
            self._counts[place] = _NONE
        self._taken: set[int] = set()

    def give_place(self, worker: "Worker") -> None:
        """Called by gunicorn before it forks a worker process."""
        worker.counts = self
        worker.place = min(set(range(_PLACES)) - self._taken, default=None)
        if worker.place is not None:
            self._taken.add(worker.place)

    def take_place(self, worker: "Worker") -> None:
        """Called by gunicorn when a worker process has ended."""
        if worker.place is not None:
            self.tell(worker.place, _NONE)
            self._taken.discard(worker.place)

    def tell(self, place: int | None, connections: int) -> None:
        """Set a process' number."""
        if place is not None:
            self._counts[place] = connections

    def fewest(self) -> int:
        """The least number that a process has which takes connections."""
        return min((count for count in self._counts if count != _NONE), default=0)


class Worker(ThreadWorker):  # type: ignore[misc]
    """A process with threads that answer, and a loop that takes connections.

    ``accept``, ``nr_conns`` and the loop's methods are undocumented:
    https://github.com/benoitc/gunicorn/blob/27.0.1/gunicorn/workers/gthread.py#L338
    """

    counts: Counts
    place: int | None

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Called by gunicorn: one turn of the loop."""
        self._tell()
        super().wait_for_and_dispatch_events(timeout)

    def accept(self, listener: Any) -> None:
        """Called by gunicorn when a connection waits; others may take it meanwhile."""
        for _ in range(_AT_ONCE):
            before = self.nr_conns
            self._hold_back()
            super().accept(listener)
            self._tell()
            if self.nr_conns == before:
                return

    def enqueue_req(self, conn: Any) -> None:
        """Called by gunicorn for a new connection too, which would hold a thread for 5 s.

        Browsers open some in advance; a few visitors' would stop all threads.
        """
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + _SILENT_S
        self.pending_conns.append(conn)
        readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, readable)

    def _hold_back(self) -> None:
        """Give the others time if one of them has fewer connections by more than the threads."""
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until and (
            self.nr_conns - self.counts.fewest() >= self.cfg.threads
        ):
            time.sleep(_LOOK_S)

    def _tell(self) -> None:
        self.counts.tell(self.place, self.nr_conns)
