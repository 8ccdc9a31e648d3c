"""The text that HTML, TEI and Markdown show, each character with its place in the text as given."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from comity.reading.words import table

BLOCKS = table("markup")["blocks"]
HIDDEN = table("markup")["hidden"]
TEI_HIDDEN = table("markup")["tei"]
_MARKDOWN = re.compile(
    r"(?P<head>^[ ]{0,3}#{1,6}[ ]+|^[ ]{0,3}>[ ]?|^[ ]*[-*+][ ]+|^[ ]*\d+[.)][ ]+|^[ ]{0,3}(?:[-*_][ ]*){3,}$|^```.*$)"
    r"|!\[[^\]\n]*\]\([^)\n]*\)|(?P<open>\[)(?=[^\]\n]+\]\([^)\n]*\))|(?P<close>\]\([^)\n]*\))|\*\*|__|(?<!\w)[*_](?=\w)"
    r"|(?<=[\w.])[*_](?!\w)|`|<[^>\n]+>",
    re.MULTILINE,
)


class Shown:
    """Characters gathered with their offsets, in blocks; `blocks` are pairs of text and offsets."""

    def __init__(self) -> None:
        self.blocks: list[tuple[str, list[int]]] = []
        self._text: list[str] = []
        self._offsets: list[int] = []

    def add(self, text: str, start: int, width: int | None = None) -> None:
        """Take characters that stand at `start`; with `width` all of them stand for that many characters there."""
        self._text.append(text)
        self._offsets.extend(range(start, start + len(text)) if width is None else [start] * len(text))

    def close(self) -> None:
        """End a block."""
        text = "".join(self._text)
        if text.strip():
            self.blocks.append((text, self._offsets))
        self._text, self._offsets = [], []


class _Scanner(HTMLParser):
    """Walks tags in the order they stand; an unclosed or crossed tag does no harm."""

    def __init__(self, text: str, hidden: frozenset[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.shown = Shown()
        self._hidden = hidden
        self._depth: list[str] = []
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._source = text

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._hidden:
            self._depth.append(tag)
        if tag in BLOCKS:
            self.shown.close()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.shown.close()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._depth:
            del self._depth[self._depth.index(tag) :]
        if tag in BLOCKS:
            self.shown.close()

    def handle_data(self, data: str) -> None:
        if not self._depth:
            self.shown.add(data, self._here())

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, raw: str) -> None:
        if not self._depth:
            start = self._here()
            closed = self._source.startswith(";", start + len(raw))
            self.shown.add(html.unescape(raw + ";"), start, len(raw) + closed)


def scan(text: str, media: str) -> list[tuple[str, list[int]]]:
    """The blocks of visible text of HTML or TEI, with the offset of each character; none for what can't be parsed."""
    scanner = _Scanner(text, TEI_HIDDEN if media == "tei" else HIDDEN)
    try:
        scanner.feed(text)
        scanner.close()
    except (AssertionError, ValueError, NotImplementedError):
        # the standard parser gives up on some broken declarations; what it saw until then is kept
        pass
    scanner.shown.close()
    return scanner.shown.blocks


def markdown(text: str) -> tuple[str, list[int]]:
    """Markdown without its marks, line ends kept, with the offset of each character.

    >>> markdown("## *Peru* joined [them](http://x.y)")[0]
    'Peru joined them'
    """
    kept: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in [*_MARKDOWN.finditer(text), None]:
        end = match.start() if match else len(text)
        kept.append(text[position:end])
        offsets.extend(range(position, end))
        position = match.end() if match else end
    return "".join(kept), offsets
