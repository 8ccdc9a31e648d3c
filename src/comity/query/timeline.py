"""What happened between two polities, in order of time."""

from __future__ import annotations

from dataclasses import dataclass

from comity.errors import BadDate
from comity.ledger import View
from comity.model import Certainty, Judgement, Polity, Source, When
from comity.query.judgements import standing
from comity.query.pair import Pair, pair
from comity.reconcile.events import Event, evidence


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of a pair from one date to another; those without a date come last, when no bound is set."""

    pair: Pair
    begin: When | None
    end: When | None
    events: tuple[Event, ...]
    sources: dict[str, Source]


def timeline(
    view: View,
    first: str | Polity,
    second: str | Polity,
    begin: When | None = None,
    end: When | None = None,
    known_by: When | None = None,
) -> Timeline:
    """What may have happened between two dates, both included, as published by a day.

    Raises `BadDate` when the end is before the beginning, and what `pair` raises.
    """
    in_order(begin, end)
    question = pair(view, first, second, None, known_by)
    return Timeline(
        question, begin, end, tuple(event for event in question.events if _within(event, begin, end)), view.sources()
    )


def in_order(begin: When | None, end: When | None) -> None:
    """Raises `BadDate` when the end is before the beginning."""
    if begin and end and end.before(begin) is Certainty.YES:
        raise BadDate(f"the end {end} is before the beginning {begin}", offender=end)


def judged(view: View, answer: Timeline) -> tuple[Judgement, ...]:
    """What rules and persons say of the claims of a timeline, less what was taken back."""
    return standing(view, answer.pair, evidence(answer.events))


def _within(event: Event, begin: When | None, end: When | None) -> bool:
    if event.when is None:
        return begin is None and end is None
    after = begin is None or event.when.latest >= begin.earliest
    return after and (end is None or event.when.earliest <= end.latest)
