"""A cache of bounded size that computes each value once, however many threads ask for it at the same time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")
_LOCKS = 32


def _unit(_: object) -> int:
    return 1


class Cache(Generic[V]):
    """The most recently used values by key; `room` bounds the sum of their sizes (their number, without `size`).

    Threads may share a cache. An error of `make` propagates and nothing is stored. `make` must not use the same cache:
    it runs under one of the cache's locks.

    >>> squares = Cache(2)
    >>> [squares.get_or_make(n, lambda: n * n) for n in (1, 2, 3)], squares.get(1), squares.get(3)
    ([1, 4, 9], None, 9)
    """

    def __init__(self, room: int, size: Callable[[V], int] = _unit) -> None:
        self._room, self._size, self._used = room, size, 0
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()
        # A thread that makes a value holds the lock of its key, so that the others wait for the value instead of making
        # it too. Keys share a fixed number of locks: a lock for each key would have to be removed again.
        self._making = [Lock() for _ in range(_LOCKS)]

    def get(self, key: Hashable) -> V | None:
        """The stored value or None; this never waits for a value that is being made."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def get_or_make(self, key: Hashable, make: Callable[[], V]) -> V:
        """The stored value, or the result of `make`, which is stored."""
        with self._making[hash(key) % _LOCKS]:
            value = self.get(key)
            if value is None:
                value = make()
                self.put(key, value)
            return value

    def put(self, key: Hashable, value: V) -> None:
        """Store a value, replacing any value of the same key."""
        with self._lock:
            if key in self._values:
                self._used -= self._size(self._values.pop(key))
            self._values[key] = value
            self._used += self._size(value)
            while self._used > self._room:
                self._used -= self._size(self._values.popitem(last=False)[1])
