"""Envoys: their names, the polities that sent them and the polities that hosted them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from comity.reading.grammar.parse import child, is_passive, is_verb, prepositions, region, subject
from comity.reading.lexicon.words import lenient, table
from comity.reading.names.mentions import Mention
from comity.reading.parties.actors import agents
from comity.reading.parties.context import Clause, Context, Envoy, Parties
from comity.reading.relations.missions import located, words_before

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAME = re.compile(r"[^\W\d_]")


def envoy_subject(event: Clause, context: Context) -> list[Parties]:
    """The envoy who presents credentials: the subject."""
    actor = subject(event.trigger)
    if actor is None:
        actor = next((g for name, g in prepositions(event.trigger) if name == "by"), None)
    return _envoy(event, context, actor)


def envoy_object(event: Clause, context: Context) -> list[Parties]:
    """The envoy who is appointed, received or recalled: the theme."""
    return _envoy(event, context, event.theme)


def _envoy(event: Clause, context: Context, person: Token | None) -> list[Parties]:
    """Sender and host by the envoy's title and the words around it; "he" is the envoy last mentioned.

    An undated event counts only for an envoy mentioned before, in a sentence without any date.
    """
    if person is None:
        return []
    title = _title(event, person)
    known = context.envoy if _is_last(context.envoy, person) else None
    if known is None and (title is None or event.when is None):
        return []
    if event.when is None and event.parsed.dates:
        return []
    if title is not None and title[1].value == "consul":
        context.envoy = None
        return []
    sender, host, evidence = _sides(event, context, title[0] if title else None, person)
    if host is not None and host not in context.about and sender in context.about[:2] and _is_elsewhere(event, title):
        return []
    if sender is None and host is None and known is None and event.trigger.lower_.startswith("receiv"):
        return []  # who receives from whom does not say whose mission is where
    sender, host = sender or (known.sender if known else None), host or (known.host if known else None)
    certainty, reason = 1.0, ""
    if sender is None and host is None:
        if (post := _last_post(context)) is None:
            return []  # nothing says whose envoy this is
        (sender, host), reason, certainty = *post, 0.8
    elif sender is None or host is None:
        sender, host = sender or context.other(host or ""), host or context.other(sender or "")
        certainty, reason = 0.9, "one side is taken from the document"
    if sender is None or host is None or sender == host:
        return []
    name = known.name if known else name_of(event, person, title[0] if title else None)
    if not name:
        return []
    context.envoy = Envoy(name, sender, host, whole(title[1].text) if title else known.title if known else "")
    return [Parties(sender, host, (*evidence, person.i), certainty, reason)]


def _is_last(envoy: Envoy | None, person: Token) -> bool:
    """Whether a pronoun or a bare surname refers to the envoy last mentioned."""
    if envoy is None:
        return False
    alone = not any(t.dep_ == "compound" for t in person.lefts)
    return person.lower_ in ("he", "she", "who", "him") or (alone and person.text == envoy.name.split()[-1])


def _last_post(context: Context) -> tuple[tuple[str, str], str] | None:
    """Sender and host of the mission or envoy last mentioned, with the reason."""
    if context.mission is not None:
        return context.mission, "sender and host are those of the mission last spoken of"
    if context.envoy is not None:
        return (context.envoy.sender, context.envoy.host), "sender and host are those of the envoy last spoken of"
    return None


@lru_cache(maxsize=256)
def whole(title: str) -> str:
    """A title in full and in lower case, with letters restored that a page has lost.

    >>> whole("Charg dAffaires"), whole("Minister Resident")
    ("chargé d'affaires", 'minister resident')
    """
    lowered = title.lower().replace("’", "'")
    phrases = {phrase for titles in table("titles").values() for phrase in titles if " " in phrase}
    candidates = sorted(phrases, key=lambda phrase: (phrase.isascii(), phrase))  # spellings with accents first
    return next((phrase for phrase in candidates if re.fullmatch(lenient(phrase), lowered)), lowered)


def _is_elsewhere(event: Clause, title: tuple[Token, Mention] | None) -> bool:
    """Whether the credentials may be for another state: the text does not say "as" or "to"."""
    direct = any(name in ("as", "to") for root in (event.trigger, event.theme) for name, _ in prepositions(root))
    return event.theme.lower_ in ("credentials", "letter", "letters") and title is not None and not direct


def _title(event: Clause, person: Token) -> tuple[Token, Mention] | None:
    """The title of an envoy, before or after the name, or after "as"; the latter comes first, as it is the new post."""
    roots = [g for root in (event.trigger, event.theme, person) for name, g in prepositions(root) if name == "as"]
    roots += [t for t in event.trigger.children if t.dep_ in ("oprd", "attr", "dobj")]
    roots.append(person)
    for root in roots:
        for token in region(root):
            mention = event.parsed.mentions.get(token.i)
            if mention is not None and mention.kind == "title":
                return token, mention
    return None


def _sides(
    event: Clause, context: Context, title: Token | None, person: Token
) -> tuple[str | None, str | None, list[int]]:
    """Sender and host named next to the title, the person and the verb, with the tokens that show them."""
    sender: str | None = None
    host: str | None = None
    evidence: list[int] = []
    heads = [t for t in (title, title.head if title is not None else None, person) if t is not None and not is_verb(t)]
    former = event.parsed.mentions.get(person.i)
    has_former_title = title is not None and former is not None and former.kind == "title" and person != title
    for root in heads:
        for token in words_before(root):
            if (mention := event.parsed.mentions.get(token.i)) and mention.is_polity and sender is None:
                sender = event.polity(mention, context)
                evidence.append(token.i)
    for root in (*heads, event.theme, event.trigger):
        for name, governed in prepositions(root):
            polity = located(event, governed, context)
            if polity is None or governed.i in evidence or (root == person and has_former_title):
                continue  # the former post of "the Consul at Brazzaville" is not his new one
            if name in ("of", "from") and root in heads and sender is None and polity != host:
                sender = polity
                evidence.append(governed.i)
            elif name in ("to", "in", "at") and host is None and polity != sender:
                host = polity
                evidence.append(governed.i)
    return _by_verb(event, context, sender, host, evidence)


def _by_verb(
    event: Clause, context: Context, sender: str | None, host: str | None, evidence: list[int]
) -> tuple[str | None, str | None, list[int]]:
    """Complete the sides by the verb: the subject of "appointed" is the sender, that of "received" the host."""
    if event.theme.lower_ in ("credentials", "letter", "letters"):
        return sender, host, evidence
    acting = agents(event, context)
    if not acting and (above := _act_above(event)) is not None:
        acting = agents(above, context)
        host, evidence = _host_of_act(above, context, sender, host, evidence)
    if acting and len({id for id, _ in acting}) == 1:
        id, token = acting[0]
        receives = event.trigger.lower_.startswith(("receiv", "accredit"))
        if receives and host is None and id != sender:
            host = id
        elif not receives and sender is None and id != host:
            sender = id
        evidence.append(token.i)
    return sender, host, evidence


def _act_above(event: Clause) -> Clause | None:
    """The act above a noun that is its means: "X recognized Y by the appointment of an envoy"."""
    preposition = event.trigger.head
    if is_verb(event.trigger) or preposition.lower_ not in ("by", "with", "through") or not is_verb(preposition.head):
        return None
    return Clause(event.parsed, preposition.head, preposition.head, event.when)


def _host_of_act(
    above: Clause, context: Context, sender: str | None, host: str | None, evidence: list[int]
) -> tuple[str | None, list[int]]:
    """The host, with its evidence: the polity acted on, unless a host is named already."""
    patient = subject(above.trigger) if is_passive(above.trigger) else child(above.trigger, "dobj")
    polity = located(above, patient, context) if patient is not None and host is None else None
    if patient is None or polity is None or polity == sender:
        return host, evidence
    return polity, [*evidence, patient.i]


def name_of(event: Clause, person: Token, title: Token | None) -> str:
    """The person's name without title or polity: the proper nouns up to its head, or those after the title."""
    heads = [person, *(t for t in person.children if t.dep_ == "appos")]
    if title is not None:
        heads += [title.head, *(t for t in title.children if t.dep_ == "appos")]
    for head in heads:
        tokens = [*(t for t in head.lefts if t.dep_ == "compound"), head]
        names = [
            t
            for t in tokens
            if t.tag_.startswith("NNP") and t.i not in event.parsed.mentions and t.i not in event.parsed.dates
        ]
        names = [
            t for t in names if _NAME.match(t.text) and t.lower_ not in ("president", "king", "congress", "government")
        ]
        if names and head in names:
            return event.parsed.text(names)
    return ""


FINDERS = {"envoy-subject": envoy_subject, "envoy-object": envoy_object}
