"""Who held an office after whom: a statement about a government in the present tense holds for its own time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from comity.model import Claim, Modality
from comity.relations.states import LEADER
from comity.relations.ties import VISIT
from comity.sources.gazetteer import fold

OFFICES = (VISIT.id, LEADER.id)
"""The relations by whose claims a person is met in an office."""
_IN_OFFICE = ("leader", "administration")
_TITLES = frozenset({"president", "prime", "minister", "king", "queen", "chancellor", "elect", "premier", "general"})
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
    offices = sorted(_held(claims, polity, day), key=lambda held: held[0])
    terms_of_name = [(day, each, title) for day, each, title in offices if _is_named(each, name)]
    if not terms_of_name:
        return None
    last, _, title = terms_of_name[-1]
    later = [each for day, each, office in offices if day > last and office == title and not _is_named(each, name)]
    return later[0] if later else None


def _held(claims: Iterable[Claim], polity: str, by: date) -> Iterator[tuple[date, Claim, str]]:
    """Who appears in an office of a polity by a day: when, by which claim, in which office."""
    for claim in claims:
        if claim.subject != polity or claim.when is None or claim.when.begin_latest > by:
            continue
        title = _title(claim)
        if title:
            yield claim.when.begin_latest, claim, title


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


def _is_named(claim: Claim, name: str) -> bool:
    """Whether a claim's leader bears the last name of the one named; a lost letter is no other person."""
    from rapidfuzz import fuzz

    surname = _surname(name)
    return bool(surname) and any(fuzz.ratio(surname, word) >= 85 for word in _words(_who(claim)))


def _surname(name: str) -> str:
    words = [word for word in _words(name) if word not in _TITLES]
    return words[-1] if words else ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))
