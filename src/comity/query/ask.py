"""One relation between two polities on a day: whether it held, on what evidence, and what says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from comity.errors import UnknownRelation
from comity.ledger import View
from comity.model import Certainty, Modality, Polity, When
from comity.query.lives import outlived
from comity.query.missions import chief, mission
from comity.query.pair import Pair, pair
from comity.query.status import State, Status, not_yet, status
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event, order
from comity.relations import in_topic, topics
from comity.relations import relation as term_of
from comity.relations.diplomatic import RECOGNITION, RECOGNITION_WITHDRAWN, RELATIONS_ESTABLISHED
from comity.relations.missions import ENVOY_RECEIVED, MISSION_OPENED
from comity.relations.mood import QUALITY
from comity.relations.strife import WAR

_UNKNOWN = "unknown"
_HOLDS = {State.ESTABLISHED: "yes", State.UNKNOWN: _UNKNOWN, State.UNCOUNTED: _UNKNOWN}


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether `relation` held between the pair on the day.

    `certainty` is yes, no, possibly or unknown (no source states it); `status` says it in a few words; `evidence` are
    the events that it rests on, the last first; `conflicts` those that say otherwise.
    """

    pair: Pair
    relation: str
    status: str
    certainty: str
    since: When | None = None
    until: When | None = None
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
    terms_of(relation)
    return answered(pair(view, first, second, as_of, known_by), relation)


def answered(question: Pair, relation: str) -> Answer:
    """The status of one relation for a pair; raises `UnknownRelation`."""
    terms = terms_of(relation)
    contradictions = tuple(conflict for conflict in question.conflicts if conflict.about in terms)
    tell = _TELLERS.get(relation)
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
    standing = _status(question)
    certainty = _HOLDS.get(standing.state, "no")
    words, since = standing.state.value, standing.since
    if standing.state in (State.UNKNOWN, State.RECOGNIZED):
        coming = not_yet(standing.state, standing.next) or State.ESTABLISHED is standing.alternative
        words = "not yet established" if coming else ("recognized" if standing.state is State.RECOGNIZED else _UNKNOWN)
        certainty = "no" if coming else _UNKNOWN
        since = None if coming else since
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
        since,
        standing.until,
        (*standing.pending, *standing.basis),
    )


def _recognition(question: Pair) -> Answer:
    answer = _told(question, RECOGNITION.id, terms_of(RECOGNITION.topic))
    withdrawn = bool(answer.evidence) and answer.evidence[0].relation == RECOGNITION_WITHDRAWN.id
    if answer.certainty != "yes":
        return answer
    words, certainty = ("recognition withdrawn", "no") if withdrawn else ("recognized", "yes")
    return Answer(question, RECOGNITION.id, words, certainty, answer.since, None, answer.evidence)


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
    return Answer(question, WAR.id, "over", "no", started.when, after.when, (after, *answer.evidence))


def _mission(question: Pair) -> Answer:
    owner, host = question.polities
    post = mission(question.current, owner.id, host.id, question.day)
    if post is None:
        return Answer(question, MISSION_OPENED.topic, _UNKNOWN, _UNKNOWN)
    if post.renewed_by:
        return Answer(question, MISSION_OPENED.topic, _UNKNOWN, _UNKNOWN, None, None, (post.renewed_by, *post.basis))
    possibly = post.certainty is Certainty.POSSIBLY or (post.rank and post.doubtful)
    certainty = "possibly" if possibly else "yes" if post.rank else "no"
    basis = (*(event for event in (post.ended_by, post.doubtful) if event), *post.basis)
    return Answer(question, MISSION_OPENED.topic, post.rank or "closed", certainty, post.since, None, basis)


def _envoy(question: Pair) -> Answer:
    owner, host = question.polities
    officer = chief(question.current, owner.id, host.id, question.day)
    if officer is None:
        return Answer(question, ENVOY_RECEIVED.topic, _UNKNOWN, _UNKNOWN)
    left = officer.left.when if officer.left else None
    who = f"{officer.person.name}, {officer.rank}" if officer.rank else officer.person.name
    return Answer(question, ENVOY_RECEIVED.topic, who, "yes", officer.received.when, left, (officer.received,))


def _quality(question: Pair) -> Answer:
    """What relations are called on a day: all the words that hold then, or that may."""
    stated = [
        event for event in question.events if event.relation == QUALITY.id and event.modality is Modality.ASSERTED
    ]
    for certainty in (Certainty.YES, Certainty.POSSIBLY):
        if moods := [event for event in stated if _is_so(event, question.day) is certainty]:
            words = ", ".join(dict.fromkeys(event.kind or event.label or "so" for event in moods))
            lasting = moods[0].when if len(moods) == 1 else None
            since, until = (lasting.begin, lasting.end) if lasting and lasting.is_interval else (lasting, None)
            return Answer(question, QUALITY.id, words, certainty.value, since, until, tuple(moods))
    return Answer(question, QUALITY.id, _UNKNOWN, _UNKNOWN)  # no statement for a day denies nothing


def _is_so(event: Event, day: date) -> Certainty:
    """Whether a mood was so on a day: within its dates, or within one of the terms that it may be of."""
    if event.when is not None:
        return _holds(event, day)
    within = [When.on(day).during(term.when) for term in event.terms if term.when]
    return Certainty.NO if all(each is Certainty.NO for each in within) else Certainty.POSSIBLY


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
        return Answer(question, relation, "not yet" if later else _UNKNOWN, certainty, None, later, undated)
    past.reverse()
    last = _leading(past, question.day)
    assert last.when is not None
    lasting = _lasts(last)
    over = lasting and last.when.latest < question.day
    certainty = "no" if over else _holds(last, question.day).value
    words = f"{term_of(last.relation).act}{', over' if over else ''}"
    since, until = (last.when.begin, last.when.end) if lasting else (last.when, None)
    others = (event for event in past if event is not last)
    return Answer(question, relation, words, certainty, since, until, (last, *others))


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
