"""Contradictions: one act with two dates that can't be one, or an act asserted here and denied there.

Theory
    Two dates for one term contradict each other only if it happens once. Hardly anything happens only once between
    states: they recognize each other again after a union, establish relations again after a break. So each term names
    what must lie between two of its acts for both to be true (`undone_by` in `comity.relations`); where nothing of the
    kind lies between them, at most one date is right. The search is generous about what lies between: anything that may
    have happened from the earliest day of the first to the latest day of the second. A missed contradiction is
    shown as two events; a false one would hide a true event.

    An answer must rest on one of the two. The more precise date is preferred, then the one with more independent
    support: pages copied from one source count once. The other is kept, and shown beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from comity.model import Certainty, Intervals, Judgement, Modality, Polity, Verdict, When
from comity.reconcile.events import Event
from comity.reconcile.independence import copied_from, work_of
from comity.reconcile.rulings import NONE, Rulings
from comity.relations import Identity, relation, terms_where, vocabulary
from comity.relations.diplomatic import RECOGNITION, RELATIONS_ESTABLISHED
from comity.relations.missions import MISSION_OPENED
from comity.relations.strife import WAR
from comity.sources.gazetteer import gazetteer


@dataclass(frozen=True, slots=True)
class Conflict:
    """Events that can't both be so: `preferred` is the one an answer rests on, `about` what they differ on."""

    about: str
    preferred: Event
    other: Event
    rule: str = "happens once, unless undone between"
    ruling: Judgement | None = None

    def judgement(self) -> Judgement:
        """The person's, where one has spoken of it; else the rule's, on the two leading claims."""
        first, second = self.preferred.claims[0].id, self.other.claims[0].id
        return self.ruling or Judgement.ruled(Verdict.CONFLICTS, first, second, self.about, self.rule)


def conflicts(events: Iterable[Event], rulings: Rulings = NONE) -> list[Conflict]:
    """The events that contradict each other, the better supported one preferred, in order of what they are about.

    Two asserted events of a kind that happens once conflict when their dates can't be one and nothing in between
    undid the first. An event that is denied for a time conflicts with one that is asserted within it. `rulings` are
    what persons said: what they judged to agree is no conflict, what to conflict is one, and of two of which one
    supersedes the other it is preferred.
    """
    gathered = list(events)
    contradictions = [*_twice(gathered), *_denied(gathered)]
    return _ruled(contradictions, gathered, rulings) if rulings else contradictions


def _ruled(contradictions: list[Conflict], events: list[Event], rulings: Rulings) -> list[Conflict]:
    """The contradictions as persons see them: first those that rules found, then what only a person says."""
    reviewed = [ruled for conflict in contradictions if (ruled := _reviewed(conflict, rulings))]
    known = {frozenset((conflict.preferred.claims, conflict.other.claims)) for conflict in contradictions}
    home = {claim.id: event for event in events for claim in event.claims}
    for ruling in rulings.standing:
        first, second = home.get(ruling.first), home.get(ruling.second or "")
        if first is None or second is None or first is second or frozenset((first.claims, second.claims)) in known:
            continue
        if ruling.verdict in _AGAINST and _both_asserted(first, second) and _is_last(ruling, first, second, rulings):
            reviewed.append(_said(ruling, first, second))
    return reviewed


def _is_last(ruling: Judgement, first: Event, second: Event, rulings: Rulings) -> bool:
    """Whether no other word of a person on the two events is later."""
    return rulings.between(_ids(first), _ids(second)) is ruling


def _ids(event: Event) -> set[str]:
    return {claim.id for claim in event.claims}


_AGAINST = (Verdict.CONFLICTS, Verdict.SUPERSEDES)


def _reviewed(conflict: Conflict, rulings: Rulings) -> Conflict | None:
    """A rule's contradiction after what a person said of the two: none, the other way round, or as it was."""
    ours, theirs = _ids(conflict.preferred), _ids(conflict.other)
    ruling = rulings.between(ours, theirs)
    if ruling is None:
        return conflict
    if ruling.verdict in (Verdict.AGREES, Verdict.RETRACTS):
        return None
    turned = ruling.verdict is Verdict.SUPERSEDES and ruling.first in theirs
    better, worse = (conflict.other, conflict.preferred) if turned else (conflict.preferred, conflict.other)
    return replace(conflict, preferred=better, other=worse, ruling=ruling) if ruling.verdict in _AGAINST else conflict


def _said(ruling: Judgement, first: Event, second: Event) -> Conflict:
    """What only a person says to conflict; which is preferred they say, or the rules' weight decides."""
    prefers = ruling.verdict is Verdict.SUPERSEDES
    better, worse = (first, second) if prefers else sorted((first, second), key=_weight)
    return Conflict(better.relation, better, worse, f"judged by {ruling.by}", ruling)


def _both_asserted(first: Event, second: Event) -> bool:
    """Whether both are asserted: a plan or a denial is no contradiction."""
    return all(event.modality is Modality.ASSERTED and event.when is not None for event in (first, second))


def _twice(events: list[Event]) -> Iterator[Conflict]:
    """What happens once and is told with dates that can't be one.

    A text that gives one act ever another date has as many contradictions as there are pairs of its dates. So of more
    than `_RIVALS` tellings of one act each is held against those of its era that are best supported: none that any
    contradicts is left out, and what it is held against is what an answer would rest on.
    """
    asserted = [event for event in events if event.modality is Modality.ASSERTED and event.when]
    for term in vocabulary():
        if term.undone_by is None:
            continue
        same = [event for event in asserted if event.relation == term.id]
        weights = _Weights(same)
        undoing = _Undoing(events, term.undone_by)
        for first, second in sorted(_rivals(same, weights, undoing)):
            earlier, later = sorted((same[first], same[second]), key=_begins)
            if _at_odds(earlier, later) and not undoing.between(earlier, later):
                better, worse = sorted((first, second), key=weights.of)
                yield Conflict(term.id, same[better], same[worse])


class _Weights:
    """How well events are borne out, by their places: each is weighed when first asked for."""

    def __init__(self, events: list[Event]) -> None:
        self._events = events
        self._weights: dict[int, tuple[object, ...]] = {}

    def of(self, place: int) -> tuple[object, ...]:
        """The weight of one; the best is the least."""
        if place not in self._weights:
            self._weights[place] = _weight(self._events[place])
        return self._weights[place]

    def best(self, places: list[int]) -> list[int]:
        """Those of some places that others are held against."""
        return places if len(places) <= _RIVALS else sorted(places, key=self.of)[:_RIVALS]


def _rivals(events: list[Event], weights: _Weights, undoing: _Undoing) -> set[tuple[int, int]]:
    """The pairs of events, by their places, that tell of one thing and are to be compared; the former place first."""
    things: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, event in enumerate(events):
        kind = None if relation(event.relation).symmetric else event.kind
        things[(*_sides(event), kind)].append(place)
    eras = (era for places in things.values() for era in _eras(events, places, undoing))
    return {pair for era in eras for pair in _paired(events, era, weights)}


def _eras(events: list[Event], places: list[int], undoing: _Undoing) -> Iterator[list[int]]:
    """Tellings of one thing, where they are many parted by what undid it between one and the next."""
    if len(places) <= _RIVALS:
        yield places
        return
    ordered = sorted(places, key=lambda place: _begins(events[place]))
    era = ordered[:1]
    for before, place in pairwise(ordered):
        if undoing.between(events[before], events[place]):
            yield era
            era = []
        era.append(place)
    yield era


def _paired(events: list[Event], places: list[int], weights: _Weights) -> Iterator[tuple[int, int]]:
    """Each with the best that may tell of the same: missions in two towns do not, one of no town may be in either."""
    towns: dict[str | None, list[int]] = defaultdict(list)
    for place in places:
        event = events[place]
        towns[(event.label or None) if Identity.TOWN in relation(event.relation).identity else None].append(place)
    best = {town: weights.best(placed) for town, placed in towns.items()}
    anywhere = weights.best([place for placed in best.values() for place in placed])
    for town, placed in towns.items():
        rivals = anywhere if town is None else [*best[town], *best.get(None, ())]
        yield from ((min(a, b), max(a, b)) for a in placed for b in rivals if a != b)


class _Undoing:
    """What may have undone an act between two dates, by the parties that it concerns."""

    def __init__(self, events: list[Event], undone_by: tuple[str, ...]) -> None:
        self._undoing = [e for e in events if e.relation in undone_by and e.modality is Modality.ASSERTED]
        self._dealing = [e for e in events if e.relation in _DEALING]
        self._indexes: dict[tuple[frozenset[str], bool], Intervals[Event]] = {}
        self._lives: dict[tuple[str, str], tuple[int, ...]] = {}

    def between(self, earlier: Event, later: Event) -> bool:
        """Whether anything between two events of the same parties may have undone the earlier, or ended a party."""
        assert earlier.when is not None
        assert later.when is not None
        if self._lives_of(earlier) != self._lives_of(later):
            return True
        anew = earlier.relation == RECOGNITION.id and later.when.earliest - earlier.when.latest > _ANEW
        return self._index(earlier.parties, anew).any_meets(earlier.when.reach[0], later.when.reach[1])

    def _lives_of(self, event: Event) -> tuple[int, ...]:
        """In which life of each party it was: between two lives a polity was broken off and began again."""
        if event.key not in self._lives:
            assert event.when is not None
            known = (party for party in sorted(event.parties) if party in gazetteer())
            self._lives[event.key] = tuple(_life(gazetteer().polity(party), event.when) for party in known)
        return self._lives[event.key]

    def _index(self, parties: frozenset[str], anew: bool) -> Intervals[Event]:
        one_sided = terms_where("one_sided")  # what one party alone can undo
        if (parties, anew) not in self._indexes:
            self._indexes[parties, anew] = Intervals(
                (*event.when.reach, event)
                for event in (*self._undoing, *(self._dealing if anew else ()))
                if event.when is not None
                and (event.parties == parties or (event.relation in one_sided and event.subject in parties))
            )
        return self._indexes[parties, anew]


def _denied(events: list[Event]) -> Iterator[Conflict]:
    """What is asserted within the time for which another denies it; a denial without a date bounds no time.

    Each denial is held against the first `_RIVALS` that it meets, and so is each assertion: `_twice` says why.
    """
    things: dict[tuple[object, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place, event in enumerate(events):
        if event.when is not None and event.modality in (Modality.DENIED, Modality.ASSERTED):
            things[event.relation, *_sides(event)][event.modality is Modality.ASSERTED].append(place)
    pairs: set[tuple[int, int]] = set()
    for denials, assertions in things.values():
        if denials and assertions:
            pairs.update(_meetings(events, denials, assertions))
            pairs.update((denial, assertion) for assertion, denial in _meetings(events, assertions, denials))
    for denied, asserted in ((events[denial], events[assertion]) for denial, assertion in sorted(pairs)):
        if _contradicts(denied, asserted):
            yield Conflict(asserted.relation, asserted, denied, "asserted by one source, denied by another")


def _meetings(events: list[Event], places: list[int], others: list[int]) -> Iterator[tuple[int, int]]:
    """Each of some events with the first others whose days meet its own."""
    index = Intervals((*when.reach, place) for place in others if (when := events[place].when))
    for place in places:
        if when := events[place].when:
            yield from ((place, rival) for rival in index.meeting(*when.reach, _RIVALS))


def _sides(event: Event) -> tuple[object, ...]:
    """Between whom it is: the two alike, or one and then the other."""
    return (event.parties,) if relation(event.relation).symmetric else (event.subject, event.object)


def _begins(event: Event) -> date:
    assert event.when is not None
    return event.when.earliest


def _contradicts(denial: Event, event: Event) -> bool:
    assert denial.when is not None
    assert event.when is not None
    return event.when.during(denial.when) is Certainty.YES


# tellings of one act that each of them is held against: sources that are at odds are fewer by far
_RIVALS = 12
# a recognition by more than this after relations began is of another government, not the same act dated otherwise
_ANEW = timedelta(days=366)
# what shows that two dealt with each other, by which a later recognition is of another government
_DEALING = (RELATIONS_ESTABLISHED.id, MISSION_OPENED.id)


def _at_odds(first: Event, second: Event) -> bool:
    """Whether two tellings of one thing have dates that can't be one."""
    assert first.when is not None
    assert second.when is not None
    if first.relation == WAR.id and not _are_declarations(first.when, second.when):
        return False
    return first.when.overlaps(second.when) is Certainty.NO


def _are_declarations(first: When, second: When) -> bool:
    """Whether two dates of war may be of one declaration: of intervals, or of days far apart, each is a war."""
    near = abs((first.earliest - second.earliest).days) <= _ANEW.days
    return near and not first.is_interval and not second.is_interval


def _life(polity: Polity, when: When) -> int:
    """Which of a polity's lives a date belongs to: a state may be recognized before the lists count it."""
    return next((number for number, life in enumerate(polity.lifespans) if life.latest >= when.earliest), -1)


def _weight(event: Event) -> tuple[object, ...]:
    """Precise dates first, then more claims and support, then the later word, then a fixed order.

    A page that copied a source counts once with it, and else only breaks a tie.
    """
    assert event.when is not None
    width = (event.when.latest - event.when.earliest).days
    published = [claim.published.when.latest for claim in event.claims if claim.published.when]
    newest = max(published).toordinal() if published else 0
    originals = {work_of(claim) for claim in event.claims if copied_from(claim) is None}
    lead = event.claims[0]
    own = sum(copied_from(claim) not in originals for claim in event.claims if claim.when == lead.when)
    return (width, -own - len(event.support), -newest, -len(event.claims), event.claims[0].id)
