"""The plain name behind what a list writes: "Korea, Republic of", "Iran (Islamic Rep. of)", "S. Sudan".

Lists turn names round to sort them, put the rest in brackets and shorten words, each in its own way. Likeness would
undo this, and would read "Korea, Dem. Rep." as the Korean Empire as well. So nothing here is alike: each form is turned
back and its short words are written out in every way that they may stand for, and the outcome must be a name, letter
by letter. A short word that may be two others ("N." is North and New) is tried as both; at most one is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from math import prod

from comity.sources.gazetteer import fold
from comity.sources.spellings import spellings

_MOST = 96  # ways to write a name out: "St. Vin. and Gren." has 6
_DOT = re.compile(r"\.(?=\w)")
_PARTS = re.compile(r"[,;:()\[\]/]")
_KINDS = frozenset(
    {"republic", "democratic", "peoples", "islamic", "arab", "federal", "federated", "socialist", "kingdom", "state"}
    | {"north", "south", "east", "west", "northern", "southern", "eastern", "western"}
)
_FORMER = frozenset({"former", "formerly", "fmr", "ex"})


def forms(text: str) -> list[tuple[str, ...]]:
    """The folded words of each plain name that a written one may stand for, the likeliest first.

    >>> [" ".join(words) for words in forms("Korea, Rep. of")]
    ['korea rep of', 'korea republic of', 'rep of korea', 'republic of korea']
    """
    plain = [
        words
        for written in (text, _DOT.sub(". ", text))
        for ordered in _orders([fold(part).split() for part in _PARTS.split(written)])
        for words in _written_out(ordered)
    ]
    return sorted(dict.fromkeys(plain), key=_letters)


def _orders(parts: list[list[str]]) -> Iterator[list[str]]:
    """The words as they stand, the last part first, the kind of state first, and without "former"."""
    parts = [part for part in parts if part]
    words = [word for part in parts for word in part]
    yield words
    if len(parts) > 1:
        yield [*parts[-1], *(word for part in parts[:-1] for word in part)]
    last = len(words)
    while last and _KINDS.intersection(" ".join(_ways(words[last - 1])).split()):
        last -= 1
    if 0 < last < len(words):
        yield [*words[last:], *words[:last]]
    if _FORMER & set(words):
        yield [word for word in words if word not in _FORMER]


def _written_out(words: list[str]) -> Iterator[tuple[str, ...]]:
    """The words, and all ways to write the short ones out; one alone is no name, however it is written out."""
    if len(words) == 1:
        yield tuple(words)
        return
    ways = [_ways(word) for word in words]
    if prod(map(len, ways)) > _MOST:
        ways = [way[:2] for way in ways[:6]] + [way[:1] for way in ways[6:]]
    for choice in product(*ways):
        yield tuple(" ".join(choice).split())


def _letters(words: tuple[str, ...]) -> int:
    """How many single letters are left."""
    return sum(len(word) == 1 for word in words)


def _ways(word: str) -> tuple[str, ...]:
    """A word, and what it may be short for; a letter last as it stands, or "Korea, N." would be "Korean"."""
    full = spellings().short.get(word, ())
    return (*full, word) if len(word) == 1 else (word, *full)
