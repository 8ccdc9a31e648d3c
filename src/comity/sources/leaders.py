"""Who led which polity, and about when: names of heads of state and government, from CC0 sources.

Made by `python tools/leaders.py`. The years are those in which a source has them in office, so they may be only a part
of their terms.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from comity.sources.gazetteer import fold

DATA = Path(__file__).parent.parent / "data" / "leaders.json"
_COMMON_PARTS = frozenset({"ii", "iii", "iv", "v", "vi", "jr", "sr", "bin", "ibn", "al", "de", "la", "del", "da"})


@dataclass(frozen=True, slots=True)
class Leader:
    """A person who led a polity, at least in these years."""

    polity: str
    name: str
    first: int
    last: int

    def bears(self, name: str) -> bool:
        """Whether each word of a name, or its initial, is in the leader's; a single-word leader matches that word."""
        words, known = fold(name).split(), fold(self.name).split()
        if len(known) == 1:
            return known[0] in words
        return all(word in known or (len(word) == 1 and any(k[0] == word for k in known)) for word in words)


@cache
def leaders() -> tuple[Leader, ...]:
    """Every leader in comity's list."""
    table = json.loads(DATA.read_text(encoding="utf-8"))
    return tuple(Leader(polity, *row) for polity, rows in table.items() for row in rows)


def bearing(name: str) -> tuple[Leader, ...]:
    """The leaders whom a name may mean: those with every word of it, else those with the same last word.

    >>> {leader.polity for leader in bearing("Fujimori")}, [leader.name for leader in bearing("Theodore Roosevelt")]
    ({'peru'}, ['Theodore Roosevelt'])
    >>> [leader.name for leader in bearing("Bill Clinton")]
    ['William J. Clinton']
    """
    words = fold(name).split()
    candidates = _by_word().get(words[-1], ()) if words else ()
    return tuple(leader for leader in candidates if leader.bears(name)) or tuple(
        leader for leader in candidates if fold(leader.name).split()[-1] == words[-1]
    )


@cache
def _by_word() -> dict[str, tuple[Leader, ...]]:
    index: dict[str, list[Leader]] = defaultdict(list)
    for leader in leaders():
        for word in dict.fromkeys(fold(leader.name).split()):
            if word not in _COMMON_PARTS and len(word) > 1:
                index[word].append(leader)
    return {word: tuple(bearers) for word, bearers in index.items()}
