"""Spells: a lane of a pair or polity was in one state from one date to another.

Theory
    "Spell" is the term of event-history analysis. What an answer says of a day, a spell says of all the days on which
    the answer is the same. So the spells of the relations and of the missions of a pair are not computed by rules of
    their own, which might then differ from the answers: the status is asked for on every day on which it can change,
    and days with the same state for the same reason are one spell. It can change only on the first and last days of
    the dates of events and of the lives of the parties, and on the days after them. An imprecise date stays one: the
    bounds of a spell are the dates of the events that began and ended it, not the days on which it was asked for.

    Of a lane that the sources themselves tell in spells (a war, an alliance, a term of office) each is taken as told.
    A service of an envoy goes from the reception to the departure. A figure is a point: it holds for its own time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.ledger import View
from comity.model import Certainty, Claim, Modality, Polity, When
from comity.query.agreements import agreements
from comity.query.coverage import Coverage
from comity.query.lives import of_this_life
from comity.query.missions import mission, services
from comity.query.pair import known, ruled, today
from comity.query.status import Turns, bears_on_relations
from comity.reconcile.conflicts import Conflict, conflicts
from comity.reconcile.events import Event, gather
from comity.reconcile.names import resolve
from comity.reconcile.rulings import Rulings
from comity.relations import Kind, State, relation
from comity.relations.agreements import AGREEMENT_SIGNED
from comity.relations.diplomatic import RELATIONS_ESTABLISHED
from comity.relations.missions import ENVOY_RECEIVED, MISSION_OPENED
from comity.relations.ties import MEMBERSHIP_SHARED
from comity.relations.wording import amount
from comity.sources.gazetteer import gazetteer

_DAY = timedelta(days=1)
_EARLY = timedelta(days=366)  # a state may be recognized before the lists count it


@dataclass(frozen=True, slots=True)
class Spell:
    """A lane in one state from `start` to `end`.

    `basis` is the term of the event that began it. `start` is None where no source states it; with `by_then` it had
    begun by that date at the latest, on which an envoy was received. `end` is None while no source states one.
    `certainty` is yes, possibly, or "not covered" for one that goes on after `covered_until`, the last day that its
    sources cover. `claims` bear it out, `contested_by` say otherwise.
    """

    lane: str
    subject: str
    object: str | None
    state: str
    label: str | None
    start: When | None
    end: When | None
    certainty: str
    covered_until: date | None
    claims: tuple[Claim, ...]
    contested_by: tuple[Claim, ...] = ()
    basis: str = ""
    by_then: bool = False

    def meets(self, first: date | None, last: date | None) -> bool:
        """Whether it may have gone on at some time between two days."""
        begins_in_time = last is None or self.start is None or self.start.earliest <= last
        return begins_in_time and (first is None or self.end is None or self.end.latest >= first)


def spells(
    view: View,
    lane: str | None = None,
    about: str | Polity | None = None,
    partner: str | Polity | None = None,
    state: str | None = None,
    first: When | None = None,
    last: When | None = None,
    known_by: When | None = None,
) -> list[Spell]:
    """The spells of a lane (of every lane), of a pair, a polity or the world, that meet a span of time.

    `lane` is the first word of a term: relations, mission, envoy, war, alliance, leader, trade. Ordered by lane,
    parties and beginning. Raises `UnknownPolity` or `AmbiguousPolity` for a name.
    """
    by, rulings, coverage = known(known_by), ruled(view), Coverage(view, known(known_by))
    ends = tuple(resolve(name).polity for name in (about, partner) if name is not None)
    groups = _groups(view, ends, by)
    rows = (
        spell
        for parties, claims in groups.items()
        for spell in _of_group(parties, claims, lane, rulings, coverage)
        if state is None or spell.state == state
    )
    bounds = first.earliest if first else None, last.latest if last else None
    return sorted((spell for spell in rows if spell.meets(*bounds)), key=_order)


def _order(spell: Spell) -> tuple[object, ...]:
    began = spell.start.begin_latest if spell.start else date.min
    return spell.lane, spell.subject, spell.object or "", began, spell.state, spell.label or ""


def _groups(view: View, ends: tuple[Polity, ...], known_by: date | None) -> dict[tuple[str, ...], list[Claim]]:
    """Claims by their parties: of two polities, of one with all others, or of the world."""
    if len(ends) == 2:
        claims = view.among([ends[0].id], [ends[1].id], known_by)
    elif ends:
        claims = view.about(ends[0].id, known_by=known_by)
    else:
        claims = view.claims()
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        published = claim.published.when
        is_known = known_by is None or (published is not None and published.latest <= known_by)
        if is_known and claim.relation != MEMBERSHIP_SHARED.id:
            groups[tuple(sorted(claim.parties))].append(claim)
    return dict(sorted(groups.items()))


def _of_group(
    parties: tuple[str, ...], claims: list[Claim], lane: str | None, rulings: Rulings, coverage: Coverage
) -> Iterator[Spell]:
    """The spells of claims about the same polities."""
    if lane is not None and not any(lane in _lanes(claim) for claim in claims):
        return
    events = gather(claims, rulings)
    if len(parties) == 2:
        contradictions = conflicts(events, rulings)
        first, second = (gazetteer().polity(id) for id in parties)
        if lane in (None, _RELATIONS):
            yield from _relations(events, (first, second), contradictions)
        for owner, host in ((first, second), (second, first)):
            if lane in (None, _MISSION):
                yield from _missions(events, owner, host, coverage)
            if lane in (None, _ENVOY):
                yield from _envoys(events, owner.id, host.id, coverage)
        if lane in (None, _AGREEMENT):
            yield from _agreements(events)
    for event in events:
        if lane in (None, _lane(event.relation)):
            yield from _as_told(event)


_RELATIONS, _MISSION = RELATIONS_ESTABLISHED.topic, MISSION_OPENED.topic
_ENVOY, _AGREEMENT = ENVOY_RECEIVED.topic, AGREEMENT_SIGNED.topic


def _lane(term: str) -> str:
    return relation(term).topic


def _lanes(claim: Claim) -> tuple[str, ...]:
    """The lanes that a claim may bear on: what begins or breaks relations bears on them too."""
    term = relation(claim.relation)
    return (term.topic, _RELATIONS) if term.leads_to or term.topic in (_ENVOY, _MISSION) else (term.topic,)


def _turning_days(events: Iterable[Event], parties: Iterable[Polity]) -> list[date]:
    """The days on which an answer can change, in order: the bounds of dates and lives, and the days after them."""
    whens = [event.when for event in events if event.when is not None]
    whens += [life for party in parties for life in party.lifespans]
    bounds = {day for when in whens for day in (when.earliest, when.begin_latest, when.end_earliest, when.latest)}
    days = {bound + step for bound in bounds if date.min < bound < date.max for step in (timedelta(), _DAY)}
    return [*sorted(day for day in days if day <= today()), today()]


def _relations(events: list[Event], parties: tuple[Polity, Polity], contradictions: list[Conflict]) -> Iterator[Spell]:
    """The spells of diplomatic relations: what `status` says of every day."""
    overruled = [conflict.other for conflict in contradictions]
    contested = {conflict.preferred.key: conflict.other.claims for conflict in contradictions}
    bearing = [event for event in events if bears_on_relations(event)]
    turns_of_lives: dict[int, Turns] = {}
    rows: list[_Row] = []
    for day in _turning_days(bearing, parties):
        current = of_this_life(bearing, parties, day)
        if len(current) not in turns_of_lives:  # the events of a later life are some of those of an earlier one
            turns_of_lives[len(current)] = Turns(current, overruled)
        answer = turns_of_lives[len(current)].at(day, parties)
        led_by = answer.basis[0] if answer.basis else None
        if answer.state is State.UNKNOWN and led_by is None:
            rows.append((day, (None,), None))
            continue
        spell = Spell(
            _RELATIONS, parties[0].id, parties[1].id, answer.state.value, None, answer.since, answer.until,
            "possibly" if answer.state is State.UNRECOGNIZED and led_by is None else "yes",
            None,
            led_by.evidence if led_by else (),
            contested.get(led_by.key, ()) if led_by else (),
            led_by.relation if led_by else "",
            answer.at_the_latest,
        )  # fmt: skip
        rows.append((day, (answer.state, led_by.key if led_by else None, answer.since), spell))
    yield from _in_turn(_runs(rows))


_Row = tuple[date, tuple[object, ...], Spell | None]
"""A day, what makes the answer of that day the same as that of another, and the spell that goes on then."""


def _runs(rows: Iterable[_Row]) -> list[_Row]:
    """The first of each run of days, in order of time, on which the answer is the same."""
    runs: list[_Row] = []
    for row in rows:
        if not runs or runs[-1][1] != row[1]:
            runs.append(row)
    return runs


def _in_turn(runs: list[_Row]) -> Iterator[Spell]:
    """One spell for each run of days, which ends when another begins.

    Relations that go on after a time in which a party was not counted as a state are a spell again from then.
    """
    seen: set[tuple[object, ...]] = set()
    turn: When | None = None
    for number, (_, key, spell) in enumerate(runs):
        before = turn
        start = spell.start if spell and key not in seen else None
        if start and before and start.latest < before.earliest - _EARLY:
            start = None  # what began before a union goes on after it
        seen.add(key)
        turn = _turn(spell, *runs[number + 1]) if number + 1 < len(runs) else None
        if spell is not None:
            yield replace(spell, start=start or before, end=turn or spell.end)


def _turn(ending: Spell | None, day: date, _: object, beginning: Spell | None) -> When:
    """When the answer changed, as the events tell it that ended a spell and began another: else the day."""
    dates = (ending.end if ending else None, beginning.start if beginning else None)
    return next((when for when in dates if when and when.earliest <= day and day - _DAY <= when.latest), When.on(day))


def _missions(events: list[Event], owner: Polity, host: Polity, coverage: Coverage) -> Iterator[Spell]:
    """The spells of a mission: what `mission` says of every day, while it had a rank."""
    ours = [event for event in events if (event.subject, event.object) == (owner.id, host.id)]
    turning = [event for event in events if relation(event.relation).leads_to is not None]
    bearing = [event for event in (*ours, *turning) if bears_on_relations(event)]
    rows: list[_Row] = []
    for day in _turning_days(bearing, (owner, host)):
        post = mission(of_this_life(bearing, (owner, host), day), owner.id, host.id, day)
        if post is None or post.rank is None:
            rows.append((day, (None,), None))
            continue
        led_by = post.headed_by or post.basis[0]
        covered = coverage.ended(led_by.claims, today())
        spell = Spell(
            _MISSION, owner.id, host.id, post.rank, led_by.label, post.since, None,
            "possibly" if post.certainty is Certainty.POSSIBLY else "not covered" if covered else "yes",
            covered, led_by.evidence, (), led_by.relation, post.headed_by is not None,
        )  # fmt: skip
        rows.append((day, (post.rank, post.since), spell))
    yield from _joined(rows)


def _joined(rows: Iterable[_Row]) -> Iterator[Spell]:
    """One spell for each run of days with the same key; it ends on the day on which another run begins."""
    runs = _runs(rows)
    for number, (_, _, spell) in enumerate(runs):
        if spell is None:
            continue
        following = runs[number + 1] if number + 1 < len(runs) else None
        ended = spell.covered_until if following is None else None
        certainty = spell.certainty if following is None or spell.certainty == "possibly" else "yes"
        end = When.on(following[0]) if following else None
        yield replace(spell, end=end, certainty=certainty, covered_until=ended)


def _envoys(events: list[Event], owner: str, host: str, coverage: Coverage) -> Iterator[Spell]:
    """One spell for each envoy's service, from the reception to the departure."""
    for service in services(events, owner, host):
        left = service.left.when if service.left else None
        claims = (*service.received.claims, *(service.left.claims if service.left else ()))
        covered = None if left else coverage.ended(service.received.claims, today())
        certainty = "not covered" if covered else "yes" if left else "possibly"
        state = service.rank or "envoy"
        yield Spell(
            _ENVOY, owner, host, state, service.person.name, service.received.when, left, certainty, covered, claims
        )


def _agreements(events: list[Event]) -> Iterator[Spell]:
    """One spell for each agreement: from its entry into force, else from its signature."""
    for agreement in agreements(events):
        start, state = (agreement.in_force, "in force") if agreement.in_force else (agreement.signed, "signed")
        lead = agreement.events[0]
        claims = tuple(claim for event in agreement.events for claim in event.claims)
        certainty = "yes" if start else "possibly"
        yield Spell(
            _AGREEMENT,
            lead.subject,
            lead.object,
            state,
            agreement.title,
            start,
            agreement.ended,
            certainty,
            None,
            claims,
        )


def _as_told(event: Event) -> Iterator[Spell]:
    """What a source itself tells as a spell, or as a figure of its own time."""
    term = relation(event.relation)
    if event.modality is not Modality.ASSERTED or event.when is None or term.topic == _RELATIONS:
        return
    if term.kind is Kind.FIGURE:
        figure = amount(event.claims[0])
        yield Spell(
            term.topic, event.subject, event.object, term.id, figure, event.when, event.when, "yes", None, event.claims
        )
    elif term.lasts:
        lasting = event.when if event.when.is_interval else None
        start = lasting.begin if lasting else event.when
        end = lasting.end if lasting and lasting.end.earliest != date.max else None
        label = event.label or (event.person.name if event.person else None)
        yield Spell(
            term.topic,
            event.subject,
            event.object,
            event.kind or term.act,
            label,
            start,
            end,
            "yes",
            None,
            event.claims,
        )
