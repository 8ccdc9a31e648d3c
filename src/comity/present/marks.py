"""Marks of formatting in generated text, distinct from the words of claims; and such text as Markdown or plain text.

Text from a source must never be taken for formatting: a claim could contain Markdown, HTML or a note's number. Escaping
it at the end is too late, since by then our formatting and its words are one text. So our formatting is written with
marks that contain random letters, drawn when the process starts, which no source can know. Each output form then
escapes everything else and replaces the marks with its own tags. HTML is made from the same text: present/html.py.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping

from comity.present.visible import one_line

_DRAWN = os.urandom(8).hex()
STRONG, EMPHASIS, CODE, NOTE = ((f"\ue000{_DRAWN}{one}\ue001", f"\ue000{_DRAWN}/{one}\ue001") for one in "secn")
"""The opening and closing marks of strong text, emphasis, code and the number of a note."""
NUMBER = re.compile(f"{NOTE[0]}(\\d+){NOTE[1]}")
"""The number of a note between its marks."""

_MARKDOWN = {
    STRONG[0]: "**", STRONG[1]: "**", EMPHASIS[0]: "*", EMPHASIS[1]: "*", NOTE[0]: "[", NOTE[1]: "]",
}  # fmt: skip
_PLAIN = _MARKDOWN | {STRONG[0]: "", STRONG[1]: "", CODE[0]: "`", CODE[1]: "`"}
# What Markdown would interpret: the beginning of emphasis, code, a link, a tag or an entity; and, at the beginning of a
# block, a heading, a quotation or a list item.
_SYNTAX = re.compile(r"[\\`*\[<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|^[#>+-]")
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")


def strong(text: str) -> str:
    """Text with the marks of strong text."""
    return f"{STRONG[0]}{text}{STRONG[1]}"


def emphasized(text: str) -> str:
    """Text with the marks of emphasis, such as a title."""
    return f"{EMPHASIS[0]}{text}{EMPHASIS[1]}"


def code(text: str) -> str:
    """Text with the marks of code: an id, or a place in a file."""
    return f"{CODE[0]}{text}{CODE[1]}"


def noted(numbers: Iterable[int]) -> str:
    """The numbers of notes, each once, after a space; empty for none.

    >>> plain(noted([1, 3, 1]))
    ' [1][3]'
    """
    marks = "".join(f"{NOTE[0]}{number}{NOTE[1]}" for number in dict.fromkeys(numbers))
    return f" {marks}" if marks else ""


def numbers(text: str) -> list[int]:
    """The numbers of the notes cited in marked text.

    >>> numbers(f"Peru recognized Chile.{noted([1, 3])} [2]")
    [1, 3]
    """
    return [int(number) for number in NUMBER.findall(text)]


def markdown(text: str) -> str:
    """Marked text as a line of Markdown that may begin a block; the words of claims are escaped.

    >>> print(markdown(f"{strong('Peru')}: the treaty of *[1]* <b>{noted([1])}"))
    **Peru**: the treaty of \\*\\[1]\\* \\<b> [1]
    """
    first, *rest = one_line(text).strip().split(CODE[0])
    pieces = [_escaped(first)]
    for part in rest:
        code, _, after = part.partition(CODE[1])
        pieces += [_span(code), _escaped(after)]
    return replaced("".join(pieces), _MARKDOWN)


def plain(text: str) -> str:
    """Marked text as a line for a terminal or a mail, without control characters.

    >>> plain(f"{strong('Peru')}: {emphasized('A guide')}, \\x1b[31mred{noted([2])}")
    'Peru: *A guide*, [31mred [2]'
    """
    return replaced(one_line(text), _PLAIN)


def replaced(text: str, tags: Mapping[str, str]) -> str:
    """Text with tags in place of marks."""
    for mark, tag in tags.items():
        text = text.replace(mark, tag)
    return text


def _escaped(text: str) -> str:
    return _NUMBERED.sub(r"\1\\", _SYNTAX.sub(r"\\\g<0>", text))


def _span(words: str) -> str:
    """Words as a code span, delimited by more backticks than any run within them.

    >>> print(_span("a"), _span("a`b"), _span("``"))
    `a` ``a`b`` ``` `` ```
    """
    ticks = "`" * (max(map(len, re.findall("`+", words)), default=0) + 1)
    pad = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{ticks}{pad}{words}{pad}{ticks}" if words.strip() else ""
