"""Missions and chiefs of mission on a day: what rank one polity kept with the other, and who was in charge of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.model import Certainty, Modality, Participant, When
from comity.reconcile.events import Event, order
from comity.relations import relation
from comity.relations.diplomatic import RELATIONS_ESTABLISHED, RELATIONS_RESUMED
from comity.relations.missions import DIPLOMATIC, ENVOY_DEPARTED, ENVOY_RECEIVED, MISSION_CLOSED

_BEGINNING = (RELATIONS_ESTABLISHED.id, RELATIONS_RESUMED.id)
LONGEST = timedelta(days=10 * 366)
"""The time that a service without a recorded end is taken to have lasted, at most."""
_SURE = 0.75  # of confidence: a post that its source files by its latest rank says nothing of its rank then


@dataclass(frozen=True, slots=True)
class Mission:
    """What `owner` kept with `host` on a day: `rank` None when closed or ended, with `basis`, the last event first.

    `ended_by` is set when no closing is recorded but relations were broken off or war came. `headed_by` is the first
    reception of an ambassador where no raising to an embassy is recorded: it was one by then, `since` at the latest.
    `renewed_by` is set when relations began again after a break and no source states the mission since: its rank is
    unknown. `doubtful` is a less certain later statement about it that no later envoy contradicts.
    """

    owner: str
    host: str
    rank: str | None
    since: When | None
    basis: tuple[Event, ...]
    certainty: Certainty = Certainty.YES
    ended_by: Event | None = None
    headed_by: Event | None = None
    renewed_by: Event | None = None
    doubtful: Event | None = None

    def events(self) -> Iterator[Event]:
        """Every event that it names."""
        turns = (self.ended_by, self.headed_by, self.renewed_by, self.doubtful)
        yield from (event for event in (*turns, *self.basis) if event)


@dataclass(frozen=True, slots=True)
class Chief:
    """Who was in charge of a mission on a day: received, and not known to have left.

    `left` is the departure, after the day, where one is recorded.
    """

    owner: str
    host: str
    person: Participant
    rank: str | None
    received: Event
    left: Event | None

    def events(self) -> Iterator[Event]:
        """The reception, and the departure where one is recorded."""
        yield from (event for event in (self.received, self.left) if event)


@dataclass(frozen=True, slots=True)
class Service:
    """An envoy's time at a post: who was received, and when that person left, where a source says so."""

    person: Participant
    rank: str | None
    received: Event
    left: Event | None


def services(events: Iterable[Event], owner: str, host: str) -> Iterator[Service]:
    """Who served at `owner`'s mission with `host`, in order of reception.

    A person received again before leaving served once: an arrival, then the presentation of credentials.
    """
    dated = (event for event in events if event.modality is Modality.ASSERTED and event.when is not None)
    own = [event for event in sorted(dated, key=order) if (event.subject, event.object) == (owner, host)]
    departures = [event for event in own if event.relation == ENVOY_DEPARTED.id]
    seen: set[tuple[str, str | None]] = set()
    for event in own:
        if event.relation != ENVOY_RECEIVED.id:
            continue
        person, left = (
            _envoy(event),
            next((departure for departure in departures if _same_person(departure, event)), None),
        )
        key = (person.id or person.name, left.claims[0].id if left else None)
        again = any(name == key[0] for name, _ in seen) if left is None else key in seen
        seen.add(key)
        if not again:
            yield Service(person, event.kind, event, left)


def mission(events: Iterable[Event], owner: str, host: str, day: date) -> Mission | None:
    """The diplomatic mission of `owner` with `host` on a day; None when no source states one by then."""
    past = [event for event in sorted(events, key=order) if _by(event, day)]
    of_it = [event for event in past if _is_mission(event, owner, host)]
    own = [event for event in of_it if _is_sure(event)]
    if not own:
        return None
    last, doubt = own[-1], _doubtful(of_it, past)
    post = Mission(owner, host, _rank(own), last.when, tuple(reversed(own)), last.begun(day), doubtful=doubt)
    if last.relation == MISSION_CLOSED.id:
        return replace(post, rank=None)
    ended = next(
        (event for event in reversed(past) if relation(event.relation).breaks_relations and _after(event, last)), None
    )
    renewed = _renewed(past, ended, owner, host) if ended else None
    if ended and not renewed:
        return replace(post, rank=None, since=ended.when, certainty=ended.begun(day), ended_by=ended)
    headed = next(
        (event for event in past if _is_ambassador(event, owner, host) and _after(event, ended or last)), None
    )
    if headed and (ended or post.rank != "embassy"):
        return replace(post, rank="embassy", since=headed.when, certainty=headed.begun(day), headed_by=headed)
    return replace(post, rank=None, since=None, renewed_by=renewed) if renewed else post


def chief(events: Iterable[Event], owner: str, host: str, day: date) -> Chief | None:
    """The chief of `owner`'s mission with `host` on a day; None when none is known.

    One whose departure is not recorded stays only until the next is received or relations are broken off, and no
    longer than services last: for many envoys the sources record only that they came.
    """
    dated = (event for event in events if event.modality is Modality.ASSERTED and event.when is not None)
    past = sorted(dated, key=order)
    envoys = [event for event in past if (event.subject, event.object) == (owner, host)]
    received = [event for event in envoys if event.relation == ENVOY_RECEIVED.id and _by(event, day)]
    if not received:
        return None
    last = received[-1]
    broken = any(_after(event, last) and _by(event, day) for event in past if relation(event.relation).breaks_relations)
    left = next((event for event in envoys if event.relation == ENVOY_DEPARTED.id and _same_person(event, last)), None)
    assert last.when is not None
    if left is None and day - last.when.latest > LONGEST:
        return None
    if broken or (left is not None and left.when is not None and left.when.latest <= day):
        return None
    return Chief(owner, host, _envoy(last), last.kind, last, left)


def _envoy(event: Event) -> Participant:
    return event.claims[0].participants[0] if event.claims[0].participants else Participant("envoy", "")


def _renewed(past: Iterable[Event], ended: Event, owner: str, host: str) -> Event | None:
    """The first event after a break that shows relations again: stated as such, or shown by an envoy of `owner`."""
    for event in past:
        sent = event.relation == ENVOY_RECEIVED.id and (event.subject, event.object) == (owner, host)
        if _after(event, ended) and (sent or event.relation in _BEGINNING):
            return event
    return None


def _is_ambassador(event: Event, owner: str, host: str) -> bool:
    """Whether an ambassador was received, who heads an embassy."""
    received = event.relation == ENVOY_RECEIVED.id and (event.subject, event.object) == (owner, host)
    return received and (event.kind or "").casefold().startswith("ambassador")


def _by(event: Event, day: date) -> bool:
    return event.modality is Modality.ASSERTED and event.when is not None and event.when.earliest <= day


def _is_mission(event: Event, owner: str, host: str) -> bool:
    ours = relation(event.relation).topic == MISSION_CLOSED.topic and (event.subject, event.object) == (owner, host)
    return ours and event.kind in (*DIPLOMATIC, None)


def _is_sure(event: Event) -> bool:
    return max(claim.confidence for claim in event.claims) >= _SURE


def _doubtful(of_it: Sequence[Event], past: Sequence[Event]) -> Event | None:
    """The last event of a mission, when it is not sure; none when an envoy was received there after it."""
    last = of_it[-1]
    parties = (last.subject, last.object)
    belied = any(
        event.relation == ENVOY_RECEIVED.id and (event.subject, event.object) == parties and _after(event, last)
        for event in past
    )
    return None if _is_sure(last) or belied else last


def _rank(own: Sequence[Event]) -> str | None:
    """The rank that the last event says; one that says none leaves the rank before it."""
    return next((event.kind for event in reversed(own) if event.kind), None)


def _after(event: Event, earlier: Event) -> bool:
    assert event.when is not None
    assert earlier.when is not None
    return event.when.earliest > earlier.when.earliest


def _same_person(left: Event, received: Event) -> bool:
    """The same service: the same person, leaving after being received."""
    assert left.when is not None
    assert received.when is not None
    leaving, arriving = left.claims[0].participants, received.claims[0].participants
    same = bool(leaving and arriving) and (leaving[0].id or leaving[0].name) == (arriving[0].id or arriving[0].name)
    return same and left.when.latest >= received.when.earliest
