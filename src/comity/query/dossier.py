"""The dossier of a pair: everything that a brief states, each with the events and claims it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from comity.ledger import View
from comity.model import Certainty, Claim, Modality, Polity, Source, When
from comity.query.lives import began_before
from comity.query.missions import Chief, Mission, chief_of, mission_of
from comity.query.pair import Kin, Pair, kin, known, pair, stand_ins
from comity.query.status import Status, status
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event, evidence
from comity.relations import relation
from comity.relations.figures import TRADE_EXPORTS, TRADE_IMPORTS
from comity.relations.states import (
    CAPITAL,
    LEADER,
    STATEHOOD_DISSOLUTION,
    STATEHOOD_INDEPENDENCE,
    STATEHOOD_NAME,
    STATEHOOD_SOVEREIGNTY,
    STATEHOOD_SUCCESSION,
    STATEHOOD_SYSTEM,
    STATEHOOD_UNION,
)
from comity.relations.strife import INSURGENCY
from comity.relations.ties import MEMBERSHIP_SHARED
from comity.sources.gazetteer import gazetteer

_LIFE = (
    STATEHOOD_SUCCESSION.id,
    STATEHOOD_UNION.id,
    STATEHOOD_DISSOLUTION.id,
    STATEHOOD_INDEPENDENCE.id,
    STATEHOOD_NAME.id,
    STATEHOOD_SOVEREIGNTY.id,
)
_WORLD_TRADE = (TRADE_EXPORTS.id, TRADE_IMPORTS.id)
_OFFICES = ("president", "Secretary of State")
_RULER = "effective leader"
_SPELLS = (CAPITAL.id, INSURGENCY.id)


@dataclass(frozen=True, slots=True)
class StandIn:
    """The status, on a day on which a party was no state, of one of its kin with the other party.

    `before` says that the party was still to be, and this its predecessor; else it took the party's place.
    """

    polity: Polity
    partner: Polity
    before: bool
    status: Status


@dataclass(frozen=True, slots=True)
class Life:
    """A polity with the claims on its names, statuses, beginnings and ends."""

    polity: Polity
    existed: Certainty
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A consular or other post of `owner` in a town of `host`, with its openings and closings."""

    owner: str
    host: str
    town: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a brief states about a pair on a day: events that may have happened by then; `later` came after."""

    pair: Pair
    status: Status
    stand_ins: tuple[StandIn, ...]
    missions: tuple[Mission, ...]
    chiefs: tuple[Chief, ...]
    in_office: tuple[Event, ...]
    history: tuple[Event, ...]
    later: tuple[Event, ...]
    lives: tuple[Life, ...]
    kin: tuple[Kin, ...]
    alliances: tuple[Event, ...]
    strife: tuple[Event, ...]
    borders: tuple[Event, ...]
    agreements: tuple[Event, ...]
    posts: tuple[Post, ...]
    visits: tuple[Event, ...]
    figures: tuple[Event, ...]
    others: tuple[Event, ...]
    conflicts: tuple[Conflict, ...]
    sources: dict[str, Source]
    held: dict[str, int]

    def claims(self) -> Iterator[Claim]:
        """Every claim that the dossier rests on, once, the status's first."""
        return iter(evidence(self.events()))

    def events(self) -> Iterator[Event]:
        """Every event of every section, in the order of the sections; some come again."""
        yield from self.status.events()
        for stand_in in self.stand_ins:
            yield from stand_in.status.events()
        yield from (event for mission in self.missions for event in mission.events())
        yield from (event for chief in self.chiefs for event in chief.events())
        yield from (*self.in_office, *self.history, *self.later)
        yield from (event for relative in self.kin for event in relative.events)
        yield from (event for life in self.lives for event in life.events)
        yield from (*self.alliances, *self.strife, *self.borders)
        yield from (*self.agreements, *(event for post in self.posts for event in post.events))
        yield from (*self.visits, *self.figures, *self.others)
        yield from (event for conflict in self.conflicts for event in (conflict.preferred, conflict.other))


def dossier(
    view: View, first: str | Polity, second: str | Polity, as_of: When | None = None, known_by: When | None = None
) -> Dossier:
    """The dossier of two polities, as names mean them, on a day (else today), from what was published by a day.

    Raises `UnknownPolity`, `AmbiguousPolity` or `BadDate`.
    """
    question = pair(view, first, second, as_of, known_by)
    relatives = kin(question)
    past, later = _split(question.events, question.day)
    sections = _sections(past)
    ways = (
        tuple(polity.id for polity in question.polities),
        tuple(polity.id for polity in reversed(question.polities)),
    )
    standing = status(question.current, question.day, question.polities, question.passed)
    keeping = () if standing.absent else ways  # what is no state keeps no missions
    missions = (mission_of(question, owner, host) for owner, host in keeping)
    chiefs = (chief_of(question, owner, host) for owner, host in keeping)
    return Dossier(
        pair=question,
        status=standing,
        stand_ins=tuple(_stand_in(question, *way) for way in stand_ins(question)),
        missions=tuple(first for first in missions if first),
        chiefs=tuple(first for first in chiefs if first),
        in_office=tuple(event for polity in question.polities for event in _in_office(view, polity, question)),
        history=tuple(sections["history"]),
        later=tuple(event for event in later if _section(event) == "history"),
        lives=tuple(_life(view, polity, question) for polity in question.polities),
        kin=tuple(_until(relative, question.day) for relative in relatives),
        alliances=tuple(sections["alliances"]),
        strife=tuple(sections["strife"]),
        borders=tuple(sections["borders"]),
        agreements=tuple(sections["agreements"]),
        posts=_posts(sections["posts"]),
        visits=tuple(sections["visits"]),
        figures=(
            *_to_date(sections["figures"]),
            *(event for polity in question.polities for event in _world_trade(view, polity, question)),
        ),
        others=tuple(sections["others"]),
        conflicts=tuple(
            _by_day([*question.conflicts, *(each for first in relatives for each in first.conflicts)], question.day)
        ),
        sources=view.sources(),
        held=view.counts(),
    )


def _split(events: Iterable[Event], day: date) -> tuple[list[Event], list[Event]]:
    """What may have happened by a day, with what has no date; and what came after."""
    past, later = list[Event](), list[Event]()
    for event in events:
        (past if event.when is None or event.when.earliest <= day else later).append(event)
    return past, later


def _sections(events: Iterable[Event]) -> dict[str, list[Event]]:
    """Events by the section of a brief that they stand in."""
    sections: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        sections[_section(event)].append(event)
    return sections


def _section(event: Event) -> str:
    return relation(event.relation).section_for(event.kind)


def _to_date(figures: list[Event]) -> Iterator[Event]:
    """Figures by a day; of how many memberships were shared, which is known for every year, the last alone."""
    shared = [event for event in figures if event.relation == MEMBERSHIP_SHARED.id]
    yield from (event for event in figures if event.relation != MEMBERSHIP_SHARED.id)
    yield from shared[-1:]


def _stand_in(question: Pair, polity: Polity, partner: Polity, before: bool) -> StandIn:
    return StandIn(polity, partner, before, status(question.between(polity, partner), question.day, (polity, partner)))


def _in_office(view: View, polity: Polity, question: Pair) -> Iterator[Event]:
    """Who held the offices of foreign policy on the day, or where no source names one, who effectively ruled."""
    on = When.on(question.day)
    leaders = question.told(view.about(polity.id, [LEADER.id], known(question.known_by), question.day))
    sure = [event for event in leaders if event.when is not None and on.during(event.when) is Certainty.YES]
    officers = [event for event in sure if event.kind in _OFFICES]
    yield from officers or (event for event in sure if event.kind == _RULER)


def _world_trade(view: View, polity: Polity, question: Pair) -> Iterator[Event]:
    """What a polity bought from the whole world and sold to it in the year of the day."""
    for event in question.told(view.about(polity.id, _WORLD_TRADE, known(question.known_by), question.day)):
        if event.object is None:
            yield event


def _life(view: View, polity: Polity, question: Pair) -> Life:
    """A polity with what made, named and ended it; what it took part in beside the pair is left to other briefs."""
    listed = (claim for claim in view.about(polity.id, [STATEHOOD_SYSTEM.id], known(question.known_by)))
    claims = view.about(polity.id, _LIFE, known(question.known_by))
    own = [claim for claim in claims if claim.subject == polity.id or _made(claim, polity)]
    own += [claim for claim in listed if claim.when is None or claim.when.earliest <= question.day]
    own += view.about(polity.id, _SPELLS, known(question.known_by), question.day)
    return Life(polity, polity.existed(When.on(question.day)), question.told(own))


def _made(claim: Claim, polity: Polity) -> bool:
    """Whether a claim states a predecessor's end in the polity, not a state that was added to it."""
    return claim.relation == STATEHOOD_SUCCESSION.id and began_before(gazetteer().polity(claim.subject), polity)


def _until(relative: Kin, day: date) -> Kin:
    past, _ = _split(relative.events, day)
    events = tuple(event for event in past if _tells(event))
    return replace(relative, events=events)


def _tells(event: Event) -> bool:
    """Whether an event of a relative belongs in the pair's brief; lineage stands in the section on the states."""
    is_lineage = relation(event.relation).topic == STATEHOOD_UNION.topic
    return _section(event) == "history" and event.modality is Modality.ASSERTED and not is_lineage


def _posts(events: Iterable[Event]) -> tuple[Post, ...]:
    """Openings and closings by town, in the order of the first."""
    towns: dict[tuple[str, str, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.label and event.object:
            towns[event.subject, event.object, event.label].append(event)
    return tuple(Post(*key, tuple(acts)) for key, acts in towns.items())


def _by_day(contradictions: Iterable[Conflict], day: date) -> Iterator[Conflict]:
    """The contradictions about what may have happened by a day."""
    for conflict in contradictions:
        whens = [event.when for event in (conflict.preferred, conflict.other) if event.when]
        if not whens or any(when.earliest <= day for when in whens):
            yield conflict
