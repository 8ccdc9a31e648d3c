"""Persons in office: name, office, and the polity that they lead, by the text or the list of leaders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from comity.model import When
from comity.reading.grammar.parse import Sentence, prepositions, region
from comity.reading.lexicon.words import table
from comity.reading.names.mentions import Mention, meant
from comity.reading.parties.context import Context, kin, then
from comity.sources.leaders import Leader, bearing

if TYPE_CHECKING:
    from spacy.tokens import Token

    from comity.reading.grammar.parse import Parsed

_WORD = r"(?:al-)?[A-ZÀ-ÖØ-Þ][^\W_]{0,40}(?:[-'’](?!s\b)[^\W_]{1,40}){0,4}"
_INITIAL = r"(?:[A-Z]\.){1,6}"
_PARTICLE = r"(?:(?:de|del|da|do|dos|di|la|van|von|der|bin|ibn|el|y|e) ){0,2}"
_NAME = rf"{_PARTICLE}(?:{_INITIAL}|{_WORD})(?: {_PARTICLE}(?:{_INITIAL}|{_WORD})){{0,12}}"
_FOLLOWING = re.compile(rf",? (?P<name>{_NAME})")
_BEFORE = re.compile(rf"(?P<name>{_NAME}),(?: (?:then|now|the|a|an))?(?: (?:former|late|acting|first|new)){{0,5}} $")
_GOVERNS = r"(?P<what>government|administration|regime|presidency|dictatorship|leadership)"
_OF_PERSON = re.compile(rf"\b{_GOVERNS} of (?P<name>{_NAME})")
_UNDER = re.compile(rf"\b[Uu]nder (?P<name>{_NAME})")
_PERSONS_OWN = re.compile(rf"\b(?P<name>{_NAME})(?:['’]s?)? {_GOVERNS}\b")
_LOST = re.compile(rf" {_GOVERNS}\b")
_NEAR = 15  # years before the first or after the last recorded year in office in which an event may be of a leader


@dataclass(frozen=True, slots=True)
class Person:
    """A person at `start` to `end` of a sentence, with the office; `polity` if the words around state it."""

    start: int
    end: int
    name: str
    name_start: int  # `start` may be that of the office or polity
    office: str = ""
    polity: str | None = None

    @property
    def heads(self) -> bool:
        """Whether the office is that of a head of state or of government."""
        return self.office in table("offices")["heads"]


def persons(sentence: Sentence, context: Context, when: When | None = None) -> tuple[Person, ...]:
    """The persons in office whom a sentence names, in order.

    >>> from comity.reading.text.passages import Passage
    >>> from comity.reading.names.mentions import Names
    >>> text = "Relations with Peruvian president Augusto B. Leguía and King Leopold of Belgium were good."
    >>> held = Sentence(Passage(text, range(len(text))), 0, text, (), tuple(Names().read(text)))
    >>> [(person.name, person.office, person.polity) for person in persons(held, Context(()))]
    [('Augusto B. Leguía', 'president', 'peru'), ('Leopold', 'king', 'belgium')]
    """
    candidates = [*_titled(sentence, context, when), *_governing(sentence, context, when)]
    apart: list[Person] = []
    for person in sorted(candidates, key=lambda p: (not p.office, p.start)):
        if not any(neighbor.start < person.end and person.start < neighbor.end for neighbor in apart):
            apart.append(person)
    return tuple(sorted(apart, key=lambda p: p.start))


@cache
def _offices() -> re.Pattern[str]:
    """The pattern of an office, the longest phrase first."""
    words = [(phrase, office) for office, phrases in table("offices").items() for phrase in phrases]
    titles = sorted({phrase for phrase, office in words if office not in _CLASSES}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?i:{'|'.join(map(re.escape, titles))})(?![\w])")


_CLASSES = frozenset({"heads", "before", "lesser"})


@cache
def _office_of() -> dict[str, str]:
    return {
        phrase: office for office, phrases in table("offices").items() if office not in _CLASSES for phrase in phrases
    }


def office_in(text: str) -> str:
    """The last office named in some words.

    >>> office_in("first prime minister"), office_in("mayor")
    ('prime minister', '')
    """
    offices = [_office_of()[match.group().lower()] for match in _offices().finditer(text)]
    return offices[-1] if offices else ""


def _titled(sentence: Sentence, context: Context, when: When | None) -> Iterator[Person]:
    """Persons with an office before or after the name."""
    for match in _offices().finditer(sentence.text):
        office = _office_of()[match.group().lower()]
        start, before = _polity_before(sentence, match.start())
        if start is None:
            continue
        end, after = _polity_after(sentence, match.end())
        if after is None and re.match(r" of (?:the )?\w", sentence.text[match.end() : match.end() + 12]):
            continue  # the president of a bank
        candidate = _name_after(sentence, end) or (_name_before(sentence, start) if before or after else None)
        if candidate is None:
            continue
        first, last, name = candidate
        if after is None and last > end:
            last, after = _polity_after(sentence, last)
        polity = before or after
        id = meant(polity, when, context.about) if polity is not None else None
        if polity is None or id is not None:
            yield Person(min(start, first), max(last, match.end()), name, first, office, id)


def _polity_before(sentence: Sentence, start: int) -> tuple[int | None, Mention | None]:
    """The start of the phrase of an office, and the polity before it; None for the office of a deputy."""
    words = list(re.finditer(r"[\w'’-]+", sentence.text[:start]))
    while words and words[-1].group().lower() in table("offices")["before"]:
        start = words.pop().start()
    if words and words[-1].group().lower() in table("offices")["lesser"]:
        return None, None
    for mention in sentence.mentions:
        if mention.is_polity and re.fullmatch(r"(?:['’]s?)? ", sentence.text[mention.end : start] or "-"):
            return mention.start, mention
    return start, None


def _polity_after(sentence: Sentence, end: int) -> tuple[int, Mention | None]:
    """The end of "of" and a polity, and that polity."""
    for mention in sentence.mentions:
        if mention.kind == "polity" and re.fullmatch(r" of (?:the )?", sentence.text[end : mention.start] or "-"):
            return mention.end, mention
    return end, None


def _name_after(sentence: Sentence, end: int) -> tuple[int, int, str] | None:
    match = _FOLLOWING.match(sentence.text, end)
    return _name_in(sentence, match) if match else None


def _name_before(sentence: Sentence, start: int) -> tuple[int, int, str] | None:
    """The name that the office follows: "Alberto Fujimori, then president of Peru"."""
    match = _BEFORE.search(sentence.text, max(0, start - 80), start)
    return _name_in(sentence, match) if match else None


def _name_in(sentence: Sentence, match: re.Match[str]) -> tuple[int, int, str] | None:
    """A name up to a date, a mention or a word that ends it; if known, one with a lost apostrophe is corrected."""
    start, name = match.start("name"), match["name"]
    first = re.match(r"\w+", name)
    things = [(dated.start, dated.end) for dated in sentence.dates]
    things += [(m.start, m.end) for m in sentence.mentions if m.kind != "inside"]
    for begin, end in things:
        forename = first is not None and begin == start and end == start + first.end() < start + len(name)
        if start <= begin < start + len(name) and not forename:  # "Salvador" may be a forename
            name = name[: begin - start].rstrip()
    words = re.split(r"(?<= )", name)
    stop = next((i for i, word in enumerate(words) if word.strip().lower() in table("persons")["ending"]), len(words))
    name = "".join(words[:stop]).rstrip()
    if not name or name.lower() in table("persons")["none"]:
        return None
    end = start + len(name)
    if name.endswith("s") and _LOST.match(sentence.text, end) and not bearing(name) and bearing(name[:-1]):
        name = name[:-1]
    return start, end, name


def _governing(sentence: Sentence, context: Context, when: When | None) -> Iterator[Person]:
    """Persons whose government is named, or after "under": "the government of Alejandro Toledo"."""
    for pattern in (_OF_PERSON, _PERSONS_OWN, _UNDER):
        for match in pattern.finditer(sentence.text):
            candidate = _name_in(sentence, match)
            if candidate is not None and (bearing(candidate[2]) or (pattern is _OF_PERSON and " " in candidate[2])):
                start, end, name = candidate
                last, polity = _polity_after(sentence, end)
                office = "president" if match.groupdict().get("what") == "presidency" else ""
                id = meant(polity, when, context.about) if polity is not None else None
                yield Person(start, last, name, start, office, id)


def at(parsed: Parsed, people: Iterable[Person], tokens: Iterable[Token]) -> Person | None:
    """The first person at some tokens."""
    places = [parsed.where[token.i][0] for token in tokens]
    return next((p for p in people if any(p.start <= place < p.end for place in places)), None)


def over(parsed: Parsed, token: Token, people: Iterable[Person]) -> Person | None:
    """The person under or during whose rule something was the case or was done."""
    return at(parsed, people, (t for name, g in prepositions(token) if name in ("under", "during") for t in region(g)))


def led(person: Person, when: When | None, sentence: Sentence, context: Context) -> tuple[str, float, str] | None:
    """The polity that a person leads, the certainty and the reason: as stated, as known, or that of the page."""
    if person.polity is not None:
        return person.polity, 1.0, ""
    near = [leader for leader in bearing(person.name) if _is_near(leader, when)]
    polities = {leader.polity for leader in near}
    about = [id for id in polities if id in context.about[:2]]
    full = {leader.polity for leader in near if leader.bears(person.name)}
    known = about or (list(full) if " " in person.name or when is not None else [])
    if len(known) == 1:
        return known[0], 0.9, f"{person.name} is known as a leader of {known[0]}"
    if polities or not person.heads:
        return None
    return own(sentence, when, context)


def acting_for(name: str, when: When | None, context: Context) -> str | None:
    """The one of the polities that a document is about which a person of this name led at the time: Wilson in 1917."""
    if when is None:
        return None
    led_then = {leader.polity for leader in bearing(name) if _is_near(leader, when)}
    about = [id for id in context.about[:2] if id in led_then]
    return about[0] if len(about) == 1 else None


def _is_near(leader: Leader, when: When | None) -> bool:
    return when is None or (leader.first - _NEAR <= when.earliest.year and when.latest.year <= leader.last + _NEAR)


def own(sentence: Sentence, when: When | None, context: Context) -> tuple[str, float, str] | None:
    """The polity whose unnamed government a page on relations with the United States means: the other of the two.

    The presidents of the United States are all known by name, so that an unknown one is of the other polity. None
    when the sentence names a third polity.
    """
    if "united-states" not in context.about[:2]:
        return None
    partner = context.other("united-states")
    polities = {meant(m, when, context.about) for m in sentence.mentions if m.is_name}
    if partner is None or not polities <= {None, "united-states", partner, *kin(partner)}:
        return None
    return then(partner, when, context.about), 0.8, f"the polity is taken for the page's own: {partner}"
