"""What comity knows of one relation, in one object: no other module decides anything by a relation's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from comity.relations.wording import Wording


class Kind(Enum):
    """What a claim of a term states."""

    ACT = "act"
    """It happened at a date; of an interval, at some time within it."""
    STATE = "state"
    """It was so from one date to another."""
    FIGURE = "figure"
    """A number for a time of its own."""


class State(Enum):
    """What diplomatic relations are; the values are the words of answers."""

    UNKNOWN = "unknown"
    UNRECOGNIZED = "not recognized"
    """A source denies for this time that a state, or its new government, was recognized."""
    RECOGNIZED = "recognized"
    ESTABLISHED = "established"
    INTERRUPTED = "interrupted"
    SEVERED = "severed"
    AT_WAR = "at war"
    ENDED = "ended"
    UNCOUNTED = "not counted"


ANY_STATE = tuple(state for state in State if state not in (State.ENDED, State.UNCOUNTED))
"""The states that events lead to; the two others follow from the lifespans of the parties."""


class Identity(Enum):
    """What makes two acts of the same polities two, though they are of one term and their dates agree."""

    KIND = "kind"
    LABEL = "label"
    PERSON = "person"
    TOWN = "town"
    """The label is a town: a consulate has one, an embassy is known by its kind alone."""
    TITLE = "title"
    """The label is a title, which one source may shorten."""
    NUMBER = "number"
    """The label begins with a number that makes it one, whatever else differs."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a chart through time draws an event: in which lane, in which tone, how high (1 fills the lane)."""

    lane: str
    tone: str
    height: float = 1.0
    name: str = ""
    """What is written on it where the event has no label; else its kind, else the term."""
    detailed: bool = False
    """Whether always the name is written on it, and its kind and label are left to the text beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A term of the vocabulary.

    Meaning
        `definition`; `domain` and `range` are what its subject and object are; `symmetric`, whether A–B says the same
        as B–A; `kind`; `starts` and `ends` name the state that it begins or ends, in words.
    Diplomatic relations
        `from_states` are the states that it changes, `leads_to` the state that it leads to; `ended_by`, the term that
        ends what lasted from one date to another; `begins_relations` and `breaks_relations`; `shows_relations`, whether
        it shows that they stood until then.
    Order
        `presupposes` are earlier steps of the same thing; `undone_by`, of what happens once, the terms after which it
        may happen again (None: it may happen often); `place_in_day` orders what happened on one day, 0 first.
    Gathering claims into events
        `identity` is what makes two acts two; `bounded`, whether an interval bounds the day of the act ("not until
        after 1962"); `by_envoy`, whether an envoy's act of that day may be what it consisted in.
    Checking pages
        `goes_stale`: said in the present tense, it holds for the time of the page. `well_recorded`: sources record it
        whenever it happens, so a page that is alone in stating it needs a look.
    Parties
        `one_sided`: one party alone can bring it about. `of_states`: only states do it (with `state_kinds`, of
        these kinds).
    Presenting
        `section` of a brief; with `section_kinds`, events of other kinds stand in `other_section`. `sentence` words an
        event, `phrase` a figure before its partner's name ("exports to"); `mark` draws it.
    Mappings
        `cameo` and `wikidata` are the nearest terms of CAMEO/PLOVER event coding and of Wikidata; empty for none.
    """

    id: str
    family: str
    definition: str
    domain: str = "polity"
    range: str = "polity"
    symmetric: bool = False
    kind: Kind = Kind.ACT
    starts: str = ""
    ends: str = ""
    from_states: tuple[State, ...] = ()
    leads_to: State | None = None
    ended_by: str = ""
    begins_relations: bool = False
    breaks_relations: bool = False
    shows_relations: bool = False
    presupposes: tuple[str, ...] = ()
    undone_by: tuple[str, ...] | None = None
    place_in_day: int = 5
    identity: frozenset[Identity] = frozenset({Identity.KIND})
    bounded: bool = False
    by_envoy: bool = False
    goes_stale: bool = False
    well_recorded: bool = False
    one_sided: bool = False
    of_states: bool = False
    state_kinds: tuple[str, ...] = ()
    section: str = "others"
    section_kinds: tuple[str, ...] = ()
    other_section: str = ""
    sentence: Callable[[Wording], str] | None = None
    phrase: str = ""
    mark: Mark | None = None
    cameo: str = ""
    wikidata: str = ""

    @property
    def topic(self) -> str:
        """The first word of its id, by which several terms can be asked for: `mission` of `mission.raised`."""
        return self.id.partition(".")[0]

    @property
    def act(self) -> str:
        """The last word of its id: `raised` of `mission.raised`, `war` of `war`."""
        return self.id.rpartition(".")[2]

    @property
    def lasts(self) -> bool:
        """Whether it is so from one date to another."""
        return self.kind is Kind.STATE

    @property
    def is_of_one(self) -> bool:
        """Whether it is of one polity alone: its capital, its leader."""
        return self.range in ("literal", "none") and not self.symmetric

    @property
    def happens_once(self) -> bool:
        """Whether it happens once, unless something undoes it."""
        return self.undone_by is not None

    def is_of_states(self, kind: str | None) -> bool:
        """Whether only states do what is of this term and kind: a consulate stands in a land that is none."""
        return self.of_states and (not self.state_kinds or kind in self.state_kinds)

    def section_for(self, kind: str | None) -> str:
        """The section of a brief that an event of this term and kind stands in."""
        usual = not self.section_kinds or kind is None or kind in self.section_kinds
        return self.section if usual else self.other_section
