"""What several polities have or do together now: agreements in force, negotiations, cooperation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from comity.reading.grammar.parse import is_verb, joined, prepositions, subject
from comity.reading.parties.actors import agents
from comity.reading.parties.context import Clause, Context, Parties
from comity.reading.parties.mutual import between, named_in

if TYPE_CHECKING:
    from spacy.tokens import Token

_STATES = frozenset({"countries", "states", "nations", "governments", "government", "they", "both", "sides", "parties"})
_AMONG = re.compile(r"\bwith (?P<many>\w+ (?:other )?(?:countries|nations|states|partners))\b")
_HAVING = frozenset({"have", "has", "enjoy", "enjoyed", "enjoys", "maintain", "maintained", "maintains"})
_BEING = frozenset({"is", "are", "remains", "remain", "became", "become"})


def holders(event: Clause, context: Context) -> list[Parties]:
    """The parties of a present possession: the subject with each other polity that is named."""
    verb = event.trigger if is_verb(event.trigger) else event.trigger.head
    if verb.tag_ not in ("VBZ", "VBP") or (verb != event.trigger and verb.lower_ not in _BEING):
        return []
    polities = [
        (id, token)
        for token, mention in event.parsed.within(event.parsed.doc)
        if mention.is_polity and (id := event.polity(mention, context)) is not None
    ]
    tokens = dict(reversed(polities))  # each polity with the first token that names it
    acting = {id for id, _ in agents(Clause(event.parsed, verb, event.theme, None), context)}
    subject = acting.pop() if len(acting) == 1 else next(iter(dict(polities)), None)
    if subject is None or subject not in tokens:
        return []
    others = [id for id in dict(polities) if id != subject]
    return [Parties(subject, id, (tokens[subject].i, tokens[id].i), 0.95) for id in others]


def among(event: Clause) -> str | None:
    """The larger group, if stated: "with 14 countries, among them Peru"."""
    match = _AMONG.search(event.parsed.sentence.text)
    return match["many"] if match else None


def negotiators(event: Clause, context: Context) -> list[Parties]:
    """The parties of current negotiations, which have no date."""
    now = event.trigger.tag_ == "VBG" and any(t.lower_ in ("is", "are") for t in event.trigger.children)
    return between(event, context) if now else []


def partners(event: Clause, context: Context) -> list[Parties]:
    """The two that cooperate, if the states themselves or their governments are the subject."""
    for actor in joined(subject(event.trigger)):
        mention = event.parsed.mentions.get(actor.i)
        of_state = mention is not None and (mention.is_polity or mention.kind == "pair")
        if not of_state and actor.lower_ not in _STATES:
            return []
    return between(event, context)


def joint(event: Clause, context: Context) -> list[Parties]:
    """The parties of a cooperation: "between X and Y", "X's cooperation with Y", or the two that enjoy it."""
    noun, verb = event.trigger, event.trigger.head
    polities = [pair for name, g in prepositions(noun) if name == "between" for pair in named_in(event, g, context)]
    if not polities and (
        partner := [p for n, g in prepositions(noun) if n == "with" for p in named_in(event, g, context)]
    ):
        polities = [p for t in noun.lefts for p in named_in(event, t, context)] + partner
    if not polities and noun.dep_ == "dobj" and verb.lower_ in _HAVING:
        polities = named_in(event, subject(verb), context)
    ids = list(dict.fromkeys(id for id, _ in polities))
    return [Parties(ids[0], ids[1], tuple(token.i for _, token in polities))] if len(ids) == 2 else []


def joiner(event: Clause, context: Context) -> list[Parties]:
    """The states that join, become members or are admitted: the subject of any of these verbs."""
    if event.when is not None and event.when.is_interval:
        return []  # joining takes no years: the interval belongs to something else
    mentions = list(event.parsed.within(joined(subject(event.trigger))))
    joiners = [(event.polity(mention, context), token) for token, mention in mentions if mention.is_polity]
    return [Parties(id, None, (token.i, event.theme.i)) for id, token in joiners if id is not None]


def talks(event: Clause) -> str | None:
    """The topic of negotiations: the title before the word, or the words after "on"."""
    words = ("negotiations", "negotiation", "talks")
    noun = next((token for token in event.parsed.doc if token.lower_ in words), None)
    if noun is None:
        return None
    for token in noun.lefts:
        mention = event.parsed.mentions.get(token.i)
        if mention is not None and mention.kind in ("agreement", "act"):
            return mention.value
    return _after(event, noun)


def purpose(event: Clause) -> str | None:
    """The purpose of the work: the words after "on", "in", "against" or "to", up to the first comma.

    "cooperate on efforts to interdict the flow of narcotics, particularly cocaine" yields all from "efforts" to
    "narcotics".
    """
    return _after(event, event.trigger)


def _after(event: Clause, root: Token) -> str | None:
    for name, governed in prepositions(root):
        mention = event.parsed.mentions.get(governed.i)
        if name in ("on", "in", "against", "over", "towards", "toward", "for", "to", "through") and (
            mention is None and governed.i not in event.parsed.dates
        ):
            return _up_to_comma(event, governed)
    clause = next((t for t in root.children if t.dep_ == "xcomp" and t.i > root.i), None)
    return _up_to_comma(event, clause) if clause is not None else None


def _up_to_comma(event: Clause, root: Token) -> str | None:
    """The words under a token, from its first to the first comma or date after it."""
    tokens = sorted((t for t in root.subtree), key=lambda t: t.i)
    phrase = []
    for token in tokens:
        if token.i > root.i and (token.lower_ in (",", ";", "–", "—") or token.i in event.parsed.dates):
            break
        phrase.append(token)
    return event.parsed.text(phrase) or None


FINDERS = {"has": holders, "joint": joint, "negotiating": negotiators, "joiner": joiner, "partners": partners}
