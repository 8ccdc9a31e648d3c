"""Agencies by full name and by the abbreviation a document introduces: "the U.S. Agency for … (USAID)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from comity.reading.lexicon.words import table

_CAPITAL = r"(?:U\.S\.|U\.K\.|U\.N\.|[A-Z][\w’'-]{0,40}(?<![’']s))"
_PHRASE = rf"{_CAPITAL}(?: (?:(?:(?:of|for|on|against)(?: the)?|and) )?{_CAPITAL}){{0,30}}"
_NAME = re.compile(rf"(?:(?P<over>{_PHRASE})['’]s )?(?P<name>{_PHRASE})(?: \((?P<short>[A-Z][A-Za-z]*[A-Z])\))?")
_LEADING = re.compile(r"^(?:The|In|This|Both|And|When|While|After) ")
_SHORT = re.compile(r"\b[A-Z][A-Za-z]*[A-Z]\b")


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency named at characters `start` to `end` of a sentence: as written, in full, and its polity if known."""

    start: int
    end: int
    text: str
    name: str
    polity: str | None = None


def named_agencies(text: str, known: dict[str, str]) -> list[Agency]:
    """The agencies that a sentence names, in order; the abbreviations it introduces are added to `known`.

    >>> known = {}
    >>> [agency.name for agency in named_agencies("It is run by the Bureau of Mines and Works (BMW).", known)], known
    (['Bureau of Mines and Works (BMW)'], {'BMW': 'Bureau of Mines and Works (BMW)'})
    """
    agencies = list(_full(text, known)) if _hint().search(text) is not None else []
    if known:
        spans = [(agency.start, agency.end) for agency in agencies]
        for match in _SHORT.finditer(text):
            if match.group() in known and not any(first <= match.start() < last for first, last in spans):
                name = known[match.group()]
                agencies.append(Agency(match.start(), match.end(), match.group(), name, _polity_of(name)))
    return sorted(agencies, key=lambda agency: agency.start)


def _full(text: str, known: dict[str, str]) -> Iterator[Agency]:
    """Agencies by full name: a name with a word such as "Bureau", or one that is known worldwide."""
    for match in _NAME.finditer(text):
        for start, end in _parts(text, *match.span("name")):
            last = end == match.end("name")
            name = text[start:end]
            whole = f"{match['over']}'s {name}" if match["over"] and start == match.start("name") else name
            if not (_nouns() & set(name.split()) or name in _well_known()):
                continue
            whole = known.get(whole, whole)
            if last and match["short"]:
                whole = f"{whole} ({match['short']})"
                known[match["short"]] = whole
            first = match.start("over") if whole.startswith(f"{match['over']}'s") else start
            stop = match.end() if last else end
            yield Agency(first, stop, text[first:stop], whole, _polity_of(whole))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names in a phrase, without the word that begins a sentence and divided at an "and" between two agencies."""
    leading = _LEADING.match(text[start:end])
    start += leading.end() if leading else 0
    for joint in re.finditer(r" and (?:the )?", text[start:end]):
        sides = text[start : start + joint.start()], text[start + joint.end() : end]
        if all(_nouns() & set(side.split()) or side in _well_known() for side in sides):
            yield start, start + joint.start()
            yield from _parts(text, start + joint.end(), end)
            return
    yield start, end


def _polity_of(name: str) -> str | None:
    """The polity of a well-known agency; None for an international or unknown one."""
    agency = next((word for word in _well_known() if re.search(rf"\b{re.escape(word)}\b", name)), None)
    polity = _well_known()[agency] if agency else None
    return None if polity == "world" else polity


@cache
def _well_known() -> dict[str, str]:
    """Names of well-known agencies, the longest first, each with its polity."""
    pairs = [(name, polity) for polity, names in table("agencies").items() if polity != "nouns" for name in names]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _nouns() -> frozenset[str]:
    return table("agencies")["nouns"]


@cache
def _hint() -> re.Pattern[str]:
    words = sorted({*_nouns(), *_well_known()}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
