"""Missions and chiefs of mission on a day: what rank one polity kept with the other, and who was in charge of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.model import Certainty, Modality, Participant, When
from comity.query.pair import Pair
from comity.reconcile.events import Event, order, surname
from comity.relations import relation
from comity.relations.diplomatic import RELATIONS_ESTABLISHED, RELATIONS_RESUMED
from comity.relations.missions import DIPLOMATIC, ENVOY_DEPARTED, ENVOY_RECEIVED, MISSION_CLOSED

_BEGINNING = (RELATIONS_ESTABLISHED.id, RELATIONS_RESUMED.id)
_SECTION, _HIGHEST = "interests section", "embassy"
_HEADS = (("ambassador", _HIGHEST), ("envoy extraordinary", "legation"), ("minister", "legation"))
LONGEST = timedelta(days=10 * 366)
"""The time that a service without a recorded end is taken to have lasted, at most."""
_SURE = 0.75  # of confidence: a post that its source files by its latest rank says nothing of its rank then


@dataclass(frozen=True, slots=True)
class Mission:
    """What `owner` kept with `host` on a day: `rank` None when closed or ended, with `basis`, the last event first.

    `ended_by` is set when no closing is recorded but relations were broken off or war came. `headed_by` is the first
    reception of an ambassador where no raising to an embassy is recorded: it was one by then, `since` at the latest.
    `renewed_by` is set when relations began again after a break and no source states the mission since: its rank is
    unknown. `doubtful` is a less certain later statement about it that no later envoy contradicts. `covered_until` is
    set when the day is after what the sources cover: the rank is the last known.
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
    covered_until: date | None = None

    def events(self) -> Iterator[Event]:
        """Every event that it names."""
        turns = (self.ended_by, self.headed_by, self.renewed_by, self.doubtful)
        yield from (event for event in (*turns, *self.basis) if event)


@dataclass(frozen=True, slots=True)
class Chief:
    """Who was in charge of a mission on a day: received, and not known to have left.

    `left` is the departure, after the day, where one is recorded. `covered_until` is set when the day is after what the
    sources cover: the chief is the last known.
    """

    owner: str
    host: str
    person: Participant
    rank: str | None
    received: Event
    left: Event | None
    covered_until: date | None = None

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
    """The diplomatic mission of `owner` with `host` on a day; None when no source states or shows one by then.

    An envoy who was received after the last statement about a closing or a break shows a mission again, of the rank
    that the envoy heads. An interests section is kept only while relations are broken: once they began again its rank
    is not known, unless a source states it.
    """
    gathered = sorted(events, key=order)
    past = [event for event in gathered if _by(event, day) and not _is_told_to_the_day_too(event, gathered)]
    of_it = [event for event in past if _is_mission(event, owner, host)]
    own = [event for event in of_it if _is_sure(event) and not _precedes_relations(event, gathered, day)]
    if not own:
        return _shown_by_an_ambassador(past, owner, host)
    last, doubt = own[-1], _doubtful(of_it, past)
    post = Mission(owner, host, _rank(own), last.when, tuple(reversed(own)), last.begun(day), doubtful=doubt)
    ended = next(
        (event for event in reversed(past) if relation(event.relation).breaks_relations and _after(event, last)), None
    )
    if ended and ended.begun(day) is Certainty.POSSIBLY:
        post, ended = replace(post, certainty=Certainty.POSSIBLY), None
    section = post.rank == _SECTION and last.relation != MISSION_CLOSED.id
    renewed = _renewed(past, ended, owner, host) if ended else _begun_again(past, last) if section else None
    closed = last if last.relation == MISSION_CLOSED.id else None
    down = ended or closed or (renewed and last)
    if headed := _headed(past, down or last, owner, host, None if down else post.rank):
        rank = _rank_of(headed)
        return replace(post, rank=rank, since=headed.when, certainty=headed.begun(day), headed_by=headed)
    if renewed:
        return replace(post, rank=None, since=None, renewed_by=renewed)
    if ended:
        return replace(post, rank=None, since=ended.when, certainty=ended.begun(day), ended_by=ended)
    return replace(post, rank=None) if closed else post


def _shown_by_an_ambassador(past: Iterable[Event], owner: str, host: str) -> Mission | None:
    """The embassy that ambassadors show where no source states a mission; perhaps they resided elsewhere."""
    for event in past:
        if _is_received(event, owner, host) and _rank_of(event) == _HIGHEST:
            return Mission(owner, host, _HIGHEST, event.when, (event,), Certainty.POSSIBLY, headed_by=event)
    return None


def _headed(past: Iterable[Event], last: Event, owner: str, host: str, rank: str | None) -> Event | None:
    """The first envoy after an event whose own rank shows the rank of a mission: with a rank, only a higher one."""
    for event in past:
        by_envoy = _rank_of(event) if _is_received(event, owner, host) and _after(event, last) else None
        if by_envoy and (rank is None or (by_envoy == _HIGHEST and rank != _HIGHEST)):
            return event
    return None


def _rank_of(envoy: Event) -> str | None:
    """The rank of the mission that an envoy heads, by the envoy's own: None where that does not tell."""
    title = (envoy.kind or "").casefold()
    return next((rank for start, rank in _HEADS if title.startswith(start)), None)


def _is_told_to_the_day_too(event: Event, events: Iterable[Event]) -> bool:
    """Whether a source states the same of the same mission with a more precise date within that of this event."""
    if event.when is None or event.when.earliest == event.when.begin_latest:
        return False
    return any(
        precise.relation == event.relation
        and (precise.subject, precise.object, precise.modality) == (event.subject, event.object, event.modality)
        and precise.when is not None
        and event.when is not None
        and precise.when.refines(event.when)
        and event.kind in (precise.kind, None)
        for precise in events
        if precise is not event
    )


def _precedes_relations(event: Event, past: Iterable[Event], day: date) -> bool:
    """Whether a mission of a vague date would be before the relations that began within that date."""
    assert event.when is not None
    beginnings = [turn.when for turn in past if turn.relation in _BEGINNING and turn.when is not None]
    return any(begun.refines(event.when) and begun.latest > day for begun in beginnings)


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


def mission_of(question: Pair, owner: str, host: str) -> Mission | None:
    """The mission of one of a pair with the other on the day, and whether the sources cover that day."""
    post = mission(question.current, owner, host, question.day)
    if post is None or post.rank is None:
        return post
    shown_by = (post.headed_by, *post.basis) if post.headed_by else post.basis
    claims = (claim for event in shown_by for claim in event.claims)
    return replace(post, covered_until=question.coverage.ended(claims, question.day))


def chief_of(question: Pair, owner: str, host: str) -> Chief | None:
    """The chief of a mission of one of a pair with the other on the day, and whether the sources cover that day."""
    officer = chief(question.current, owner, host, question.day)
    if officer is None or officer.left:
        return officer
    return replace(officer, covered_until=question.coverage.ended(officer.received.claims, question.day))


def _envoy(event: Event) -> Participant:
    return event.person or Participant("envoy", "")


def _renewed(past: Iterable[Event], ended: Event, owner: str, host: str) -> Event | None:
    """The first event after a break that shows relations again: stated as such, or shown by an envoy of `owner`."""
    for event in past:
        sent = _is_received(event, owner, host) and _rank_of(event) is not None
        if _after(event, ended) and (sent or event.relation in _BEGINNING):
            return event
    return None


def _begun_again(past: Iterable[Event], section: Event) -> Event | None:
    """The first event after the opening of an interests section by which relations began again."""
    return next((event for event in past if event.relation in _BEGINNING and _after(event, section)), None)


def _is_received(event: Event, owner: str, host: str) -> bool:
    return event.relation == ENVOY_RECEIVED.id and (event.subject, event.object) == (owner, host)


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
    leaving, arriving = left.person, received.person
    same = leaving is not None and arriving is not None and _are_one(leaving, arriving)
    return same and left.when.latest >= received.when.earliest


def _are_one(first: Participant, second: Participant) -> bool:
    if first.id and second.id:
        return first.id == second.id
    return surname(first.name) == surname(second.name)
