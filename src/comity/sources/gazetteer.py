"""The polities that comity knows: by id, by the codes of other schemes, and by their names in time."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from comity.errors import UnknownPolity
from comity.model import Certainty, Code, Name, Polity, When

DATA = Path(__file__).parent.parent / "data" / "polities.json"
NAMING = frozenset({"short", "long", "alias", "demonym"})
SEAT = frozenset({"capital"})
_LOST = re.compile(r"[’'ʻ.`´]")
_BREAKS = re.compile(r"[\W_]+")
# letters that Unicode does not decompose into plain ones
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """A name without what people omit or vary: case, accents, punctuation, a leading "the".

    >>> fold("The U.S."), fold("Côte d’Ivoire"), fold("Peru–Bolivia"), fold("Trinidad & Tobago")
    ('us', 'cote divoire', 'peru bolivia', 'trinidad and tobago')
    """
    folded = _LOST.sub("", text).casefold()
    if not folded.isascii():
        plain = unicodedata.normalize("NFKD", folded).casefold().translate(_PLAIN)
        folded = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    words = _BREAKS.sub(" ", folded.replace("&", " and ")).strip()
    return words.removeprefix("the ")


class Gazetteer:
    """Looks up polities by id, code or name; polities and indexes are built on first use."""

    def __init__(self, rows: Iterable[dict[str, Any]], homonyms: Mapping[str, str] | None = None) -> None:
        self._rows = {row["id"]: row for row in rows}
        self._homonyms = {fold(name): meaning for name, meaning in (homonyms or {}).items()}
        self._built: dict[str, Polity] = {}

    def __iter__(self) -> Iterator[Polity]:
        return (self.polity(id) for id in self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, id: object) -> bool:
        return id in self._rows

    def polity(self, id: str) -> Polity:
        """The polity with an id.

        Raises `UnknownPolity` when there is none.

        >>> gazetteer().polity("peru").name
        'Peru'
        """
        if id not in self._built:
            if id not in self._rows:
                raise UnknownPolity(
                    f'no polity has the id "{id}"', offender=id, hint=f"comity polities --like {id}   lists ids"
                )
            self._built[id] = _polity(self._rows[id])
        return self._built[id]

    def of(self, scheme: str, value: str, when: When | None = None) -> tuple[Polity, ...]:
        """The polities that a scheme's code means, limited to those whose time may overlap `when`.

        The first is the one whose id equals the code; then come the certain ones before the possible, and later before
        earlier. The scheme `hsg-pocom` falls back to `hsg`, and both to `gsh`, whose ids their files also use.

        >>> [polity.id for polity in gazetteer().of("hsg", "germany", When.parse("1960"))]
        ['west-germany']
        """
        schemes = dict.fromkeys((scheme, *(["hsg", "gsh"] if scheme.startswith("hsg") else [])))
        bearers = next((self._codes[key, value] for key in schemes if (key, value) in self._codes), ())
        if len(bearers) == 1 and (when is None or bearers[0][1] is None):
            return (self.polity(bearers[0][0]),)
        overlaps = [(id, _overlap(span, when)) for id, span in bearers]
        sure = [id for id, overlap in overlaps if overlap is Certainty.YES]
        perhaps = [id for id, overlap in overlaps if overlap is Certainty.POSSIBLY]
        ids = dict.fromkeys(sorted([*sure, *perhaps], key=lambda id: id != value))
        return tuple(self.polity(id) for id in ids)

    def named(self, text: str, when: When | None = None, kinds: frozenset[str] = NAMING) -> tuple[Polity, ...]:
        """The polities with a name of these kinds, limited to those that may have had it at `when`.

        Names match exactly after `fold`. A capital stands for its state if `kinds` contains "capital".

        >>> [polity.id for polity in gazetteer().named("the Republic of Peru")]
        ['peru']
        """
        polities = [
            polity
            for polity, name in self.bearers(text)
            if name.kind in kinds and _overlap(name.when, when) is not Certainty.NO
        ]
        return tuple(dict.fromkeys(polities))

    def bearers(self, text: str) -> tuple[tuple[Polity, Name], ...]:
        """Every polity that ever had a name, each with its own form of that name."""
        rows = self._names.get(fold(text), ())
        return tuple((self.polity(id), Name(name, kind, _when(edtf))) for id, kind, name, edtf in rows)

    def homonym(self, text: str) -> str | None:
        """A remark on what a name may mean besides polities, for a person.

        >>> gazetteer().homonym("Georgia")
        'the state of the United States called Georgia is no polity here'
        """
        return self._homonyms.get(fold(text))

    def coded(self, value: str) -> tuple[tuple[Polity, Code], ...]:
        """Every polity with this code in any scheme, ignoring case."""
        matches = [(self.polity(id), Code(scheme, code, span)) for scheme, code, id, span in self._values(value)]
        return tuple(matches)

    def names(self) -> Iterator[tuple[str, str, Name]]:
        """Every name as (folded, id of the polity, name), in the order of ids: the names to find in a text."""
        for folded, rows in self._names.items():
            for id, kind, name, edtf in rows:
                yield folded, id, Name(name, kind, _when(edtf))

    def _values(self, value: str) -> Iterator[tuple[str, str, str, When | None]]:
        for (scheme, code), bearers in self._codes.items():
            if code.casefold() == value.casefold():
                for id, span in bearers:
                    yield scheme, code, id, span

    @cached_property
    def _codes(self) -> dict[tuple[str, str], tuple[tuple[str, When | None], ...]]:
        index: dict[tuple[str, str], list[tuple[str, When | None]]] = defaultdict(list)
        for id, row in self._rows.items():
            for scheme, value, edtf in _triples(row["codes"]):
                index[scheme, value].append((id, _when(edtf)))
        return {key: tuple(sorted(bearers, key=_latest_first)) for key, bearers in index.items()}

    @cached_property
    def _names(self) -> dict[str, list[tuple[str, str, str, str | None]]]:
        index: dict[str, list[tuple[str, str, str, str | None]]] = defaultdict(list)
        for id, row in self._rows.items():
            for kind, name, edtf in _triples(row["names"]):
                index[fold(name)].append((id, kind, name, edtf))
        return dict(index)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer included in comity, built by `comity.sources.crosswalk`."""
    data = json.loads(DATA.read_bytes())
    return Gazetteer(data["polities"], data["homonyms"])


def _polity(row: dict[str, Any]) -> Polity:
    return Polity(
        id=row["id"],
        name=row["name"],
        lifespans=tuple(When.parse(span) for span in row["lifespans"]),
        names=tuple(Name(text, kind, _when(edtf)) for kind, text, edtf in _triples(row["names"])),
        predecessors=tuple(row["predecessors"]),
        successors=tuple(row["successors"]),
        codes=tuple(Code(scheme, value, _when(edtf)) for scheme, value, edtf in _triples(row["codes"])),
        note=row["note"],
    )


def _triples(grouped: dict[str, list[Any]]) -> Iterator[tuple[str, str, str | None]]:
    """Names by kind, or codes by scheme; each is a text, or a text with its time."""
    for group, members in grouped.items():
        for item in members:
            yield (group, item, None) if isinstance(item, str) else (group, item[0], item[1])


def _when(edtf: str | None) -> When | None:
    return None if edtf is None else When.parse(edtf)


def _overlap(span: When | None, when: When | None) -> Certainty:
    return Certainty.YES if span is None or when is None else span.overlaps(when)


def _latest_first(pair: tuple[str, When | None]) -> tuple[int, str]:
    id, span = pair
    return (-(span.latest if span else date.max).toordinal(), id)
