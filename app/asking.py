"""What visitors may ask of the worker: models that the operator allows, a few times a minute."""

import hashlib
import threading
import time
from collections import OrderedDict, deque
from typing import Any

from cache.jobs import Job
from cache.store import Store
from headstrata.errors import UserError

#: The largest body of such a request, in bytes.
LARGEST_ASK = 4096
_MINUTE_S = 60.0
#: Addresses whose requests are counted; beyond that the one that asked longest ago is forgotten.
_ADDRESSES = 10_000


class NotAllowedError(UserError):
    """Visitors may not ask for this model."""


def ask(model: Any, allowed: list[str], store: Store) -> Job:
    """The job of a model that a visitor asks for: the open one, if there is one, else a new one.

    Args:
        model: What the visitor sent.
        allowed: The models that visitors may ask for, as hub ids.
        store: Where the queue is.

    Raises:
        UserError: It is not a text.
        NotAllowedError: It is not one of these.
        ObstacleError: The cache cannot be written now.
    """
    if not isinstance(model, str):
        raise UserError('send {"model": "…"}, as JSON')
    if model not in allowed:
        raise NotAllowedError(
            f"a model to ask for here is one of: {', '.join(allowed)}"
            if allowed
            else "no model can be asked for here; HEADSTRATA_ALLOWED_MODELS would name some"
        )
    name = table_name(model)
    for job in store.jobs():
        if job.name == name and job.is_open:
            return job
    digest = hashlib.sha256(model.encode()).hexdigest()[:8]
    return store.write_job(Job(id=f"{name[:80]}-{digest}", name=name, title=name, model=model))


def table_name(model: str) -> str:
    """The name of the table that the worker makes of a model."""
    return model.rpartition("/")[2]


class Rate:
    """Counts what each address has asked in the last minute.

    Args:
        most: How many times a minute it may ask.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_s(self, address: str, now: float | None = None) -> float:
        """Count a request; how long the address has to wait before it may ask, in seconds."""
        now = time.monotonic() if now is None else now
        with self._lock:
            asked = self._asked.setdefault(address, deque())
            self._asked.move_to_end(address)
            if len(self._asked) > _ADDRESSES:
                self._asked.popitem(last=False)
            while asked and asked[0] <= now - _MINUTE_S:
                asked.popleft()
            if len(asked) >= self.most:
                return asked[0] + _MINUTE_S - now
            asked.append(now)
            return 0.0
