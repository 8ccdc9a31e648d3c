"""A document that is sent to the server: how large it may be, and how it is worked on. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import TypeVar

from fastapi import HTTPException, Request

from comity.ledger import View
from comity.model import Document, Published, PublishedBasis
from comity.query.asked import polity, when
from comity.query.check import check
from comity.query.pair import today
from comity.reading import from_bytes
from comity.reconcile.names import resolve
from comity.serve.desk import Desk
from comity.serve.workers import Workers

T = TypeVar("T")
B = TypeVar("B", bytes, bytearray)
LARGEST = 1_000_000
"""The most bytes of a document, and the most characters of its text, of which a PDF may hold many more."""


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
    return from_bytes(data, name, about=ids, published=known, media=media, most=LARGEST)


async def apart(request: Request, work: Callable[..., T], *arguments: object) -> T:
    """What `work` gives in a process of its own, for as long as the client of a request waits for it."""
    workers: Workers = request.app.state.workers
    return await workers.run(work, *arguments, gone=partial(_left, request))


async def _left(request: Request) -> None:
    """Returns when the client of a request, whose body is here, goes away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def prepare() -> None:
    """Have all at hand that work on a document needs: the parser's model, the names, the ledgers."""
    check(from_bytes(b"Peru recognized Chile in 1830.", "sample"), view(), today())


def view() -> View:
    """Both ledgers as they are now, in the process that works on a document."""
    return _desk().view()


@cache
def _desk() -> Desk:
    return Desk()
