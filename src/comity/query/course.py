"""The course of a pair's relations: what stood between the two on every day, for a chart to draw.

Every stretch is what `status` and `mission` answer on each of its days, so that a chart and an answer can't disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from comity.ledger import View
from comity.model import Certainty, Modality, Polity, When
from comity.query.agreements import Agreement, agreements
from comity.query.missions import Service, mission, services
from comity.query.pair import Pair, known, today
from comity.query.status import SURELY_ON, State, bears_on_relations, status
from comity.reconcile.events import Event
from comity.relations import relation
from comity.relations.diplomatic import RELATIONS_ESTABLISHED
from comity.relations.missions import ENVOY_RECEIVED, MISSION_OPENED
from comity.relations.states import LEADER
from comity.relations.strife import WAR

OFFICES = ("president", "effective leader")
"""The offices whose holders a course shows: heads of state, and who ruled in effect."""

_DAY = timedelta(days=1)
_OF_MISSIONS = (MISSION_OPENED.topic, RELATIONS_ESTABLISHED.topic, WAR.topic)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, the first and the last included, on each of which the answer is `what`.

    `perhaps` is what it may be instead, where imprecise dates leave that open.
    """

    begin: date
    end: date
    what: str
    perhaps: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What stood between a pair, from the first recorded day to the last.

    `relations` are stretches of the states of diplomatic relations; `missions` of the ranks of what one kept with the
    other, by (owner, host); `services` of envoys likewise; `leaders` those of either, by polity.
    """

    pair: Pair
    relations: tuple[Stretch, ...]
    missions: dict[tuple[str, str], tuple[Stretch, ...]]
    services: dict[tuple[str, str], tuple[Service, ...]]
    leaders: dict[str, tuple[Event, ...]]
    agreements: tuple[Agreement, ...]


def course(view: View, question: Pair) -> Course:
    """The course of a pair's relations, from what its ledger holds of it."""
    first, second = question.polities
    ways = ((first.id, second.id), (second.id, first.id))
    turning, moving = _days(question, bears_on_relations), _days(question, _of_missions)
    return Course(
        pair=question,
        relations=tuple(_stretches(turning, partial(_relations, question))),
        missions={way: tuple(_stretches(moving, partial(_rank, question, *way))) for way in ways},
        services={way: tuple(services(question.events, *way)) for way in ways},
        leaders={polity.id: tuple(_leaders(view, question, polity)) for polity in (first, second)},
        agreements=agreements(question.events),
    )


def _stretches(days: list[date], answer_on: Callable[[date], tuple[str, str | None] | None]) -> Iterator[Stretch]:
    """The answers on days, each of which holds until the next, joined while they stay the same."""
    begin, current = None, None
    for day in days:
        answer = answer_on(day)
        if answer == current:
            continue
        if current is not None and begin is not None:
            yield Stretch(begin, day - _DAY, *current)
        begin, current = day, answer
    if current is not None and begin is not None:
        yield Stretch(begin, max(days[-1], begin), *current)


def _days(question: Pair, counts: Callable[[Event], bool]) -> list[date]:
    """The days on which an answer may change, the last the later of today's and the day asked about."""
    whens = [event.when for event in question.events if event.when and counts(event)]
    lives = [life for polity in question.polities for life in polity.lifespans]
    bounds = {day for when in (*whens, *lives) for day in (when.earliest, when.begin_latest)}
    ends = {day for when in (*whens, *lives) for day in (when.end_earliest, when.latest)}
    after = {day + _DAY for day in ends if day < date.max}
    wars = [event.when for event in question.events if event.relation == WAR.id and event.when]
    after |= {when.begin_latest + SURELY_ON + _DAY for when in wars if not when.is_interval}
    last = max(today(), question.day)
    return sorted(day for day in {*bounds, *ends, *after, last} if date.min < day <= last)


def _of_missions(event: Event) -> bool:
    return event.relation == ENVOY_RECEIVED.id or relation(event.relation).topic in _OF_MISSIONS


def _relations(question: Pair, day: date) -> tuple[str, str | None] | None:
    """The state on a day, and what it may be instead; None where no source states any."""
    standing = status(question.on(day), day, question.polities, question.passed)
    if standing.state is State.UNKNOWN and standing.alternative is None:
        return None
    return standing.state.value, standing.alternative.value if standing.alternative else None


def _rank(question: Pair, owner: str, host: str, day: date) -> tuple[str, str | None] | None:
    """The rank of a mission on a day; None where there was none or its rank is unknown."""
    post = mission(question.on(day), owner, host, day)
    absent = any(polity.existed(When.on(day)) is Certainty.NO for polity in question.polities)
    if post is None or post.renewed_by or absent:
        return None
    if post.certainty is Certainty.POSSIBLY:
        return (post.rank, "not yet") if post.rank else ("closed", "still open")
    return (post.rank, None) if post.rank else None


def _leaders(view: View, question: Pair, polity: Polity) -> Iterator[Event]:
    """Who held the highest office, or where no source names one, who effectively ruled."""
    officers = [
        event
        for event in question.told(view.about(polity.id, [LEADER.id], known(question.known_by)))
        if _in_office(event)
    ]
    heads = [event for event in officers if event.kind == OFFICES[0]]
    yield from heads or officers


def _in_office(event: Event) -> bool:
    return event.kind in OFFICES and event.when is not None and event.modality is Modality.ASSERTED
