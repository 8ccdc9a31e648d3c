"""An interval tree over days or characters: finds the intervals that overlap another without scanning all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Generic, TypeVar

T = TypeVar("T")


class Intervals(Generic[T]):
    """Values with intervals of whole numbers, both ends included.

    Comparing every interval with every other takes quadratic time. Here they are sorted by their first number: those
    that begin no later than a given interval ends are a prefix of that order. Over it stands a binary tree in which
    each node has the largest last number of the intervals below it, so that a branch in which all end too early is
    skipped. Finding the overlapping intervals takes logarithmic time for each result, and finding none takes it once.

    >>> lives = Intervals([(1, 3, "a"), (2, 9, "b"), (5, 6, "c")])
    >>> list(lives.meeting(4, 5)), list(lives.meeting(10, 20)), list(lives.meeting(0, 9, most=2))
    (['b', 'c'], [], ['a', 'b'])
    """

    def __init__(self, intervals: Iterable[tuple[int, int, T]]) -> None:
        ordered = sorted(intervals, key=lambda interval: interval[0])
        self._firsts = [first for first, _, _ in ordered]
        self._values = [value for _, _, value in ordered]
        # The leaves are the second half, in order; the children of a node are at twice its place and the next.
        self._leaves = 1 << max(len(ordered) - 1, 0).bit_length()
        lasts: list[float] = [-float("inf")] * (2 * self._leaves)
        lasts[self._leaves : self._leaves + len(ordered)] = [last for _, last, _ in ordered]
        for node in range(self._leaves - 1, 0, -1):
            lasts[node] = max(lasts[2 * node], lasts[2 * node + 1])
        self._lasts = lasts

    def meeting(self, first: int, last: int, most: int | None = None) -> Iterator[T]:
        """The values whose intervals overlap `first` to `last`, in order of their beginning; at most `most` of them."""
        return islice(self._meeting(first, last), most)

    def any_meets(self, first: int, last: int) -> bool:
        """Whether any interval overlaps `first` to `last`."""
        return next(self._places(first, last), None) is not None

    def _meeting(self, first: int, last: int) -> Iterator[T]:
        return (self._values[place] for place in self._places(first, last))

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
