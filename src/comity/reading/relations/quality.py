"""The mood of relations: strained, improved, cooperative, positive …, with a date if the text has one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from comity.model import Participant, When
from comity.reading.grammar.date_scope import Governing
from comity.reading.grammar.governing_date import Governors
from comity.reading.grammar.modality import modality
from comity.reading.grammar.noun_dates import dates_by
from comity.reading.grammar.parse import Parsed, child, is_verb, joined, prepositions, region, subject, verb_above
from comity.reading.grammar.themes import of_class
from comity.reading.lexicon.words import lemmas, table
from comity.reading.parties.context import Clause, Context, Parties, kin
from comity.reading.parties.mutual import between, named_in
from comity.reading.parties.persons import Person, at, led, over, persons
from comity.reading.relations.statement import Said
from comity.relations.mood import QUALITY
from comity.sources.leaders import bearing

if TYPE_CHECKING:
    from spacy.tokens import Token

_TABLE = "quality"  # of words, and the id of the pattern


@dataclass(frozen=True, slots=True)
class _Mood:
    """What a verb or noun states about relations; an `incidental` one is only mentioned in passing."""

    trigger: Token
    theme: Token
    words: tuple[str, ...]
    dates: tuple[Governing, ...] = ()
    incidental: bool = False


def has_mood(text: str) -> bool:
    """Whether a sentence may describe relations."""
    words = set(re.findall(r"\w+", text.lower()))
    mood = _words()
    if not words.isdisjoint(mood["summits"]) and not words.isdisjoint(mood["sway"]):
        return True
    known = mood["words"] | _nouns().keys() | mood["marks"] | _verbs("change").keys()
    related = not words.isdisjoint(table("relations")["heads"]) and not words.isdisjoint(known)
    return related or not words.isdisjoint(table("moods")["themselves"] | mood["tension"])


def _words() -> dict[str, frozenset[str]]:
    return table(_TABLE)


def _verbs(key: str) -> Mapping[str, str]:
    return lemmas(_TABLE, key)


@cache
def _nouns() -> dict[str, str]:
    return {noun: word for word, nouns in table("moods").items() if word != "themselves" for noun in nouns}


def qualities(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """The quality of relations, or its change, as a sentence states it."""
    people = persons(parsed.sentence, context)
    for mood in _moods(parsed, governors):
        mode = modality(parsed, mood.trigger, mood.theme)
        leader = _leader(parsed, mood, people)
        if mode is None or not _is_of_the_two(context, leader):
            continue
        for governing in mood.dates or (None,):
            when = governing.dated.when if governing else None
            for parties in _parties(Clause(parsed, mood.trigger, mood.theme, when), context, mood, governing):
                for word in mood.words:
                    yield Said(_TABLE, QUALITY.id, parties, governing, mode, 0.85, word, participants=_with(leader))
    yield from _heights(parsed, context, people)


def _parties(event: Clause, context: Context, mood: _Mood, governing: Governing | None) -> Iterator[Parties]:
    """The parties of the relations; an incidental mood must name both, or be dated and of the document's two."""
    if _are_with_others(event, context, mood):
        return
    pair = {id for id, _ in named_in(event, event.theme, context)}
    for parties in between(event, context):
        of_page = governing is not None and {parties.subject, parties.object} <= set(context.about[:2])
        if not mood.incidental or {parties.subject, parties.object} == pair or of_page:
            yield parties


def _are_with_others(event: Clause, context: Context, mood: _Mood) -> bool:
    """Whether relations are with others than a polity or its government: with neighbors, with an army."""
    partners = [g for name, g in prepositions(mood.theme) if name in ("with", "between", "among", "amongst")]
    if any(t.lower_ in table("states")["many"] for g in partners for t in g.lefts):
        return True
    if any(len({id for id, _ in named_in(event, g, context)}) > 1 for g in partners):
        return False
    known = table("states")["heads"] | table("leading")["terms"] | table("states")["sides"]
    fit = (g for g in partners if g.i in event.parsed.mentions or g.lower_ in known or g.tag_.startswith("NNP"))
    return bool(partners) and next(fit, None) is None


def _moods(parsed: Parsed, governors: Governors) -> Iterator[_Mood]:
    """The moods that verbs state, then those of nouns."""
    theme_tokens = set()
    for verb in parsed.doc:
        if is_verb(verb):
            for theme, words in _by_verb(parsed, verb):
                theme_tokens.add(theme.i)
                yield _Mood(verb, theme, tuple(words), _dates(verb, governors))
    for noun in parsed.doc:
        if noun.tag_.startswith("NN") and noun.i not in theme_tokens:
            yield from _by_noun(parsed, noun, governors, theme_tokens)


def _by_verb(parsed: Parsed, verb: Token) -> Iterator[tuple[Token, list[str]]]:
    """Relations as the subject with their predicate, or as the object of "enjoy" with its adjectives."""
    known = _words()["words"]
    actor = subject(verb)
    if actor is not None and actor.lower_ in _words()["tension"]:
        words = [word for key, word in _TENSION.items() if verb.lower_ in _verbs(key)]
        if words:
            yield actor, words
        return
    theme = of_class(parsed, actor, "relations") if actor is not None else None
    if theme is not None:
        change = _verbs("change").get(verb.lower_)
        complements = [t for first in verb.children if first.dep_ in ("acomp", "attr", "oprd") for t in joined(first)]
        words = [t.lower_ for t in complements if t.lower_ in known] or _extreme(verb)
        if change and not words:
            words = [_past_participle(verb)]
        if words and (change or verb.lower_ in _verbs("state") or verb.lower_ in _verbs("reach")):
            yield theme, words
        return
    relations = child(verb, "dobj")
    if relations is None or of_class(parsed, relations, "relations") is None:
        return
    if verb.lower_ in _verbs("change") and actor is not None and actor.i in parsed.mentions:
        yield relations, [_past_participle(verb)]
    elif verb.lower_ in _verbs("state") and (words := _adjectives(relations)):
        yield relations, words


_TENSION = {"rising": "tense", "easing": "less tense"}


def _extreme(verb: Token) -> list[str]:
    """The high or low point that relations reached."""
    point = child(verb, "dobj") if verb.lower_ in _verbs("reach") else None
    words = {t.lower_ for t in point.subtree} if point is not None else set()
    return [f"at a {word} point" for word in ("low", "high") if words & _words()[word]]


def _adjectives(noun: Token) -> list[str]:
    known = _words()["words"]
    words = [t.lower_ for first in noun.lefts if first.dep_ == "amod" for t in joined(first) if t.lower_ in known]
    return list(dict.fromkeys(words))


def _past_participle(verb: Token) -> str:
    """The adjective for a change: "improved" for "improve"."""
    form = _verbs("change")[verb.lower_]
    return f"{form}d" if form.endswith("e") else f"{form}ed"


def _by_noun(parsed: Parsed, noun: Token, governors: Governors, theme_tokens: set[int]) -> Iterator[_Mood]:
    """The mood of a noun phrase: a rapprochement, an improvement in relations, a period of strained relations."""
    word = _nouns().get(noun.lower_)
    below = [g for name, g in prepositions(noun) if name in ("of", "in")] if word else []
    theme = next((g for g in below if of_class(parsed, g, "relations") is not None), None)
    if word and theme is not None:
        theme_tokens.add(theme.i)
        dates = dates_by(parsed, theme) or dates_by(parsed, noun) or governors.of(noun)
        yield _Mood(noun, theme, (word,), tuple(dates), incidental=True)
    elif word and noun.lower_ in table("moods")["themselves"]:
        yield _Mood(noun, noun, (word,), tuple(dates_by(parsed, noun) or governors.of(noun)), incidental=True)
    elif of_class(parsed, noun, "relations") is not None and (words := _adjectives(noun)) and words != ["normal"]:
        period = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
        yield _Mood(
            noun, noun, tuple(words), tuple(dates_by(parsed, noun) or dates_by(parsed, period)), incidental=True
        )


def _dates(verb: Token, governors: Governors) -> tuple[Governing, ...]:
    """The dates of a change, or of the event that it followed or accompanied; empty when the text has none.

    A lasting state ("are", "remain") takes only its own date, and continues from a date after "since".
    """
    lasting = verb.lower_ in _verbs("state")
    if lasting and any(t.lower_ == "since" for t in verb.children if t.dep_ == "advmod"):
        return ()
    dates = _came_with(verb, governors) or governors.of(verb)
    if not lasting:
        return tuple(dates or governors.apart(verb))
    own = tuple(g for g in dates if g.reason == g.dated.reason)
    return own or tuple(_onward(g) for g in governors.apart(verb) if not g.dated.when.is_interval)


def _onward(governing: Governing) -> Governing:
    """The date with an open end."""
    dated = replace(governing.dated, when=When.parse(f"{governing.dated.when.edtf}/.."))
    return replace(governing, dated=dated)


def _came_with(verb: Token, governors: Governors) -> list[Governing]:
    """The dates of events that a change accompanied: "improved with the election in 2000 and the peace of 2001"."""
    return [
        governing
        for name, governed in prepositions(verb)
        if name in ("with", "following", "after", "by")
        for event in governed.subtree
        for governing in governors.events_at(event)[:1]
    ]


def _leader(parsed: Parsed, mood: _Mood, people: tuple[Person, ...]) -> Person | None:
    """The leader whose administration relations are with, or under whom they had the quality."""
    tokens = [mood.trigger, *(t for t in mood.trigger.children if t.dep_ in ("acomp", "attr", "oprd"))]
    under = (over(parsed, token, people) for token in tokens)
    return at(parsed, people, region(mood.theme)) or next((person for person in under if person is not None), None)


def _is_of_the_two(context: Context, person: Person | None) -> bool:
    """Whether a leader may be of one of the two polities that the document is about."""
    if person is None:
        return True
    polities = {person.polity} if person.polity else {leader.polity for leader in bearing(person.name)}
    return not polities or any(id in polities or kin(id) & polities for id in context.about[:2])


def _with(person: Person | None) -> tuple[Participant, ...]:
    return (Participant("leader", person.name),) if person is not None else ()


def _heights(parsed: Parsed, context: Context, people: tuple[Person, ...]) -> Iterator[Said]:
    """Statements that the influence of one polity in another was at its height."""
    for noun in parsed.doc:
        if noun.lower_ not in _words()["summits"] or not noun.tag_.startswith("NN"):
            continue
        for sway in (g for name, g in prepositions(noun) if name == "of" and g.lower_ in _words()["sway"]):
            dates = dates_by(parsed, sway) or dates_by(parsed, noun)
            above = verb_above(noun)
            person = at(parsed, people, region(noun)) or (over(parsed, above, people) if above is not None else None)
            for governing in dates[:1]:
                for parties in _swayed(parsed, context, noun, sway, governing, person):
                    kind = f"{sway.lower_} at its height"
                    yield Said(
                        _TABLE,
                        QUALITY.id,
                        parties,
                        governing,
                        confidence=0.85,
                        kind=kind,
                        participants=_with(person),
                    )


def _swayed(
    parsed: Parsed, context: Context, noun: Token, sway: Token, governing: Governing, person: Person | None
) -> Iterator[Parties]:
    """The owner of the influence, and its place: a polity that is named, the leader's, or the document's other."""
    event = Clause(parsed, noun, sway, governing.dated.when)
    own = [pair for t in sway.lefts for pair in named_in(event, t, context)]
    there = [
        pair
        for t in (sway, noun)
        for name, g in prepositions(t)
        if name in ("in", "over", "on")
        for pair in named_in(event, g, context)
    ]
    if len({id for id, _ in own}) != 1:
        return
    subject_, token = own[0]
    attribution = led(person, event.when, parsed.sentence, context) if person is not None else None
    object_ = there[0][0] if there else attribution[0] if attribution else None
    if object_ is not None and object_ != subject_:
        yield Parties(subject_, object_, (token.i,))
    elif object_ is None and (partner := context.other(subject_)):
        yield Parties(subject_, partner, (token.i,), 0.9, f"the other party is the document's: {partner}")
