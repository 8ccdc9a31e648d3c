"""Extracts the text of Markdown, each character with its offset in the source."""

from __future__ import annotations

import html
import re
from array import array

# Markup, grouped by what replaces it; each alternative is bounded, so that the time is linear.
_BLOCK_END, _CHARACTER = "block", "character"
_MARKS = re.compile(
    r"\A---[ ]*\r?\n(?:[^\n]*\n){0,100}?(?:---|\.\.\.)[ ]*\r?$"  # front matter
    r"|^[ ]{0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*\n[\s\S]*?(?:^[ ]{0,3}(?P=fence)[^\n]*$|\Z)"
    r"|^[ ]{0,3}\[(?!\^)[^\[\]\n]{1,99}\]:[ ]*\S[^\n]*$"  # link targets
    r"|^[ ]{0,3}\|?[ ]*:?-+:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)*+\|?[ ]*\r?$|^[ ]{0,3}=+[ ]*\r?$"  # rules, heading underlines
    r"|^[ ]{0,3}(?:[*_][ ]*){3,}\r?$"
    rf"|(?P<{_BLOCK_END}>^[ ]*(?:[-*+]|\d{{1,3}}[.)])[ ]+|^[ ]{{0,3}}(?:\#{{1,6}}[ ]+|\[\^[^\[\]\n]{{1,99}}\]:[ ]*)|\|)"
    r"|^[ ]{0,3}>[ ]?(?:[ ]+\#+[ ]*\r?$)?|(?<![ ])[ ]+\#+[ ]*\r?$|\[\^[^\[\]\n]{1,99}\]"
    r"|!\[[^\[\]\n]{0,300}\]\([^()\n]{0,1000}\)"
    r"|\[(?=[^\[\]\n]{1,300}\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,99}\]))"
    r"|(?<=[^\[\n])\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,99}\])"
    rf"|\\(?P<escaped>[!-/:-@\[-`{{-~])|(?P<{_CHARACTER}>&(?:\#\d{{1,7}}|\#[xX][\da-fA-F]{{1,6}}|[A-Za-z][A-Za-z\d]{{1,31}});)"
    r"|\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.])[*_](?!\w)|`|</?[A-Za-z!][^<>\n]{0,1000}>",
    re.MULTILINE,
)


def markdown(text: str) -> tuple[str, array[int], dict[int, int]]:
    """Markdown without its markup but with line ends, the offset of each character, and where references end.

    >>> markdown("## *Peru* joined [them](http://x.y)[^1]")[0].strip()
    'Peru joined them'
    """
    parts: list[str] = []
    offsets = array("q")
    ends: dict[int, int] = {}
    position = 0
    for match in _MARKS.finditer(text):
        parts.append(text[position : match.start()])
        offsets.extend(range(position, match.start()))
        replacement, start = _replacement(match)
        parts.append(replacement)
        offsets.extend([start] * len(replacement))
        if match[_CHARACTER]:
            ends[start] = match.end()
        position = match.end()
    parts.append(text[position:])
    offsets.extend(range(position, len(text)))
    return "".join(parts), offsets, ends


def _replacement(match: re.Match[str]) -> tuple[str, int]:
    """The replacement of markup and its offset: nothing, a block end, or a character."""
    if match[_BLOCK_END]:
        return "\n\n", match.start()
    if match["escaped"]:
        return match["escaped"], match.start("escaped")
    return (html.unescape(match[_CHARACTER]), match.start()) if match[_CHARACTER] else ("", match.start())
