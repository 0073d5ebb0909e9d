"""A thread-safe cache that keeps the most recently used values."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LRUCache(Generic[K, V]):
    """The most recently used values, by key.

    Args:
        size: How many are kept, or how much all of them weigh.
        weigh: What a key and its value weigh; each counts 1 by default.
    """

    def __init__(self, size: int, weigh: Callable[[K, V], int] | None = None) -> None:
        self._size = size
        self._weigh = weigh or (lambda key, value: 1)  # noqa: ARG005
        self._values: OrderedDict[K, V] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()

    @property
    def weight(self) -> int:
        """What all that is kept weighs."""
        return self._weight

    def get(self, key: K) -> V | None:
        """The value, which becomes the most recently used one; None if it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def keep(self, key: K, value: V) -> V:
        """Keep the value; the least recently used ones are dropped if there is too much."""
        with self._lock:
            if key in self._values:
                self._weight -= self._weigh(key, self._values[key])
            self._values[key] = value
            self._values.move_to_end(key)
            self._weight += self._weigh(key, value)
            while self._weight > self._size:
                self._weight -= self._weigh(*self._values.popitem(last=False))
        return value
