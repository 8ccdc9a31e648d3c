"""Steps of one thing in an impossible order: ratified before signed, received before appointed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from comity.model import Modality
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event
from comity.relations import Identity, relation, vocabulary

_ANY = "*"  # in place of a kind: whatever it is
_RULE = "a later step of the same thing"


def out_of_order(events: Iterable[Event]) -> Iterator[Conflict]:
    """Two steps of one agreement, envoy or war of which the later ended before the earlier began.

    What may be done again, as an envoy may serve twice, is out of order only where no earlier step comes before it.
    """
    things: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in events:
        thing = _thing(event)
        if thing and event.when is not None and event.modality is Modality.ASSERTED:
            things[event.parties, relation(event.relation).topic, thing].append(event)
    for steps in things.values():
        earlier = _Earlier(steps)
        for later in steps:
            before = earlier.of(later)
            if before is not None:
                yield Conflict(later.relation, before, later, _RULE)


class _Earlier:
    """The steps of one thing, for each of which is asked whether it is too early for all the steps before it.

    A step is too early for all when it ended before the first day on which any of them began. So of the steps of each
    place and kind no more is looked at than the first of them and the earliest of their days.
    """

    def __init__(self, steps: Iterable[Event]) -> None:
        self._steps: dict[tuple[int, str | None], tuple[int, Event, date]] = {}
        for number, event in enumerate(steps):
            assert event.when is not None
            place = _place(event)
            for kind in {_ANY, event.kind}:
                known = self._steps.get((place, kind), (number, event, event.when.earliest))
                self._steps[place, kind] = (*known[:2], min(known[2], event.when.earliest))

    def of(self, later: Event) -> Event | None:
        """The first of the steps before one that is too early for all of them; whenever they were.

        An envoy's steps are none of an envoy of another rank.
        """
        assert later.when is not None
        ranked = Identity.PERSON in relation(later.relation).identity and later.kind
        kinds = (later.kind, None) if ranked else (_ANY,)
        places = range(_place(later))
        before = [self._steps[place, kind] for place in places for kind in kinds if (place, kind) in self._steps]
        if not before or later.when.latest >= min(earliest for _, _, earliest in before):
            return None
        return min(before, key=lambda step: step[0])[1]


def _thing(event: Event) -> str | None:
    """What a step is of: an agreement or war by its title, an envoy by name; None where that is not stated.

    A mission is opened, moved and closed too often for its steps to be told apart.
    """
    identity = relation(event.relation).identity
    if event.relation not in _steps() or Identity.TOWN in identity:
        return None
    if Identity.PERSON in identity:
        participants = event.claims[0].participants
        return participants[0].id or participants[0].name if participants else None
    return (event.label or "").casefold() or None


def _place(event: Event) -> int:
    """How many steps come before it."""
    return len(relation(event.relation).presupposes)


@cache
def _steps() -> frozenset[str]:
    """The terms that presuppose another, or are presupposed."""
    later = [term for term in vocabulary() if term.presupposes]
    return frozenset((*(term.id for term in later), *(step for term in later for step in term.presupposes)))
