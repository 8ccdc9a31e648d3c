"""Who: the polities of an event, in their direction, by the words around it and by whom the document is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from comity.model import Certainty, When
from comity.reading.mentions import Mention, meant
from comity.reading.parse import Parsed, is_passive, is_verb, prepositions, region, subject
from comity.reading.words import table
from comity.sources.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLACES = frozenset(
    {"in", "at", "near", "inside", "within", "throughout", "from", "under", "against", "as", "since", "after"}
)
_WITH = frozenset({"with", "between", "to", "and", "among", "of", "by", "toward", "towards"})
_POSTED = re.compile(r" (?:to|in|near|at)(?: the)?(?: (?:Government|Court|King|Republic|Kingdom) of)?(?: the)? ")
_PRONOUNS = frozenset({"it", "they", "he", "she", "its", "their", "who", "which", "each"})
_GOVERNMENTS = frozenset(
    {"government", "regime", "council", "junta", "committee", "administration", "republic", "state", "independence",
     "authorities", "nation", "country", "empire", "restoration", "sovereignty"}
)  # fmt: skip


@cache
def kin(polity: str) -> frozenset[str]:
    """What a polity came from and what came of it: by such names too a page speaks of its own."""
    return frozenset(_line(polity, "predecessors") | _line(polity, "successors")) - {polity}


def _line(polity: str, way: str) -> set[str]:
    """Two steps before or after a polity: its siblings, who share a predecessor with it, are others."""
    known = gazetteer()
    first = {id for id in getattr(known.polity(polity), way) if id in known}
    return first | {id for near in first for id in getattr(known.polity(near), way) if id in known}


@dataclass(frozen=True, slots=True)
class Parties:
    """Subject and object, the tokens that show them, and how sure the reading is."""

    subject: str
    object: str | None
    evidence: tuple[int, ...] = ()
    certainty: float = 1.0
    reason: str = ""


@dataclass(slots=True)
class Envoy:
    """Who was last spoken of as an envoy: what "he" means."""

    name: str
    sender: str
    host: str
    title: str


@dataclass(slots=True)
class Context:
    """What a document has said so far: whom it is about, and of which envoy and mission it last spoke."""

    about: tuple[str, ...]
    envoy: Envoy | None = None
    mission: tuple[str, str] | None = None
    memory: dict[str, str] = field(default_factory=dict)

    def other(self, polity: str) -> str | None:
        """The other of the two that the document is about."""
        if len(self.about) < 2:
            return None
        own, other = (polity == id or polity in kin(id) for id in self.about[:2])
        return None if own == other else self.about[1] if own else self.about[0]

    @property
    def pair(self) -> tuple[str, str] | None:
        """The two that the document is about, the page's own first."""
        return (self.about[0], self.about[1]) if len(self.about) > 1 else None


def then(polity: str, when: When | None, about: tuple[str, ...]) -> str:
    """The polity itself if it may have existed then; else its kin that did, the document's own before others."""
    if when is None or gazetteer().polity(polity).existed(when) is not Certainty.NO:
        return polity
    own = gazetteer().polity(polity)
    for held in ({*own.predecessors, *own.successors}, kin(polity)):
        existed = [
            id for id in sorted(held) if id in gazetteer() and gazetteer().polity(id).existed(when) is Certainty.YES
        ]
        near = [id for id in existed if id in about] or existed
        if len(near) == 1:
            return near[0]
    return polity


@dataclass(frozen=True, slots=True)
class Event:
    """A verb or noun with its theme and date, in a parsed sentence: what parties are sought for."""

    parsed: Parsed
    trigger: Token
    theme: Token
    when: When | None
    agent: Token | None = None  # the one of several agents that this date goes with

    def polity(self, mention: Mention, context: Context) -> str | None:
        """The polity that a mention means at the time of the event."""
        return meant(mention, self.when, context.about)


def between(event: Event, context: Context) -> list[Parties]:
    """The two of a mutual event: those named around it; else the one named and its partner, else the document's two."""
    found = _around(event, context)
    ids = list(dict.fromkeys(id for id, _ in found))
    tokens = tuple(token.i for _, token in found) or (event.theme.i,)
    if len(ids) == 2 and not _are_partners_of_another(event, [token for _, token in found]):
        return [Parties(ids[0], ids[1], tokens)]
    if len(ids) == 2:
        return []
    if len(ids) > 2:
        return _many(event, context)
    if len(ids) == 1:
        other = context.other(ids[0])
        if other is None or _has_unknown_partner(event, context):
            return []
        return [Parties(ids[0], other, tokens, 0.9, f"the other party is the document's: {other}")]
    if context.pair is None or _foreign(event, context) or _names_a_third(event, context):
        return []
    generic = any(m.kind == "pair" for _, m in event.parsed.within(event.parsed.doc))
    return [Parties(*context.pair, tokens, 0.9 if generic else 0.8, "the two that the document is about")]


def _has_unknown_partner(event: Event, context: Context) -> bool:
    """Whether it was done with somebody who is no polity that is known: an armistice with the Allies."""
    roots = [g for t in (event.theme, event.trigger) for name, g in prepositions(t) if name == "with"]
    return any(g.tag_ in ("NNP", "NNPS") and not _polities(event, g, context) for g in roots)


def _names_a_third(event: Event, context: Context) -> bool:
    """Whether the sentence of an agreement names a polity that is neither of the document's two, nor kin of theirs."""
    if event.theme.lower_ in table("relations")["heads"]:
        return False
    named = (m for m in event.parsed.sentence.mentions if m.kind in ("polity", "demonym"))
    ids = {id for mention in named if (id := event.polity(mention, context)) is not None}
    known = set(context.about[:2]) | {near for id in context.about[:2] for near in kin(id)}
    return not ids <= known


def _are_partners_of_another(event: Event, tokens: list[Token]) -> bool:
    """Whether all that are named stand after "with", and somebody else acts: "he broke relations with A and B"."""
    actor = subject(event.trigger) if is_verb(event.trigger) and not is_passive(event.trigger) else None
    if actor is None or actor == event.theme or event.theme in actor.conjuncts:
        return False
    partners = {
        t
        for root in (event.theme, event.trigger)
        for name, g in prepositions(root)
        if name == "with"
        for t in g.subtree
    }
    return bool(tokens) and set(tokens) <= partners


def _around(event: Event, context: Context) -> list[tuple[str, Token]]:
    """Polities named in the subject, the theme and what is joined to them by with, between or by."""
    roots = [event.theme]
    if is_verb(event.trigger):
        actor = subject(event.trigger)
        if event.trigger.dep_ == "acl" or actor is None:
            actor = None
        roots = [*([actor] if actor is not None else []), event.theme]
        roots += [governed for name, governed in prepositions(event.trigger) if name in _WITH]
        if actor is not None and actor.lower_ in _PRONOUNS:
            roots += _antecedent(event.trigger)
    else:
        roots += [event.trigger]
        above = _above(event.trigger)
        if above is not None and (actor := subject(above)) is not None and actor != event.trigger:
            roots.append(actor)
    found: dict[int, tuple[str, Token]] = {}
    for root in roots:
        for token, mention in _named(event, root):
            id = event.polity(mention, context)
            if id is not None:
                found[token.i] = (id, token)
    inside = _in_title(event, context)
    ordered = [found[i] for i in sorted(found)]
    return ordered + [pair for pair in inside if pair[0] not in {id for id, _ in ordered}]


def _antecedent(verb: Token) -> list[Token]:
    """The subject of the clause above, which a pronoun in this one may mean: "Chile announced that it …"."""
    above = verb.head
    while above.head != above and not is_verb(above):
        above = above.head
    actor = subject(above) if is_verb(above) and above != verb else None
    return [actor] if actor is not None else []


def _named(event: Event, root: Token) -> Iterator[tuple[Token, Mention]]:
    """Mentions of polities in a region, but for those that only say where."""
    for token, mention in event.parsed.within(region(root, conjuncts=True)):
        if mention.is_polity and not _is_place(event, token, root):
            yield token, mention


def _is_place(event: Event, token: Token, root: Token) -> bool:
    """Whether it stands under a preposition of place below the root: "the Legation in Peru", "his Minister to Peru"."""
    if _is_post(event, token):
        return True
    current = token
    while current != root and current.head != current:
        above = current.head
        if above.dep_ == "prep" and above != root and (above.lower_ in _PLACES or _of_another(event, above, root)):
            return True
        current = current.head
    return False


def _is_post(event: Event, token: Token) -> bool:
    """Whether a polity is where an envoy is posted: "the Minister to Prussia"."""
    sentence = event.parsed.sentence
    here = event.parsed.mentions[token.i]
    titles = (mention for mention in sentence.mentions if mention.kind == "title" and mention.end < here.start)
    return any(_POSTED.fullmatch(sentence.text[title.end : here.start]) for title in titles)


def _of_another(event: Event, preposition: Token, root: Token) -> bool:
    """Whether "with" says whose another agreement is: "the accession to the Treaty with Hanover"."""
    mention = event.parsed.mentions.get(preposition.head.i)
    other = mention is not None and mention.kind == "agreement" and preposition.head != root
    return other and preposition.lower_ in ("with", "between")


def _in_title(event: Event, context: Context) -> list[tuple[str, Token]]:
    """The polities that stand inside the title of the agreement: the US-Peru Trade Promotion Agreement."""
    mention = event.parsed.mentions.get(event.theme.i)
    if mention is None or mention.kind not in ("agreement", "act"):
        return []
    held = [m for m in event.parsed.sentence.mentions if m.kind == "inside" and mention.start <= m.start < mention.end]
    found = [(event.polity(m, context), event.theme) for m in held]
    return [(id, token) for id, token in found if id is not None]


def _many(event: Event, context: Context) -> list[Parties]:
    """More than two: the document's two, the actor with each of those it acts with, or the two that "between" joins."""
    ids = {id for id, _ in _around(event, context)}
    if context.pair and set(context.pair) <= ids:
        return [Parties(*context.pair, (event.theme.i,), 0.9, "of several named the two that the document is about")]
    actor = subject(event.trigger) if is_verb(event.trigger) and not is_passive(event.trigger) else None
    actors = _polities(event, actor, context)
    roots = [g for t in (event.theme, event.trigger) for name, g in prepositions(t) if name in ("with", "between")]
    others = [pair for root in roots for pair in _polities(event, root, context)]
    if len({id for id, _ in actors}) == 1 and others:
        first, token = actors[0]
        return [Parties(first, id, (token.i, t.i), 0.9, "one of several parties") for id, t in others if id != first]
    two = list(dict.fromkeys(id for id, _ in others)) or list(dict.fromkeys(id for id, _ in actors))
    tokens = tuple(t.i for _, t in others or actors)
    return [Parties(two[0], two[1], tokens, 0.85, "the two that are joined")] if len(two) == 2 else []


def _polities(event: Event, root: Token | None, context: Context) -> list[tuple[str, Token]]:
    if root is None:
        return []
    found = [(event.polity(mention, context), token) for token, mention in _named(event, root)]
    return [(id, token) for id, token in found if id is not None]


def _foreign(event: Event, context: Context) -> bool:
    """Whether somebody is named as acting who is no polity that is known: then the document's two are not meant."""
    actor = subject(event.trigger) if is_verb(event.trigger) else None
    if actor is None or actor == event.theme or event.theme in actor.conjuncts:
        return False
    return actor.tag_.startswith("NNP") and event.parsed.mentions.get(actor.i) is None


def _above(token: Token) -> Token | None:
    current = token
    while current.head != current:
        current = current.head
        if is_verb(current):
            return current
    return None


def agents(event: Event, context: Context) -> list[tuple[str, Token]]:
    """The polities that act: the subject of an active verb, those after "by" of a passive one."""
    if event.agent is not None:
        return _polities(event, event.agent, context)
    if not is_verb(event.trigger):
        held = [t for t in event.trigger.children if t.dep_ in ("poss", "amod", "compound", "nmod")]
        held += [g for name, g in prepositions(event.trigger) if name == "by"]
        return [pair for token in held for pair in _polities(event, token, context)]
    if is_passive(event.trigger):
        return [
            pair for name, g in prepositions(event.trigger) if name == "by" for pair in _polities(event, g, context)
        ]
    actor = subject(event.trigger)
    if actor is not None and actor.lower_ in _PRONOUNS:
        return [pair for root in _antecedent(event.trigger) for pair in _polities(event, root, context)]
    return _polities(event, actor, context)


def _one(pairs: Iterable[tuple[str, Token]]) -> tuple[str, Token] | None:
    held = list(pairs)
    return held[0] if len({id for id, _ in held}) == 1 else None


def agent_theme(event: Event, context: Context) -> list[Parties]:
    """Who acts on whom: "X recognized Y", "Y was recognized by X"."""
    actors = agents(event, context)
    acted = _acted_on(event, context)
    if acted is None:
        return []
    patient, evidence = acted
    first = [pair for pair in actors if pair[0] != patient]
    ids = list(dict.fromkeys(id for id, _ in first))
    if ids:
        tokens = dict(first)
        sure = 1.0 if len(ids) == 1 else 0.9
        return [Parties(id, patient, (tokens[id].i, evidence.i), sure) for id in ids]
    other = context.other(patient)
    if other is None or (_foreign(event, context) and not _speaks_for(event)):
        return []
    return [Parties(other, patient, (evidence.i,), 0.8, f"the actor is taken for the document's: {other}")]


def _speaks_for(event: Event) -> bool:
    """Whether the actor is a person in office: President Lincoln, Secretary Acheson."""
    actor = subject(event.trigger)
    return actor is not None and any(t.lower_ in ("president", "secretary", "department") for t in region(actor))


def _acted_on(event: Event, context: Context) -> tuple[str, Token] | None:
    """The polity of a theme: itself, that whose government or independence it is, or the document's own."""
    named = _polities(event, event.theme, context)
    named += [
        pair
        for name, governed in prepositions(event.trigger)
        if name == "as" and event.theme.lower_ in _GOVERNMENTS
        for pair in _polities(event, governed, context)
    ]
    acting = {id for id, _ in agents(event, context)}
    named = [pair for pair in named if pair[0] not in acting] or named
    if named:
        return named[0]
    government = any(token.lower_ in _GOVERNMENTS for token in region(event.theme))
    if government and len(acting) == 1 and (other := context.other(next(iter(acting)))):
        return other, event.theme
    return None


def theme_agent(event: Event, context: Context) -> list[Parties]:
    """Who is acted on by whom: "X annexed Y" is of Y."""
    return [
        Parties(p.object, p.subject, p.evidence, p.certainty, p.reason) for p in agent_theme(event, context) if p.object
    ]


def theme(event: Event, context: Context) -> list[Parties]:
    """The theme alone."""
    return [Parties(id, None, (token.i,)) for id, token in _polities(event, event.theme, context)[:1]]


def agent_to(event: Event, context: Context) -> list[Parties]:
    """Who gives to whom: "X extended recognition to Y", "X and Y granted each other recognition"."""
    actors = agents(event, context)
    ids = list(dict.fromkeys(id for id, _ in actors))
    mutual = any(token.lower_ == "each" for token in event.trigger.subtree)
    if mutual and len(ids) == 2:
        tokens = tuple(token.i for _, token in actors)
        return [Parties(ids[0], ids[1], tokens), Parties(ids[1], ids[0], tokens)]
    roots = [g for t in (event.theme, event.trigger) for name, g in prepositions(t) if name in ("to", "of")]
    given = [pair for root in roots for pair in _polities(event, root, context)]
    return _directed(event, context, actors, given)


def agent_of(event: Event, context: Context) -> list[Parties]:
    """Whose from whom: "X withdrew its recognition of Y"."""
    roots = [g for name, g in prepositions(event.theme) if name in ("of", "from")]
    return _directed(event, context, agents(event, context), [p for r in roots for p in _polities(event, r, context)])


def agent_on(event: Event, context: Context) -> list[Parties]:
    """Who against whom: "X declared war on Y"."""
    roots = [
        g for t in (event.theme, event.trigger) for name, g in prepositions(t) if name in ("on", "upon", "against")
    ]
    given = [pair for root in roots for pair in _polities(event, root, context)]
    if not given:
        return []
    actors = agents(event, context)
    ids = {id for id, _ in actors}
    return _directed(event, context, actors if len(ids) == 1 else [], given)


def noun_agent_of(event: Event, context: Context) -> list[Parties]:
    """Of a noun: "X's recognition of Y", "recognition of Y by X", "mutual recognition between X and Y".

    A sign or a policy of recognition is none.
    """
    over = event.trigger.head.head if event.trigger.head.lower_ == "of" else None
    if over is not None and over.lower_ not in ("act", "acts", "record", "announcement"):
        return []
    mutual = [
        pair for name, g in prepositions(event.trigger) if name == "between" for pair in _polities(event, g, context)
    ]
    ids = list(dict.fromkeys(id for id, _ in mutual))
    if len(ids) == 2:
        tokens = tuple(token.i for _, token in mutual)
        return [Parties(ids[0], ids[1], tokens), Parties(ids[1], ids[0], tokens)]
    given = [pair for name, g in prepositions(event.trigger) if name == "of" for pair in _polities(event, g, context)]
    return _directed(event, context, agents(event, context), given)


def _directed(
    event: Event, context: Context, actors: list[tuple[str, Token]], given: list[tuple[str, Token]]
) -> list[Parties]:
    """From the one that acts to each that it is done to; one that is not named is the document's other."""
    actor = _one(pair for pair in actors if pair[0] not in {id for id, _ in given}) or _one(actors)
    if given and actor:
        return [Parties(actor[0], id, (actor[1].i, t.i)) for id, t in dict(given).items() if id != actor[0]]
    if given and not _foreign(event, context):
        first, token = given[0]
        other = context.other(first)
        return (
            [Parties(other, first, (token.i,), 0.8, f"the actor is taken for the document's: {other}")] if other else []
        )
    if actor and (other := context.other(actor[0])) and event.theme.lower_ == "recognition":
        return [Parties(actor[0], other, (actor[1].i,), 0.8, f"the other party is the document's: {other}")]
    return []


def ratifier(event: Event, context: Context) -> list[Parties]:
    """Who ratifies, and with whom: the other party of the agreement, else the document's other."""
    found = between(event, context)
    actors = agents(event, context)
    if not actors:
        return found
    ids = dict(actors)
    others = [id for p in found for id in (p.subject, p.object) if id]
    made = []
    for id, token in ids.items():
        other = context.other(id) or next((o for o in others if o != id), None)
        if other is not None:
            made.append(Parties(id, other, (token.i, event.theme.i), 0.95))
    return made


def between_or_about(event: Event, context: Context) -> list[Parties]:
    """The two of an agreement; of a law that grants a preference the two that the document is about."""
    mention = event.parsed.mentions.get(event.theme.i)
    if mention is not None and mention.kind == "act" and context.pair:
        return [Parties(*context.pair, (event.theme.i,), 0.8, "the two that the document is about")]
    return between(event, context)


def independence(event: Event, context: Context) -> list[Parties]:
    """Whose independence, and from whom when that is said."""
    roots = [event.theme]
    sources = [g for t in (event.theme, event.trigger) for name, g in prepositions(t) if name == "from"]
    former = [pair for root in sources for pair in _polities(event, root, context)]
    own = [pair for root in roots for pair in _polities(event, root, context) if pair not in former]
    if not own:
        own = [pair for pair in agents(event, context) if not is_verb(event.trigger) or _acts_itself(event)]
    if not own or _whose_is_open(event, context):
        return []
    source = former[0][0] if former else None
    return [Parties(own[0][0], source if source != own[0][0] else None, (own[0][1].i,))]


def _whose_is_open(event: Event, context: Context) -> bool:
    """Whether the actor is an "it" in a sentence of several states: "X recognized Y when it gained independence"."""
    actor = subject(event.trigger) if is_verb(event.trigger) else None
    if actor is None or actor.lower_ not in _PRONOUNS:
        return False
    named = {event.polity(mention, context) for mention in event.parsed.mentions.values() if mention.kind == "polity"}
    return len(named) > 1


def under(event: Event, context: Context) -> list[Parties]:
    """Who was under whose sovereignty: "X had been under Spanish sovereignty", the verb being "be" or "remain"."""
    preposition = event.trigger.head
    verb = preposition.head
    if preposition.lower_ != "under" or verb.lower_ not in ("was", "were", "been", "is", "remained", "fallen", "came"):
        return []
    ruled, rulers = subject(verb), agents(event, context) or noun_of(event, context)
    if ruled is None or len({id for id, _ in rulers}) != 1:
        return []
    whole = [pair for token in ruled.subtree for pair in _at(event, token, context)]
    owner = whole or [
        pair for pair in [(context.about[0], event.trigger)] if ruled.lower_ in ("it", "country") and context.about
    ]
    found = [pair for pair in owner if pair[0] != rulers[0][0]]
    return [Parties(found[0][0], rulers[0][0], (found[0][1].i, rulers[0][1].i))] if len(dict(found)) == 1 else []


def noun_of(event: Event, context: Context) -> list[tuple[str, Token]]:
    """The polities after "of": the sovereignty of Spain."""
    return [pair for name, g in prepositions(event.trigger) if name == "of" for pair in _polities(event, g, context)]


def _at(event: Event, token: Token, context: Context) -> list[tuple[str, Token]]:
    mention = event.parsed.mentions.get(token.i)
    id = event.polity(mention, context) if mention is not None and mention.is_polity else None
    return [(id, token)] if id else []


def _acts_itself(event: Event) -> bool:
    """Whether the subject is the polity or its government: a body of its own may declare its independence too."""
    actor = subject(event.trigger)
    if actor is None:
        return False
    mention = event.parsed.mentions.get(actor.i)
    return (mention is not None and mention.is_polity) or actor.lower_ in _GOVERNMENTS | _PRONOUNS


Finder = Callable[[Event, Context], list[Parties]]
FINDERS: dict[str, Finder] = {
    "between": between, "agent-theme": agent_theme, "theme-agent": theme_agent, "theme": theme, "agent-to": agent_to,
    "agent-of": agent_of, "agent-on": agent_on, "noun-agent-of": noun_agent_of, "ratifier": ratifier,
    "between-or-about": between_or_about, "independence": independence, "under": under,
}  # fmt: skip
