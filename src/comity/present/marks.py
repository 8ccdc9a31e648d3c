"""Marks of our own in told text, kept apart from the words of claims; and such text as Markdown or as plain text.

A mark holds letters that are drawn at random when the process begins. No source can know them: so a claim's words can't
pass for a heading, a note or a tag, whatever they hold. HTML is made of the same text: present/html.py.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping

_DRAWN = os.urandom(8).hex()
STRONG, EMPHASIS, CODE, NOTE = ((f"\ue000{_DRAWN}{one}\ue001", f"\ue000{_DRAWN}/{one}\ue001") for one in "secn")
"""The marks that open and close what is strong, emphasized, code, and the number of a note."""
NUMBER = re.compile(f"{NOTE[0]}(\\d+){NOTE[1]}")
"""The number of a note between its marks."""

_MARKDOWN = {
    STRONG[0]: "**", STRONG[1]: "**", EMPHASIS[0]: "*", EMPHASIS[1]: "*", NOTE[0]: "[", NOTE[1]: "]",
}  # fmt: skip
_PLAIN = _MARKDOWN | {STRONG[0]: "", STRONG[1]: "", CODE[0]: "`", CODE[1]: "`"}
# What Markdown would take for its own where it could begin: emphasis, code, links, tags and entities; and, first in a
# block, a heading, a quotation, an item of a list.
_TAKEN = re.compile(r"[\\`*\[<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|^[#>+-]")
_COUNTED = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")
UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but for the tab and the new line
    "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"  # what turns the direction of its neighbours
    "\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # what hides words from a person and not from a program
    "\ud800-\udfff\ufffe\uffff]"  # what UTF-8 or XML can't hold
)
"""A character that is not seen, or that acts on what shows it."""


def strong(text: str) -> str:
    """Text that stands out."""
    return f"{STRONG[0]}{text}{STRONG[1]}"


def emphasized(text: str) -> str:
    """A title within text."""
    return f"{EMPHASIS[0]}{text}{EMPHASIS[1]}"


def code(text: str) -> str:
    """An id or a place in a file, letter by letter."""
    return f"{CODE[0]}{text}{CODE[1]}"


def noted(numbers: Iterable[int]) -> str:
    """The numbers of notes, each once, with a space before them; empty for none.

    >>> plain(noted([1, 3, 1]))
    ' [1][3]'
    """
    marks = "".join(f"{NOTE[0]}{number}{NOTE[1]}" for number in dict.fromkeys(numbers))
    return f" {marks}" if marks else ""


def numbers(text: str) -> list[int]:
    """The numbers of the notes that stand in told text.

    >>> numbers(f"Peru recognized Chile.{noted([1, 3])} [2]")
    [1, 3]
    """
    return [int(number) for number in NUMBER.findall(text)]


def markdown(text: str) -> str:
    """Told text as a line of Markdown that may begin a block, in which a claim's words are no Markdown.

    >>> print(markdown(f"{strong('Peru')}: the treaty of *[1]* <b>{noted([1])}"))
    **Peru**: the treaty of \\*\\[1]\\* \\<b> [1]
    """
    first, *rest = _line(text).strip().split(CODE[0])
    shown = [_escaped(first)]
    for part in rest:
        inside, _, after = part.partition(CODE[1])
        shown += [_span(inside), _escaped(after)]
    return replaced("".join(shown), _MARKDOWN)


def plain(text: str) -> str:
    """Told text as a line for a terminal or a mail, without anything that would act on it.

    >>> plain(f"{strong('Peru')}: {emphasized('A guide')}, \\x1b[31mred{noted([2])}")
    'Peru: *A guide*, [31mred [2]'
    """
    return replaced(_line(text), _PLAIN)


def seen(text: str) -> str:
    """Text without what is not seen: control characters, and those that turn its direction or hide words.

    >>> seen("a\\x1b[31mb\\r\\n\\u202ec")
    'a[31mb\\nc'
    """
    return UNSEEN.sub("", "\n".join(text.splitlines()))


def blanked(text: str) -> str:
    """Text with a blank for each character that can't be shown, so that every other keeps its place.

    >>> blanked("a\\x1b[31m\\tb\\u202e")
    'a [31m b '
    """
    return "".join(letter if letter.isprintable() else " " for letter in text)


def replaced(text: str, tags: Mapping[str, str]) -> str:
    """Text with tags in place of marks."""
    for mark, tag in tags.items():
        text = text.replace(mark, tag)
    return text


def _line(text: str) -> str:
    """Text that is seen, on one line: a line of ours is no claim's to begin."""
    return seen(text).replace("\n", " ")


def _escaped(text: str) -> str:
    return _COUNTED.sub(r"\1\\", _TAKEN.sub(r"\\\g<0>", text))


def _span(words: str) -> str:
    """Words as a span of code, which more backticks open and close than stand together in them.

    >>> print(_span("a"), _span("a`b"), _span("``"))
    `a` ``a`b`` ``` `` ```
    """
    ticks = "`" * (max(map(len, re.findall("`+", words)), default=0) + 1)
    pad = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{ticks}{pad}{words}{pad}{ticks}" if words.strip() else ""
