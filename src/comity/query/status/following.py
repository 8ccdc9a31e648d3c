"""What came next: the event that ended a state, and whether it shows that the state had ended before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from comity.model import Modality
from comity.query.status.machine import accredits, begins_anew, earliest, ends_by_itself, latest, leads_elsewhere
from comity.reconcile.events import Event, order
from comity.relations import State, relation
from comity.relations.strife import WAR


def following(turns: Iterable[Event], state: State, day: date) -> Event | None:
    """The first event after a day that leads elsewhere; the end of a war that is still to begin ends no other."""
    later = sorted((event for event in turns if earliest(event) > day), key=order)
    wars_to_come = {event.claims[0].id for event in later if event.relation == WAR.id}
    for event in later:
        is_end_of_later_war = ends_by_itself(event) and event.claims[0].id in wars_to_come
        if leads_elsewhere(state, event) and not is_end_of_later_war:
            return event
    return None


def shows_a_break(state: State, event: Event | None, events: Iterable[Event], day: date) -> bool:
    """Whether the next event is a new beginning that shows that relations broke off, perhaps by the day.

    It does not where something between the day and it shows relations still whole: the break came after that.
    """
    if event is None or not begins_anew(state, event):
        return False
    return not any(
        _shows_relations(sign) and day < earliest(sign) and latest(sign) < earliest(event) for sign in events
    )


def _shows_relations(event: Event) -> bool:
    """Whether an event shows that relations stood: an envoy, or a mission that only states in relations keep."""
    if event.modality is not Modality.ASSERTED or event.when is None:
        return False
    term = relation(event.relation)
    return accredits(event) or (term.shows_relations and term.is_of_states(event.kind))
