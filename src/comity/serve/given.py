"""A document that is sent to the server: how large it may be, and how it is worked on. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import HTTPException, Request

from comity.model import Document, Published, PublishedBasis
from comity.query.asked import polity, when
from comity.reading import from_bytes
from comity.reconcile.names import resolve

T = TypeVar("T")
B = TypeVar("B", bytes, bytearray)
LARGEST = 1_000_000
"""The most bytes of a document: a minute's reading."""
_AT_ONCE = CapacityLimiter(2)  # more would only wait for each other, and hold their pages in memory


async def body(request: Request, most: int = LARGEST) -> bytes:
    """What is sent. Raises 413 as soon as it is too much."""
    data = bytearray()
    async for part in request.stream():
        data += part
        fitting(data, most)
    return bytes(data)


def fitting(data: B, most: int = LARGEST) -> B:
    """The same bytes. Raises 413 when they are too many."""
    if len(data) > most:
        raise HTTPException(413, f"The document is larger than {LARGEST:,} bytes; send a part of it.")
    return data


def document(
    data: bytes, name: str, about: Iterable[str], published: str | None = None, media: str | None = None
) -> Document:
    """The document of what was sent, about polities by name. Raises `ComityError` for what can't be read."""
    ids = tuple(resolve(polity(one)).polity.id for one in about)
    day = when(published, "published")
    known = Published(day, PublishedBasis.GIVEN) if day else None
    return from_bytes(data, name, about=ids, published=known, media=media)


async def aside(make: Callable[[], T]) -> T:
    """What is made, in a thread of its own, so that others are answered meanwhile."""
    return await to_thread.run_sync(make, limiter=_AT_ONCE)
