"""The lanes of a timeline: stretches, bars and ticks with the days that they certainly and possibly cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from comity.model import Modality, When
from comity.present.english import day, the, whose
from comity.present.visible import seen
from comity.query.agreements import Agreement
from comity.query.course import Course, Stretch
from comity.query.missions import Service
from comity.reconcile.events import Event
from comity.relations import Mark as Drawn
from comity.relations import relation, vocabulary
from comity.relations.strife import WAR
from comity.relations.ties import ALLIANCE, VISIT

_STATES = {
    "recognized": "mild", "established": "good", "interrupted": "doubt", "severed": "bad", "at war": "ink",
    "ended": "quiet", "not counted": "quiet",
}  # fmt: skip
# the height of a mission in its lane, by rank
_RANKS = {"embassy": 1.0, "legation": 0.7}
_LOW = 0.45


@dataclass(frozen=True, slots=True)
class LaneMark:
    """A bar from some day of `begin` to some day of `end`, or a tick where the two are one date.

    `tone` is a colour of the palette, `high` the share of the row's height that it fills; unless `sure`, all of it is
    pale. `text` is written on it or beside it, where there is room; `told` and `when` describe it in full; `claim` is
    the id of its leading claim, empty if it results from several answers.
    """

    text: str
    tone: str
    begin: tuple[date, date]
    end: tuple[date, date]
    told: str
    when: str
    claim: str = ""
    high: float = 1.0
    sure: bool = True
    tick: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """Marks under a title, in a row of `height` pixels; if `stacked`, in as many rows as keep them apart."""

    title: str
    marks: tuple[LaneMark, ...]
    height: int = 15
    stacked: bool = False

    @property
    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """Its marks as rows of a table: when, what, and the claim."""
        return tuple((mark.when, mark.told, mark.claim) for mark in self.marks if mark.told)


def lanes(course: Course) -> list[Lane]:
    """The lanes of a pair's course with any mark, from the state of relations down to the leaders."""
    first, second = course.pair.polities
    events = [event for event in course.pair.events if event.when and event.modality is Modality.ASSERTED]
    lanes = [Lane("Relations", tuple(_relations(course.relations)), 24)]
    for owner, host, tone in ((first, second, "one"), (second, first, "other")):
        way = (owner.id, host.id)
        lanes.append(Lane(f"{whose(owner.id, True)} mission", tuple(_missions(course.missions[way], tone)), 18))
        lanes.append(Lane(f"{whose(owner.id, True)} envoys", tuple(_envoys(course.services[way], tone)), 10))
    lanes += [Lane(title, tuple(_bars(events, title)), stacked=True) for title in _titles()]
    lanes.append(Lane("Agreements", tuple(_agreements(course.agreements)), stacked=True))
    for guest, host, tone in ((first, second, "one"), (second, first, "other")):
        lanes.append(Lane(f"Visits by {the(guest.id)}", tuple(_visits(events, guest.id, host.id, tone)), 12))
    for polity, tone in ((first, "one"), (second, "other")):
        lanes.append(Lane(f"{whose(polity.id, True)} leaders", tuple(_leaders(course.leaders[polity.id], tone)), 14))
    return [lane for lane in lanes if lane.marks]


def key(course: Course) -> tuple[tuple[str, str], ...]:
    """The key of the band of relations: (tone, state) for the states that occur."""
    states = {what for stretch in course.relations for what in (stretch.what, stretch.perhaps)}
    return tuple((tone, state) for state, tone in _STATES.items() if state in states)


def _relations(stretches: Iterable[Stretch]) -> Iterator[LaneMark]:
    """The state as a band; a possible alternative is drawn lower in front of it, and both are pale."""
    for stretch in stretches:
        days = ((stretch.begin, stretch.begin), (stretch.end, stretch.end))
        if stretch.perhaps is None:
            yield LaneMark(stretch.what, _STATES[stretch.what], *days, stretch.what, _span(stretch))
            continue
        words = f"{stretch.what}, possibly {stretch.perhaps}"
        tones = [_STATES[what] for what in (stretch.what, stretch.perhaps) if what in _STATES]
        for number, tone in enumerate(tones):
            yield LaneMark(
                "", tone, *days, "" if number else words, _span(stretch), high=0.5 if number else 1.0, sure=False
            )


def _missions(stretches: Iterable[Stretch], tone: str) -> Iterator[LaneMark]:
    for stretch in stretches:
        words = f"{stretch.what}{f', or {stretch.perhaps}' if stretch.perhaps else ''}"
        days = ((stretch.begin, stretch.begin), (stretch.end, stretch.end))
        sure = stretch.perhaps is None
        high = _RANKS.get(stretch.what, _LOW)
        yield LaneMark(stretch.what if sure else "", tone, *days, words, _span(stretch), high=high, sure=sure)


def _span(stretch: Stretch) -> str:
    begin, end = day(When.on(stretch.begin)), day(When.on(stretch.end))
    return begin if stretch.begin == stretch.end else f"{begin} to {end}"


def _envoys(services: Iterable[Service], tone: str) -> Iterator[LaneMark]:
    """A bar for each service, alternately high and low; a service without a recorded end is a tick at its beginning."""
    for number, service in enumerate(services):
        assert service.received.when is not None
        until = service.left.when if service.left else None
        when = When.span(service.received.when, until) if until else service.received.when
        rank = f", {service.rank}" if service.rank else ""
        words = f"{service.person.name}{rank}{'' if service.left else '; no departure is recorded'}"
        yield _mark(service.received, when, tone, words, high=0.6 if number % 2 else 1.0)


def _titles() -> list[str]:
    """The lanes of the vocabulary's terms, wars first."""
    first = (WAR, ALLIANCE)
    marks = [term.mark for term in (*first, *vocabulary()) if term.mark]
    return list(dict.fromkeys(mark.lane for mark in marks))


def _bars(events: Iterable[Event], lane: str) -> Iterator[LaneMark]:
    """A mark for each event whose term belongs to a lane."""
    for event in events:
        mark = relation(event.relation).mark
        if mark is None or mark.lane != lane or event.when is None:
            continue
        yield _mark(event, event.when, mark.tone, *_names(event, mark), high=mark.height)


def _names(event: Event, mark: Drawn) -> tuple[str, str]:
    """An event's full name, and the text on its bar."""
    if mark.detailed:
        detail = "; ".join(part for part in (event.kind, event.label) if part)
        return f"{mark.name} ({detail})" if detail else mark.name, mark.name
    name = event.label or mark.name or event.kind or event.relation
    return name, name


def _agreements(agreements: Iterable[Agreement]) -> Iterator[LaneMark]:
    """An agreement from its first date to its end; one without a recorded end is a tick at its beginning."""
    for agreement in agreements:
        dates = [event.when for event in agreement.events if event.when]
        if not dates:
            continue
        first = agreement.in_force or dates[0]
        when = (
            When.span(first.begin, agreement.ended)
            if agreement.ended and agreement.ended.latest >= first.earliest
            else first
        )
        acts = "; ".join(
            f"{relation(event.relation).act} {day(event.when)}" for event in agreement.events if event.when
        )
        yield _mark(agreement.events[0], when, "good", f"{agreement.title} ({acts})", agreement.title)


def _visits(events: Iterable[Event], guest: str, host: str, tone: str) -> Iterator[LaneMark]:
    for event in events:
        if event.relation == VISIT.id and (event.subject, event.object) == (guest, host) and event.when:
            who = event.claims[0].participants[0].name if event.claims[0].participants else "a leader"
            yield _mark(event, event.when, tone, f"{who}{f', {event.kind}' if event.kind else ''}")


def _leaders(events: Iterable[Event], tone: str) -> Iterator[LaneMark]:
    for number, event in enumerate(events):
        if event.when:
            name = event.label or "a person"
            yield _mark(event, event.when, tone, f"{name}, {event.kind}", name, high=0.8 if number % 2 else 1.0)


def _mark(event: Event, when: When, tone: str, words: str, text: str = "", high: float = 1.0) -> LaneMark:
    """An event at a date or over an interval, as a mark."""
    begin, end = (when.earliest, when.begin_latest), (when.end_earliest, when.latest)
    lead = event.claims[0].id
    return LaneMark(seen(text), tone, begin, end, seen(words), day(when), lead, high, tick=not when.is_interval)
