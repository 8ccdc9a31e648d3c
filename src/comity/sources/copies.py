"""Whether a passage is copied from a source of comity, by hashes of runs of words: the source's text is not stored.

Made by `python tools/copies.py` from the prose of the sources. A run is eight words in a row, of which only the ASCII
letters and digits count, so that a page that lost its accents and apostrophes is still recognized.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files

FOLDER = "copies"
_WORDS, _BYTES = 8, 4
_LEAST, _SHARE = 3, 0.6  # runs that must be found, and the share of a passage's that they must be


@dataclass(frozen=True, slots=True)
class Copied:
    """The source of a passage, and the share of its runs of words found there, 0 to 1."""

    source: str
    share: float


def copied(text: str) -> Copied | None:
    """The source that a passage is copied from; None when there is none, or the passage is too short.

    >>> copied("A passage of our own that no source has, of which nobody could say that it is copied from one.") is None
    True
    """
    passage = set(runs(text))
    if len(passage) < _LEAST:
        return None
    shares = ((len(passage & hashes) / len(passage), source) for source, hashes in _hashes().items())
    share, source = max(shares, default=(0.0, ""))
    return Copied(source, share) if share >= _SHARE else None


def runs(text: str) -> Iterator[bytes]:
    """The hashes of its runs of words."""
    words = [word for word in (re.sub("[^a-z0-9]", "", each.lower()) for each in text.split()) if word]
    for place in range(len(words) - _WORDS + 1):
        run = " ".join(words[place : place + _WORDS])
        yield blake2b(run.encode(), digest_size=_BYTES).digest()


@cache
def _hashes() -> dict[str, frozenset[bytes]]:
    """By source, the hashes of its runs."""
    hashes = {}
    for file in sorted((files("comity") / "data" / FOLDER).iterdir(), key=lambda each: each.name):
        data = file.read_bytes()
        hashes[file.name.removesuffix(".bin")] = frozenset(data[i : i + _BYTES] for i in range(0, len(data), _BYTES))
    return hashes
