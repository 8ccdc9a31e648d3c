"""Steps of one thing in an impossible order: ratified before signed, received before appointed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from comity.model import Certainty, Modality
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event
from comity.relations import Identity, relation, vocabulary

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
        for later in steps:
            before = [event for event in steps if _is_step_before(event, later)]
            if before and all(_is_too_early(later, event) for event in before):
                yield Conflict(later.relation, before[0], later, _RULE)


def _thing(event: Event) -> str | None:
    """What a step is of: an agreement or war by its title, an envoy by name; None where that is not stated.

    A mission is opened, moved and closed too often for its steps to be told apart.
    """
    identity = relation(event.relation).identity
    if not _is_step(event) or Identity.TOWN in identity:
        return None
    if Identity.PERSON in identity:
        participants = event.claims[0].participants
        return participants[0].id or participants[0].name if participants else None
    return (event.label or "").casefold() or None


def _is_step(event: Event) -> bool:
    """Whether an event is a step of something: it presupposes another, or another presupposes it."""
    return event.relation in _steps()


@cache
def _steps() -> frozenset[str]:
    later = [term for term in vocabulary() if term.presupposes]
    return frozenset((*(term.id for term in later), *(step for term in later for step in term.presupposes)))


def _is_step_before(event: Event, later: Event) -> bool:
    """Whether an event is an earlier step of the same thing, whenever it was; an envoy's of no other rank."""
    term = relation(later.relation)
    if event.relation not in term.presupposes:
        return False
    return Identity.PERSON not in term.identity or len({each.kind for each in (event, later) if each.kind}) < 2


def _is_too_early(later: Event, event: Event) -> bool:
    assert later.when is not None
    assert event.when is not None
    return later.when.before(event.when) is Certainty.YES
