"""Rule-based sentence splitting, never inside "U.S.", "St. Petersburg", "James B. Thornton" or "Jr."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.reading.lexicon.words import table

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?:(?=\s+[\"'“‘«(\[]*[A-Z0-9ÀÁÂÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜÝŠŽÐÞ])|\s*$)")
_ABBREVIATIONS = table("sentences")["abbreviations"]
_ENDING = table("sentences")["ending"]
_STARTERS = table("sentences")["starters"]
_OPEN = re.compile(r"[,;–—-]$|\b(?:the|of|and|in)$")
_WRAPPED = 45  # characters: a line of at least this length that does not end a sentence continues in the next
_LONGEST = 2500  # characters: longer text without a sentence end is not a sentence, and is cut at a space


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each sentence, without the space between them.

    >>> text = "The U.S. Minister, James B. Thornton, Jr., left Lima. He never returned to the U.S. The post closed."
    >>> [text[start:end][:7] for start, end in sentences(text)]
    ['The U.S', 'He neve', 'The pos']
    """
    start = 0
    for match in _END.finditer(text):
        if _ends(text, match):
            yield from _pieces(text, start, match.end())
            start = match.end()
    yield from _pieces(text, start, len(text))


def goes_on(line: str, following: str) -> bool:
    """Whether a sentence continues from a line in the next.

    >>> goes_on("Peru joined", "the Confederation."), goes_on("History", "Peru joined in 1836.")
    (True, False)
    """
    if not line or not following:
        return False
    if following[:1].islower():
        return True
    return len(line) >= _WRAPPED or (len(following) >= _WRAPPED and bool(_OPEN.search(line)))


def _ends(text: str, match: re.Match[str]) -> bool:
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    word = re.search(r"[\w.’'-]{0,20}$", text[max(0, match.start() - 20) : match.start()])
    before = (word.group() if word else "").lower().strip("’'-").rpartition("-")[2]
    following = re.match(r"\s+[\"'“‘«(\[]*([\w’']+)", text[match.end() : match.end() + 40])
    starts = following is not None and following[1] in _STARTERS
    if before in _ENDING:
        return starts or following is None
    if before in _ABBREVIATIONS:
        return following is None
    initial = re.search(r"(?:^|[\s.(“\"])([A-Z])$", text[max(0, match.start() - 3) : match.start()])
    return following is None or initial is None or (starts and before not in ("a", "i") and following[1] not in ("A",))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without surrounding space, in pieces of at most the longest sentence."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        stop = text.rfind(" ", start, start + _LONGEST)
        stop = stop if stop > start else start + _LONGEST
        yield start, stop
        start = stop + (text[stop : stop + 1] == " ")
    if end > start:
        yield start, end
