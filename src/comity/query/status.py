"""The state of diplomatic relations between two polities on a day: one state machine over what happened till then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from comity.model import Certainty, Modality, Polity, When
from comity.query.lives import ended, ending
from comity.reconcile.events import Event, order


class State(Enum):
    """What relations are; the values are the words of answers."""

    UNKNOWN = "unknown"
    RECOGNIZED = "recognized"
    ESTABLISHED = "established"
    INTERRUPTED = "interrupted"
    SEVERED = "severed"
    AT_WAR = "at war"
    ENDED = "ended"
    UNCOUNTED = "not counted"


_ANY = tuple(state for state in State if state not in (State.ENDED, State.UNCOUNTED))  # those follow from lifespans
_PEACE = (State.UNKNOWN, State.RECOGNIZED, State.ESTABLISHED, State.INTERRUPTED, State.SEVERED)

TRANSITIONS: dict[str, tuple[tuple[State, ...], State]] = {
    "recognition": ((State.UNKNOWN,), State.RECOGNIZED),
    "recognition.withdrawn": ((State.RECOGNIZED, State.ESTABLISHED, State.INTERRUPTED), State.SEVERED),
    "relations.established": (_ANY, State.ESTABLISHED),
    "relations.interrupted": ((State.UNKNOWN, State.RECOGNIZED, State.ESTABLISHED), State.INTERRUPTED),
    "relations.severed": (_PEACE, State.SEVERED),
    "relations.resumed": (_ANY, State.ESTABLISHED),
    "war": (_ANY, State.AT_WAR),
    "war.ended": ((State.AT_WAR,), State.SEVERED),
}
"""Of each event: the states that it changes, and the state that it leads to. Rendered in docs/status.md.

A war whose source says until when it lasted ends then. Where no more than recognition was told of relations until then,
before the war or during it, that end leads back to it.
"""
# in a war of many, no word on whether these two fought each other: it breaks no relations that are told to stand
_OPPOSED = "on opposed sides"
# an envoy received shows only that relations had begun by then
_BEGINNINGS = ("recognition", "relations.established", "relations.resumed")
SURELY_ON = timedelta(days=5 * 366)  # a war of which no end is told may be over later than that after it began

# credentials of these ranks are presented only where there are relations
_ACCREDITED = ("ambassador", "minister", "envoy", "chargé", "charge", "commissioner")
# after a break these are sent only once relations are whole again
_FULL = ("ambassador", "envoy", "minister")


@dataclass(frozen=True, slots=True)
class Status:
    """What relations were on a day.

    `since` is when the event that led there was, `until` that of the `next` event that led elsewhere, or of a party's
    end for good before there was any; None while there is none. `certainty` is POSSIBLY when an imprecise date leaves
    open whether `alternative` held already, or a war of which no end is told may be over; else `alternative` is None.
    `basis` are the events that led there, the last first; `absent` are parties that were no state of their own on the
    day; `broken` is the breaking off of relations that a state of war came with; `lapsed` says that the next beginning
    shows relations to have broken off at a time that no source tells, perhaps by the day.
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


@dataclass(frozen=True, slots=True)
class _Run:
    """Where a sequence of events leads: the state, and the event that led there with those it followed."""

    state: State
    path: tuple[Event, ...]


def status(events: Iterable[Event], day: date, parties: Sequence[Polity], passed: Iterable[Event] = ()) -> Status:
    """The status on a day by the pair's events; `passed` are those that lose against a better supported one.

    A day on which a party was no state is told by `absent`. Relations of a state that is no more have ended; those of
    one that the lists leave out for a time, and count again later, are not counted: that is no word on whether its end
    was lawful, nor on who held it to have ended.
    """
    lost = {id(event) for event in passed}
    held = [event for event in events if id(event) not in lost]
    told = [each for event in held if _counts(event) for each in _with_ends(event)]
    sure = [event for event in told if _latest(event) <= day]
    open_ = sorted((event for event in told if _latest(event) > day >= _earliest(event)), key=order)
    run = _run(sorted(sure, key=order))
    maybe = _maybe(sure, open_, run)
    absent = tuple(party for party in parties if party.existed(When.on(day)) is Certainty.NO)
    differs = maybe.state is not run.state
    ends = [end for party in absent if (end := ended(party, day))]
    if ends:
        since = min(ends, key=lambda end: end.latest)
        before = _run(sorted((event for event in sure if _earliest(event) < since.latest), key=order))
        if before.path:
            state = State.UNCOUNTED if _counted_again(absent, day) else State.ENDED
            return Status(state, day, since=since, basis=tuple(reversed(before.path)), absent=absent)
    following = _following(told, run, day)
    last = min(filter(None, (ending(party, day) for party in parties)), key=lambda end: end.latest, default=None)
    if following and last and last.latest < _earliest(following):
        following = None  # that is of another life
    if not differs and run.state is State.AT_WAR and following is None:
        differs = _latest(run.path[-1]) < day - SURELY_ON
        maybe = _Run(State.UNKNOWN, ())
    basis = () if run.state is State.UNKNOWN else run.path  # a war that is over tells nothing of relations
    return Status(
        run.state,
        day,
        since=basis[-1].when if basis else None,
        until=following.when if following else last if basis and not _counted_again(parties, day) else None,
        certainty=Certainty.POSSIBLY if differs else Certainty.YES,
        alternative=maybe.state if differs else None,
        basis=tuple(reversed(basis)),
        pending=tuple(event for event in maybe.path if differs and event in open_),
        next=following,
        absent=absent,
        at_the_latest=bool(basis) and basis[-1].relation == "envoy.received",
        broken=_broken(sure) if run.state is State.AT_WAR else None,
        lapsed=following is not None and begins_anew(run.state, following) and not _stood(held, day, following),
    )


def _counted_again(parties: Iterable[Polity], day: date) -> bool:
    """Whether the lists of states count a party in a later life too."""
    return any(life.earliest > day for party in parties for life in party.lifespans)


def _counts(event: Event) -> bool:
    """Whether an event can change the state: asserted, dated, and of a kind that does."""
    if event.modality is not Modality.ASSERTED or event.when is None:
        return False
    return event.relation in TRANSITIONS or _accredits(event)


def _accredits(event: Event) -> bool:
    """Whether an envoy was received who is sent only where there are relations."""
    rank = (event.kind or "").casefold()
    return event.relation == "envoy.received" and rank.startswith(_ACCREDITED) and "ad interim" not in rank


def _is_full(event: Event) -> bool:
    """Whether the envoy was of a rank that is sent after a break only once relations are whole again."""
    return (event.kind or "").casefold().startswith(_FULL)


_ENDS = {"relations.interrupted": "relations.resumed", "war": "war.ended"}


def _with_ends(event: Event) -> Iterator[Event]:
    """An event and, of an interruption or war that its source says to have lasted until a date, its end then.

    A war told by its name and a year was fought in that year: it may have begun and ended at any time of it.
    """
    when = event.when
    if event.relation == "war" and event.label and when is not None and not when.is_interval:
        yield event
        yield replace(event, relation="war.ended")
        return
    if event.relation not in _ENDS or when is None or not when.is_interval or when.earliest == date.min:
        yield event
        return
    yield replace(event, when=when.begin)
    if when.end.known.edtf not in ("", ".."):
        yield replace(event, relation=_ENDS[event.relation], when=when.end)


def _ended_of_itself(event: Event) -> bool:
    """Whether an end of war is that of the time for which a source tells of the war: no act, which would tell more."""
    return event.relation == "war.ended" and event.claims[0].relation == "war"


def begins_anew(state: State, event: Event) -> bool:
    """Whether relations that stood are told to begin: they broke off before, at a time that no source tells.

    One claim alone may be another date for the first beginning, or a slip; it shows nothing.
    """
    begins = event.relation in ("relations.established", "relations.resumed")
    return state is State.ESTABLISHED and begins and len(event.claims) > 1


def not_yet(state: State, event: Event | None) -> bool:
    """Whether relations had not begun in a state, since the next event is one of those by which they begin."""
    unbegun = state in (State.UNKNOWN, State.RECOGNIZED)
    return unbegun and event is not None and event.relation in _BEGINNINGS


def _run(events: Iterable[Event]) -> _Run:
    state, path, beneath, going_on = State.UNKNOWN, list[Event](), State.UNKNOWN, set[str]()
    for event in events:
        then = _step(state, event)
        if event.relation == "war" and then is State.AT_WAR:
            going_on.add(event.claims[0].id)
        elif _ended_of_itself(event):
            going_on.discard(event.claims[0].id)
            untold = beneath in (State.UNKNOWN, State.RECOGNIZED)
            then = state if going_on else beneath if untold and state is State.AT_WAR else then
        if then is not State.AT_WAR:
            beneath = then
            going_on.clear()
        elif not event.relation.startswith("war"):
            beneath = _step(beneath, event)
        if then is not state or begins_anew(state, event):
            state = then
            path.append(event)
        elif path and _dates(event, path[-1]):
            path[-1] = event
    return _Run(state, tuple(path))


def _dates(event: Event, other: Event) -> bool:
    """Whether an event tells of the same turn as another, and more precisely when."""
    if event.relation != other.relation or event.when is None or other.when is None:
        return False
    return event.when.refines(other.when)


def _maybe(sure: list[Event], open_: list[Event], run: _Run) -> _Run:
    """Where it would lead if the first of the open events had happened by then, as many as lead elsewhere."""
    for many in range(len(open_), 0, -1):
        led = _run(sorted([*sure, *open_[:many]], key=order))
        if led.state is not run.state:
            return led
    return run


def _step(state: State, event: Event) -> State:
    if event.relation == "envoy.received":
        begun = state in (State.UNKNOWN, State.RECOGNIZED)
        healed = state in (State.SEVERED, State.INTERRUPTED, State.AT_WAR) and _is_full(event)
        return State.ESTABLISHED if begun or healed else state
    if state is State.ESTABLISHED and all(claim.kind == _OPPOSED for claim in event.claims):
        return state
    begins, ends = TRANSITIONS[event.relation]
    return ends if state in begins else state


def _broken(sure: list[Event]) -> Event | None:
    """The last breaking off of relations, if none began again after it."""
    turns = [event for event in sure if event.relation.startswith("relations.")]
    last = max(turns, key=order, default=None)
    return last if last is not None and last.relation == "relations.severed" else None


def _following(told: list[Event], run: _Run, day: date) -> Event | None:
    """The first event after a day that leads to another state; the end of a war that is to begin ends no other."""
    later = sorted((event for event in told if _earliest(event) > day), key=order)
    to_come = {event.claims[0].id for event in later if event.relation == "war"}
    return next(
        (
            event
            for event in later
            if _turns(run.state, event) and not (_ended_of_itself(event) and event.claims[0].id in to_come)
        ),
        None,
    )


def _stood(events: list[Event], day: date, following: Event) -> bool:
    """Whether anything between a day and a new beginning shows relations still whole: the break came after it."""
    return any(
        day < _earliest(event) and _latest(event) < _earliest(following)
        for event in events
        if event.modality is Modality.ASSERTED and event.when is not None and (_accredits(event) or _keeps(event))
    )


def _keeps(event: Event) -> bool:
    """Whether a mission that only states in relations keep stood until then."""
    return event.relation in ("mission.raised", "mission.closed") and event.kind in ("embassy", "legation")


def _turns(state: State, event: Event) -> bool:
    return _step(state, event) is not state or begins_anew(state, event)


def _earliest(event: Event) -> date:
    assert event.when is not None
    return event.when.earliest


def _latest(event: Event) -> date:
    """The last day on which it can have begun."""
    assert event.when is not None
    return event.when.begin_latest
