"""The machine: from state to state, an event at a time.

Theory
    Diplomatic relations are in one state at a time, and each event leads from some states to another: which ones is a
    fact of its term (`from_states` and `leads_to` in `comity.relations`). The machine begins at *unknown*, takes the
    events in order of time, and keeps the path: the events that changed the state. Three difficulties lie in the
    sources, not in the machine.

    An envoy is no turn of its own, but shows that relations existed. Credentials of certain ranks are presented only
    where there are relations, so a reception counts as their beginning where none is recorded ("at the latest"); after
    a break only a rank of minister or above does, for a chargé d'affaires may be received while relations stay broken.

    A war lies above relations, it does not replace them. A list of wars knows from when to when two states fought and
    nothing about envoys. So the machine remembers the state beneath the war. If that was no more than recognition when
    the war ends of itself (by the last date of its source, not by a treaty), that state is the answer again; otherwise
    relations are broken until an event says that they resumed. Of two wars at once the second goes on when the first
    ends.

    A second beginning while relations stand shows a break that no source dates (`begins_anew`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from comity.model import Modality
from comity.reconcile.events import Event
from comity.relations import State, relation
from comity.relations.missions import ENVOY_RECEIVED
from comity.relations.strife import OPPOSED_SIDES, WAR, WAR_ENDED

# Credentials of these ranks are presented only where there are relations; those of full rank, after a break, only once
# relations are whole again.
_ACCREDITED = ("ambassador", "minister", "envoy", "chargé", "charge", "commissioner")
_FULL = ("ambassador", "envoy", "minister")

_BEFORE_RELATIONS = (State.UNKNOWN, State.RECOGNIZED)
_BROKEN = (State.SEVERED, State.INTERRUPTED, State.AT_WAR)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a sequence of events leads: the state, and the events that led there in order of time."""

    state: State
    path: tuple[Event, ...]


def turns(events: Iterable[Event]) -> list[Event]:
    """The events that can change the state, in the order given, with the end of each that says until when it lasted."""
    return [turn for event in events if _counts(event) for turn in _with_end(event)]


def earliest(event: Event) -> date:
    """The first day on which it can have begun."""
    assert event.when is not None
    return event.when.earliest


def latest(event: Event) -> date:
    """The last day on which it can have begun."""
    assert event.when is not None
    return event.when.begin_latest


def run(events: Iterable[Event]) -> Position:
    """Where turns lead that are in order of time."""
    state, path, beneath, wars = State.UNKNOWN, list[Event](), State.UNKNOWN, set[str]()
    for event in events:
        then = step(state, event)
        if event.relation == WAR.id and then is State.AT_WAR:
            wars.add(event.claims[0].id)
        elif ends_by_itself(event):
            wars.discard(event.claims[0].id)
            then = _after_war(state, beneath, then, bool(wars))
        if then is not State.AT_WAR:
            beneath = then
            wars.clear()
        elif event.relation not in (WAR.id, WAR_ENDED.id):
            beneath = step(beneath, event)
        if then is not state or begins_anew(state, event):
            state = then
            path.append(event)
        elif path and _is_finer(event, path[-1]):
            path[-1] = event
    return Position(state, tuple(path))


def _after_war(state: State, beneath: State, then: State, is_another_war_on: bool) -> State:
    """The state after a war that ended of itself."""
    if is_another_war_on:
        return state
    return beneath if state is State.AT_WAR and beneath in _BEFORE_RELATIONS else then


def step(state: State, event: Event) -> State:
    """The state that an event leads to."""
    if event.relation == ENVOY_RECEIVED.id:
        began = state in _BEFORE_RELATIONS
        healed = state in _BROKEN and _is_full(event)
        return State.ESTABLISHED if began or healed else state
    if state is State.ESTABLISHED and all(claim.kind == OPPOSED_SIDES for claim in event.claims):
        return state  # the source does not say that these two fought each other
    term = relation(event.relation)
    return term.leads_to if term.leads_to and state in term.from_states else state


def leads_elsewhere(state: State, event: Event) -> bool:
    """Whether an event changes the state, or shows that it had broken off."""
    return step(state, event) is not state or begins_anew(state, event)


def begins_anew(state: State, event: Event) -> bool:
    """Whether relations begin while they stand: they broke off before, at a time that no source gives.

    One claim alone may be another date for the first beginning, or a slip; it shows nothing.
    """
    leads_to = relation(event.relation).leads_to
    return state is State.ESTABLISHED and leads_to is State.ESTABLISHED and len(event.claims) > 1


def not_yet(state: State, event: Event | None) -> bool:
    """Whether relations had not begun in a state, since the next event is one of those by which they begin."""
    return state in _BEFORE_RELATIONS and event is not None and relation(event.relation).begins_relations


def accredits(event: Event) -> bool:
    """Whether an envoy was received who is sent only where there are relations."""
    rank = (event.kind or "").casefold()
    return event.relation == ENVOY_RECEIVED.id and rank.startswith(_ACCREDITED) and "ad interim" not in rank


def ends_by_itself(event: Event) -> bool:
    """Whether an end of war is the last date of a source that covers the war: no act, which would say more."""
    return event.relation == WAR_ENDED.id and event.claims[0].relation == WAR.id


def _counts(event: Event) -> bool:
    """Whether an event can change the state: asserted, dated, and of a term that does."""
    if event.modality is not Modality.ASSERTED or event.when is None:
        return False
    return relation(event.relation).leads_to is not None or accredits(event)


def _is_full(event: Event) -> bool:
    return (event.kind or "").casefold().startswith(_FULL)


def _with_end(event: Event) -> Iterator[Event]:
    """An event and, of an interruption or war that its source says to have lasted until a date, its end then.

    A war known by its name and a year was fought in that year: it may have begun and ended at any time of it.
    """
    when, ended_by = event.when, relation(event.relation).ended_by
    if event.relation == WAR.id and event.label and when is not None and not when.is_interval:
        yield event
        yield replace(event, relation=WAR_ENDED.id)
        return
    if not ended_by or when is None or not when.is_interval or when.earliest == date.min:
        yield event
        return
    yield replace(event, when=when.begin)
    if when.end.known.edtf not in ("", ".."):
        yield replace(event, relation=ended_by, when=when.end)


def _is_finer(event: Event, turn: Event) -> bool:
    """Whether an event is the same turn as another, with a more precise date."""
    if event.relation != turn.relation or event.when is None or turn.when is None:
        return False
    return event.when.refines(turn.when)
