"""Changes of government: elections, coups, revolutions, inaugurations and resignations; person, polity, date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from comity.model import Certainty, Modality, When
from comity.reading.grammar.date_scope import Governing
from comity.reading.grammar.governing_date import Governors
from comity.reading.grammar.modality import modality
from comity.reading.grammar.noun_dates import BESIDE, dates_by
from comity.reading.grammar.parse import Parsed, child, is_verb, prepositions, region
from comity.reading.lexicon.words import lemmas, table
from comity.reading.names.mentions import meant
from comity.reading.parties.context import Context, Parties
from comity.reading.parties.persons import Person, at, led, own, persons
from comity.reading.relations import power
from comity.reading.relations.statement import Said
from comity.relations.states import GOVERNMENT_CHANGE
from comity.sources.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Token

Attribution = tuple[str, float, str]  # a polity, how sure it is and why


@dataclass(frozen=True, slots=True)
class _GovernmentChange:
    """A change that a noun or verb states: its kind, its person or body, and the words that may name its polity."""

    trigger: Token
    kind: str
    label: str
    governing: Governing | None
    person: Person | None = None
    places: tuple[Token, ...] = ()


def has_change(text: str) -> bool:
    """Whether a sentence may state a change of government."""
    words = set(re.findall(r"[a-z]+", text.lower().replace("re-e", "ree")))
    if not words.isdisjoint(_trigger_words()):
        return True
    powered = not words.isdisjoint(table("rule")["power"]) and not words.isdisjoint(lemmas("changing", "accession"))
    became = not words.isdisjoint(lemmas("changing", "becoming")) and not words.isdisjoint(_offices())
    passing = not words.isdisjoint(table("rule")["passing"]) and not words.isdisjoint(table("rule")["bodies"])
    return powered or passing or became


@cache
def _offices() -> frozenset[str]:
    """The last words of the offices of heads of state and of government."""
    return frozenset(word.split()[-1] for key in table("offices")["heads"] for word in table("offices")[key])


@cache
def _trigger_words() -> frozenset[str]:
    """The nouns and verbs that state a change without further words."""
    alone = table("changes").keys() - {"interim"}
    verbs = {form for kind in table("changing").keys() & alone for form in lemmas("changing", kind)}
    return frozenset(verbs | {noun for kind in alone for noun in table("changes")[kind]})


@cache
def _nouns() -> dict[str, str]:
    return {noun: kind for kind, nouns in table("changes").items() for noun in nouns}


@cache
def _verbs() -> dict[str, str]:
    return {form: kind for kind in table("changing") for form in lemmas("changing", kind)}


def changes(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """The changes of government that a sentence states, each with the date that governs it."""
    people = persons(parsed.sentence, context)
    statements = [
        statement for change in _detect(parsed, governors, people) for statement in _statements(parsed, change, context)
    ]
    for statement in statements:
        coups = (coup for coup in statements if coup.label != statement.label and coup.kind == "coup")
        if statement.label != "coup" or statement.when not in [coup.when for coup in coups]:
            yield statement  # the overthrow of a person already stands for the bare "coup" of the same date


def _detect(parsed: Parsed, governors: Governors, people: tuple[Person, ...]) -> Iterator[_GovernmentChange]:
    for token in parsed.doc:
        if token.tag_ in ("NN", "NNP") and token.lower_ in _nouns():
            yield from _by_noun(parsed, token, governors, people)
        elif token.lower_ in _verbs() and (is_verb(token) or child(token, "dobj") is not None):
            yield from _by_verb(parsed, token, governors, people)


def _statements(parsed: Parsed, change: _GovernmentChange, context: Context) -> Iterator[Said]:
    """The statement of a change whose polity is stated or known."""
    when = change.governing.dated.when if change.governing else None
    labelled = change.governing is not None and change.governing.reason == BESIDE
    # an event labelled with its own date took place, whatever the verb above it: "the coup of 1964 was not approved"
    mode = Modality.ASSERTED if labelled else modality(parsed, change.trigger, None)
    if mode is None or (when is None and not change.label[:1].isupper()) or (when and when.precision == "century"):
        return
    if change.kind != "revolution" and (when is None or (when.is_interval and ".." not in when.edtf)):
        return  # a state that lasted from one date to another is not a change
    attribution = _polity(parsed, change, when, context)
    if attribution is None:
        return
    id, certainty, reason = attribution
    parties = Parties(id, None, (change.trigger.i,), certainty, reason)
    yield Said(
        "government-change", GOVERNMENT_CHANGE.id, parties, change.governing, mode, 0.9, change.kind, change.label
    )


def _polity(parsed: Parsed, change: _GovernmentChange, when: When | None, context: Context) -> Attribution | None:
    """The polity that the change names, else the one that its person leads, else that of the page."""
    stated = {id for root in change.places for id in _polities_in(parsed, root, when, context)}
    if len(stated) == 1:
        return stated.pop(), 1.0, ""
    if stated:
        return None
    if change.person is not None:
        return led(change.person, when, parsed.sentence, context)
    return own(parsed.sentence, when, context) if change.kind != "revolution" or when is not None else None


def _polities_in(parsed: Parsed, root: Token, when: When | None, context: Context) -> Iterator[str]:
    """The polities that a phrase names, and that of a demonym in the name of a revolution."""
    people = persons(parsed.sentence, context)
    for token in region(root):
        mention = parsed.mentions.get(token.i)
        if mention is not None and any(person.name_start == mention.start for person in people):
            continue  # a forename
        if mention is not None and mention.is_name:
            id = meant(mention, when, context.about)
            if id is not None:
                yield id
        elif token.lower_ == "revolution" or token.head.lower_ == "revolution":
            yield from _of_demonym(token, when, context)


def _of_demonym(token: Token, when: When | None, context: Context) -> Iterator[str]:
    """The polity in the name of a revolution, which is not a mention as the state does not act: Cuban Revolution."""
    before = token.nbor(-1).text if token.lower_ == "revolution" and token.i else token.text
    bearers = gazetteer().named(before, when, frozenset({"demonym"})) if before[:1].isupper() else ()
    ids = [polity.id for polity in bearers if when is None or polity.existed(when) is not Certainty.NO]
    near = [id for id in ids if id in context.about]
    if len(near or ids) == 1:
        yield (near or ids)[0]


def _by_noun(
    parsed: Parsed, noun: Token, governors: Governors, people: tuple[Person, ...]
) -> Iterator[_GovernmentChange]:
    """Changes that a noun names."""
    kind = _nouns()[noun.lower_]
    if kind in ("coup", "revolution"):
        yield from _upheaval(parsed, noun, governors, kind)
        return
    for governing, phrase in _of_whom(parsed, noun, governors):
        person = at(parsed, people, region(phrase))
        body = phrase.lower_ in table("rule")["bodies"]
        if person is not None and (person.heads or body) and kind != "interim":
            yield _GovernmentChange(noun, kind, person.name, governing, person, (phrase,))
        elif body and kind in ("inauguration", "overthrow", "resignation", "interim"):
            passing = {t.lower_ for t in phrase.lefts} & table("rule")["passing"]
            label = " ".join([*sorted(passing), phrase.lower_])
            if passing or kind != "interim":
                yield _GovernmentChange(noun, "interim" if passing else kind, label, governing, None, (phrase,))


def _of_whom(parsed: Parsed, noun: Token, governors: Governors) -> Iterator[tuple[Governing | None, Token]]:
    """The phrases after "of" or before "'s", with the date of the noun or of its verb."""
    dates = governors.events_at(noun)[:1] or governors.of(noun)[:1]
    if not dates and noun.dep_ == "dobj" and noun.head.lower_ in lemmas("rule", "bringing"):
        dates = governors.of(noun.head)[:1]
    for name, governed in prepositions(noun):
        if name == "of":
            dated = dates or dates_by(parsed, governed)[:1]
            yield (dated[0] if dated else None), governed
    for owner in noun.lefts:
        if owner.dep_ == "poss":
            yield (dates[0] if dates else None), owner


def _upheaval(parsed: Parsed, noun: Token, governors: Governors, kind: str) -> Iterator[_GovernmentChange]:
    """A coup or a revolution, with its own date or that of the verb of happening."""
    head = noun.head if noun.dep_ == "compound" and noun.head.lower_.startswith(("d'", "d’")) else noun
    lefts = {t.lower_ for t in (*head.lefts, *noun.lefts)}
    unfit = table("rule")["not before"] | (table("rule")["not revolution"] if kind == "revolution" else frozenset())
    if lefts & unfit or (noun.dep_ == "compound" and head is noun) or head.head.lower_ in table("rule")["not coup"]:
        return
    dates = dates_by(parsed, head)[:1] or governors.events_at(noun)[:1] or governors.of(head)[:1]
    if not dates and head.dep_ in ("nsubj", "nsubjpass") and head.head.lower_ in lemmas("rule", "occurring"):
        dates = governors.of(head.head)[:1]
    against = [g for t in (head, head.head) for name, g in prepositions(t) if name in ("against", "in")]
    label = _name_of(parsed, noun) if kind == "revolution" else "coup"
    yield _GovernmentChange(
        head, kind, label, dates[0] if dates else None, None, (*_before(head), *_before(noun), *against)
    )


def _before(noun: Token) -> list[Token]:
    """The words before a noun, without participles such as a backer's: "a French-backed coup"."""
    return [t for t in noun.lefts if t.tag_ not in ("VBN", "VBG")]


def _name_of(parsed: Parsed, noun: Token) -> str:
    """The name of a revolution: its capitalized words, else "revolution"."""
    capitalized = [t for t in noun.lefts if t.dep_ in ("compound", "amod", "nmod") and t.text[:1].isupper()]
    return parsed.text([*capitalized, noun]) if capitalized and noun.text[:1].isupper() else "revolution"


def _by_verb(
    parsed: Parsed, verb: Token, governors: Governors, people: tuple[Person, ...]
) -> Iterator[_GovernmentChange]:
    """Changes that a verb states."""
    kind = _verbs()[verb.lower_]
    classify = power.CLASSIFIERS.get(kind, power.in_office)
    if (change := classify(parsed, verb, kind, people)) is not None:
        change_kind, label, person, places = change
        mistaken = (
            governors.of(verb.head) if not is_verb(verb) else []
        )  # "a coup overthrew": the parser took the verb for a noun
        for governing in (governors.of(verb) or mistaken)[:1]:
            yield _GovernmentChange(verb, change_kind, label, governing, person, places)
