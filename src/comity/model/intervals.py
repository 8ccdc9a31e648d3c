"""Stretches of a line, of days or of characters: which of them meet another is found without looking at the rest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Generic, TypeVar

T = TypeVar("T")


class Intervals(Generic[T]):
    """Things that reach from a first to a last place, both included, on a line of whole numbers.

    To compare every stretch with every other takes the square of their number. Here they lie in the order of their
    first places: those that begin no later than a stretch ends are a run from the beginning of that order. Over the
    order stands a binary tree in which each node holds the last place that any stretch below it reaches, so that no
    branch is entered in which all end too early. To find those that meet a stretch takes the logarithm of their number
    for each that is found, and to learn that there is none takes it once.

    >>> lives = Intervals([(1, 3, "a"), (2, 9, "b"), (5, 6, "c")])
    >>> list(lives.meeting(4, 5)), list(lives.meeting(10, 20)), list(lives.meeting(0, 9, most=2))
    (['b', 'c'], [], ['a', 'b'])
    """

    def __init__(self, stretches: Iterable[tuple[int, int, T]]) -> None:
        ordered = sorted(stretches, key=lambda stretch: stretch[0])
        self._firsts = [first for first, _, _ in ordered]
        self._things = [thing for _, _, thing in ordered]
        # The leaves are the second half, in order; the children of a node are at twice its place and the next.
        self._leaves = 1 << max(len(ordered) - 1, 0).bit_length()
        lasts: list[float] = [-float("inf")] * (2 * self._leaves)
        lasts[self._leaves : self._leaves + len(ordered)] = [last for _, last, _ in ordered]
        for node in range(self._leaves - 1, 0, -1):
            lasts[node] = max(lasts[2 * node], lasts[2 * node + 1])
        self._lasts = lasts

    def meeting(self, first: int, last: int, most: int | None = None) -> Iterator[T]:
        """The things that share a place with the stretch from `first` to `last`, `most` of them, as they begin."""
        return islice(self._meeting(first, last), most)

    def any_meets(self, first: int, last: int) -> bool:
        """Whether anything shares a place with a stretch."""
        return next(self._places(first, last), None) is not None

    def _meeting(self, first: int, last: int) -> Iterator[T]:
        return (self._things[place] for place in self._places(first, last))

    def _places(self, first: int, last: int) -> Iterator[int]:
        begun = bisect_right(self._firsts, last)
        nodes = [(1, 0, self._leaves)]  # each with the first of its leaves, and how many they are
        while nodes:
            node, place, width = nodes.pop()
            if place >= begun or self._lasts[node] < first:
                continue
            if width == 1:
                yield place
            else:
                half = width // 2
                nodes += [(2 * node + 1, place + half, half), (2 * node, place, half)]
