"""Steps of one thing that are told in an order that can't be: ratified before signed, received before appointed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from comity.model import Certainty, Modality
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event

# each step comes no sooner than the one before it
_STEPS: tuple[tuple[str, ...], ...] = (
    ("agreement.signed", "agreement.ratified", "agreement.in-force", "agreement.ended"),
    ("envoy.appointed", "envoy.received", "envoy.departed"),
    ("war", "war.ended"),
)
_PLACE = {step: (steps[0], place) for steps in _STEPS for place, step in enumerate(steps)}
_RULE = "a later step of the same thing"


def out_of_order(events: Iterable[Event]) -> Iterator[Conflict]:
    """Two steps of one agreement, envoy or war of which the later is told to have ended before the earlier began.

    What may be done again, as an envoy may serve twice, is out of order only where no earlier step comes before it.
    """
    things: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in events:
        thing = _thing(event)
        if thing and event.when is not None and event.modality is Modality.ASSERTED:
            things[event.parties, _PLACE[event.relation][0], thing].append(event)
    for steps in things.values():
        for later in steps:
            before = [event for event in steps if _is_step_before(event, later)]
            if before and all(_is_too_early(later, event) for event in before):
                yield Conflict(later.relation, before[0], later, _RULE)


def _thing(event: Event) -> str | None:
    """What a step is of: an agreement or war by its title, an envoy by name; None where that is not told."""
    if event.relation not in _PLACE:
        return None
    if event.relation.startswith("envoy."):
        held = event.claims[0].participants
        return held[0].id or held[0].name if held else None
    return (event.label or "").casefold() or None


def _is_step_before(event: Event, later: Event) -> bool:
    """Whether an event is an earlier step of the same thing, whenever it was; an envoy's of no other rank."""
    if _PLACE[event.relation][1] >= _PLACE[later.relation][1]:
        return False
    return not later.relation.startswith("envoy.") or len({each.kind for each in (event, later) if each.kind}) < 2


def _is_too_early(later: Event, event: Event) -> bool:
    assert later.when is not None
    assert event.when is not None
    return later.when.before(event.when) is Certainty.YES
