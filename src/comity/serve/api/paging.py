"""Long lists in pages. A page begins after the last item of the one before, so that additions repeat no item."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from comity.errors import BadCursor
from comity.present.shapes import records

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """A part of a list, and the cursor of the next page, None after the last."""

    items: tuple[T, ...]
    next: str | None = None

    def each(self, shape: Callable[[T], S]) -> records.Page[S]:
        """The page as an object, each item in its shape."""
        return records.Page(items=[shape(item) for item in self.items], next=self.next)


def cut(rows: Sequence[T], key: Callable[[T], str], limit: int) -> ListPage[T]:
    """The first `limit` rows as a page; one row more shows that another page follows.

    >>> cut(["a", "b", "c"], str, 2)
    ListPage(items=('a', 'b'), next='b')
    """
    items = tuple(rows[:limit])
    return ListPage(items, key(items[-1]) if len(rows) > limit else None)


def page(every: Sequence[T], key: Callable[[T], str], limit: int, cursor: str | None) -> ListPage[T]:
    """The items after the one whose key is the cursor. Raises `BadCursor` when no item has that key."""
    keys = [key(item) for item in every]
    if cursor is not None and cursor not in keys:
        raise not_a_cursor(cursor)
    begin = 0 if cursor is None else keys.index(cursor) + 1
    return cut(every[begin : begin + limit + 1], key, limit)


def not_a_cursor(cursor: str) -> BadCursor:
    """The error to raise for a cursor that no page returned."""
    return BadCursor(f'"{cursor}" is not a cursor of this list; use "next" of the previous page.', offender=cursor)
