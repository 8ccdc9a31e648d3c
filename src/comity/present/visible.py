"""Text that is safe to print: without characters that are invisible or that control the program that displays them."""

from __future__ import annotations

import json
import re
from typing import Any

UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f"  # control characters, except the tab and the new line
    "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"  # changes the direction of its neighbours
    "\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # hides words from a person but not from a program
    "\ud800-\udfff\ufffe\uffff]"  # not encodable in UTF-8 or XML
)
"""A character that is invisible, or that controls the program that displays it."""


def seen(text: str) -> str:
    """Text without invisible characters: control characters, and those that change its direction or hide words.

    >>> seen("a\\x1b[31mb\\r\\n\\u202ec")
    'a[31mb\\nc'
    """
    return UNSEEN.sub("", "\n".join(text.splitlines()))


def one_line(text: str) -> str:
    """Visible text on one line, so that no claim can begin a line of its own."""
    return seen(text).replace("\n", " ")


def blanked(text: str) -> str:
    """Text with a blank for each unprintable character, so that the others keep their offsets.

    >>> blanked("a\\x1b[31m\\tb\\u202e")
    'a [31m b '
    """
    return "".join(letter if letter.isprintable() else " " for letter in text)


def dumps(value: Any, indent: int | None = 2, separators: tuple[str, str] | None = None) -> str:
    """Readable JSON in Unicode, of built-in types and shapes; invisible characters are escaped.

    >>> print(dumps({"name": "Perú \\x9b31m"}, None))
    {"name": "Perú \\u009b31m"}
    """
    text = json.dumps(
        value, ensure_ascii=False, indent=indent, separators=separators, default=lambda shape: shape.as_json()
    )
    return UNSEEN.sub(lambda letter: json.dumps(letter[0])[1:-1], text)
