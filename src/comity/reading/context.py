"""What the parties of an event are sought in: its words and date, and what the document has said so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from comity.model import Certainty, Polity, When
from comity.reading.mentions import Mention, meant
from comity.reading.parse import Parsed
from comity.reading.words import table
from comity.sources.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = timedelta(days=2 * 366)  # between the end of one state and the beginning of what came of it


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


@dataclass(frozen=True, slots=True)
class Topic:
    """The relations or the agreement last spoken of: what "they" and "it" mean."""

    parties: Parties
    label: str | None


@dataclass(slots=True)
class Context:
    """What a document has said so far: whom it is about, and of which envoy, mission and agreement it last spoke."""

    about: tuple[str, ...]
    envoy: Envoy | None = None
    mission: tuple[str, str] | None = None
    topics: dict[str, Topic] = field(default_factory=dict)  # by the class of the theme
    elsewhere: bool = False  # whether the last sentence of the paragraph was of a third state
    kinds: dict[str, str] = field(default_factory=dict)  # the polity last named as a federation, an empire …
    ranks: dict[tuple[str, str], tuple[str, When]] = field(default_factory=dict)  # of a mission, when last said

    def forget(self) -> None:
        """A new paragraph: "he", "it" and "the Legation" look back no further."""
        self.envoy = self.mission = None
        self.elsewhere = False
        self.topics.clear()

    def note_kinds(self, parsed: Parsed) -> None:
        """Remember what "the Federation" means: the polity that was named so in full."""
        for mention in parsed.sentence.mentions:
            heads = table("states")["heads"] & set(mention.text.lower().split()) if mention.kind == "polity" else ()
            if heads and (id := meant(mention, None, self.about)) is not None:
                self.kinds.update(dict.fromkeys(heads, id))

    def other(self, polity: str) -> str | None:
        """The other of the two that the document is about."""
        if len(self.about) < 2:
            return None
        is_first, is_second = (polity == id or polity in kin(id) for id in self.about[:2])
        return None if is_first == is_second else self.about[1] if is_first else self.about[0]

    @property
    def pair(self) -> tuple[str, str] | None:
        """The two that the document is about, the page's own first."""
        return (self.about[0], self.about[1]) if len(self.about) > 1 else None


def thirds(parsed: Parsed, context: Context, when: When | None = None) -> set[str]:
    """The polities named in a sentence that are neither of the document's two, nor kin of theirs."""
    mentions = (m for m in parsed.sentence.mentions if m.kind in ("polity", "demonym"))
    ids = {id for mention in mentions if (id := meant(mention, when, context.about)) is not None}
    return ids - set(context.about[:2]) - {near for id in context.about[:2] for near in kin(id)}


def is_elsewhere(parsed: Parsed, context: Context) -> bool:
    """Whether a sentence tells of relations with a third state: "relations" after it are with that."""
    if table("relations")["heads"].isdisjoint(token.lower_ for token in parsed.doc):
        return False
    polities = {meant(m, None, context.about) for m in parsed.sentence.mentions if m.kind in ("polity", "demonym")}
    both = all(id in polities or kin(id) & polities for id in context.about[:2])
    return bool(thirds(parsed, context)) and not both


def then(polity: str, when: When | None, about: tuple[str, ...], whole: bool = False) -> str:
    """The polity itself if it may have existed then; else its kin that did, the document's own before others.

    A consulate in a land was one with the land's ruler; relations were with the state itself. `whole` asks for kin
    that the whole state came from or went into: Turkey's are the Ottoman Empire's, Iceland's are not Denmark's.
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
    """Whether kin of a day ended as the polity began its next life; if it has none, whether it went into the kin."""
    coming = [life.earliest for life in own.lifespans if life.after(when) is Certainty.YES]
    if coming:
        last = [life.latest for life in own.lifespans if life.before(when) is Certainty.YES][-1:]
        if last and when.earliest - last[0] <= _NEAR:
            return False  # what goes on after a state's end, its legation's closing, say, is still told of it
        return any(abs(coming[0] - life.latest) <= _NEAR for life in kin.lifespans)
    return kin.id in own.successors


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
