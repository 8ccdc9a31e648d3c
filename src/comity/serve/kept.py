"""What a server keeps of what it made: bounded, and made once however many ask for it at the same time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")
_DOORS = 32


def _one(_: object) -> int:
    return 1


class Kept(Generic[V]):
    """Values by key, those asked for last; `room` bounds the sum of their sizes (their number, without `size`).

    Threads may share one. What `make` raises is raised, and nothing is kept. `make` must not ask the same `Kept`.

    >>> squares = Kept(2)
    >>> [squares.made(n, lambda: n * n) for n in (1, 2, 3)], squares.held(1), squares.held(3)
    ([1, 4, 9], None, 9)
    """

    def __init__(self, room: int, size: Callable[[V], int] = _one) -> None:
        self._room, self._size, self._used = room, size, 0
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()
        self._doors = [Lock() for _ in range(_DOORS)]  # who makes a value holds its door; others wait for the value

    def held(self, key: Hashable) -> V | None:
        """The value that is kept, None when there is none: this never waits for one that is being made."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def made(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value that is kept, or that is made now and kept."""
        with self._doors[hash(key) % _DOORS]:
            value = self.held(key)
            if value is None:
                value = make()
                self.keep(key, value)
            return value

    def keep(self, key: Hashable, value: V) -> None:
        """Keep a value, in place of the one before."""
        with self._lock:
            if key in self._values:
                self._used -= self._size(self._values.pop(key))
            self._values[key] = value
            self._used += self._size(value)
            while self._used > self._room:
                self._used -= self._size(self._values.popitem(last=False)[1])
