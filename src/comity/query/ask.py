"""One relation between two polities on a day: whether it held, on what evidence, and what says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from comity.errors import UnknownRelation
from comity.ledger import View
from comity.model import Certainty, Modality, Polity, When
from comity.query.lives import outlived
from comity.query.missions import chief_of, mission_of
from comity.query.pair import Pair, known, pair
from comity.query.status import State, Status, not_resumed, not_yet, status
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event, gather, order
from comity.relations import Kind, in_topic, topics
from comity.relations import relation as term_of
from comity.relations.diplomatic import (
    RECOGNITION,
    RECOGNITION_WITHDRAWN,
    RELATIONS_ESTABLISHED,
    RELATIONS_INTERRUPTED,
    RELATIONS_SEVERED,
)
from comity.relations.missions import ENVOY_RECEIVED, MISSION_OPENED
from comity.relations.mood import QUALITY
from comity.relations.strife import WAR
from comity.relations.wording import amount

_UNKNOWN = "unknown"
NOT_COVERED = "not covered"
"""The certainty of what was so when the sources' coverage ended, on a later day."""
_HOLDS = {State.ESTABLISHED: "yes", State.UNKNOWN: _UNKNOWN, State.UNCOUNTED: _UNKNOWN}


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether `relation` held between the pair on the day.

    `certainty` is yes, no, possibly, unknown (no source states it) or "not covered" (the day is after `covered_until`,
    the last day that the sources cover: the status is the last known); `status` says it in a few words; `value` and
    `unit` are a figure's; `evidence` are the events that it rests on, the last first; `conflicts` say otherwise.
    """

    pair: Pair
    relation: str
    status: str
    certainty: str
    since: When | None = None
    until: When | None = None
    value: float | None = None
    unit: str | None = None
    covered_until: date | None = None
    evidence: tuple[Event, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def ask(
    view: View,
    first: str | Polity,
    second: str | Polity,
    relation: str,
    as_of: When | None = None,
    known_by: When | None = None,
) -> Answer:
    """The status of one relation, a term of the vocabulary or the first word of some (`relations`, `mission`).

    A mission or envoy is that of the first polity with the second. Raises `UnknownRelation` for another word, and what
    `pair` raises.
    """
    terms = terms_of(relation)
    question = pair(view, first, second, as_of, known_by)
    if all(term_of(term).is_of_one for term in terms):
        return _of_each(view, question, relation)
    return answered(question, relation)


def answered(question: Pair, relation: str) -> Answer:
    """The status of one relation for a pair; raises `UnknownRelation`."""
    terms = terms_of(relation)
    contradictions = tuple(conflict for conflict in question.conflicts if conflict.about in terms)
    tell = _TELLERS.get(relation)
    if tell is None and all(term_of(term).kind is Kind.FIGURE for term in terms):
        answer = _figure(question, relation)
    else:
        answer = tell(question) if tell else _told(question, relation, terms)
    return replace(answer, conflicts=contradictions)


def terms_of(relation: str) -> frozenset[str]:
    """The ids of the terms that a word asks for; raises `UnknownRelation`."""
    terms = in_topic(relation)
    if not terms:
        raise UnknownRelation(
            f'"{relation}" is not a relation that comity knows; ask for one of {", ".join(topics())}, '
            "or a term such as agreement.signed",
            offender=relation,
        )
    return terms


def _status(question: Pair) -> Status:
    return status(question.current, question.day, question.polities, question.passed)


def _relations(question: Pair) -> Answer:
    """The state of relations, with what an imprecise date, a later event or a denial leaves open."""
    standing = _status(question)
    certainty, words, since = _HOLDS.get(standing.state, "no"), standing.state.value, standing.since
    denials: tuple[Event, ...] = ()
    if standing.state in (State.UNKNOWN, State.RECOGNIZED):
        coming = not_yet(standing.state, standing.next) or State.ESTABLISHED is standing.alternative
        denials = () if coming or _is_asserted(question, _BEGINNINGS) else _denials(question, _BEGINNINGS)
        if not_resumed(standing.state, standing.next):
            words, certainty = "broken off, not yet resumed", "no"
        elif coming:
            words, certainty, since = "not yet established", "no", None
        elif denials:
            words, certainty = "none: a source denies that they began", "no"
        else:
            certainty = _UNKNOWN
    if standing.state is State.UNCOUNTED and (denials := _denials(question, _BREAKS)):
        words, certainty = f"{words} as a state; relations continued, according to a source", "possibly"
    if standing.lapsed:
        certainty, words = "possibly", f"{words}, or broken off already"
    if standing.certainty is Certainty.POSSIBLY:
        certainty = "possibly"
        words = f"{words}, possibly {standing.alternative.value}" if standing.alternative else words
    return Answer(
        question,
        RELATIONS_ESTABLISHED.topic,
        words,
        certainty,
        None if standing.at_the_latest else since,
        standing.until,
        evidence=(*standing.pending, *denials, *standing.basis),
    )


_BEGINNINGS = (RECOGNITION.id, RELATIONS_ESTABLISHED.id)
_BREAKS = (RELATIONS_INTERRUPTED.id, RELATIONS_SEVERED.id)


def _is_asserted(question: Pair, terms: tuple[str, ...]) -> bool:
    """Whether any source states one of some terms, at whatever time."""
    return any(event.relation in terms and event.modality is Modality.ASSERTED for event in question.events)


def _denials(question: Pair, terms: tuple[str, ...]) -> tuple[Event, ...]:
    """What sources deny of some terms for the day: without a date, for all time."""
    denied = (event for event in question.events if event.relation in terms and event.modality is Modality.DENIED)
    return tuple(event for event in denied if event.when is None or event.begun(question.day) is not Certainty.NO)


def _recognition(question: Pair) -> Answer:
    answer = _told(question, RECOGNITION.id, terms_of(RECOGNITION.topic))
    withdrawn = bool(answer.evidence) and answer.evidence[0].relation == RECOGNITION_WITHDRAWN.id
    if answer.certainty != "yes":
        return answer
    words, certainty = ("recognition withdrawn", "no") if withdrawn else ("recognized", "yes")
    return Answer(question, RECOGNITION.id, words, certainty, answer.since, evidence=answer.evidence)


def _war(question: Pair) -> Answer:
    """Whether the two were at war: a war ends by its own end, with a party, or by relations that begin again."""
    answer, standing = _told(question, WAR.id, terms_of(WAR.topic)), _status(question)
    if answer.certainty in ("no", _UNKNOWN):
        return answer
    if standing.state is State.AT_WAR:
        return answer if standing.certainty is Certainty.YES else replace(answer, certainty="possibly")
    started = answer.evidence[0]
    if started.when and (end := outlived(started.when, question.polities, question.day)):
        return replace(answer, status="over", certainty="no", since=started.when.begin, until=end)
    after = next((event for event in reversed(standing.basis) if order(event) > order(started)), None)
    if after is None:
        return answer
    return Answer(question, WAR.id, "over", "no", started.when, after.when, evidence=(after, *answer.evidence))


def _mission(question: Pair) -> Answer:
    owner, host = question.polities
    post = mission_of(question, owner.id, host.id)
    if post is None:
        return Answer(question, MISSION_OPENED.topic, _UNKNOWN, _UNKNOWN)
    if post.renewed_by:
        return Answer(question, MISSION_OPENED.topic, _UNKNOWN, _UNKNOWN, evidence=(post.renewed_by, *post.basis))
    possibly = post.certainty is Certainty.POSSIBLY or (post.rank and post.doubtful)
    certainty = "possibly" if possibly else "yes" if post.rank else "no"
    basis = dict.fromkeys(event for event in (post.ended_by, post.headed_by, post.doubtful, *post.basis) if event)
    answer = Answer(question, MISSION_OPENED.topic, post.rank or "closed", certainty, post.since, evidence=tuple(basis))
    return _last_known(answer, post.covered_until) if certainty == "yes" and post.covered_until else answer


def _envoy(question: Pair) -> Answer:
    owner, host = question.polities
    officer = chief_of(question, owner.id, host.id)
    if officer is None:
        return Answer(question, ENVOY_RECEIVED.topic, _UNKNOWN, _UNKNOWN)
    left = officer.left.when if officer.left else None
    who = f"{officer.person.name}, {officer.rank}" if officer.rank else officer.person.name
    evidence = tuple(officer.events())
    answer = Answer(question, ENVOY_RECEIVED.topic, who, "yes", officer.received.when, left, evidence=evidence)
    return _last_known(answer, officer.covered_until) if officer.covered_until else answer


def _last_known(answer: Answer, covered_until: date) -> Answer:
    """An answer as what was so when the coverage of its sources ended."""
    status = f"{answer.status} (last known)"
    return replace(answer, status=status, certainty=NOT_COVERED, covered_until=covered_until)


def _quality(question: Pair) -> Answer:
    """What relations were called at the time asked about: a mood holds for its own time only.

    Where no source speaks of that time, the last mood before it is the last known.
    """
    stated = [
        event for event in question.events if event.relation == QUALITY.id and event.modality is Modality.ASSERTED
    ]
    for certainty in (Certainty.YES, Certainty.POSSIBLY):
        if moods := [event for event in stated if _is_so(event, question.asked) is certainty]:
            return _called(question, moods, certainty.value)
    past = [event for event in stated if event.when is not None and event.when.latest < question.asked.earliest]
    if not past:
        return Answer(question, QUALITY.id, _UNKNOWN, _UNKNOWN)  # no statement for a day denies nothing
    latest = max(event.when.latest for event in past if event.when)
    last = [event for event in past if event.when and event.when.latest == latest]
    return _last_known(_called(question, last, "yes"), latest)


def _called(question: Pair, moods: list[Event], certainty: str) -> Answer:
    words = ", ".join(dict.fromkeys(event.kind or event.label or "so" for event in moods))
    lasting = moods[0].when if len(moods) == 1 else None
    since, until = (lasting.begin, lasting.end) if lasting and lasting.is_interval else (lasting, None)
    return Answer(question, QUALITY.id, words, certainty, since, until, evidence=tuple(moods))


def _is_so(event: Event, time: When) -> Certainty:
    """Whether a mood was so at a time: of its date, or of one of the terms that it may be of.

    A mood of a month was so in that month: on any day of it, and in its year.
    """
    if event.when is not None:
        near = time.during(event.when) is not Certainty.NO or event.when.during(time) is not Certainty.NO
        return Certainty.YES if near else Certainty.NO
    within = [time.during(term.when) for term in event.terms if term.when]
    return Certainty.NO if all(each is Certainty.NO for each in within) else Certainty.POSSIBLY


def _figure(question: Pair, relation: str) -> Answer:
    """The figure of the time asked about; else the last before it, as the last known."""
    stated = [
        event
        for event in question.events
        if event.relation in terms_of(relation) and event.modality is Modality.ASSERTED and event.when is not None
    ]
    own_time = [event for event in stated if event.when and event.when.overlaps(question.asked) is not Certainty.NO]
    past = [event for event in stated if event.when and event.when.latest < question.asked.earliest]
    evidence = tuple(sorted(own_time or past, key=order, reverse=True))
    if not evidence:
        return Answer(question, relation, _UNKNOWN, _UNKNOWN)
    last = min(evidence, key=lambda event: event.label is not None)  # of everything before that of one good
    assert last.when is not None
    claim = last.claims[0]
    answer = Answer(question, relation, amount(claim), "yes", last.when, evidence=evidence)
    answer = replace(answer, value=claim.value, unit=claim.unit)
    return answer if own_time else _last_known(answer, last.when.latest)


def _of_each(view: View, question: Pair, relation: str) -> Answer:
    """What is of one polity alone (its capital, its leader), for both."""
    terms, words, events, certainties = terms_of(relation), [], [], []
    for polity in question.polities:
        claims = view.about(polity.id, terms, known(question.known_by))
        stated = gather((claim for claim in claims if claim.subject == polity.id), question.rulings)
        lasting = [event for event in stated if event.when and _holds(event, question.day) is not Certainty.NO]
        last = max(lasting, key=order, default=None)
        state = (last.label or last.kind or term_of(last.relation).act) if last else _UNKNOWN
        words.append(f"{polity.name}: {state}")
        events += [last] if last else []
        certainties.append(_holds(last, question.day).value if last else _UNKNOWN)
    certainty = "yes" if set(certainties) == {"yes"} else _UNKNOWN if set(certainties) == {_UNKNOWN} else "possibly"
    return Answer(question, relation, "; ".join(words), certainty, evidence=tuple(events))


def _told(question: Pair, relation: str, terms: frozenset[str]) -> Answer:
    """The events of a kind by a day, the last first; an interval holds while it lasts."""
    overruled = {event.key for event in question.passed}
    events = [event for event in question.events if event.relation in terms and event.key not in overruled]
    asserted = [event for event in events if event.modality is Modality.ASSERTED and event.when is not None]
    past = [event for event in asserted if event.begun(question.day) is not Certainty.NO]
    later = next((event.when for event in asserted if event not in past), None)
    later = later.begin if later and relation in terms and term_of(relation).lasts else later
    if not past:
        undated = tuple(event for event in events if event not in asserted)
        certainty = "no" if later else _UNKNOWN
        return Answer(question, relation, "not yet" if later else _UNKNOWN, certainty, None, later, evidence=undated)
    past.reverse()
    last = _leading(past, question.day)
    assert last.when is not None
    lasting = _lasts(last)
    over = lasting and last.when.latest < question.day
    certainty = "no" if over else _holds(last, question.day).value
    words = f"{term_of(last.relation).act}{', over' if over else ''}"
    since, until = (last.when.begin, last.when.end) if lasting else (last.when, None)
    others = (event for event in past if event is not last)
    return Answer(question, relation, words, certainty, since, until, evidence=(last, *others))


def _leading(past: list[Event], day: date) -> Event:
    """The event that an answer rests on: the last, or where that is over and an earlier one may last, that one."""
    last = past[0]
    if not _lasts(last):
        return last
    alike = [event for event in past if event.relation == last.relation and _lasts(event)]
    return min(alike, key=lambda event: _SUREST.index(_holds(event, day)))


def _holds(event: Event, day: date) -> Certainty:
    """Whether an event holds on a day: it had happened by then, and what lasts from one date to another still did."""
    if event.when is not None and _lasts(event):
        return When.on(day).during(event.when)
    return event.begun(day)


def _lasts(event: Event) -> bool:
    """Whether an event is a state that lasted from one date to another; of an act, two dates are what bounds it."""
    return term_of(event.relation).lasts and event.when is not None and event.when.is_interval


_SUREST = (Certainty.YES, Certainty.POSSIBLY, Certainty.NO)


_TELLERS: dict[str, Callable[[Pair], Answer]] = {
    RELATIONS_ESTABLISHED.topic: _relations,
    RECOGNITION.id: _recognition,
    MISSION_OPENED.topic: _mission,
    ENVOY_RECEIVED.topic: _envoy,
    WAR.id: _war,
    QUALITY.id: _quality,
}
