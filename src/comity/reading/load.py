"""From a path, `-` or a folder to documents: bytes decoded, the media known by suffix and content."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from comity.errors import BadDocument
from comity.model import Document, Published
from comity.reading import pdf

SUFFIXES = {
    ".txt": "text", ".text": "text", ".htm": "html", ".html": "html", ".xhtml": "html",
    ".md": "markdown", ".markdown": "markdown", ".xml": "tei", ".tei": "tei", ".pdf": "text",
}  # fmt: skip
_MAGIC = {
    b"PK\x03\x04": "an archive or office file", b"\x89PNG": "an image", b"\xff\xd8\xff": "an image",
    b"GIF8": "an image", b"\x1f\x8b": "a compressed file", b"\x7fELF": "a program",
}  # fmt: skip
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_HTML = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_TEI = re.compile(r"<(?:TEI|TEI\.2|teiCorpus)\b")
_SEEN = re.compile(r"\S")
_ASIDES = {"<?": "?>", "<!--": "-->"}  # what may stand before the first element
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WORD = re.compile(r"[^\W\d_]")
_BINARY = 0.05  # of the characters: more controls than this are no text


def load(path: str, *, about: tuple[str, ...] = (), published: Published | None = None) -> list[Document]:
    """The documents at a path: one of a file or of `-` (standard input), one a file of a folder, in the files' order.

    In a folder files whose names begin with a dot or end in no suffix of a text are passed over.
    Raises `BadDocument` for what is not there, is empty, is binary or holds no text.
    """
    if path == "-":
        return [from_bytes(sys.stdin.buffer.read(), "-", about=about, published=published)]
    place = Path(path)
    try:
        files = _files(place) if place.is_dir() else [place]
        if not files:
            raise BadDocument(
                f'the folder "{path}" holds no document: files ending in {", ".join(SUFFIXES)}', offender=path
            )
        return [from_bytes(file.read_bytes(), str(file), about=about, published=published) for file in files]
    except FileNotFoundError as error:
        raise BadDocument(f'there is no file "{path}"', offender=path) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BadDocument(f'"{path}" can\'t be read: {why}', offender=path) from error


def from_bytes(
    data: bytes, path: str, *, about: tuple[str, ...] = (), published: Published | None = None, media: str | None = None
) -> Document:
    """A document of the bytes of a file, or of the answer of a server.

    Of a PDF the text as given is that of its pages, a form feed between them.
    Raises `BadDocument` when they are empty, binary or hold no text.

    >>> from_bytes(b"<html><p>Peru joined.", "page").media
    'html'
    """
    name = "standard input" if path == "-" else f'"{path}"'
    if not data.strip():
        raise BadDocument(f"{name} is empty: give a document with text in it", offender=path)
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise BadDocument(
                f"{name} is {kind}, not a text: give its text (.txt, .html, .md, .pdf or TEI)", offender=path
            )
    text = pdf.text(data, name) if data.startswith(pdf.MAGIC) else decode(data)
    if text is None:
        raise BadDocument(f"{name} is binary, not a text: give its text (.txt, .html, .md, .pdf or TEI)", offender=path)
    if not _WORD.search(text):
        raise BadDocument(f"{name} holds no words to read", offender=path)
    return Document(text, path=path, published=published or Published(), about=about, media=media or _media(path, text))


def decode(data: bytes) -> str | None:
    """The text of bytes: by their byte-order mark, else UTF-8, UTF-16 without a mark, or cp1252; None for binary.

    Line ends stay as they are, so that offsets count what was given.

    >>> decode("Chargé".encode("cp1252")), decode("Peru".encode("utf-16")), decode(bytes(range(32)))
    ('Chargé', 'Peru', None)
    """
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROLS.findall(text)) <= _BINARY * len(text):
            return text
    return None


def _encodings(data: bytes) -> list[str]:
    marked = [encoding for bom, encoding in _BOMS.items() if data.startswith(bom)]
    if marked:
        return marked
    head = data[:4096]
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if max(zeros) > len(head) // 8:
        return ["utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"]
    return ["utf-8", "cp1252", "latin-1"]


def _media(path: str, text: str) -> str:
    """What its beginning shows, else what its suffix says; other XML is read as TEI is, without tags."""
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
    passed = 0
    while passed != comments:
        mark = next((mark for mark in _ASIDES if text.startswith(mark, position)), "")
        end = text.find(_ASIDES[mark], position + len(mark)) if mark and (comments is None or mark == "<!--") else -1
        if end < 0:
            break
        position = _after_space(text, end + len(_ASIDES[mark]))
        passed += 1
    return position


def _files(folder: Path) -> list[Path]:
    found = (file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    return sorted(file for file in found if not any(part.startswith(".") for part in file.relative_to(folder).parts))
