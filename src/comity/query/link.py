"""What words may mean: polities, or persons, agreements and wars of a ledger, each with its weight."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from comity.ledger import View
from comity.model import Claim, When
from comity.reconcile.bearers import refuse_long
from comity.reconcile.candidates import Candidate
from comity.reconcile.linking import agreements, is_title, polities, wars
from comity.reconcile.persons import persons
from comity.relations import strife
from comity.relations.agreements import AGREEMENT_SIGNED, NEGOTIATION
from comity.relations.missions import ENVOY_RECEIVED
from comity.relations.states import LEADER

POLITY, PERSON, AGREEMENT, WAR = "polity", "person", "agreement", "war"
KINDS = (POLITY, PERSON, AGREEMENT, WAR)

_DATED = re.compile(r"(?P<words>.*\w)\W+(?P<day>[0-9]{4}(?:-[0-9]{2}){0,2})")


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that the words may mean, and its kind; the weights of one kind are shares of 1."""

    kind: str
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Linked:
    """Words, the day that they are of, and what they may mean, the likest first; `more` are left out."""

    words: str
    on: When | None
    links: tuple[Link, ...]
    more: int


def linked(view: View, text: str, on: When | None = None, kind: str | None = None, limit: int = 10) -> Linked:
    """What words may mean on a day, of one of `KINDS`; else polities, and where none goes by the words, the others.

    A day, month or year that ends the words is theirs, unless one is given: "Prussia 1866". Without any, polities are
    those of today. Raises `BadDate` for digits at the end that are no date, `UnknownPolity` for too many characters.

    >>> from comity.ledger.open import embedded
    >>> found = linked(View(embedded()), "Korea 1970")
    >>> [(link.kind, link.candidate.meant, link.candidate.weight) for link in found.links]
    [('polity', 'korea-north', 0.5), ('polity', 'korea-south', 0.5)]
    """
    refuse_long(text)
    words, day = (text.strip(), on) if on else _dated(text.strip())
    links = _of(kind or POLITY, view, words, day)
    if not links and kind is None:
        rest = [AGREEMENT, WAR] if is_title(words) else [PERSON, AGREEMENT, WAR]
        links = [link for each in rest for link in _of(each, view, words, day)]
        links.sort(key=lambda link: -link.candidate.weight)
    return Linked(words, day, tuple(links[:limit]), len(links[limit:]))


def _dated(text: str) -> tuple[str, When | None]:
    match = _DATED.fullmatch(text)
    return (match["words"], When.parse(match["day"])) if match else (text, None)


def _of(kind: str, view: View, words: str, on: When | None) -> list[Link]:
    if kind == POLITY:
        candidates = polities(words, on)
    else:
        link, terms = _LINKERS[kind]
        candidates = link([claim for term in terms for claim in view.page(view.count(), relation=term)], words, on)
    return [Link(kind, candidate) for candidate in candidates]


_Linker = Callable[[list[Claim], str, When | None], tuple[Candidate, ...]]
_LINKERS: dict[str, tuple[_Linker, tuple[str, ...]]] = {
    PERSON: (lambda claims, words, on: persons(words, on, claims), (LEADER.id, ENVOY_RECEIVED.topic)),
    AGREEMENT: (agreements, (AGREEMENT_SIGNED.topic, NEGOTIATION.id)),
    WAR: (wars, (strife.WAR.id,)),
}
