"""The parties of a head of history.state.gov's guide: the polities named in it, and who acts on whom."""

from __future__ import annotations

import re

from comity.model import Certainty, When
from comity.sources.gazetteer import fold as plain
from comity.sources.gazetteer import gazetteer

US = "united-states"
_NAMES = frozenset({"short", "long", "alias"})
_CAPITAL = frozenset({"capital"})
_EPITHETS = re.compile(r"^(?:Independent|Reunified|Socialist|Former) ")
_KIN = 5  # letters that a form such as "Guyanan", in no gazetteer, must share with a name of the article's polity

Direction = tuple[str, str | None]


def party(text: str, when: When, article: str | None) -> str | None:
    """The polity named in a head; the article's own, when the name resembles one of its own, its predecessors' or its
    successors' names.

    >>> party("Tripolitan", When.parse("1796"), "libya"), party("Atlantis", When.parse("1796"), "libya")
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
    """The polity that has a mission's place as its name or capital; None when there is none, or the place is abroad.

    A capital counts only for the article's own polities, those that the `code` of its file ever means: a legation in
    London was not always accredited to the British government.

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
    """A mission's place if it is a town; None if it is a name of the host itself, or of the United States.

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
    """The other half of a divided country, if a head's prose names it and not the article's polity.

    Halves are polities with the same successor.

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
    """The (subject, object) pairs of a claim: from the actor if one is named, else by the rule of the phrase."""
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
    """Whether, by the gazetteer, a polity was no state on any day of a time."""
    return not _there(id, when.begin if when.is_interval else when)


def _there(id: str, when: When) -> bool:
    return gazetteer().polity(id).existed(when) is not Certainty.NO


def _names(id: str) -> set[str]:
    return {plain(name.text) for name in gazetteer().polity(id).names if name.kind in _NAMES}


def _without(text: str, names: set[str]) -> str:
    """A folded text without some folded names, the longest removed first."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(f" {name} ", "  ")
    return text


def _kin(text: str, article: str) -> bool:
    """Whether a name, of any time, belongs to a predecessor or successor of the article's polity."""
    polity = gazetteer().polity(article)
    return any(relative.id in (*polity.predecessors, *polity.successors) for relative in gazetteer().named(text))


def _akin(text: str, article: str) -> bool:
    """Whether a name has the beginning and number of words of one of the polity's: "Guyanan", "Brunei Darussalami"."""
    words = plain(text)
    names = (plain(name.text) for name in gazetteer().polity(article).names if name.kind != "capital")
    return any(
        len(name) >= _KIN and name.count(" ") == words.count(" ") and words.startswith(name[: max(_KIN, len(name) - 2)])
        for name in names
    )
