"""Marks of our own in told text, kept apart from the words of claims; and such text as Markdown or as plain text.

A mark is a character of Unicode's private use area, which stands in no name or title: so a claim's words can't pass for
a heading, a note or a tag, whatever they hold. HTML is made of the same text: present/html.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

STRONG, EMPHASIS, CODE, NOTE = "\ue000\ue001", "\ue002\ue003", "\ue004\ue005", "\ue006\ue007"
"""The marks that open and close what is strong, emphasized, code, and the number of a note."""

_MARKDOWN = {
    STRONG[0]: "**", STRONG[1]: "**", EMPHASIS[0]: "*", EMPHASIS[1]: "*",
    CODE[0]: "`", CODE[1]: "`", NOTE[0]: "[", NOTE[1]: "]",
}  # fmt: skip
_PLAIN = _MARKDOWN | {STRONG[0]: "", STRONG[1]: ""}
_CODE = re.compile(f"({CODE[0]}[^{CODE[1]}]*{CODE[1]})")
# What Markdown would take for its own: emphasis, code, links, tags and entities, where they could begin.
_TAKEN = re.compile(r"[\\`*\[<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
# Control characters, but for the tab and the new line, those that turn the direction of what stands beside them, and
# two that XML has no way to hold.
_UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


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

    >>> markdown(noted([1, 3, 1]))
    ' [1][3]'
    """
    marks = "".join(f"{NOTE[0]}{number}{NOTE[1]}" for number in dict.fromkeys(numbers))
    return f" {marks}" if marks else ""


def markdown(text: str) -> str:
    """Told text as Markdown, in which a claim's words are no Markdown.

    >>> print(markdown(f"{strong('Peru')}: the treaty of *[1]* <b>{noted([1])}"))
    **Peru**: the treaty of \\*\\[1]\\* \\<b> [1]
    """
    parts = _CODE.split(seen(text))
    escaped = (part if place % 2 else _TAKEN.sub(r"\\\g<0>", part) for place, part in enumerate(parts))
    return "".join(_MARKDOWN.get(letter, letter) for letter in "".join(escaped))


def plain(text: str) -> str:
    """Told text for a terminal or a mail, without anything that would act on it.

    >>> plain(f"{strong('Peru')}: {emphasized('A guide')}, \\x1b[31mred{noted([2])}")
    'Peru: *A guide*, [31mred [2]'
    """
    return "".join(_PLAIN.get(letter, letter) for letter in seen(text))


def seen(text: str) -> str:
    """Text without its control characters and without those that turn its direction."""
    return _UNSEEN.sub("", text)
