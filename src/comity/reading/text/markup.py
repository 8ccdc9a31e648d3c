"""Extracts the text of HTML and TEI, each character with its offset in the source."""

from __future__ import annotations

import html
import re
from array import array
from dataclasses import dataclass, field

from comity.reading.lexicon.words import table
from comity.reading.text.sentences import goes_on

# Every alternative consumes all that it has scanned, so that the time is linear even on broken markup.
_TOKEN = re.compile(
    r"<!--[\s\S]*?(?:-->|\Z)|<!\[CDATA\[(?P<cdata>[\s\S]*?)(?:\]\]>|\Z)"
    r"|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]?\s*)?>?|<[!?][^>]*>?"
    r"|<(?P<close>/?)(?P<tag>[A-Za-z][^\s/><\"']*+)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+(?=>)|[^<>]*)>?"
    r"|(?P<reference>&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});?)",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([^\s=/\"'>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_MARK = re.compile(r"\s*(?:\[[^\[\]]{1,12}\]|\(\d{1,3}\)|\d{1,3}|[a-z]|[*†‡§¶]+)[\s,]*")  # of a footnote
_UNIT = re.compile(r"(?:\d|\b(?:[kcm]?m|mi|ft))$")  # before a superscript figure that is an exponent
_RAW = ("script", "style")


@dataclass(slots=True)
class Block:
    """Text with the offset of each character in the source."""

    parts: list[str] = field(default_factory=list)
    offsets: array[int] = field(default_factory=lambda: array("q"))
    line: int = 0  # the number of parts before the last line

    def add(self, text: str, start: int, width: int | None = None) -> None:
        """Append characters found at `start`; with `width` they replace a reference, and all have its offset."""
        self.parts.append(text)
        self.offsets.extend(range(start, start + len(text)) if width is None else [start] * len(text))

    def cut(self, parts: int) -> None:
        """Remove all but the first parts."""
        size = sum(map(len, self.parts[parts:]))
        del self.parts[parts:], self.offsets[len(self.offsets) - size :]

    def strip(self) -> None:
        """Remove trailing white space."""
        while self.parts:
            last = self.parts.pop()
            stripped = last.rstrip()
            del self.offsets[len(self.offsets) - len(last) + len(stripped) :]
            if stripped:
                self.parts.append(stripped)
                return


class Scanner:
    """Walks the tags in order; tolerates unclosed and crossed tags.

    `blocks` are pairs of text and offsets; `ends` maps the start of each character reference to its end.
    """

    def __init__(self, text: str, media: str) -> None:
        self.blocks: list[tuple[str, array[int]]] = []
        self.ends: dict[int, int] = {}
        self._text = text
        self._words = table(media)
        self._block = Block()
        self._around: list[Block] = []  # enclosing blocks, interrupted by a note
        self._hidden, self._depth = "", 0  # the tag that hides its content, and the nesting depth of its name
        self._choices = 0
        self._between = False  # in a choice, between its alternatives: white space there is ignored
        self._glued = False  # white space after a line break within a word is ignored
        self._broken: int | None = None  # offset of a line break, until the beginning of the next line is known
        self._raised: tuple[int, bool] | None = (
            None  # the number of parts before superscript text, and whether it has a link
        )
        self._scan()
        self.blocks.sort(key=lambda block: block[1][0])

    def _scan(self) -> None:
        text, position = self._text, 0
        while match := _TOKEN.search(text, position):
            self._data(text[position : match.start()], position)
            position = match.end()
            if match["tag"]:
                position = self._tag(match)
            elif match["cdata"]:
                self._data(match["cdata"], match.start("cdata"))
            elif match["reference"]:
                self._reference(match)
        self._data(text[position:], position)
        while self._around:
            self._close_note()
        self._close()

    def _data(self, text: str, start: int, width: int | None = None) -> None:
        if not text or self._hidden or (self._between and text.isspace()):
            return
        if self._broken is not None and not text.isspace():
            self._break(text)
        if self._glued:
            start, text = start + len(text) - len(text.lstrip()), text.lstrip()
            self._glued = not text
        self._block.add(text, start, width)

    def _reference(self, match: re.Match[str]) -> None:
        character = html.unescape(match["reference"])
        if character == match["reference"]:
            self._data(character, match.start())
            return
        self.ends[match.start()] = match.end()
        self._data(character, match.start(), len(character))

    def _tag(self, match: re.Match[str]) -> int:
        """Process a tag; returns the offset at which to continue, past the content of a script."""
        tag, attributes = match["tag"].lower(), match["attributes"]
        alone = attributes.endswith("/") or tag in self._words["void"]
        if self._hidden and self._hides(tag, bool(match["close"]), alone):
            return match.end()
        if match["close"]:
            self._end_tag(tag)
        elif self._is_hidden(tag, attributes) and not alone:
            self._hidden, self._depth = tag, 1
            if tag in _RAW:
                end = re.compile(rf"</{tag}\b", re.IGNORECASE).search(self._text, match.end())
                return end.start() if end else len(self._text)
        else:
            self._start_tag(tag, attributes, match.start(), alone)
        if tag in self._words["blocks"]:
            self._close()
        return match.end()

    def _hides(self, tag: str, closes: bool, alone: bool) -> bool:
        """Whether a tag is hidden content or its end; some elements end at the next tag of their name."""
        if tag != self._hidden or (alone and not closes):
            return True
        begins_anew = not closes and tag in self._words["optional"]
        self._depth += -1 if closes or begins_anew else 1
        if self._depth == 0:
            self._hidden = ""
            self._between = self._choices > 0
        return not begins_anew

    def _is_hidden(self, tag: str, attributes: str) -> bool:
        if tag in self._words["hidden"] or (self._choices and tag in self._words["unchosen"]):
            return True
        if "hidden" not in attributes and "none" not in attributes:
            return False
        values = _attributes(attributes)
        style = re.sub(r"\s", "", values.get("style", ""))
        return (
            "hidden" in values
            or values.get("aria-hidden") == "true"
            or bool(re.search(r"display:none|y:hidden", style))
        )

    def _start_tag(self, tag: str, attributes: str, start: int, alone: bool) -> None:
        if tag in self._words["breaks"]:
            self._line(tag, attributes, start)
        elif tag == "choice":
            self._choices += 1
            self._between = True
        elif tag in self._words["notes"] and not alone:
            self._around.append(self._block)
            self._block = Block()
        elif tag == "sup" or (tag == "hi" and "sup" in attributes):
            self._raised = self._raised or (len(self._block.parts), False)
        elif tag in ("a", "ref") and self._raised:
            self._raised = self._raised[0], True
        elif self._choices:
            self._between = False

    def _end_tag(self, tag: str) -> None:
        if tag == "choice" and self._choices:
            self._choices -= 1
            self._between = self._choices > 0
        elif tag in self._words["chosen"] and self._choices:
            self._between = True
        elif tag in self._words["notes"] and self._around:
            self._close_note()
        elif tag in ("sup", "hi") and self._raised:
            self._end_raised(*self._raised)
            self._raised = None

    def _line(self, tag: str, attributes: str, start: int) -> None:
        """A line break: within a word, between words, or perhaps between paragraphs."""
        if tag == "br":
            if self._broken is not None:
                self._close()
            self._broken = start
            return
        within = _attributes(attributes).get("break") == "no"
        if within:
            self._block.strip()
            self._glued = True
        if (tag == "lb" and not within) or (within and self._block.parts and self._block.parts[-1].endswith("-")):
            self._block.add("\n", start)

    def _break(self, following: str) -> None:
        """Decide whether a line continues in the next or ends its block."""
        place, self._broken = self._broken, None
        if place is None:
            return
        line = "".join(self._block.parts[self._block.line :])
        if goes_on(line.strip(), following.strip()):
            self._block.add("\n", place)
            self._block.line = len(self._block.parts)
        else:
            self._close()

    def _end_raised(self, parts: int, linked: bool) -> None:
        """Remove superscript text that is a footnote mark."""
        mark = "".join(self._block.parts[parts:])
        before = self._block.parts[parts - 1] if parts else ""
        if _MARK.fullmatch(mark) and (linked or not _UNIT.search(before)):
            self._block.cut(parts)

    def _close_note(self) -> None:
        self._close()
        self._block = self._around.pop()

    def _close(self) -> None:
        """End a block."""
        text = "".join(self._block.parts)
        if text.strip():
            self.blocks.append((text, self._block.offsets))
        self._block = Block()
        self._broken, self._raised, self._glued = None, None, False


def _attributes(text: str) -> dict[str, str]:
    return {m[1].lower(): (m[2] or m[3] or m[4] or "").lower() for m in _ATTRIBUTE.finditer(text)}
