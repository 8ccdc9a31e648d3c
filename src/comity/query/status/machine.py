"""The machine: from state to state, an event at a time.

Theory
    Diplomatic relations are in one state at a time, and each event leads from some states to another: which ones is a
    fact of its term (`from_states` and `leads_to` in `comity.relations`). The machine begins at *unknown*, takes the
    events in order of time, and keeps the path: the events that changed the state. The difficulties lie in the
    sources, not in the machine.

    An envoy is no turn of its own, but shows that relations existed. Credentials of certain ranks are presented only
    where there are relations, so a reception counts as their beginning where none is recorded ("at the latest"); after
    a break only a rank of minister or above does, for a chargé d'affaires may be received while relations stay broken.
    Where a source says that relations began, or began again, only later, the reception begins nothing: the source
    denies it (a personal representative at the Holy See, a minister to a China whose government was not recognized).

    A war lies above relations, it does not replace them. A list of wars knows from when to when two states fought and
    nothing about envoys. So the machine remembers the state beneath the war. If that was no more than recognition when
    the war ends of itself (by the last date of its source, not by a treaty), that state is the answer again; otherwise
    relations are broken until an event says that they resumed. Of two wars at once the second goes on when the first
    ends. A dispute that reached the level of war gives days where a list of wars has only years.

    One event is often told twice, once to the day and once by its year, and the two may be of different terms (severed
    and interrupted), so that they are two events. The vague one says nothing that the other does not: `turns` leaves
    it out. A vague date otherwise stands behind the precise ones within it, with one exception: a break comes before a
    resumption, which presupposes it.

    That a new government was not recognized on a day (a denial) is a state too. It ends with the recognition; if
    relations stood before, they stand again then.

    A second beginning while relations stand shows a break that no source dates (`begins_anew`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.model import Certainty, Modality, When
from comity.reconcile.events import Event, order
from comity.relations import State, relation
from comity.relations.diplomatic import RECOGNITION, RELATIONS_RESUMED
from comity.relations.missions import ENVOY_RECEIVED
from comity.relations.strife import DISPUTE, LEVEL_OF_WAR, OPPOSED_SIDES, WAR, WAR_ENDED

# Credentials of these ranks are presented only where there are relations; those of full rank, after a break, only once
# relations are whole again.
_ACCREDITED = ("ambassador", "minister", "envoy", "chargé", "charge", "commissioner")
_FULL = ("ambassador", "envoy", "minister")

_BEFORE_RELATIONS = (State.UNKNOWN, State.UNRECOGNIZED, State.RECOGNIZED)
_BROKEN = (State.SEVERED, State.INTERRUPTED, State.AT_WAR)
_NOT_BROKEN = (State.UNKNOWN, State.RECOGNIZED, State.ESTABLISHED)  # a denied recognition leads from these


# A beginning that comes later than this after a reception is another beginning; a resumption, that after another break.
_MEMORY, _MEMORY_OF_A_BREAK = timedelta(days=50 * 366), timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a sequence of events leads: the state, and the events that led there in order of time."""

    state: State
    path: tuple[Event, ...]


def turns(events: Iterable[Event]) -> list[Event]:
    """The events that can change the state in order of time, with the end of each that says until when it lasted."""
    gathered = list(events)
    counting = [_to_the_day(turn, gathered) for event in gathered if (turn := _turn(event))]
    whole = [part for event in counting for part in _with_end(event, counting)]
    precise = sorted((event for event in whole if not _is_told_to_the_day_too(event, whole)), key=order)
    return _breaks_before_resumptions([event for event in precise if not _is_denied(event, precise)])


def _turn(event: Event) -> Event | None:
    """An event as one that can change the state; None when it can't."""
    if event.when is None:
        return None
    if event.modality is Modality.DENIED:
        return event if event.relation == RECOGNITION.id else None
    if event.modality is not Modality.ASSERTED:
        return None
    return event if relation(event.relation).leads_to is not None or accredits(event) else None


def _to_the_day(war: Event, events: Iterable[Event]) -> Event:
    """A war known by its years, with the days of a dispute that reached the level of war in the year of its beginning.

    A dispute that ended by joining a war that went on was over when the war began.
    """
    if war.relation != WAR.id or war.when is None or not war.when.is_interval or _is_to_the_day(war.when):
        return war
    for event in events:
        if event.relation != DISPUTE.id or event.when is None or not _is_to_the_day(event.when):
            continue
        within = earliest(war) <= earliest(event) <= latest(war) and event.when.latest <= war.when.latest
        if within and _was_war(event):
            return replace(war, when=event.when, claims=(*war.claims, *event.claims))
    return war


def _was_war(dispute: Event) -> bool:
    joined = any("joined" in (claim.label or "") for claim in dispute.claims)
    return not joined and any(claim.kind == LEVEL_OF_WAR for claim in dispute.claims)


def may_be_dispute(event: Event, day: date) -> bool:
    """Whether the days of a war are those of the dispute that led to it, and that was perhaps no war yet on a day.

    Within the years that the list of wars gives, it surely was.
    """
    if event.relation != WAR.id or all(claim.relation != DISPUTE.id for claim in event.claims):
        return False
    years = (claim.when for claim in event.claims if claim.relation == WAR.id and claim.when is not None)
    return all(When.on(day).during(when) is not Certainty.YES for when in years)


def _is_to_the_day(when: When) -> bool:
    return when.earliest == when.begin_latest and when.end_earliest == when.latest


def _is_told_to_the_day_too(event: Event, events: Iterable[Event]) -> bool:
    """Whether an event of the same effect has a more precise date within that of this one."""
    assert event.when is not None
    if earliest(event) == latest(event) or event.relation == ENVOY_RECEIVED.id:
        return False
    effect = _effect(event)
    return any(
        _effect(precise) == effect
        and earliest(event) <= earliest(precise)
        and latest(precise) <= latest(event)
        and latest(precise) - earliest(precise) < latest(event) - earliest(event)
        for precise in events
    )


def _effect(event: Event) -> object:
    """What an event does to relations: to sever them and to interrupt them are one, told in two words."""
    leads_to = relation(event.relation).leads_to
    broken = leads_to in (State.SEVERED, State.INTERRUPTED)
    return (broken or leads_to, event.modality, event.relation == WAR_ENDED.id)


def _is_denied(reception: Event, events: list[Event]) -> bool:
    """Whether a source says that relations began, or began again, only after the reception of an envoy.

    A break between the two would explain the later beginning; so would a time that is longer than memory. That is
    short where a break came before the reception: governments fell and were recognized again within a few years.
    """
    if reception.relation != ENVOY_RECEIVED.id:
        return False
    following = (event for event in events if event.relation != ENVOY_RECEIVED.id and order(event) > order(reception))
    turning = next((event for event in following if relation(event.relation).leads_to is not State.RECOGNIZED), None)
    if turning is None or relation(turning.relation).leads_to is not State.ESTABLISHED:
        return False
    was_broken = any(
        relation(event.relation).leads_to in _BROKEN and order(event) < order(reception) for event in events
    )
    memory = _MEMORY_OF_A_BREAK if was_broken else _MEMORY
    return earliest(turning) > latest(reception) and earliest(turning) - latest(reception) < memory


def _breaks_before_resumptions(events: list[Event]) -> list[Event]:
    """Events in order of time, with a vague break moved before the first resumption within its date."""
    ordered = list(events)
    for event in events:
        if relation(event.relation).leads_to not in (State.SEVERED, State.INTERRUPTED):
            continue
        within = (
            place
            for place, turn in enumerate(ordered)
            if turn.relation == RELATIONS_RESUMED.id
            and earliest(event) <= earliest(turn)
            and latest(turn) <= latest(event)
            and earliest(event) < latest(event)
        )
        place = next(within, None)
        if place is not None and place < ordered.index(event):
            ordered.remove(event)
            ordered.insert(place, event)
    return ordered


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
    if event.modality is Modality.DENIED:
        return State.UNRECOGNIZED if state in _NOT_BROKEN else state
    if event.relation == RECOGNITION.id and state is State.INTERRUPTED:
        return State.ESTABLISHED  # of a new government, for lack of which normal relations were interrupted
    if event.relation == ENVOY_RECEIVED.id:
        began = state in _BEFORE_RELATIONS
        healed = state in _BROKEN and _is_full(event)
        return State.ESTABLISHED if began or healed else state
    wars = [claim for claim in event.claims if claim.relation == WAR.id]
    if state is State.ESTABLISHED and wars and all(claim.kind == OPPOSED_SIDES for claim in wars):
        return state  # the source does not say that these two fought each other
    term = relation(event.relation)
    return term.leads_to if term.leads_to and state in term.from_states else state


def leads_elsewhere(state: State, event: Event) -> bool:
    """Whether an event changes the state, or shows that it had broken off."""
    return step(state, event) is not state or begins_anew(state, event)


def begins_anew(state: State, event: Event) -> bool:
    """Whether relations begin while they stand: they broke off before, at a time that no source gives.

    One claim alone may be another date for the first beginning, or a slip; it shows nothing, unless it says that they
    resumed.
    """
    leads_to = relation(event.relation).leads_to
    stated = len(event.claims) > 1 or event.relation == RELATIONS_RESUMED.id
    return state is State.ESTABLISHED and leads_to is State.ESTABLISHED and stated


def not_yet(state: State, event: Event | None) -> bool:
    """Whether relations had not begun in a state, since the next event is one of those by which they begin.

    A resumption is none: it presupposes that they had begun before.
    """
    if event is None or event.relation == RELATIONS_RESUMED.id:
        return False
    return state in _BEFORE_RELATIONS and relation(event.relation).begins_relations


def not_resumed(state: State, event: Event | None) -> bool:
    """Whether relations had been broken off in a state that no source dates, since the next event resumes them."""
    return state in _BEFORE_RELATIONS and event is not None and event.relation == RELATIONS_RESUMED.id


def accredits(event: Event) -> bool:
    """Whether an envoy was received who is sent only where there are relations."""
    rank = (event.kind or "").casefold()
    return event.relation == ENVOY_RECEIVED.id and rank.startswith(_ACCREDITED) and "ad interim" not in rank


def ends_by_itself(event: Event) -> bool:
    """Whether an end of war is the last date of a source that covers the war: no act, which would say more."""
    return event.relation == WAR_ENDED.id and event.claims[0].relation == WAR.id


def _is_full(event: Event) -> bool:
    return (event.kind or "").casefold().startswith(_FULL)


def _with_end(event: Event, events: Iterable[Event]) -> Iterator[Event]:
    """An event and, of an interruption or war that its source says to have lasted until a date, its end then.

    A war known by its name and a year was fought in that year: it may have begun and ended at any time of it. But
    that year ends no war of which another source tells the first day. Nor does the end of a list of wars.
    """
    when, ended_by = event.when, relation(event.relation).ended_by
    if event.relation == WAR.id and event.label and when is not None and not when.is_interval:
        yield event
        if not any(_is_declared_within(war, when) for war in events):
            yield replace(event, relation=WAR_ENDED.id)
        return
    if not ended_by or when is None or not when.is_interval or when.earliest == date.min:
        yield event
        return
    yield replace(event, when=when.begin)
    if when.end.known.edtf not in ("", "..") and when.end.latest != date.max:
        yield replace(event, relation=ended_by, when=when.end)


def _is_declared_within(war: Event, when: When) -> bool:
    """Whether a war began on a known day within a year, and its source gives no end."""
    assert war.when is not None
    to_the_day = war.when.earliest == war.when.begin_latest and war.relation == WAR.id
    return to_the_day and war.when.during(when) is Certainty.YES and not war.when.is_interval


def _is_finer(event: Event, turn: Event) -> bool:
    """Whether an event is the same turn as another, with a more precise date."""
    if event.relation != turn.relation or event.when is None or turn.when is None:
        return False
    return event.when.refines(turn.when)
