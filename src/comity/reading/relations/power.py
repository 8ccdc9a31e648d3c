"""Who came to power or lost it, by verbs: elected, sworn in, resigned, overthrown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from comity.reading.grammar.parse import Parsed, child, is_passive, prepositions, region, subject
from comity.reading.lexicon.words import forms, table
from comity.reading.parties.persons import Person, at
from comity.sources.leaders import bearing

if TYPE_CHECKING:
    from spacy.tokens import Token

# the kind of a change, its label and person, and the words that may name its polity
Change = tuple[str, str, Person | None, tuple["Token", ...]]


def _overthrown(parsed: Parsed, verb: Token, kind: str, people: tuple[Person, ...]) -> Change | None:
    """Who was overthrown or killed in office, and by what."""
    patient = subject(verb) if is_passive(verb) else child(verb, "dobj")
    if patient is None:
        return None
    person = at(parsed, people, region(patient)) or (_famous(parsed, patient) if kind == "overthrow" else None)
    ruler = patient.lower_ in table("rule")["heads"]
    body = patient.lower_ in table("rule")["bodies"] and kind == "overthrow"
    led = person is not None and (person.heads or (kind == "overthrow" and bool(bearing(person.name))))
    if not (ruler or body or led):
        return None
    by = [t.lower_ for t in verb.subtree if t.i not in {p.i for p in patient.subtree}]
    by += [verb.head.lower_] if verb.dep_ == "acl" else []
    if kind == "overthrow":
        rule = table("rule")
        kind = "coup" if rule["force"] & set(by) else "revolution" if rule["rising"] & set(by) else kind
    label = person.name if person is not None else patient.lower_
    actor = child(verb, "nsubj")
    return kind, label, person, (patient, *where(verb), *(where(actor) if actor is not None else ()))


def _famous(parsed: Parsed, token: Token) -> Person | None:
    """A person named without an office who is a known leader of a state."""
    person = bare(parsed, token)
    return person if person is not None and any(leader.bears(person.name) for leader in bearing(person.name)) else None


def _in_power(parsed: Parsed, verb: Token, kind: str, people: tuple[Person, ...]) -> Change | None:
    """Who took power, or took office."""
    prize = child(verb, "dobj") or next((g for name, g in prepositions(verb) if name == "to"), None)
    actor = subject(verb)
    if prize is None or actor is None or is_passive(verb):
        return None
    if prize.lower_ not in table("rule")["power"] or any(t.dep_ in ("amod", "poss") for t in prize.lefts):
        return None
    kind = "inauguration" if prize.lower_ in ("office", "presidency") else "accession"
    if kind == "accession" and verb.lower_ in forms("seize") | forms("usurp"):
        kind = "coup"
    person = at(parsed, people, [actor]) or bare(parsed, actor)
    body = actor.lower_ in table("rule")["bodies"] | table("rule")["force"]
    if person is None and not body:
        return None
    places = (actor, prize, *where(verb))
    return kind, person.name if person is not None else actor.lower_, person, places


def in_office(parsed: Parsed, verb: Token, kind: str, people: tuple[Person, ...]) -> Change | None:
    """Who was elected, inaugurated or resigned: as head of state or of government, not of anything else."""
    passive = is_passive(verb)
    if kind in ("election", "inauguration") and not passive:
        return None
    actor = subject(verb)
    if actor is None or actor.i in parsed.mentions:
        return None
    person = at(parsed, people, [actor]) or bare(parsed, actor)
    office = post_of(parsed, verb)
    if person is None or (office is None and not person.heads) or is_lesser(office):
        return None
    if office is not None and not is_of_state(parsed, office):
        return None
    return kind, person.name, person, (actor, office) if office is not None else (actor,)


def _became(parsed: Parsed, verb: Token, kind: str, people: tuple[Person, ...]) -> Change | None:
    """Who became head of state or of government."""
    office = child(verb, "attr", "oprd")
    actor = subject(verb)
    if office is None or actor is None or not is_of_state(parsed, office) or is_lesser(office):
        return None
    aside = any(t.tag_ in ("JJS", "RBS") or t.dep_ in ("relcl", "acl") for t in office.subtree)
    if aside or any(t.tag_ == "VB" for t in verb.children):
        return None  # "became the longest-serving president" does not date the accession
    person = at(parsed, people, [actor]) or bare(parsed, actor)
    return ("accession", person.name, person, (actor, office)) if person is not None else None


def _won(parsed: Parsed, verb: Token, kind: str, people: tuple[Person, ...]) -> Change | None:
    """Who won an election as head of state or of government."""
    prize, actor = child(verb, "dobj"), subject(verb)
    if prize is None or actor is None or prize.lower_ not in ("election", "elections", "reelection", "presidency"):
        return None
    fit = {t.lower_ for t in prize.lefts if t.dep_ in ("amod", "compound")} <= table("rule")["elections"]
    person = at(parsed, people, [actor]) or bare(parsed, actor)
    presidential = any(t.lower_ == "presidential" for t in prize.lefts) or prize.lower_ == "presidency"
    if not fit or person is None or not (person.heads or presidential):
        return None
    places = (actor, *(g for t in (verb, prize) for name, g in prepositions(t) if name in ("in", "of")))
    return "election", person.name, person, places


def _set_up(parsed: Parsed, verb: Token, kind: str, people: tuple[Person, ...]) -> Change | None:
    """An interim or provisional government that was set up."""
    government = subject(verb) if is_passive(verb) else child(verb, "dobj")
    if government is None or government.lower_ not in table("rule")["bodies"]:
        return None
    passing = {t.lower_ for t in government.lefts} & table("rule")["passing"]
    places = (government, *where(verb))
    return ("interim", " ".join([*sorted(passing), government.lower_]), None, places) if passing else None


CLASSIFIERS = {
    "overthrow": _overthrown, "assassination": _overthrown, "accession": _in_power, "winning": _won,
    "becoming": _became, "interim": _set_up,
}  # fmt: skip


def _goes_on(parsed: Parsed, token: Token) -> bool:
    """Whether a word before a name, or a hyphen, belongs to the name."""
    free = token.i not in parsed.mentions and token.i not in parsed.dates
    free = free and token.lower_ not in table("persons")["ranks"]
    return free and (token.text == "-" or token.tag_.startswith("NNP"))


def where(token: Token) -> list[Token]:
    """The objects of an "in" directly below a word."""
    places = [
        child(preposition, "pobj")
        for preposition in token.children
        if preposition.dep_ == "prep" and preposition.lower_ == "in"
    ]
    return [token for token in places if token is not None]


def post_of(parsed: Parsed, verb: Token) -> Token | None:
    """The office to which somebody was elected or from which somebody resigned."""
    roots = [
        child(verb, "oprd", "attr", "dobj"),
        *(g for name, g in prepositions(verb) if name in ("as", "from", "to")),
    ]
    return next((t for t in roots if t is not None and t.i not in parsed.dates), None)


def is_lesser(office: Token | None) -> bool:
    return office is not None and any(t.lower_ in table("offices")["lesser"] for t in office.lefts)


def is_of_state(parsed: Parsed, office: Token) -> bool:
    """Whether an office is that of a head of state or of government: president, of a polity if of anything."""
    phrase = parsed.text([t for t in office.subtree if t.i <= office.i]).lower()
    headed = any(
        re.search(rf"\b{re.escape(word)}\b", phrase)
        for key in table("offices")["heads"]
        for word in table("offices")[key] | {"presidency"}
    )
    of = [g for name, g in prepositions(office) if name == "of"]
    return headed and all(g.i in parsed.mentions or g.lower_ in table("states")["heads"] for g in of)


def bare(parsed: Parsed, token: Token) -> Person | None:
    """A person who is named without an office."""
    known = token.i in parsed.mentions or token.i in parsed.dates or token.lower_ in table("rule")["heads"]
    if not token.tag_.startswith("NNP") or known:
        return None
    tokens = [token]
    while tokens[0].i and _goes_on(parsed, tokens[0].nbor(-1)):
        tokens.insert(0, tokens[0].nbor(-1))
    start, end = parsed.where[tokens[0].i][0], parsed.where[token.i][1]
    return Person(start, end, parsed.text(tokens), start)
