"""The text of a PDF, page by page; and what of a page is no text of its own: running heads and page numbers."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.errors import BadDocument

if TYPE_CHECKING:
    from pypdf import PdfReader

MAGIC = b"%PDF"
PAGE = "\f"
_NUMBER = re.compile(r"\d+")
_OFTEN = 3  # pages that have a line alike at their top or foot: so many make it a running head
_EDGE = 2  # lines at each end of a page that may be running heads


def text(data: bytes, name: str, most: int | None = None) -> str:
    """The text of a PDF's pages, a form feed between them: the text as given, in which spans count.

    Raises `BadDocument` for a PDF that is broken, is encrypted, or shows pictures of its pages only; and, as soon as
    that shows, for one of more than `most` characters of text: a small file can hold any number of them.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # what it mends on the way is no news to the user
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadDocument(f"{name} is an encrypted PDF: give one that opens without a password", offender=name)
        pages = list(_extracted(reader, name, most))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise BadDocument(f"{name} is a broken PDF: {str(error).partition(chr(10))[0]}", offender=name) from error
    if not any(page.strip() for page in pages):
        raise BadDocument(f"{name} is a PDF of pictures with no text: give one with its text recognized", offender=name)
    return PAGE.join(pages)


def _extracted(reader: PdfReader, name: str, most: int | None) -> Iterator[str]:
    """The text of each page. Raises `BadDocument` within the page that makes it more than `most` characters."""
    if most is None:
        yield from (page.extract_text() for page in reader.pages)
        return
    count = _Count(name, most)
    for number, page in enumerate(reader.pages):
        count(PAGE if number else "")
        extracted = page.extract_text(visitor_text=count)
        count.check()  # what is raised within a form on the page, pypdf takes for a broken form and passes over
        yield extracted


class _Count:
    """Counts the text of pages while it is extracted, and ends that where it becomes too much."""

    def __init__(self, name: str, most: int) -> None:
        self._name, self._most, self._count = name, most, 0

    def __call__(self, piece: str, *_: object) -> None:
        self._count += len(piece)
        self.check()

    def check(self) -> None:
        """Raises `BadDocument` for too much."""
        if self._count > self._most:
            raise too_long(self._name, self._most)


def too_long(name: str, most: int) -> BadDocument:
    """The error to raise for a document of more than so many characters of text."""
    return BadDocument(f"{name} holds more than {most:,} characters of text: give a part of it", offender=name)


def edges(given: str) -> list[tuple[int, int]]:
    """Where the running heads, feet and page numbers stand in a text of pages: lines alike on several, but for numbers.

    >>> pages = ["HISTORY OF PERU 1\\nIn the beginning.", "HISTORY OF PERU 2\\nThen.", "HISTORY OF PERU 3\\nAt last."]
    >>> text = "\\f".join(pages)
    >>> [text[start:end] for start, end in edges(text)][:2]
    ['HISTORY OF PERU 1', 'HISTORY OF PERU 2']
    """
    lines = [line for page in _pages(given) for line in _outer(given, *page)]
    alike = Counter(_NUMBER.sub("#", given[start:end].strip()) for start, end in lines)
    return [(start, end) for start, end in lines if alike[_NUMBER.sub("#", given[start:end].strip())] >= _OFTEN]


def _pages(given: str) -> list[tuple[int, int]]:
    """The start and end of each page; none of a text without form feeds."""
    breaks = [match.start() for match in re.finditer(PAGE, given)]
    starts = [0, *(place + 1 for place in breaks)]
    return list(zip(starts, [*breaks, len(given)], strict=True)) if breaks else []


def _outer(given: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines at the top and the foot of a page, without the space around them."""
    whole = ((m.start(), m.group().rstrip()) for m in re.compile(r"[^\r\n\f]+").finditer(given, start, end))
    lines = [(place, place + len(line)) for place, line in whole if line]
    return lines if len(lines) <= 2 * _EDGE else [*lines[:_EDGE], *lines[-_EDGE:]]
