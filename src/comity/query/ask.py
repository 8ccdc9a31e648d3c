"""One relation between two polities on a day: whether it held, on what evidence, and what says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from comity.errors import UnknownRelation
from comity.ledger import View
from comity.model import VOCABULARY, Certainty, Modality, Polity, When
from comity.query.lives import outlived
from comity.query.missions import chief, mission
from comity.query.pair import Pair, pair
from comity.query.status import State, Status, not_yet, status
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event, order

FAMILIES = tuple(dict.fromkeys(term.id.partition(".")[0] for term in VOCABULARY))
"""What can be asked besides a term of the vocabulary: `relations`, `mission`, `agreement` …"""

_UNKNOWN = "unknown"
_LASTING = frozenset(
    {
        "alliance", "assistance", "capital", "contiguity", "cooperation", "dispute", "insurgency", "leader",
        "membership", "membership.shared", "negotiation", "quality", "relations.interrupted", "rivalry",
        "statehood.name", "statehood.sovereignty", "statehood.system", "war",
    }
)  # fmt: skip
_HOLDS = {State.ESTABLISHED: "yes", State.UNKNOWN: _UNKNOWN, State.UNCOUNTED: _UNKNOWN}


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether `relation` held between the pair on the day.

    `certainty` is yes, no, possibly or unknown (nothing is told of it); `status` says it in a few words; `evidence` are
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
    one: str | Polity,
    other: str | Polity,
    relation: str,
    as_of: When | None = None,
    known_by: When | None = None,
) -> Answer:
    """The status of one relation, a term of the vocabulary or the first word of some (`relations`, `mission`).

    A mission or envoy is that of the first polity with the second. Raises `UnknownRelation` for another word, and what
    `pair` raises.
    """
    terms_of(relation)
    return answered(pair(view, one, other, as_of, known_by), relation)


def answered(asked: Pair, relation: str) -> Answer:
    """The status of one relation between a pair that is at hand; raises `UnknownRelation`."""
    terms = terms_of(relation)
    contradictions = tuple(found for found in asked.conflicts if found.about in terms)
    tell = _TELLERS.get(relation)
    answer = tell(asked) if tell else _told(asked, relation, terms)
    return replace(answer, conflicts=contradictions)


def terms_of(relation: str) -> frozenset[str]:
    terms = frozenset(term.id for term in VOCABULARY if relation in (term.id, term.id.partition(".")[0]))
    if not terms:
        raise UnknownRelation(
            f'"{relation}" is not a relation that comity knows; ask for one of {", ".join(FAMILIES)}, '
            "or a term such as agreement.signed",
            offender=relation,
        )
    return terms


def _status(asked: Pair) -> Status:
    return status(asked.current, asked.day, asked.polities, asked.passed)


def _relations(asked: Pair) -> Answer:
    held = _status(asked)
    certainty = _HOLDS.get(held.state, "no")
    words, since = held.state.value, held.since
    if held.state in (State.UNKNOWN, State.RECOGNIZED):
        coming = not_yet(held.state, held.next) or State.ESTABLISHED is held.alternative
        words = "not yet established" if coming else ("recognized" if held.state is State.RECOGNIZED else _UNKNOWN)
        certainty = "no" if coming else _UNKNOWN
        since = None if coming else since
    if held.lapsed:
        certainty, words = "possibly", f"{words}, or broken off already"
    if held.certainty is Certainty.POSSIBLY:
        certainty = "possibly"
        words = f"{words}, possibly {held.alternative.value}" if held.alternative else words
    return Answer(asked, "relations", words, certainty, since, held.until, (*held.pending, *held.basis))


def _recognition(asked: Pair) -> Answer:
    answer = _told(asked, "recognition", terms_of("recognition"))
    withdrawn = bool(answer.evidence) and answer.evidence[0].relation == "recognition.withdrawn"
    if answer.certainty != "yes":
        return answer
    words, certainty = ("recognition withdrawn", "no") if withdrawn else ("recognized", "yes")
    return Answer(asked, "recognition", words, certainty, answer.since, None, answer.evidence)


def _war(asked: Pair) -> Answer:
    """Whether the two were at war: a war ends by its own end, with a party, or by relations that begin again."""
    answer, held = _told(asked, "war", terms_of("war")), _status(asked)
    if answer.certainty in ("no", _UNKNOWN):
        return answer
    if held.state is State.AT_WAR:
        return answer if held.certainty is Certainty.YES else replace(answer, certainty="possibly")
    started = answer.evidence[0]
    if started.when and (end := outlived(started.when, asked.polities, asked.day)):
        return replace(answer, status="over", certainty="no", since=started.when.begin, until=end)
    after = next((event for event in reversed(held.basis) if order(event) > order(started)), None)
    if after is None:
        return answer
    return Answer(asked, "war", "over", "no", started.when, after.when, (after, *answer.evidence))


def _mission(asked: Pair) -> Answer:
    one, other = asked.polities
    held = mission(asked.current, one.id, other.id, asked.day)
    if held is None:
        return Answer(asked, "mission", _UNKNOWN, _UNKNOWN)
    if held.renewed_by:
        return Answer(asked, "mission", _UNKNOWN, _UNKNOWN, None, None, (held.renewed_by, *held.basis))
    possibly = held.certainty is Certainty.POSSIBLY or (held.rank and held.doubtful)
    certainty = "possibly" if possibly else "yes" if held.rank else "no"
    basis = (*(event for event in (held.ended_by, held.doubtful) if event), *held.basis)
    return Answer(asked, "mission", held.rank or "closed", certainty, held.since, None, basis)


def _envoy(asked: Pair) -> Answer:
    one, other = asked.polities
    held = chief(asked.current, one.id, other.id, asked.day)
    if held is None:
        return Answer(asked, "envoy", _UNKNOWN, _UNKNOWN)
    left = held.left.when if held.left else None
    who = f"{held.person.name}, {held.rank}" if held.rank else held.person.name
    return Answer(asked, "envoy", who, "yes", held.received.when, left, (held.received,))


def _quality(asked: Pair) -> Answer:
    """What relations are called on a day: all the words that hold then, or that may."""
    told = [event for event in asked.events if event.relation == "quality" and event.modality is Modality.ASSERTED]
    for certainty in (Certainty.YES, Certainty.POSSIBLY):
        if held := [event for event in told if _is_so(event, asked.day) is certainty]:
            words = ", ".join(dict.fromkeys(event.kind or event.label or "so" for event in held))
            one = held[0].when if len(held) == 1 else None
            since, until = (one.begin, one.end) if one and one.is_interval else (one, None)
            return Answer(asked, "quality", words, certainty.value, since, until, tuple(held))
    return Answer(asked, "quality", _UNKNOWN, _UNKNOWN)  # of a day of which nothing is told, nothing is denied


def _is_so(event: Event, day: date) -> Certainty:
    """Whether a mood was so on a day: within its dates, or within one of the terms that it may be of."""
    if event.when is not None:
        return _holds(event, day)
    within = [When.on(day).during(term.when) for term in event.terms if term.when]
    return Certainty.NO if all(each is Certainty.NO for each in within) else Certainty.POSSIBLY


def _told(asked: Pair, relation: str, terms: frozenset[str]) -> Answer:
    """The events of a kind by a day, the last first; an interval holds while it lasts."""
    lost = {id(event) for event in asked.passed}
    events = [event for event in asked.events if event.relation in terms and id(event) not in lost]
    asserted = [event for event in events if event.modality is Modality.ASSERTED and event.when is not None]
    past = [event for event in asserted if event.begun(asked.day) is not Certainty.NO]
    later = next((event.when for event in asserted if event not in past), None)
    later = later.begin if later and relation in _LASTING else later
    if not past:
        undated = tuple(event for event in events if event not in asserted)
        certainty = "no" if later else _UNKNOWN
        return Answer(asked, relation, "not yet" if later else _UNKNOWN, certainty, None, later, undated)
    past.reverse()
    last = _leading(past, asked.day)
    assert last.when is not None
    lasting = _lasts(last)
    over = lasting and last.when.latest < asked.day
    certainty = "no" if over else _holds(last, asked.day).value
    act = last.relation.partition(".")[2] or last.relation
    words = f"{act}{', over' if over else ''}"
    since, until = (last.when.begin, last.when.end) if lasting else (last.when, None)
    others = (event for event in past if event is not last)
    return Answer(asked, relation, words, certainty, since, until, (last, *others))


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
    return event.relation in _LASTING and event.when is not None and event.when.is_interval


_SUREST = (Certainty.YES, Certainty.POSSIBLY, Certainty.NO)


_TELLERS: dict[str, Callable[[Pair], Answer]] = {
    "relations": _relations,
    "recognition": _recognition,
    "mission": _mission,
    "envoy": _envoy,
    "war": _war,
    "quality": _quality,
}
