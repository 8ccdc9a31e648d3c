"""Who led a polity when: under President X in the 1920s; X, who ruled Y from 1908 to 1912; President X (1908–12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from comity.model import Modality, When
from comity.reading.dates.thread import Dated
from comity.reading.grammar.date_scope import Governing
from comity.reading.grammar.governing_date import Governors
from comity.reading.grammar.modality import modality
from comity.reading.grammar.noun_dates import BESIDE
from comity.reading.grammar.parse import Parsed, child, is_verb, region, subject
from comity.reading.lexicon.words import lemmas, table
from comity.reading.names.mentions import meant
from comity.reading.parties.context import Context, Parties
from comity.reading.parties.persons import Person, at, led, office_in, persons
from comity.reading.relations.power import bare, is_lesser, is_of_state, post_of
from comity.reading.relations.statement import Said
from comity.relations.states import LEADER

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 25  # years: a longer span behind a name is a life, unless it is a monarch's
_MONARCHS = frozenset({"king", "queen", "emperor", "empress", "shah", "sultan", "emir"})


def may_rule(text: str) -> bool:
    """Whether a sentence may state who led a polity and when."""
    return _hint().search(text) is not None and any(letter.isdigit() for letter in text)


@cache
def _hint() -> re.Pattern[str]:
    offices = [phrase for key in table("offices")["heads"] for phrase in table("offices")[key]]
    return re.compile(rf"\b(?:presidency|reign|{'|'.join([*offices, *lemmas('leading', 'ruling')])})\b", re.IGNORECASE)


def rulers(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """The leaders of polities that a sentence states, with dates."""
    people = persons(parsed.sentence, context)
    for token in parsed.doc:
        if token.lower_ in ("under", "during") and token.dep_ == "prep":
            yield from _under(parsed, context, governors, token, people)
        elif is_verb(token) and token.lower_ in lemmas("leading", "verbs"):
            yield from _ruling(parsed, context, governors, token, people)
    for person in people:
        yield from _of_term(parsed, context, person)


def _under(
    parsed: Parsed, context: Context, governors: Governors, preposition: Token, people: tuple[Person, ...]
) -> Iterator[Said]:
    """The leader under whom something was the case, with its date."""
    governed = child(preposition, "pobj")
    if governed is None:
        return
    person = at(parsed, people, [governed])
    if person is None and governed.lower_ in table("leading")["terms"]:
        person = at(parsed, people, region(governed))
    if person is None or not (person.heads or governed.lower_ in table("leading")["terms"]):
        return
    above = preposition.head
    if is_verb(above) and modality(parsed, above, None) is not Modality.ASSERTED:
        return
    inner = [i for i in sorted(parsed.dates) if parsed.doc[i] in list(governed.subtree)]
    dates = [Governing(parsed.dates[i], i, 0.9, BESIDE) for i in inner]
    dates = dates or (governors.of(above) if is_verb(above) else _within(parsed, above, preposition))
    if len(dates) == 1:
        yield from _leadership(parsed, context, person, dates[0], preposition)


def _within(parsed: Parsed, noun: Token, apart: Token) -> list[Governing]:
    """The dates in a noun phrase, except those below one of its prepositions."""
    rest = {token.i for token in apart.subtree}
    indexes = [t.i for t in region(noun) if t.i in parsed.dates and t.i not in rest]
    return [Governing(parsed.dates[i], i, 0.9, BESIDE) for i in indexes if not parsed.dates[i].bound]


def _ruling(
    parsed: Parsed, context: Context, governors: Governors, verb: Token, people: tuple[Person, ...]
) -> Iterator[Said]:
    """Who ruled a polity, or was its president, at the date of the verb."""
    actor = subject(verb)
    if actor is None or modality(parsed, verb, None) is not Modality.ASSERTED:
        return
    person = at(parsed, people, [actor]) or bare(parsed, actor)
    if person is None:
        return
    office_or_polity = child(verb, "dobj") if verb.lower_ in lemmas("leading", "ruling") else post_of(parsed, verb)
    whose = _whose(parsed, context, verb, office_or_polity)
    if whose is None:
        return
    office, polity = whose
    ruler = Person(person.start, person.end, person.name, person.name_start, office or person.office, polity)
    for governing in governors.of(verb)[:1]:
        between = parsed.sentence.text[parsed.where[verb.i][1] : governing.dated.start]
        if not re.search(r"[;(]", between):  # a date in later brackets is another's
            yield from _leadership(parsed, context, ruler if polity else person, governing, verb)


def _whose(
    parsed: Parsed, context: Context, verb: Token, office_or_polity: Token | None
) -> tuple[str, str | None] | None:
    """The office and polity of a ruler; None when it is not a polity or not the office of its head."""
    if office_or_polity is None:
        return None
    polities = [
        id for _, m in parsed.within(region(office_or_polity)) if (id := meant(m, None, context.about)) is not None
    ]
    if verb.lower_ in lemmas("leading", "ruling"):
        return ("", polities[0]) if office_or_polity.i in parsed.mentions and len(polities) == 1 else None
    if is_lesser(office_or_polity) or not is_of_state(parsed, office_or_polity) or len(polities) > 1:
        return None
    return office_in(parsed.text([*office_or_polity.lefts, office_or_polity])), polities[0] if polities else None


def _of_term(parsed: Parsed, context: Context, person: Person) -> Iterator[Said]:
    """A leader whose years of office follow the name in brackets."""
    text = parsed.sentence.text
    for index, dated in parsed.dates.items():
        if dated.when.is_interval and text[person.end : dated.start] == " (" and person.heads:
            years = dated.when.latest.year - dated.when.earliest.year
            if years <= _LONGEST or person.office in _MONARCHS:
                yield from _leadership(parsed, context, person, Governing(dated, index, 0.9, BESIDE), parsed.doc[index])


def _leadership(parsed: Parsed, context: Context, person: Person, governing: Governing, token: Token) -> Iterator[Said]:
    when: When = governing.dated.when
    attribution = led(person, when, parsed.sentence, context)
    if attribution is None or when.precision == "century" or _is_open(governing.dated):
        return
    id, certainty, reason = attribution
    parties = Parties(id, None, (token.i,), certainty, reason)
    yield Said("leader", LEADER.id, parties, governing, Modality.ASSERTED, 0.9, person.office or "leader", person.name)


def _is_open(dated: Dated) -> bool:
    """Whether a date is only a bound: "after 1920"."""
    return dated.bound in ("before", "after", "by", "until", "since")
