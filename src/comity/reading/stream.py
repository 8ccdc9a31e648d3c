"""Reads documents of any size a portion at a time, in one process or several, and checks every claim."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from comity.errors import ReaderError
from comity.model import Document
from comity.reading.base import Found, Reader, Share, objection, readers

_BATCH = 1 << 16  # characters per batch: enough to keep the parser busy, few enough for quick first results


@dataclass(frozen=True, slots=True)
class Portion:
    """The claims of a part of a document, up to character `end` of its text; `ends` marks the last part.

    `refused` are claims that failed the span check, each with the reason.
    """

    document: Document
    found: tuple[Found, ...]
    refused: tuple[tuple[Found, str], ...]
    end: int
    ends: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A share of a document, the index of its reader, and whether it is the document's last."""

    document: Document
    reader: int
    share: Share
    ends: bool


def portions(documents: Iterable[Document], jobs: int = 1) -> Iterator[Portion]:
    """The claims of every reader, without duplicates, in order; the portions of a document are consecutive.

    Memory use stays near the size of the documents. Raises `ReaderError`, which names the reader that failed.
    """
    seen: set[str] = set()  # ids of the document's claims, which two readers may both find
    batches = _batches(_pieces(documents))
    for piece, claims in _read_by(batches, jobs) if jobs > 1 else _read_here(batches):
        yield _checked(piece, claims, seen)
        if piece.ends:
            seen = set()


def _pieces(documents: Iterable[Document]) -> Iterator[_Piece]:
    """Every share of each document for each reader; a piece is delayed until it is known whether it is the last."""
    for document in documents:
        pending: tuple[int, Share] | None = None
        for place, reader in enumerate(readers()):
            with _as_reader_error(reader):
                for share in reader.shares(document):
                    if pending is not None:
                        yield _Piece(document, *pending, ends=False)
                    pending = place, share
        if pending is not None:
            yield _Piece(document, *pending, ends=True)


def _batches(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces in batches of similar size: a large share alone, small documents together."""
    batch: list[_Piece] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += piece.share.size
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_here(batches: Iterable[list[_Piece]]) -> Iterator[tuple[_Piece, list[Found]]]:
    for batch in batches:
        yield from zip(batch, _read([(piece.reader, piece.share.work) for piece in batch]), strict=True)


def _read_by(batches: Iterable[list[_Piece]], jobs: int) -> Iterator[tuple[_Piece, list[Found]]]:
    """Batches read by processes; at most twice as many are queued as there are processes, and none after an interrupt.

    Raises `ReaderError` when a process ends unexpectedly.
    """
    begun: deque[tuple[list[_Piece], Future[list[list[Found]]]]] = deque()

    def first() -> Iterator[tuple[_Piece, list[Found]]]:
        batch, future = begun.popleft()
        yield from zip(batch, future.result(), strict=True)

    pool = ProcessPoolExecutor(jobs, initializer=_begin)
    try:
        for batch in batches:
            begun.append((batch, pool.submit(_read, [(piece.reader, piece.share.work) for piece in batch])))
            if len(begun) >= 2 * jobs:
                yield from first()
        while begun:
            yield from first()
    except BrokenProcessPool as error:
        raise ReaderError(
            "a process that reads was killed before it was done, perhaps for want of memory; try fewer --jobs",
            offender=jobs,
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Initialize a worker process. It ignores interrupts: the main process handles them and ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End with the main process, however that ends: a killed one can't stop its workers."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(works: list[tuple[int, Any]]) -> list[list[Found]]:
    """The claims of each work; every reader reads its own works in one call."""
    claims: dict[int, list[Found]] = {}
    for place, reader in enumerate(readers()):
        own = [number for number, (which, _) in enumerate(works) if which == place]
        claims.update(zip(own, _by(reader, [works[number][1] for number in own]), strict=True))
    return [claims[number] for number in range(len(works))]


def _by(reader: Reader, works: list[Any]) -> list[list[Found]]:
    with _as_reader_error(reader):
        return list(reader.read_shares(works))


@contextmanager
def _as_reader_error(reader: Reader) -> Iterator[None]:
    """Turns any failure of a reader into `ReaderError` with its name."""
    try:
        yield
    except Exception as error:
        raise ReaderError(f'the reader "{reader.id}" failed: {error!r}', offender=reader.id) from error


def _checked(piece: _Piece, claims: Iterable[Found], seen: set[str]) -> Portion:
    """The claims that pass the check, without duplicates, and the others with the objection."""
    accepted: list[Found] = []
    refused: list[tuple[Found, str]] = []
    for reading in claims:
        why = objection(piece.document, reading)
        if why is not None:
            refused.append((reading, why))
        elif reading.claim.id not in seen:
            seen.add(reading.claim.id)
            accepted.append(reading)
    return Portion(piece.document, tuple(accepted), tuple(refused), piece.share.end, piece.ends)
