"""Extracts the text of a PDF page by page, and finds its running heads and page numbers."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.errors import BadDocument

if TYPE_CHECKING:
    from pypdf import PdfReader

MAGIC = b"%PDF"
PAGE = "\f"
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RecursionError, TypeError,
    ValueError, struct.error, zlib.error,
)  # fmt: skip
"""Errors that escape from pypdf on a malformed PDF; an unknown codec raises LookupError."""
_OPERATIONS = 100_000  # drawing operations allowed for any file
_A_BYTE = 4  # further operations allowed per byte: compressed text has one or two
_NUMBER = re.compile(r"\d+")
_OFTEN = 3  # pages on which a line recurs at the top or foot before it counts as a running head
_EDGE = 2  # lines at the top and at the foot of a page that may be running heads


def text(data: bytes, name: str, most: int | None = None) -> str:
    """The text of a PDF's pages, a form feed between them: the source text to which spans refer.

    Raises `BadDocument` for a PDF that is broken, is encrypted, or has only images of its pages; and, as early as
    possible, for more than `most` characters of text, as a small file can expand to any number of them.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # its warnings on repaired defects are of no use to the user
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadDocument(f"{name} is an encrypted PDF: give one that opens without a password", offender=name)
        work = _Work(name, _OPERATIONS + _A_BYTE * len(data), most)
        pages = list(_extracted(reader, work))
    except (NotImplementedError, DependencyError) as error:
        raise BadDocument(
            f"{name} is a PDF of a kind that can't be read ({_line(error)}): give its text, or print it to a plain PDF",
            offender=name,
        ) from error
    except MemoryError as error:
        raise BadDocument(f"{name} is a PDF that takes too much memory: give its text", offender=name) from error
    except (PyPdfError, *_BROKEN) as error:
        raise BadDocument(f"{name} is a broken PDF: {_line(error)}", offender=name) from error
    if not any(page.strip() for page in pages):
        raise BadDocument(f"{name} is a PDF of pictures with no text: give one with its text recognized", offender=name)
    return PAGE.join(pages)


def _extracted(reader: PdfReader, work: _Work) -> Iterator[str]:
    """The text of each page. Raises `BadDocument` within the page that exceeds a limit."""
    for number, page in enumerate(reader.pages):
        work.write(PAGE if number else "")
        extracted = page.extract_text(visitor_operand_before=work.draw, visitor_text=work.write)
        work.check()  # pypdf swallows exceptions raised within a form on the page
        yield extracted


class _Work:
    """Counts the drawing operations and characters of pages, and stops the extraction at a limit.

    A file of 3 kB can draw one form inside another until there are millions, and one of 28 kB can contain a million
    characters.
    """

    def __init__(self, name: str, operations: int, characters: int | None) -> None:
        self._name, self._operations, self._most, self._characters = name, operations, characters, 0

    def draw(self, *_: object) -> None:
        """Count one operation."""
        self._operations -= 1
        self.check()

    def write(self, piece: str, *_: object) -> None:
        """Count the characters of a piece of text."""
        self._characters += len(piece)
        self.check()

    def check(self) -> None:
        """Raises `BadDocument` above a limit."""
        if self._operations < 0:
            raise BadDocument(
                f"{self._name} is a PDF that draws out of proportion to its size: give its text", offender=self._name
            )
        if self._most is not None and self._characters > self._most:
            raise too_long(self._name, self._most)


def too_long(name: str, most: int) -> BadDocument:
    """The error for a document of more than `most` characters of text."""
    return BadDocument(f"{name} contains more than {most:,} characters of text: give a part of it", offender=name)


def _line(error: Exception) -> str:
    """The first line of an error's message, or its name."""
    return next(iter(str(error).splitlines()), "")[:200] or type(error).__name__


def edges(document: str) -> list[tuple[int, int]]:
    """The spans of running heads, feet and page numbers: lines that recur on several pages, apart from numbers.

    >>> pages = ["HISTORY OF PERU 1\\nIn the beginning.", "HISTORY OF PERU 2\\nThen.", "HISTORY OF PERU 3\\nAt last."]
    >>> text = "\\f".join(pages)
    >>> [text[start:end] for start, end in edges(text)][:2]
    ['HISTORY OF PERU 1', 'HISTORY OF PERU 2']
    """
    lines = [line for page in _pages(document) for line in _outer(document, *page)]
    alike = Counter(_NUMBER.sub("#", document[start:end].strip()) for start, end in lines)
    return [(start, end) for start, end in lines if alike[_NUMBER.sub("#", document[start:end].strip())] >= _OFTEN]


def _pages(document: str) -> list[tuple[int, int]]:
    """The start and end of each page; empty for a text without form feeds."""
    breaks = [match.start() for match in re.finditer(PAGE, document)]
    starts = [0, *(place + 1 for place in breaks)]
    return list(zip(starts, [*breaks, len(document)], strict=True)) if breaks else []


def _outer(document: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the lines at the top and the foot of a page, without surrounding space."""
    whole = ((m.start(), m.group().rstrip()) for m in re.compile(r"[^\r\n\f]+").finditer(document, start, end))
    lines = [(place, place + len(line)) for place, line in whole if line]
    return lines if len(lines) <= 2 * _EDGE else [*lines[:_EDGE], *lines[-_EDGE:]]
