"""Wars without an end: until when an answer may say that two were at war.

Many sources give only the beginning of a war. To call it over on a day that no source gives would be a guess, and so
would it be to call two states at war a century later. After `SURELY_ON` the answer is *possibly*.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from comity.query.status.machine import Position, latest
from comity.reconcile.events import Event, order
from comity.relations import State, relation
from comity.relations.diplomatic import RELATIONS_SEVERED

SURELY_ON = timedelta(days=5 * 366)
"""The time after which a war without a recorded end may be over."""


def may_be_over(course: Position, following: Event | None, day: date) -> bool:
    """Whether a war may have ended by the day, of which no source gives the end."""
    at_war = course.state is State.AT_WAR and following is None
    return at_war and latest(course.path[-1]) < day - SURELY_ON


def break_before(past: Iterable[Event]) -> Event | None:
    """The breaking off of relations that a war came with, if none began again after it."""
    turns = (event for event in past if relation(event.relation).topic == RELATIONS_SEVERED.topic)
    last = max(turns, key=order, default=None)
    return last if last is not None and last.relation == RELATIONS_SEVERED.id else None
