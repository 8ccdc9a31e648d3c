"""Loads documents from a path, `-` or a folder: decodes bytes, and detects the media type by suffix and content."""

from __future__ import annotations

import os
import re
import select
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from comity.errors import BadDocument
from comity.extras import need
from comity.model import Document, Published
from comity.reading.text import pdf
from comity.reading.text.encodings import Decoded, decoded

SUFFIXES = {
    ".txt": "text", ".text": "text", ".htm": "html", ".html": "html", ".xhtml": "html",
    ".md": "markdown", ".markdown": "markdown", ".xml": "tei", ".tei": "tei", ".pdf": "text",
}  # fmt: skip
_MAGIC = {
    b"PK\x03\x04": "an archive or office file", b"\x89PNG": "an image", b"\xff\xd8\xff": "an image",
    b"GIF8": "an image", b"\x1f\x8b": "a compressed file", b"\x7fELF": "a program",
}  # fmt: skip
_HTML = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_TEI = re.compile(r"<(?:TEI|TEI\.2|teiCorpus)\b")
_SEEN = re.compile(r"\S")
_ASIDES = {"<?": "?>", "<!--": "-->"}  # what may stand before the first element
STDIN = "-"
_WORD = re.compile(r"[^\W\d_]")
_PIPE = 5000  # milliseconds to wait for the writer of a pipe
LARGEST = 256 << 20
"""The most bytes of a file or of standard input: a device or pipe may be endless."""


def load(path: str, *, about: tuple[str, ...] = (), published: Published | None = None) -> list[Document]:
    """The documents at a path: one of a file or of `-` (standard input), one a file of a folder, in the files' order.

    In a folder, hidden files and files without a suffix of `SUFFIXES` are skipped.
    Raises `BadDocument` when a file does not exist, is empty, is binary or contains no text.
    """
    return [opened(file, about=about, published=published) for file in files(path)]


def files(path: str) -> list[str]:
    """The files at a path: the path itself, or the documents of a folder. Raises `BadDocument` when it has none."""
    place = Path(path)
    with _as_bad_document(path):
        if path == STDIN or not place.is_dir():
            return [path]
        paths = [str(file) for file in _files(place)]
    if not paths:
        raise BadDocument(
            f'the folder "{path}" holds no document: files ending in {", ".join(SUFFIXES)}', offender=path
        )
    return paths


def opened(path: str, *, about: tuple[str, ...] = (), published: Published | None = None) -> Document:
    """The document of one file or of standard input. Raises `BadDocument` like `load`."""
    with _as_bad_document(path):
        data = _input() if path == STDIN else _content(Path(path))
    if len(data) > LARGEST:
        raise BadDocument(f"{_name(path)} is larger than {LARGEST >> 20} MiB; give it in parts", offender=path)
    return from_bytes(data, path, about=about, published=published, doubtful=True)


def from_bytes(
    data: bytes,
    path: str,
    *,
    about: tuple[str, ...] = (),
    published: Published | None = None,
    media: str | None = None,
    charset: str | None = None,
    doubtful: bool = False,
    most: int | None = None,
) -> Document:
    """A document from the bytes of a file or of a server's response, which may declare `media` and `charset`.

    Of a PDF the text as given is that of its pages, a form feed between them. Raises `BadDocument` when they are empty,
    binary or contain no text, or more than `most` characters of it; and when their encoding is uncertain, unless
    `doubtful` allows it: the document then has a `caution`.

    >>> from_bytes(b"<html><p>Peru joined.", "page").media
    'html'
    """
    need("read")
    path = path.encode("utf-8", "backslashreplace").decode()  # a file name may contain bytes that are not valid text
    name = _name(path)
    if not data.strip():
        raise BadDocument(f"{name} is empty: give a document with text in it", offender=path)
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise BadDocument(
                f"{name} is {kind}, not a text: give its text (.txt, .html, .md, .pdf or TEI)", offender=path
            )
    known = Decoded(pdf.text(data, name, most), "") if data.startswith(pdf.MAGIC) else decoded(data, charset)
    if known is None:
        raise BadDocument(f"{name} is binary, not a text: give its text (.txt, .html, .md, .pdf or TEI)", offender=path)
    if not known.certain and not doubtful:
        raise BadDocument(f"the encoding of {name} is uncertain: give it in UTF-8", offender=path)
    text = known.text
    if most is not None and len(text) > most:
        raise pdf.too_long(name, most)
    if not _WORD.search(text):
        raise BadDocument(f"{name} holds no words to read", offender=path)
    caution = (
        "" if known.certain else f"its encoding is uncertain: read as {known.encoding}; give it in UTF-8 to be sure"
    )
    return Document(
        text, path=path, published=published or Published(), about=about, media=media or _media(path, text),
        caution=caution,
    )  # fmt: skip


@contextmanager
def _as_bad_document(path: str) -> Iterator[None]:
    """Turns the system's errors on reading a path into `BadDocument`."""
    try:
        yield
    except FileNotFoundError as error:
        raise BadDocument(f'there is no file "{path}"', offender=path) from error
    except (OSError, ValueError) as error:  # a null character in the name raises ValueError
        why = getattr(error, "strerror", None) or str(error)
        raise BadDocument(f"{_name(path)} can't be read: {why}", offender=path) from error


def _name(path: str) -> str:
    return "standard input" if path == STDIN else f'"{path}"'


def _input() -> bytes:
    """Standard input, up to one byte past the limit."""
    if sys.stdin is None:  # a shell may close it: `comity read - <&-`
        raise OSError("it is closed")
    return sys.stdin.buffer.read(LARGEST + 1)


def _content(file: Path) -> bytes:
    """A file's bytes, up to one byte past the limit. Raises `OSError` for a pipe that nobody writes to.

    A named pipe is opened without waiting for its writer, who may never come; a pipe of the shell has one.
    """
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as opened_file:
        if stat.S_ISFIFO(os.stat(file).st_mode) and not file.is_relative_to("/dev/fd") and not _has_data(handle):
            raise OSError("it is a pipe into which nobody writes")
        if hasattr(os, "set_blocking"):
            os.set_blocking(handle, True)
        return opened_file.read(LARGEST + 1)


def _has_data(pipe: int) -> bool:
    """Whether a pipe has data, or receives some within the timeout."""
    ready = select.poll()
    ready.register(pipe, select.POLLIN)
    return any(event & select.POLLIN for _, event in ready.poll(_PIPE))


def _media(path: str, text: str) -> str:
    """The media type by the beginning of the text, else by the suffix; other XML is read like TEI, without its tags."""
    if _TEI.match(text, _first_element(text)):
        return "tei"
    if _HTML.match(text, _first_element(text, comments=1)):
        return "html"
    suffix = SUFFIXES.get(Path(path).suffix.lower(), "text")
    return suffix if suffix != "html" or "<" in text else "text"


def _after_space(text: str, position: int) -> int:
    seen = _SEEN.search(text, position)
    return seen.start() if seen else len(text)


def _first_element(text: str, comments: int | None = None) -> int:
    """Where the first element begins: after white space, instructions and comments, or so many comments alone."""
    position = _after_space(text, 0)
    skips = 0
    while skips != comments:
        mark = next((mark for mark in _ASIDES if text.startswith(mark, position)), "")
        end = text.find(_ASIDES[mark], position + len(mark)) if mark and (comments is None or mark == "<!--") else -1
        if end < 0:
            break
        position = _after_space(text, end + len(_ASIDES[mark]))
        skips += 1
    return position


def _files(folder: Path) -> list[Path]:
    """The documents of a folder, and its unreadable subfolders: opening these reports the error."""
    closed: list[Path] = []
    documents: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        members = (Path(place) / name for name in names if not name.startswith("."))
        documents += [file for file in members if file.suffix.lower() in SUFFIXES and file.is_file()]
    return sorted(documents + closed)
