"""Missions: owner, host, town and rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading.grammar.parse import child, is_passive, is_verb, prepositions, region, subject
from comity.reading.parties.actors import agents
from comity.reading.parties.context import Clause, Context, Parties

if TYPE_CHECKING:
    from spacy.tokens import Token

_THERE = frozenset({"in", "at", "to", "near", "with", "for"})
_COURTS = frozenset(
    {"government", "court", "king", "queen", "emperor", "sultan", "city", "capital", "republic", "state"}
)
_SENT_BY = frozenset({"poss", "compound", "amod", "nmod"})
_RANKS = frozenset({"rank", "status", "level", "that", "those", "post", "class"})


@dataclass(frozen=True, slots=True)
class StatedMission:
    """A mission: its owner, host and town as far as stated, and the tokens that state them."""

    owner: str | None
    host: str | None
    town: str | None
    evidence: tuple[int, ...]


def mission(event: Clause, context: Context) -> list[Parties]:
    """The owner and host of a mission; what is not stated is taken from the document, whose own polity is the host."""
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


def _both(event: Clause, context: Context, post: StatedMission) -> list[Parties]:
    """A bare "the Legation": the one mentioned last, else that of the other polity in the document's own."""
    if context.pair is not None and any(t.lower_ in ("both", "respective") for t in event.theme.sent):
        own, partner = context.pair
        why = "the missions of both with each other"
        return [Parties(own, partner, post.evidence, 0.85, why), Parties(partner, own, post.evidence, 0.85, why)]
    if context.mission is not None:
        return [Parties(*context.mission, post.evidence, 0.8, "the mission last spoken of")]
    if context.pair is None:
        return []
    own, partner = context.pair
    return [
        Parties(partner, own, post.evidence, 0.7, "a bare mission is taken for that with the document's own polity")
    ]


def town(event: Clause) -> str | None:
    """The town that a mission is in: the name after "in" or "at", or after the word itself ("Embassy Cotonou")."""
    for root in (event.theme, event.trigger):
        for name, governed in prepositions(root):
            if name in ("in", "at") and governed.tag_.startswith("NNP") and governed.i not in event.parsed.dates:
                mention = event.parsed.mentions.get(governed.i)
                if mention is None or mention.is_capital:
                    return mention.text if mention else _name(event, governed)
    following = event.theme.nbor(1) if event.theme.i + 1 < len(event.parsed.doc) else None
    if following is not None and following.tag_ == "NNP":
        mention = event.parsed.mentions.get(following.i)
        return following.text if mention is None else mention.text if mention.is_capital else None
    return None


def rank(event: Clause) -> str | None:
    """The new kind of a mission: after "to", or after "became"."""
    above = [event.trigger.head] if not is_verb(event.trigger) and is_verb(event.trigger.head) else []
    places = (event.trigger, event.theme, *above)
    roots = [governed for root in places for name, governed in prepositions(root) if name in ("to", "as")]
    attribute = child(event.trigger, "attr", "oprd", "dobj")
    if attribute is not None and attribute != event.theme:
        roots.append(attribute)
    for root in roots:
        tokens = region(root) if root.lower_ in _RANKS else (t for t in region(root) if t == root or t.dep_ in _SENT_BY)
        for token in tokens:
            mention = event.parsed.mentions.get(token.i)
            if mention is not None and mention.kind == "mission" and token.i != event.theme.i:
                return mention.value
    return None


def _post(event: Clause, context: Context) -> StatedMission:
    """Owner and host as stated by the words around the mission."""
    owner: str | None = None
    host: str | None = None
    evidence = [event.theme.i]
    for token in words_before(event.theme):
        if (mention := event.parsed.mentions.get(token.i)) and mention.is_polity:
            owner = event.polity(mention, context) or owner
            evidence.append(token.i)
    places = [
        (name, g, root) for root in (event.theme, event.theme.head, event.trigger) for name, g in prepositions(root)
    ]
    # "the legation in London near the Dutch government" is with the Netherlands
    for name, governed, root in sorted(places, key=lambda place: place[0] not in ("near", "to", "with")):
        polity = located(event, governed, context)
        if polity is None or (root != event.theme and not (name in _THERE and _is_site(event, governed))):
            continue
        if name == "of" and owner is None and not _is_capital(event, governed):
            owner = polity
        elif name in _THERE and host is None and polity != owner:
            host = polity
        else:
            continue
        evidence.append(governed.i)
    following = event.theme.nbor(1) if event.theme.i + 1 < len(event.parsed.doc) else None
    if host is None and following is not None and (mention := event.parsed.mentions.get(following.i)):
        host = event.polity(mention, context) if mention.is_place else None  # "Embassy Singapore"
    return StatedMission(owner, host, None, tuple(evidence))


def words_before(token: Token) -> list[Token]:
    """The possessive and attributive words before a noun, with their own modifiers and conjuncts."""
    modifiers = [t for t in token.lefts if t.dep_ in _SENT_BY]
    return modifiers + [inner for t in modifiers for inner in t.children if inner.dep_ in (*_SENT_BY, "conj")]


def located(event: Clause, token: Token, context: Context) -> str | None:
    """The polity of a place: itself, the one of a capital, or X for "the Government of X".

    A section in another power's embassy is in the host country of that embassy.
    """
    housed = event.parsed.mentions.get(token.i)
    if housed is not None and housed.kind == "mission":
        there = (located(event, g, context) for name, g in prepositions(token) if name in ("in", "at"))
        return next((polity for polity in there if polity), None)
    for inner in region(token):
        mention = event.parsed.mentions.get(inner.i)
        if mention is not None and (mention.is_polity or mention.is_capital):
            return event.polity(mention, context)
    return None


def _is_site(event: Clause, token: Token) -> bool:
    """Whether a noun is a place or a court, not an action: "with the naming of a Consul"."""
    return token.i in event.parsed.mentions or token.tag_.startswith("NNP") or token.lower_ in _COURTS


def _is_capital(event: Clause, token: Token) -> bool:
    mention = event.parsed.mentions.get(token.i)
    return mention is not None and mention.is_capital


def _actor(event: Clause, context: Context) -> tuple[str, Token] | None:
    """The polity that opens or closes a mission, which is its owner."""
    if not is_verb(event.trigger):
        return _its(event, context)
    actor = subject(event.trigger)
    if actor is not None and (is_passive(event.trigger) or actor == event.theme):
        return None
    actors = agents(event, context)
    return actors[0] if len({id for id, _ in actors}) == 1 else None


def _its(event: Clause, context: Context) -> tuple[str, Token] | None:
    """The polity of "its": that of the subject of the verb above: "Chile announced the closure of its Embassy"."""
    if not any(t.lower_ in ("its", "their") for t in event.theme.lefts):
        return None
    above = event.trigger.head
    while not is_verb(above) and above.head != above:
        above = above.head
    actors = agents(Clause(event.parsed, above, event.theme, event.when), context) if is_verb(above) else []
    return actors[0] if len({id for id, _ in actors}) == 1 else None


def _name(event: Clause, token: Token) -> str:
    tokens = [*(t for t in token.lefts if t.dep_ == "compound" and t.tag_.startswith("NNP")), token]
    return event.parsed.text(tokens)


FINDERS = {"mission": mission}
