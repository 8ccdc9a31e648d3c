"""What came next: the event that ended a state, and whether it shows that the state had ended before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from comity.model import Modality
from comity.query.status.machine import accredits, begins_anew, earliest, ends_by_itself, latest, leads_elsewhere
from comity.reconcile.events import Event, order
from comity.relations import State, relation
from comity.relations.diplomatic import RECOGNITION, RELATIONS_SEVERED
from comity.relations.missions import ENVOY_RECEIVED, LIAISON_OFFICE, MISSION_CLOSED
from comity.relations.strife import LEVEL_OF_WAR, WAR


def following(turns: Iterable[Event], state: State, day: date) -> Event | None:
    """The first of some turns in order of time that is after a day and leads elsewhere.

    The end of a war that is still to begin ends no other.
    """
    later = [event for event in turns if earliest(event) > day]
    wars_to_come = {event.claims[0].id for event in later if event.relation == WAR.id}
    for event in later:
        is_end_of_later_war = ends_by_itself(event) and event.claims[0].id in wars_to_come
        if leads_elsewhere(state, event) and not is_end_of_later_war:
            return _stated(event, later)
    return None


def _stated(event: Event, later: Iterable[Event]) -> Event:
    """An event; of a reception, the beginning that a source states with a vague date about it, on that day."""
    if event.relation != ENVOY_RECEIVED.id:
        return event
    stated = (turn for turn in later if relation(turn.relation).leads_to is State.ESTABLISHED)
    about = next((turn for turn in stated if earliest(turn) <= earliest(event) <= latest(turn)), None)
    return replace(about, when=event.when, claims=(*about.claims, *event.claims)) if about else event


def shows_a_break(state: State, event: Event | None, events: Iterable[Event], since: date, day: date) -> bool:
    """Whether relations had perhaps broken off by a day: they begin anew later, and something shows a break before it.

    A second beginning alone shows none: it may be that of another government, or the same told with another date. What
    shows a break is the closing of an embassy or legation by the day with nothing after it, up to the new beginning,
    that shows relations whole; and no source denies that relations were severed.
    """
    if event is None or not begins_anew(state, event):
        return False
    gathered = list(events)
    if any(_denies_a_break(denial) for denial in gathered):
        return False
    closings = [sign for sign in gathered if _is_closing(sign) and since <= earliest(sign) <= day]
    if not closings:
        return False
    closed = latest(max(closings, key=order))
    return not any(
        _shows_relations(sign) and closed < earliest(sign) and latest(sign) < earliest(event) for sign in gathered
    )


def shows_another_government(
    state: State, event: Event | None, events: Iterable[Event], since: date, day: date
) -> bool:
    """Whether the government of the day was perhaps not recognized: it is recognized later, with relations, anew.

    Who recognizes a government on a day did not recognize it on the day before. How long before is not known: at least
    since the last sign of relations with the government before it, an envoy or a mission.
    """
    if event is None or not begins_anew(state, event):
        return False
    gathered = [sign for sign in events if sign.when is not None and sign.modality is Modality.ASSERTED]
    if not any(sign.relation == RECOGNITION.id and earliest(sign) == earliest(event) for sign in gathered):
        return False
    signs = [sign for sign in gathered if _is_of_governments(sign) and since <= earliest(sign)]
    before = [sign for sign in signs if latest(sign) < earliest(event)]
    return bool(before) and max(map(latest, before)) < day


def _is_of_governments(sign: Event) -> bool:
    """Whether an event shows dealings with a recognized government: a liaison office and its chiefs do not."""
    topic = relation(sign.relation).topic
    return accredits(sign) or (topic == MISSION_CLOSED.topic and sign.kind != LIAISON_OFFICE)


def bears_on_relations(event: Event) -> bool:
    """Whether an event begins or breaks relations, or shows that they stood or stood no more."""
    term = relation(event.relation)
    topics = (MISSION_CLOSED.topic, ENVOY_RECEIVED.topic, RELATIONS_SEVERED.topic)
    return term.leads_to is not None or term.topic in topics or event.kind == LEVEL_OF_WAR


def _denies_a_break(event: Event) -> bool:
    return event.modality is Modality.DENIED and relation(event.relation).leads_to in (State.SEVERED, State.INTERRUPTED)


def _is_closing(event: Event) -> bool:
    term = relation(event.relation)
    asserted = event.modality is Modality.ASSERTED and event.when is not None
    return asserted and event.relation == MISSION_CLOSED.id and term.is_of_states(event.kind)


def _shows_relations(event: Event) -> bool:
    """Whether an event shows that relations stood: an envoy, or a mission that only states in relations keep."""
    if event.modality is not Modality.ASSERTED or event.when is None or event.relation == MISSION_CLOSED.id:
        return False
    term = relation(event.relation)
    return accredits(event) or (term.shows_relations and term.is_of_states(event.kind))
