"""What people write for a polity besides its names: other languages, other lists, codes; and what is no state at all.

Built by `tools/spellings.py`. The table is read only for words that the gazetteer does not have, and never by the
readers of documents: "Chad" in a text may be a person, while whoever asks for "Tchad" asks for a state.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from comity.model import When
from comity.sources.gazetteer import NAMING, fold, gazetteer

DATA = Path(__file__).parent.parent / "data" / "spellings.json"
_SILENT = frozenset({"the", "of", "and"})


@dataclass(frozen=True, slots=True)
class Entity:
    """Something well known that is no state here: the spelling, what it is, and the polities to ask about instead."""

    name: str
    nature: str
    see: tuple[str, ...]


def key(words: Iterable[str]) -> str:
    """Folded words without those that lists leave out, and without breaks.

    >>> key(fold("Viet Nam").split()), key(fold("Republic of The Gambia").split())
    ('vietnam', 'republicgambia')
    """
    every = list(words)
    return "".join(word for word in every if word not in _SILENT) or "".join(every)


class Spellings:
    """The table, with its indexes; `short` has what each short word may stand for."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.short: dict[str, list[str]] = table["short"]
        self._lists: dict[str, dict[str, Any]] = table["lists"]
        self._remarks: dict[str, str] = table["remarks"]
        self._heads: dict[str, dict[str, None]] = {}
        for folded, _, name in gazetteer().names():
            if name.kind in NAMING:
                self._heads.setdefault(key(folded.split()), {})[folded] = None
        self._own = frozenset(self._heads)
        for head, spellings in table["names"].items():
            for spelling in spellings:
                place = key(fold(spelling).split())
                if place not in self._own:
                    self._heads.setdefault(place, {})[head] = None
        self._entities = {
            key(fold(name).split()): Entity(name, row["is"], tuple(row["see"]))
            for row in table["entities"]
            for name in row["names"]
        }

    def heads(self, words: Iterable[str]) -> tuple[str, ...]:
        """The names, ids or numbers of the gazetteer for which folded words may stand.

        >>> spellings().heads(["allemagne"])
        ('Germany',)
        """
        return tuple(self._heads.get(key(words), ()))

    def is_name(self, words: Iterable[str]) -> bool:
        """Whether folded words are a name that the gazetteer has, but for breaks and small words.

        >>> spellings().is_name(["viet", "nam"]), spellings().is_name(["allemagne"])
        (True, False)
        """
        return key(words) in self._own

    def coded(self, code: str) -> list[tuple[str, str, When | None]]:
        """(list, id of a polity, time) of each list that has the code.

        >>> spellings().coded("ukg")
        [('Correlates of War', 'united-kingdom', None)]
        """
        return [
            (title, id, When.parse(edtf) if edtf else None)
            for title, codes in self._lists.items()
            for id, edtf in codes.get(code.upper(), ())
        ]

    def entity(self, text: str) -> Entity | None:
        """What is no state here and goes by these words.

        >>> spellings().entity("Catalunya").nature
        'is part of Spain'
        """
        return self._entities.get(key(fold(text).split()))

    def remark(self, id: str) -> str:
        """What to say of a polity that is no state, or no longer; empty for all others.

        >>> spellings().remark("puerto-rico")
        'Puerto Rico is a territory of the United States'
        """
        return self._remarks.get(id, "")


@cache
def spellings() -> Spellings:
    """The table included in comity."""
    return Spellings(json.loads(DATA.read_bytes()))
