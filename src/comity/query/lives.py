"""Which life of a polity an event belongs to: relations end with a state, and one that begins later begins anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from comity.model import Certainty, Polity, When
from comity.reconcile.events import Event

# A life that begins again within so many years goes on with its relations: Peru after the Confederation, a state after
# an occupation. One that begins later begins anew: Serbia in 2006.
_GAP = timedelta(days=10 * 366)
_EARLY = timedelta(days=366)  # a state may be recognized before the lists count it


def of_this_life(events: Iterable[Event], parties: Sequence[Polity], day: date) -> tuple[Event, ...]:
    """The events without those of a life of a party that ended long before the one in which the day lies."""
    begun = max((start for party in parties if (start := _anew(party, day))), default=None)
    if begun is None:
        return tuple(events)
    return tuple(event for event in events if event.when is None or event.when.latest >= begun - _EARLY)


def ended(polity: Polity, day: date) -> When | None:
    """When a polity's last life before a day ended, if it was then no state; None when it was one, or was yet to be."""
    if not polity.lifespans or polity.existed(When.on(day)) is not Certainty.NO:
        return None
    past = [life for life in polity.lifespans if life.latest < day]
    return past[-1].end if past else None


def ending(polity: Polity, day: date) -> When | None:
    """When the life ends in which a day lies; None when none does, or a later one goes on with it."""
    for number, life in enumerate(polity.lifespans):
        if life.earliest <= day <= life.latest < date.max:
            after = polity.lifespans[number + 1 : number + 2]
            return None if after and after[0].earliest - life.latest < _GAP else life.end
    return None


def outlived(when: When, parties: Sequence[Polity], day: date) -> When | None:
    """When the life of a party ended in which something began, if no life that goes on with it holds on the day."""
    ends = [end for party in parties if (end := _last_day(when, party, day))]
    return min(ends, key=lambda end: end.latest, default=None)


def _last_day(when: When, polity: Polity, day: date) -> When | None:
    begun = _anew(polity, day)
    if begun and when.latest < begun - _EARLY:
        return ended(polity, begun - timedelta(days=1))
    gone = all(life.latest < day for life in polity.lifespans)
    return ended(polity, day) if gone else None


def began_before(first: Polity, second: Polity) -> bool:
    """Whether one polity began before another, as far as it is known when they did."""
    starts = [polity.lifespans[0].earliest for polity in (first, second) if polity.lifespans]
    return len(starts) < 2 or starts[0] <= starts[1]


def _anew(polity: Polity, day: date) -> date | None:
    """The first day of the life that a day lies in, when it began long after another had ended."""
    lives = [life for life in polity.lifespans if life.earliest <= day]
    if len(lives) < 2 or lives[-1].earliest - lives[-2].latest < _GAP:
        return None
    return lives[-1].earliest
