"""Reading: a document becomes dated, sourced claims, each with the passage that says it.

The way of a document: `load` → `clean` (passages with a map back to the text as given) → `sentences` → `dates` →
`mentions` → `parse` → `claims`. spaCy is imported when the first sentence is parsed, not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from comity.model import Claim, Document
from comity.reading.load import from_bytes, load

__all__ = ["from_bytes", "load", "read", "read_all"]

_SHARE = 16  # documents that a process takes at a time


def read(document: Document) -> list[Claim]:
    """The claims in a document, in the order in which it makes them; those that fail the span check are left out."""
    return next(iter(read_all([document])))[1]


def read_all(documents: Iterable[Document], jobs: int = 1) -> Iterator[tuple[Document, list[Claim]]]:
    """Each document with its claims, in order, a few at a time; with `jobs` more than one in so many processes."""
    if jobs > 1:
        yield from _shared(documents, jobs)
        return
    yield from _read(documents)


def _read(documents: Iterable[Document]) -> Iterator[tuple[Document, list[Claim]]]:
    """What every reader finds, and the check accepts, once each."""
    from comity.reading.base import objection, readers

    first, *others = [reader() for reader in readers()]
    for document, found in first.read(documents):
        held = [*found, *(item for reader in others for _, items in reader.read([document]) for item in items)]
        accepted = {item.claim.id: item.claim for item in held if objection(document, item) is None}
        yield document, list(accepted.values())


def _shared(documents: Iterable[Document], jobs: int) -> Iterator[tuple[Document, list[Claim]]]:
    """Shares of documents read in processes of their own; no more shares are begun than twice the processes."""
    from collections import deque
    from concurrent.futures import Future, ProcessPoolExecutor

    source = iter(documents)
    begun: deque[Future[list[tuple[Document, list[Claim]]]]] = deque()
    with ProcessPoolExecutor(jobs) as pool:
        while share := list(islice(source, _SHARE)):
            begun.append(pool.submit(_read_share, share))
            if len(begun) >= 2 * jobs:
                yield from begun.popleft().result()
        while begun:
            yield from begun.popleft().result()


def _read_share(documents: list[Document]) -> list[tuple[Document, list[Claim]]]:
    return list(_read(documents))
