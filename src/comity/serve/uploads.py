"""Documents sent to the server: their largest size, and the processes that work on them. Nothing of them is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import TypeVar

from fastapi import HTTPException, Request

from comity.ledger import View
from comity.model import Document, Published, PublishedBasis
from comity.query.check import check
from comity.query.pair import today
from comity.query.questions import polity, when
from comity.reading import from_bytes
from comity.reconcile.names import resolve
from comity.serve.desk import Desk
from comity.serve.workers import Workers

T = TypeVar("T")
B = TypeVar("B", bytes, bytearray)
LARGEST = 1_000_000
"""The most bytes of a document, and the most characters of its text: a PDF's text may be longer than its bytes."""


async def body(request: Request, most: int = LARGEST) -> bytes:
    """The body of a request. Raises 413 as soon as it is too long."""
    data = bytearray()
    async for part in request.stream():
        data += part
        checked_size(data, most)
    return bytes(data)


def checked_size(data: B, most: int = LARGEST) -> B:
    """The same bytes. Raises 413 when there are too many."""
    if len(data) > most:
        raise HTTPException(413, f"The document is larger than {LARGEST:,} bytes; send part of it.")
    return data


def document(
    data: bytes, name: str, about: Iterable[str], published: str | None = None, media: str | None = None
) -> Document:
    """The document in some bytes, about the named polities. Raises `ComityError` when it can't be read."""
    ids = tuple(resolve(polity(words)).polity.id for words in about)
    day = when(published, "published")
    known = Published(day, PublishedBasis.GIVEN) if day else None
    return from_bytes(data, name, about=ids, published=known, media=media, most=LARGEST)


async def in_worker(request: Request, work: Callable[..., T], *arguments: object) -> T:
    """The result of `work`, done in a worker process, which is killed when the client of the request goes away."""
    workers: Workers = request.app.state.workers
    return await workers.run(work, *arguments, gone=partial(_disconnected, request))


async def _disconnected(request: Request) -> None:
    """Returns when the client of a request, whose body has been read, goes away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def prepare() -> None:
    """Load what work on a document needs: the parser's model, the names, the ledgers."""
    check(from_bytes(b"Peru recognized Chile in 1830.", "sample"), view(), today())


def view() -> View:
    """Both ledgers as they are now, in a worker process."""
    return _desk().view()


@cache
def _desk() -> Desk:
    return Desk()
