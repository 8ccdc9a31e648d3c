"""Missions and envoys: whose they are, where they are accredited, in which town, of which rank, and who."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from comity.reading.actors import agents
from comity.reading.context import Context, Envoy, Event, Parties
from comity.reading.mentions import Mention
from comity.reading.parse import child, is_passive, is_verb, prepositions, region, subject
from comity.reading.words import lenient, table

if TYPE_CHECKING:
    from spacy.tokens import Token

_THERE = frozenset({"in", "at", "to", "near", "with", "for"})
_COURTS = frozenset(
    {"government", "court", "king", "queen", "emperor", "sultan", "city", "capital", "republic", "state"}
)
_SENT_BY = frozenset({"poss", "compound", "amod", "nmod"})
_RANKS = frozenset({"rank", "status", "level", "that", "those", "post", "class"})
_NAME = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Post:
    """A mission: its owner and host as far as they are said, its town and kind."""

    owner: str | None
    host: str | None
    town: str | None
    evidence: tuple[int, ...]


def mission(event: Event, context: Context) -> list[Parties]:
    """Whose mission, and where; what is not said is the document's: its own polity is host to the other's mission."""
    post = _post(event, context)
    owner, host, certainty, reason = post.owner, post.host, 1.0, ""
    actor = _actor(event, context)
    if owner is None and actor is not None and actor[0] != host:
        owner, certainty = actor[0], 0.95
    if owner is None and host is None:
        return _both(event, context, post)
    if owner is None and host is not None:
        owner, certainty, reason = context.other(host), 0.9, "whose mission it is, is taken from the document"
    elif host is None and owner is not None:
        host, certainty, reason = context.other(owner), 0.9, "where it is accredited is taken from the document"
    if owner is None or host is None or owner == host:
        return []
    context.mission = (owner, host)
    return [Parties(owner, host, post.evidence, certainty, reason)]


def _both(event: Event, context: Context, post: Post) -> list[Parties]:
    """A bare "the Legation": the one last spoken of, else that of the other polity with the document's own."""
    if context.pair is not None and any(t.lower_ in ("both", "respective") for t in event.theme.sent):
        own, other = context.pair
        why = "the missions of both with each other"
        return [Parties(own, other, post.evidence, 0.85, why), Parties(other, own, post.evidence, 0.85, why)]
    if context.mission is not None:
        return [Parties(*context.mission, post.evidence, 0.8, "the mission last spoken of")]
    if context.pair is None:
        return []
    own, other = context.pair
    return [Parties(other, own, post.evidence, 0.7, "a bare mission is taken for that with the document's own polity")]


def town(event: Event) -> str | None:
    """The town that a mission is in: the name after "in" or "at", or after the word itself ("Embassy Cotonou")."""
    for root in (event.theme, event.trigger):
        for name, governed in prepositions(root):
            if name in ("in", "at") and governed.tag_.startswith("NNP") and governed.i not in event.parsed.dates:
                mention = event.parsed.mentions.get(governed.i)
                if mention is None or mention.kind == "capital":
                    return mention.text if mention else _name(event, governed)
    following = event.theme.nbor(1) if event.theme.i + 1 < len(event.parsed.doc) else None
    if following is not None and following.tag_ == "NNP":
        mention = event.parsed.mentions.get(following.i)
        return following.text if mention is None else mention.text if mention.kind == "capital" else None
    return None


def rank(event: Event) -> str | None:
    """What a mission becomes: the kind after "to", or that it "became"."""
    above = [event.trigger.head] if not is_verb(event.trigger) and is_verb(event.trigger.head) else []
    places = (event.trigger, event.theme, *above)
    roots = [governed for root in places for name, governed in prepositions(root) if name in ("to", "as")]
    attribute = child(event.trigger, "attr", "oprd", "dobj")
    if attribute is not None and attribute != event.theme:
        roots.append(attribute)
    for root in roots:
        named = region(root) if root.lower_ in _RANKS else (t for t in region(root) if t == root or t.dep_ in _SENT_BY)
        for token in named:
            found = event.parsed.mentions.get(token.i)
            if found is not None and found.kind == "mission" and token.i != event.theme.i:
                return found.value
    return None


def _post(event: Event, context: Context) -> Post:
    """Owner, host and town as the words around the mission say."""
    owner: str | None = None
    host: str | None = None
    evidence = [event.theme.i]
    for token in _before(event.theme):
        if (mention := event.parsed.mentions.get(token.i)) and mention.is_polity:
            owner = event.polity(mention, context) or owner
            evidence.append(token.i)
    places = [
        (name, g, root) for root in (event.theme, event.theme.head, event.trigger) for name, g in prepositions(root)
    ]
    # "the legation in London near the Dutch government" is with the Netherlands
    for name, governed, root in sorted(places, key=lambda place: place[0] not in ("near", "to", "with")):
        found = _located(event, governed, context)
        if found is None or (root != event.theme and not (name in _THERE and _is_site(event, governed))):
            continue
        if name == "of" and owner is None and not _is_capital(event, governed):
            owner = found
        elif name in _THERE and host is None and found != owner:
            host = found
        else:
            continue
        evidence.append(governed.i)
    following = event.theme.nbor(1) if event.theme.i + 1 < len(event.parsed.doc) else None
    if host is None and following is not None and (mention := event.parsed.mentions.get(following.i)):
        host = event.polity(mention, context) if mention.kind in ("capital", "polity") else None  # "Embassy Singapore"
    return Post(owner, host, None, tuple(evidence))


def _before(token: Token) -> list[Token]:
    """The words that stand before a noun and say whose it is, with what is joined to them."""
    held = [t for t in token.lefts if t.dep_ in _SENT_BY]
    return held + [inner for t in held for inner in t.children if inner.dep_ in (*_SENT_BY, "conj")]


def _located(event: Event, token: Token, context: Context) -> str | None:
    """The polity that a place is, or is the capital of; of "the Government of X" it is X.

    A section in another power's embassy is where that embassy is.
    """
    housed = event.parsed.mentions.get(token.i)
    if housed is not None and housed.kind == "mission":
        there = (_located(event, g, context) for name, g in prepositions(token) if name in ("in", "at"))
        return next((found for found in there if found), None)
    for inner in region(token):
        mention = event.parsed.mentions.get(inner.i)
        if mention is not None and (mention.is_polity or mention.kind == "capital"):
            return event.polity(mention, context)
    return None


def _is_site(event: Event, token: Token) -> bool:
    """Whether it is a place or a court, not something that was done with or to one: "with the naming of a Consul"."""
    return token.i in event.parsed.mentions or token.tag_.startswith("NNP") or token.lower_ in _COURTS


def _is_capital(event: Event, token: Token) -> bool:
    mention = event.parsed.mentions.get(token.i)
    return mention is not None and mention.kind == "capital"


def _actor(event: Event, context: Context) -> tuple[str, Token] | None:
    """The polity that opens or closes a mission: its own."""
    if not is_verb(event.trigger):
        return _its(event, context)
    actor = subject(event.trigger)
    if actor is not None and (is_passive(event.trigger) or actor == event.theme):
        return None
    found = agents(event, context)
    return found[0] if len({id for id, _ in found}) == 1 else None


def _its(event: Event, context: Context) -> tuple[str, Token] | None:
    """Whose "its" is: that of the subject of the verb above, as in "Chile announced the closure of its Embassy"."""
    if not any(t.lower_ in ("its", "their") for t in event.theme.lefts):
        return None
    above = event.trigger.head
    while not is_verb(above) and above.head != above:
        above = above.head
    found = agents(Event(event.parsed, above, event.theme, event.when), context) if is_verb(above) else []
    return found[0] if len({id for id, _ in found}) == 1 else None


def envoy_subject(event: Event, context: Context) -> list[Parties]:
    """The envoy who presents credentials: the subject."""
    actor = subject(event.trigger)
    if actor is None:
        actor = next((g for name, g in prepositions(event.trigger) if name == "by"), None)
    return _envoy(event, context, actor)


def envoy_object(event: Event, context: Context) -> list[Parties]:
    """The envoy who is appointed, received or recalled: the theme."""
    return _envoy(event, context, event.theme)


def _envoy(event: Event, context: Context, person: Token | None) -> list[Parties]:
    """Sender and host by the envoy's title and the words around it; "he" is the envoy last spoken of.

    Without a date only what is said of an envoy who was spoken of before, in a sentence that has no date at all.
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
        return []  # who receives, and from whom, is not the same as whose mission is where
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
    """Whether a pronoun or a bare surname means the envoy last spoken of."""
    if envoy is None:
        return False
    alone = not any(t.dep_ == "compound" for t in person.lefts)
    return person.lower_ in ("he", "she", "who", "him") or (alone and person.text == envoy.name.split()[-1])


def _last_post(context: Context) -> tuple[tuple[str, str], str] | None:
    """Sender and host of the mission or the envoy last spoken of."""
    if context.mission is not None:
        return context.mission, "sender and host are those of the mission last spoken of"
    if context.envoy is not None:
        return (context.envoy.sender, context.envoy.host), "sender and host are those of the envoy last spoken of"
    return None


@lru_cache(maxsize=256)
def whole(title: str) -> str:
    """A title as it is written in full, in small letters, whatever a page has lost of it.

    >>> whole("Charg dAffaires"), whole("Minister Resident")
    ("chargé d'affaires", 'minister resident')
    """
    given = title.lower().replace("’", "'")
    phrases = (phrase for held in table("titles").values() for phrase in held if " " in phrase)
    return next((phrase for phrase in phrases if re.fullmatch(lenient(phrase), given)), given)


def _is_elsewhere(event: Event, title: tuple[Token, Mention] | None) -> bool:
    """Whether an envoy to one state presents credentials that are not said to be to it: perhaps to another."""
    direct = any(name in ("as", "to") for root in (event.trigger, event.theme) for name, _ in prepositions(root))
    return event.theme.lower_ in ("credentials", "letter", "letters") and title is not None and not direct


def _title(event: Event, person: Token) -> tuple[Token, Mention] | None:
    """The title of an envoy: before or after the name, or after "as"; of several the last before other clauses."""
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
    event: Event, context: Context, title: Token | None, person: Token
) -> tuple[str | None, str | None, list[int]]:
    """Sender and host that stand by the title, the person and the verb."""
    sender: str | None = None
    host: str | None = None
    evidence: list[int] = []
    heads = [t for t in (title, title.head if title is not None else None, person) if t is not None and not is_verb(t)]
    former = event.parsed.mentions.get(person.i)
    other = title is not None and former is not None and former.kind == "title" and person != title
    for root in heads:
        for token in _before(root):
            if (mention := event.parsed.mentions.get(token.i)) and mention.is_polity and sender is None:
                sender = event.polity(mention, context)
                evidence.append(token.i)
    for root in (*heads, event.theme, event.trigger):
        for name, governed in prepositions(root):
            found = _located(event, governed, context)
            if found is None or governed.i in evidence or (root == person and other):
                continue  # where the Consul at Brazzaville was before is not where he goes
            if name in ("of", "from") and root in heads and sender is None and found != host:
                sender = found
                evidence.append(governed.i)
            elif name in ("to", "in", "at") and host is None and found != sender:
                host = found
                evidence.append(governed.i)
    return _by_verb(event, context, sender, host, evidence)


def _by_verb(
    event: Event, context: Context, sender: str | None, host: str | None, evidence: list[int]
) -> tuple[str | None, str | None, list[int]]:
    """An active "appointed" has the sender as its subject, an active "received" the host."""
    if event.theme.lower_ in ("credentials", "letter", "letters"):
        return sender, host, evidence
    acting = agents(event, context)
    if not acting and (above := _done_by(event)) is not None:
        acting = agents(above, context)
        host, evidence = _done_to(above, context, sender, host, evidence)
    if acting and len({id for id, _ in acting}) == 1:
        id, token = acting[0]
        receives = event.trigger.lower_.startswith(("receiv", "accredit"))
        if receives and host is None and id != sender:
            host = id
        elif not receives and sender is None and id != host:
            sender = id
        evidence.append(token.i)
    return sender, host, evidence


def _done_by(event: Event) -> Event | None:
    """What was done by an act that a noun names: "X recognized Y by the appointment of an envoy"."""
    preposition = event.trigger.head
    if is_verb(event.trigger) or preposition.lower_ not in ("by", "with", "through") or not is_verb(preposition.head):
        return None
    return Event(event.parsed, preposition.head, preposition.head, event.when)


def _done_to(
    above: Event, context: Context, sender: str | None, host: str | None, evidence: list[int]
) -> tuple[str | None, list[int]]:
    """The polity that it was done to is the host, unless another is named."""
    patient = subject(above.trigger) if is_passive(above.trigger) else child(above.trigger, "dobj")
    found = _located(above, patient, context) if patient is not None and host is None else None
    if patient is None or found is None or found == sender:
        return host, evidence
    return found, [*evidence, patient.i]


def name_of(event: Event, person: Token, title: Token | None) -> str:
    """The person's name without title or polity: the proper nouns that end in its head, or that follow the title."""
    heads = [person, *(t for t in person.children if t.dep_ == "appos")]
    if title is not None:
        heads += [title.head, *(t for t in title.children if t.dep_ == "appos")]
    for head in heads:
        tokens = [*(t for t in head.lefts if t.dep_ == "compound"), head]
        named = [
            t
            for t in tokens
            if t.tag_.startswith("NNP") and t.i not in event.parsed.mentions and t.i not in event.parsed.dates
        ]
        named = [
            t for t in named if _NAME.match(t.text) and t.lower_ not in ("president", "king", "congress", "government")
        ]
        if named and head in named:
            return event.parsed.text(named)
    return ""


def _name(event: Event, token: Token) -> str:
    tokens = [*(t for t in token.lefts if t.dep_ == "compound" and t.tag_.startswith("NNP")), token]
    return event.parsed.text(tokens)


FINDERS = {"mission": mission, "envoy-subject": envoy_subject, "envoy-object": envoy_object}
