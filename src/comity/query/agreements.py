"""Agreements of a pair, each through its life: signed, ratified, in force, extended, ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from comity.model import Modality, When
from comity.reconcile.events import Event, record_of
from comity.relations import relation
from comity.relations.agreements import AGREEMENT_ENDED, AGREEMENT_IN_FORCE, AGREEMENT_SIGNED


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement by its fullest title, with its events in order of time."""

    title: str
    events: tuple[Event, ...]

    @property
    def signed(self) -> When | None:
        """When it was signed; None when no source says."""
        return self._first(AGREEMENT_SIGNED.id)

    @property
    def in_force(self) -> When | None:
        """When it entered into force."""
        return self._first(AGREEMENT_IN_FORCE.id)

    @property
    def ended(self) -> When | None:
        """When it ended."""
        return self._first(AGREEMENT_ENDED.id)

    def _first(self, relation: str) -> When | None:
        dates = (event.when for event in self.events if event.relation == relation and event.when)
        return next((when for when in dates if when), None)


def agreements(events: Iterable[Event]) -> tuple[Agreement, ...]:
    """The agreements that sources assert, in order of time.

    Events are of one agreement when their titles are the same, or when one record states them without a title.
    """
    titled: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if relation(event.relation).topic == AGREEMENT_SIGNED.topic and event.modality is Modality.ASSERTED:
            titled[_key(event)].append(event)
    return tuple(Agreement(_title(group), tuple(group)) for group in titled.values())


def _key(event: Event) -> str:
    return (event.label or record_of(event.claims[0].locator)).casefold()


def _title(events: list[Event]) -> str:
    return next((event.label for event in events if event.label), "an agreement")
