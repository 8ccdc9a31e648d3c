"""Steps of one thing that are told in an order that can't be: ratified before signed, received before appointed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from comity.model import Modality
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event

# each step comes no sooner than the one before it
_STEPS: tuple[tuple[str, ...], ...] = (
    ("agreement.signed", "agreement.ratified", "agreement.in-force", "agreement.ended"),
    ("envoy.appointed", "envoy.received", "envoy.departed"),
    ("war", "war.ended"),
)
_PLACE = {step: (steps[0], place) for steps in _STEPS for place, step in enumerate(steps)}
_ANY = "*"  # in place of a kind: whatever it is
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
            place = _PLACE[event.relation][1]
            for kind in {_ANY, event.kind}:
                known = self._steps.get((place, kind), (number, event, event.when.earliest))
                self._steps[place, kind] = (*known[:2], min(known[2], event.when.earliest))

    def of(self, later: Event) -> Event | None:
        """The first of the steps before one that is too early for all of them; whenever they were.

        An envoy's steps are none of an envoy of another rank.
        """
        assert later.when is not None
        ranked = later.relation.startswith("envoy.") and later.kind
        kinds = (later.kind, None) if ranked else (_ANY,)
        places = range(_PLACE[later.relation][1])
        before = [self._steps[place, kind] for place in places for kind in kinds if (place, kind) in self._steps]
        if not before or later.when.latest >= min(earliest for _, _, earliest in before):
            return None
        return min(before, key=lambda step: step[0])[1]


def _thing(event: Event) -> str | None:
    """What a step is of: an agreement or war by its title, an envoy by name; None where that is not told."""
    if event.relation not in _PLACE:
        return None
    if event.relation.startswith("envoy."):
        held = event.claims[0].participants
        return held[0].id or held[0].name if held else None
    return (event.label or "").casefold() or None
