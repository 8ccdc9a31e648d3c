"""Long lists a page at a time: a page begins after the last one's last, so that what is added repeats nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from fastapi import HTTPException

from comity.present import shapes

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list, and the cursor to ask for those that follow, None when none do."""

    items: tuple[T, ...]
    next: str | None = None

    def each(self, shape: Callable[[T], S]) -> shapes.Page[S]:
        """As an object with every item in its shape."""
        return {"items": [shape(item) for item in self.items], "next": self.next}


def cut(found: Sequence[T], key: Callable[[T], str], limit: int) -> Page[T]:
    """The first `limit` of what was found; more than that may be given, to show that more follow.

    >>> cut(["a", "b", "c"], str, 2)
    Page(items=('a', 'b'), next='b')
    """
    items = tuple(found[:limit])
    return Page(items, key(items[-1]) if len(found) > limit else None)


def page(every: Sequence[T], key: Callable[[T], str], limit: int, cursor: str | None) -> Page[T]:
    """Those of a list that follow the one whose key is the cursor. Raises 400 when there is none such."""
    keys = [key(one) for one in every]
    if cursor is not None and cursor not in keys:
        raise strange(cursor)
    begin = 0 if cursor is None else keys.index(cursor) + 1
    return cut(every[begin : begin + limit + 1], key, limit)


def strange(cursor: str) -> HTTPException:
    """The error to raise for a cursor that no page gave."""
    return HTTPException(400, f'"{cursor}" is no cursor of this list; take it from "next" of the page before.')
