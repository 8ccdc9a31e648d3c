"""Where the parties of an event are looked up: its words and date, and what the document has said so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from comity.model import Certainty, Polity, When
from comity.reading.grammar.parse import Parsed
from comity.reading.lexicon.words import table
from comity.reading.names.mentions import Mention, meant
from comity.sources.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = timedelta(days=2 * 366)  # between the end of a state and the beginning of its successor


@cache
def kin(polity: str) -> frozenset[str]:
    """The predecessors and successors of a polity: a page may call its own polity by their names."""
    return frozenset(_line(polity, "predecessors") | _line(polity, "successors")) - {polity}


def _line(polity: str, way: str) -> set[str]:
    """Up to two steps before or after a polity; siblings, which share a predecessor with it, are not included."""
    known = gazetteer()
    first = {id for id in getattr(known.polity(polity), way) if id in known}
    return first | {id for near in first for id in getattr(known.polity(near), way) if id in known}


@dataclass(frozen=True, slots=True)
class Parties:
    """Subject and object, the tokens that name them, and the certainty; `reason` if a party was inferred."""

    subject: str
    object: str | None
    evidence: tuple[int, ...] = ()
    certainty: float = 1.0
    reason: str = ""


@dataclass(slots=True)
class Envoy:
    """The envoy last mentioned: what "he" refers to."""

    name: str
    sender: str
    host: str
    title: str


@dataclass(frozen=True, slots=True)
class Topic:
    """The relations or the agreement last mentioned: what "they" and "it" refer to."""

    parties: Parties
    label: str | None


@dataclass(slots=True)
class Context:
    """What a document has said so far: its two polities, and the envoy, mission and agreement last mentioned."""

    about: tuple[str, ...]
    envoy: Envoy | None = None
    mission: tuple[str, str] | None = None
    topics: dict[str, Topic] = field(default_factory=dict)  # by the class of the theme
    elsewhere: bool = False  # whether the last sentence of the paragraph was about a third state
    kinds: dict[str, str] = field(default_factory=dict)  # the polity last named as a federation, an empire …
    ranks: dict[tuple[str, str], tuple[str, When]] = field(
        default_factory=dict
    )  # rank of a mission, and when it had that rank

    def forget(self) -> None:
        """Start a new paragraph: "he", "it" and "the Legation" refer back no further."""
        self.envoy = self.mission = None
        self.elsewhere = False
        self.topics.clear()

    def note_kinds(self, parsed: Parsed) -> None:
        """Record what "the Federation" refers to: the polity last named in full with that word."""
        for mention in parsed.sentence.mentions:
            heads = table("states")["heads"] & set(mention.text.lower().split()) if mention.kind == "polity" else ()
            if heads and (id := meant(mention, None, self.about)) is not None:
                self.kinds.update(dict.fromkeys(heads, id))

    def other(self, polity: str) -> str | None:
        """The other of the document's two polities; None for a third polity, or one that may be either."""
        if len(self.about) < 2:
            return None
        is_first, is_second = (polity == id or polity in kin(id) for id in self.about[:2])
        return None if is_first == is_second else self.about[1] if is_first else self.about[0]

    @property
    def pair(self) -> tuple[str, str] | None:
        """The two polities that the document is about, its owner first."""
        return (self.about[0], self.about[1]) if len(self.about) > 1 else None


def thirds(parsed: Parsed, context: Context, when: When | None = None) -> set[str]:
    """The polities named in a sentence, except the document's two and their kin."""
    mentions = (m for m in parsed.sentence.mentions if m.kind in ("polity", "demonym"))
    ids = {id for mention in mentions if (id := meant(mention, when, context.about)) is not None}
    return ids - set(context.about[:2]) - {near for id in context.about[:2] for near in kin(id)}


def is_elsewhere(parsed: Parsed, context: Context) -> bool:
    """Whether a sentence is about relations with a third state: then "relations" in the next one may be too."""
    if table("relations")["heads"].isdisjoint(token.lower_ for token in parsed.doc):
        return False
    polities = {meant(m, None, context.about) for m in parsed.sentence.mentions if m.kind in ("polity", "demonym")}
    both = all(id in polities or kin(id) & polities for id in context.about[:2])
    return bool(thirds(parsed, context)) and not both


def then(polity: str, when: When | None, about: tuple[str, ...], whole: bool = False) -> str:
    """The polity itself if it may have existed at that date; otherwise its kin that did, the document's polities first.

    A consulate was with whoever ruled its place, but relations were with the state itself. With `whole`, only kin count
    that the whole state came from or went into: Turkey's relations were the Ottoman Empire's, Iceland's not Denmark's.
    """
    if when is None or gazetteer().polity(polity).existed(when) is not Certainty.NO:
        return polity
    own = gazetteer().polity(polity)
    for relatives in ({*own.predecessors, *own.successors}, kin(polity)):
        existed = [
            id
            for id in sorted(relatives)
            if id in gazetteer() and gazetteer().polity(id).existed(when) is Certainty.YES
        ]
        if whole:
            existed = [id for id in existed if _is_one_line(own, gazetteer().polity(id), when)]
        near = [id for id in existed if id in about] or existed
        if len(near) == 1:
            return near[0]
    return polity


def _is_one_line(own: Polity, kin: Polity, when: When) -> bool:
    """Whether the kin of that date ended when the polity's next life began; without one, whether it is a successor."""
    coming = [life.earliest for life in own.lifespans if life.after(when) is Certainty.YES]
    if coming:
        last = [life.latest for life in own.lifespans if life.before(when) is Certainty.YES][-1:]
        if last and when.earliest - last[0] <= _NEAR:
            return False  # soon after a state's end, the closing of its legation, say, still belongs to it
        return any(abs(coming[0] - life.latest) <= _NEAR for life in kin.lifespans)
    return kin.id in own.successors


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb or noun with its theme and date, in a parsed sentence: what parties are looked up for."""

    parsed: Parsed
    trigger: Token
    theme: Token
    when: When | None
    agent: Token | None = None  # the agent that this date belongs to, if there are several agents

    def polity(self, mention: Mention, context: Context) -> str | None:
        """The polity that a mention refers to at the time of the event."""
        return meant(mention, self.when, context.about)
