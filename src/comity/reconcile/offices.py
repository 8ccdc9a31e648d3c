"""Who held an office after whom: a statement about a government in the present tense holds for its own time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from comity.model import Claim, Modality
from comity.relations.states import LEADER
from comity.relations.ties import VISIT
from comity.sources.gazetteer import fold

OFFICES = (VISIT.id, LEADER.id)
"""The relations by whose claims a person is met in an office."""
_IN_OFFICE = ("leader", "administration")
_TITLES = frozenset({"president", "prime", "minister", "king", "queen", "chancellor", "elect", "premier", "general"})
_ALIKE = 85.0  # of 100: two spellings of one surname
_PRESENT = re.compile(
    r"\b(?:is|are|remains?|enjoys?|continues?|currently|cooperates?|works?|supports?|provides?|maintains?)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|did)\b", re.IGNORECASE)


def is_present(claim: Claim) -> bool:
    """Whether a claim is stated as so when it is read: in the present tense, with no date."""
    words = claim.quote or ""
    undated = claim.when is None and claim.modality is Modality.ASSERTED
    return undated and _PRESENT.search(words) is not None and _PAST.search(words) is None


def in_office(claim: Claim) -> Iterator[str]:
    """The leaders under whom a claim places its statement."""
    yield from (participant.name for participant in claim.participants if participant.role in _IN_OFFICE)


def later_holder(claims: Iterable[Claim], polity: str, name: str, day: date) -> Claim | None:
    """The first known holder of an office after the last time that the named person appears in it, by a day.

    `claims` are claims of `OFFICES` about the polity.
    """
    return Holders(claims, polity, day).later(name)


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who is met in an office: when, by which claim, in which office, and the words of the name."""

    day: date
    claim: Claim
    title: str
    words: frozenset[str]


class Holders:
    """Who appears in an office of a polity by a day, for whoever asks of many names."""

    def __init__(self, claims: Iterable[Claim], polity: str, day: date) -> None:
        self._holders = sorted(_held(claims, polity, day), key=lambda holder: holder.day)
        self._words = frozenset(word for holder in self._holders for word in holder.words)
        self._later: dict[str, Claim | None] = {}

    def later(self, name: str) -> Claim | None:
        """The first to hold an office after the last time that the named one is met in it."""
        surname = _surname(name)
        if surname not in self._later:
            self._later[surname] = self._after(surname)
        return self._later[surname]

    def _after(self, surname: str) -> Claim | None:
        """A holder bears the name when one of the words is the surname; a lost letter is no other person."""
        from rapidfuzz import fuzz

        alike = {word for word in self._words if fuzz.ratio(surname, word) >= _ALIKE} if surname else set()
        bearers = [holder for holder in self._holders if not alike.isdisjoint(holder.words)] if alike else []
        if not bearers:
            return None
        last = bearers[-1]
        later = (
            holder.claim
            for holder in self._holders
            if holder.day > last.day and holder.title == last.title and alike.isdisjoint(holder.words)
        )
        return next(later, None)


def _held(claims: Iterable[Claim], polity: str, by: date) -> Iterator[_Holder]:
    """Who appears in an office of a polity by a day."""
    for claim in claims:
        if claim.subject != polity or claim.when is None or claim.when.begin_latest > by:
            continue
        title = _title(claim)
        if title:
            yield _Holder(claim.when.begin_latest, claim, title, frozenset(_words(_who(claim))))


def _title(claim: Claim) -> str:
    """The office that a claim names: its leader's title, or its kind."""
    words = _words(_who(claim))
    titles = [word for word in words if word in _TITLES]
    if "elect" in titles:
        return ""
    return " ".join(titles) or (claim.kind or "" if claim.relation == LEADER.id else "")


def _who(claim: Claim) -> str:
    leader = claim.participant("leader")
    return leader.name if leader else (claim.label or "")


def _surname(name: str) -> str:
    words = [word for word in _words(name) if word not in _TITLES]
    return words[-1] if words else ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))
