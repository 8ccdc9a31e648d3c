"""The status on a day: where the events had led by then, what they leave open, and whose lives had ended.

Theory
    An imprecise date makes an event *open* on a day that lies within it: it may have happened or not. The answer is
    the state that the events before the day lead to. If some of the open ones, taken as past, lead elsewhere, the
    answer is only possible, and the other state is its alternative.

    A polity that is no more has no relations. What held at the end of its life *ended* then; where the lists count the
    polity again later (an occupation), it is *not counted* for the time between, which says nothing about legality.
    A state ends at the next event that leads elsewhere, or with the life of a party, whichever comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from comity.model import Certainty, Polity, When
from comity.query.lives import ended, ending
from comity.query.status.following import following, shows_a_break, shows_another_government
from comity.query.status.machine import Position, earliest, latest, may_be_dispute, run, turns
from comity.query.status.wars import break_before, may_be_over
from comity.reconcile.events import Event
from comity.relations import State
from comity.relations.missions import ENVOY_RECEIVED


@dataclass(frozen=True, slots=True)
class Status:
    """What relations were on a day.

    `since` is when the event that led there was, `until` that of the `next` event that led elsewhere, or of a party's
    end for good before there was any; None while there is none. `certainty` is POSSIBLY when an imprecise date leaves
    open whether `alternative` held already, or a war without a recorded end may be over; else `alternative` is None.
    `basis` are the events that led there, the last first; `pending` those that may have happened by the day; `absent`
    are parties that were no state of their own on the day; `at_the_latest` says that relations had begun before
    `since`; `broken` is the breaking off of relations that a state of war came with; `lapsed` says that the next
    beginning shows relations to have broken off at a time that no source gives, perhaps by the day.
    """

    state: State
    day: date
    since: When | None = None
    until: When | None = None
    certainty: Certainty = Certainty.YES
    alternative: State | None = None
    basis: tuple[Event, ...] = ()
    pending: tuple[Event, ...] = ()
    next: Event | None = None
    absent: tuple[Polity, ...] = ()
    at_the_latest: bool = False
    broken: Event | None = None
    lapsed: bool = False

    def events(self) -> Iterator[Event]:
        """Every event that it names: what led there, what may have happened by then, and what came next."""
        yield from (*self.basis, *self.pending)
        yield from (event for event in (self.broken, self.next) if event)


def status(events: Iterable[Event], day: date, parties: Sequence[Polity], overruled: Iterable[Event] = ()) -> Status:
    """The status on a day by the pair's events, without those that lose against a better supported one."""
    return Turns(events, overruled).at(day, parties)


class Turns:
    """The turns of the relations of a pair: put in order once, and asked for many days."""

    def __init__(self, events: Iterable[Event], overruled: Iterable[Event] = ()) -> None:
        losers = {event.key for event in overruled}
        self._standing = [event for event in events if event.key not in losers]
        self._turning = turns(self._standing)

    def at(self, day: date, parties: Sequence[Polity]) -> Status:
        """The status on a day."""
        past = [event for event in self._turning if latest(event) <= day]
        absent = tuple(party for party in parties if party.existed(When.on(day)) is Certainty.NO)
        return _after_a_life(past, absent, day) or _within_lives(
            self._standing, self._turning, past, absent, parties, day
        )


def _after_a_life(past: list[Event], absent: tuple[Polity, ...], day: date) -> Status | None:
    """The status after the end of a party; None where no party had ended, or it had no relations."""
    ends = [end for party in absent if (end := ended(party, day))]
    if not ends:
        return None
    since = min(ends, key=lambda end: end.latest)
    before = run(event for event in past if earliest(event) < since.latest)
    if not before.path:
        return None
    state = State.UNCOUNTED if _is_counted_again(absent, day) else State.ENDED
    return Status(state, day, since=since, basis=tuple(reversed(before.path)), absent=absent)


def _within_lives(
    standing: list[Event],
    turning: list[Event],
    past: list[Event],
    absent: tuple[Polity, ...],
    parties: Sequence[Polity],
    day: date,
) -> Status:
    course = run(past)
    open_events = [event for event in turning if latest(event) > day >= earliest(event)]
    alternative = _alternative(turning, past, open_events, course)
    end = _end_of_a_life(parties, day)
    next_event = following(turning, course.state, day)
    if next_event and end and end.latest < earliest(next_event):
        next_event = None  # that belongs to another life
    if alternative is None and may_be_over(course, next_event, day):
        alternative = Position(State.UNKNOWN, ())
    basis = () if course.state is State.UNKNOWN else course.path  # a war that is over says nothing about relations
    since = latest(basis[-1]) if basis else date.min
    is_of_another = alternative is None and shows_another_government(course.state, next_event, standing, since, day)
    if is_of_another:
        course, basis = Position(State.UNRECOGNIZED, ()), ()
    life_ends = end if basis and not _is_counted_again(parties, day) else None
    is_open = bool(alternative) or is_of_another or any(may_be_dispute(event, day) for event in basis[-1:])
    return Status(
        course.state,
        day,
        since=basis[-1].when if basis else None,
        until=next_event.when if next_event else life_ends,
        certainty=Certainty.POSSIBLY if is_open else Certainty.YES,
        alternative=alternative.state if alternative else None,
        basis=tuple(reversed(basis)),
        pending=tuple(event for event in alternative.path if event in open_events) if alternative else (),
        next=next_event,
        absent=absent,
        at_the_latest=bool(basis) and basis[-1].relation == ENVOY_RECEIVED.id,
        broken=break_before(past) if course.state is State.AT_WAR else None,
        lapsed=shows_a_break(course.state, next_event, standing, since, day),
    )


def _alternative(
    turning: list[Event], past: list[Event], open_events: list[Event], course: Position
) -> Position | None:
    """Where it would lead if the first of the open events had happened by then, as many as lead elsewhere."""
    for number in range(len(open_events), 0, -1):
        happened = [*past, *open_events[:number]]
        course_then = run(event for event in turning if event in happened)
        if course_then.state is not course.state:
            return course_then
    return None


def _end_of_a_life(parties: Sequence[Polity], day: date) -> When | None:
    """When the first of the lives ends in which the day lies."""
    ends = [end for party in parties if (end := ending(party, day))]
    return min(ends, key=lambda end: end.latest, default=None)


def _is_counted_again(parties: Iterable[Polity], day: date) -> bool:
    """Whether the lists of states count a party in a later life too."""
    return any(life.earliest > day for party in parties for life in party.lifespans)
