"""A line of generated text in typed parts, and such a line as Markdown or plain text; as HTML: present/html.py.

Text from a source must never be taken for formatting: a claim could contain Markdown, HTML or a note's number. So our
formatting is never written into the words. A line is a sequence of parts, each of words in one style; each output form
escapes the words and adds its own tags around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import reduce

from comity.present.visible import one_line

# What Markdown would interpret: the beginning of emphasis, code, a link, a tag or an entity; and, at the beginning of a
# block, a heading, a quotation or a list item.
_SYNTAX = re.compile(r"[\\`*\[<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_BLOCK = re.compile(r"^(?=[#>+-])|^\d{1,9}(?=[.)](?:\s|$))")


class Style(Enum):
    """What a part of a line is; `EMPHASIS` is for titles, `CODE` for ids and places in files."""

    WORDS = "words"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    NOTE = "note"
    """The number of a note."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words in one style."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """Parts in order. Lines and words are joined with `+`; a line has no `str`, so that none is printed unescaped.

    >>> plain("Told of " + strong("Peru") + "." + noted([2]))
    'Told of Peru. [2]'
    """

    parts: tuple[Part, ...] = ()

    def __add__(self, more: Words) -> Line:
        parts = _parts(more)
        if self.parts and parts and self.parts[-1].style is parts[0].style is Style.WORDS:
            words = Part(Style.WORDS, self.parts[-1].text + parts[0].text)
            return Line((*self.parts[:-1], words, *parts[1:]))
        return Line((*self.parts, *parts))

    def __radd__(self, words: str) -> Line:
        return Line(_parts(words)) + self

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __str__(self) -> str:
        raise TypeError("a line is printed by plain, markdown or html.inline")

    def begun(self, change: Callable[[str], str]) -> Line:
        """The line with its first words changed."""
        return Line((Part(self.parts[0].style, change(self.parts[0].text)), *self.parts[1:]))


Words = str | Line


def strong(text: str) -> Line:
    """Strong text."""
    return Line((Part(Style.STRONG, text),))


def emphasized(text: str) -> Line:
    """Emphasized text, such as a title."""
    return Line((Part(Style.EMPHASIS, text),))


def code(text: str) -> Line:
    """Code: an id, or a place in a file."""
    return Line((Part(Style.CODE, text),))


def noted(numbers: Iterable[int]) -> Line:
    """The numbers of notes, each once, after a space; empty for none.

    >>> plain(noted([1, 3, 1]))
    ' [1][3]'
    """
    notes = tuple(Part(Style.NOTE, str(number)) for number in dict.fromkeys(numbers))
    return Line((Part(Style.WORDS, " "), *notes)) if notes else Line()


def joined(separator: str, lines: Iterable[Words]) -> Line:
    """Lines as one, with a separator between them.

    >>> plain(joined(", ", ["An office", emphasized("A guide")]))
    'An office, *A guide*'
    """
    first, *rest = lines
    return reduce(lambda line, more: line + separator + more, rest, Line() + first)


def numbers(words: Words) -> list[int]:
    """The numbers of the notes that a line cites.

    >>> numbers("Peru recognized Chile." + noted([1, 3]) + " [2]")
    [1, 3]
    """
    return [int(part.text) for part in _parts(words) if part.style is Style.NOTE]


def printed(words: Words, tags: Callable[[Part], str]) -> str:
    """A line with each part as `tags` prints it."""
    return "".join(map(tags, _parts(words)))


def markdown(words: Words) -> str:
    """A line of Markdown that may begin a block; the words of claims are escaped.

    >>> print(markdown(strong("Peru") + ": the treaty of *[1]* <b>" + noted([1])))
    **Peru**: the treaty of \\*\\[1]\\* \\<b> [1]
    """
    parts = [Part(part.style, one_line(part.text)) for part in _parts(words)]
    if parts and parts[0].style is Style.WORDS:
        opening = parts[0].text.lstrip()
        parts[0] = Part(Style.WORDS, _BLOCK.sub(r"\g<0>\\", _escaped(opening)) if opening else "")
        return (parts[0].text + "".join(map(_markdown, parts[1:]))).strip()
    return "".join(map(_markdown, parts)).strip()


def plain(words: Words) -> str:
    """A line for a terminal or a mail, without control characters.

    >>> plain(strong("Peru") + ": " + emphasized("A guide") + ", \\x1b[31mred" + noted([2]))
    'Peru: *A guide*, [31mred [2]'
    """
    return printed(words, lambda part: _PLAIN[part.style].format(one_line(part.text)))


_PLAIN = {Style.WORDS: "{}", Style.STRONG: "{}", Style.EMPHASIS: "*{}*", Style.CODE: "`{}`", Style.NOTE: "[{}]"}
_MARKDOWN = _PLAIN | {Style.STRONG: "**{}**"}


def _markdown(part: Part) -> str:
    return _span(part.text) if part.style is Style.CODE else _MARKDOWN[part.style].format(_escaped(part.text))


def _parts(words: Words) -> tuple[Part, ...]:
    if isinstance(words, Line):
        return words.parts
    return (Part(Style.WORDS, words),) if words else ()


def _escaped(text: str) -> str:
    return _SYNTAX.sub(r"\\\g<0>", text)


def _span(words: str) -> str:
    """Words as a code span, delimited by more backticks than any run within them.

    >>> print(_span("a"), _span("a`b"), _span("``"))
    `a` ``a`b`` ``` `` ```
    """
    ticks = "`" * (max(map(len, re.findall("`+", words)), default=0) + 1)
    pad = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{ticks}{pad}{words}{pad}{ticks}" if words.strip() else ""
