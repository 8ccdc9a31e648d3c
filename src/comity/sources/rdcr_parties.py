"""Whom a head of history.state.gov's guide means: the polities that it names, and who does it to whom."""

from __future__ import annotations

import re

from comity.model import Certainty, When
from comity.sources.gazetteer import fold as plain
from comity.sources.gazetteer import gazetteer

US = "united-states"
_NAMES = frozenset({"short", "long", "alias"})
_CAPITAL = frozenset({"capital"})
_EPITHETS = re.compile(r"^(?:Independent|Reunified|Socialist|Former) ")
_KIN = 5  # letters that "Guyanan" must share with a name of the article's polity, which no gazetteer spells so

Direction = tuple[str, str | None]


def named(text: str, when: When, article: str | None) -> str | None:
    """The polity that a head names; the article's own, when the name is like one of its or of its kin's names.

    >>> named("Tripolitan", When.parse("1796"), "libya"), named("Atlantis", When.parse("1796"), "libya")
    ('libya', None)
    """
    for name in (text, _EPITHETS.sub("", text), re.sub(r"\bof (?!the )", "of the ", text)):
        ids = [polity.id for polity in gazetteer().named(name, when)]
        if article in ids:
            return article
        if len(ids) == 1:
            return ids[0]
    return article if article and (_akin(text, article) or _kin(text, article)) else None


def hosted(place: str, when: When, article: str | None, code: str) -> str | None:
    """The polity that a mission's place is, or is the capital of; None when it is neither, or lies abroad.

    A capital tells only of the article's own polities, those that the `code` of its file ever means: a legation in
    London is not always one to the British.

    >>> hosted("Nassau", When.parse("1973"), "bahamas", "bahamas")
    'bahamas'
    >>> hosted("London", When.parse("1941"), "greece", "greece") is None
    True
    """
    known = gazetteer()
    own = {polity.id for polity in known.of("hsg", code)} | {article}
    seats = [polity.id for polity in known.named(place, when, _CAPITAL) if polity.id in own and _there(polity.id, when)]
    if seats:
        return article if article in seats else seats[0]
    borne = [polity.id for polity in known.named(place, when) if _there(polity.id, when)]
    if article in borne or len(borne) == 1:
        return article if article in borne else borne[0]
    return article if article and (_akin(place, article) or _kin(place, article)) else None


def town(place: str | None, host: str) -> str | None:
    """A mission's place when it is a town; None when it is a name of the host itself, or of the United States.

    >>> town("Algiers", "algeria"), town("the Ivory Coast", "cote-divoire"), town("Quito", "ecuador")
    ('Algiers', None, 'Quito')
    """
    if not place or plain(place) == plain("U.S."):
        return None
    kinds = {
        name.kind for id in (host, US) for name in gazetteer().polity(id).names if plain(name.text) == plain(place)
    }
    if kinds & {"short", "long"}:
        return None
    return place if "capital" in kinds or not ("alias" in kinds or _akin(place, host)) else None


def spoken(prose: str, when: When, article: str) -> str | None:
    """The other half of a divided country, when a head's prose names it and not the article's polity.

    The halves are those that the same polity succeeded.

    >>> spoken("South Yemen severed relations.", When.parse("1969"), "northern-yemen")
    'southern-yemen'
    """
    known = gazetteer()
    successors = known.polity(article).successors
    halves = {id for later in successors for id in known.polity(later).predecessors if id in known} - {article}
    text = f" {plain(prose)} "
    for half in sorted(half for half in halves if _there(half, when)):
        rest = _without(text, _names(half) - _names(article))
        if rest != text and _without(rest, _names(article)) == rest:
            return half
    return None


def directed(acts: str, parties: dict[str, str], foreign: str) -> list[Direction]:
    """Who does it to whom: by the actor where one is named, else as the phrase says."""
    actor = parties.get("actor")
    if acts == "polity":
        others = [parties[role] for role in ("other", "another") if role in parties]
        return [(actor or foreign, second) for second in others] or [(actor or foreign, None)]
    if acts == "both":
        return [(US, foreign), (foreign, US)]
    if actor is None:
        actor = US if acts == "us" else foreign
    return [(actor, foreign if actor == US else US)]


def absent(id: str, when: When) -> bool:
    """Whether, by the gazetteer, a polity was no state of its own on any day of a time."""
    return not _there(id, when.begin if when.is_interval else when)


def _there(id: str, when: When) -> bool:
    return gazetteer().polity(id).existed(when) is not Certainty.NO


def _names(id: str) -> set[str]:
    return {plain(name.text) for name in gazetteer().polity(id).names if name.kind in _NAMES}


def _without(text: str, names: set[str]) -> str:
    """A folded text without some folded names, the longest taken out first."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(f" {name} ", "  ")
    return text


def _kin(text: str, article: str) -> bool:
    """Whether a name of another time is a predecessor's or successor's of the article's polity."""
    polity = gazetteer().polity(article)
    return any(relative.id in (*polity.predecessors, *polity.successors) for relative in gazetteer().named(text))


def _akin(text: str, article: str) -> bool:
    """Whether a name begins as one of the polity's does, with as many words: "Guyanan", "Brunei Darussalami"."""
    words = plain(text)
    names = (plain(name.text) for name in gazetteer().polity(article).names if name.kind != "capital")
    return any(
        len(name) >= _KIN and name.count(" ") == words.count(" ") and words.startswith(name[: max(_KIN, len(name) - 2)])
        for name in names
    )
