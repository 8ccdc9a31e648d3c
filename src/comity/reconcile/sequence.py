"""Steps of one thing that are told in an order that can't be: ratified before signed, received before appointed."""

from __future__ import annotations

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
_RULE = "a later step of the same thing"


def out_of_order(events: Iterable[Event]) -> Iterator[Conflict]:
    """Two steps of one agreement, envoy or war of which the later is told to have ended before the earlier began."""
    told = [event for event in events if event.when is not None and event.modality is Modality.ASSERTED]
    for steps in _STEPS:
        here = [event for event in told if event.relation in steps]
        for number, first in enumerate(here):
            for second in here[number + 1 :]:
                if _is_too_early(first, second, steps):
                    yield Conflict(first.relation, second, first, _RULE)


def _is_too_early(first: Event, second: Event, steps: tuple[str, ...]) -> bool:
    """Whether the event that comes first in time is a later step than the other, of the same thing."""
    assert first.when is not None
    assert second.when is not None
    if steps.index(first.relation) <= steps.index(second.relation) or not _of_one_thing(first, second):
        return False
    return first.when.before(second.when) is Certainty.YES


def _of_one_thing(first: Event, second: Event) -> bool:
    """Whether both are told of one agreement by its title, or of one envoy by name; or of the only war."""
    if first.parties != second.parties:
        return False
    if first.relation.startswith("agreement."):
        return bool(first.label) and (first.label or "").casefold() == (second.label or "").casefold()
    if first.relation.startswith("envoy."):
        return _person(first) == _person(second) is not None
    return first.label == second.label and first.label is not None


def _person(event: Event) -> str | None:
    held = event.claims[0].participants
    return held[0].id or held[0].name if held else None
