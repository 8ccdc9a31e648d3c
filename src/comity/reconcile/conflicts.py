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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from comity.model import Certainty, Judgement, Modality, Polity, Verdict, When
from comity.reconcile.events import Event
from comity.reconcile.independence import copied_from, work_of
from comity.reconcile.rulings import NONE, Rulings
from comity.relations import Identity, relation, terms_where, vocabulary
from comity.relations.diplomatic import RECOGNITION, RELATIONS_ESTABLISHED
from comity.relations.missions import MISSION_OPENED
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
    asserted = [event for event in events if event.modality is Modality.ASSERTED and event.when]
    for term in (term for term in vocabulary() if term.undone_by is not None):
        about, undone_by = term.id, term.undone_by or ()
        same = [event for event in asserted if event.relation == about]
        undoing = [event for event in events if event.relation in undone_by and event.modality is Modality.ASSERTED]
        for number, first in enumerate(same):
            for second in same[number + 1 :]:
                if _one_thing(first, second) and not _undone(first, second, undoing, events):
                    better, worse = sorted((first, second), key=_weight)
                    yield Conflict(about, better, worse)


def _denied(events: list[Event]) -> Iterator[Conflict]:
    """What is asserted within the time for which another denies it; a denial without a date bounds no time."""
    for denial in events:
        if denial.modality is not Modality.DENIED or denial.when is None:
            continue
        for event in events:
            if event.modality is Modality.ASSERTED and event.when is not None and _contradicts(denial, event):
                yield Conflict(event.relation, event, denial, "asserted by one source, denied by another")


def _contradicts(denial: Event, event: Event) -> bool:
    assert denial.when is not None
    assert event.when is not None
    same = (event.relation, event.subject, event.object) == (denial.relation, denial.subject, denial.object)
    if relation(event.relation).symmetric:
        same = (event.relation, event.parties) == (denial.relation, denial.parties)
    return same and event.when.during(denial.when) is Certainty.YES


# a recognition by more than this after relations began is of another government, not the same act dated otherwise
_ANEW = timedelta(days=366)


def _one_thing(first: Event, second: Event) -> bool:
    assert first.when is not None
    assert second.when is not None
    if first.parties != second.parties or first.when.overlaps(second.when) is not Certainty.NO:
        return False
    if relation(first.relation).symmetric:
        return True
    if (
        first.label
        and second.label
        and first.label != second.label
        and Identity.TOWN in relation(first.relation).identity
    ):
        return False  # of missions in two towns
    return (first.subject, first.object) == (second.subject, second.object) and first.kind == second.kind


def _undone(first: Event, second: Event, undoing: list[Event], events: list[Event]) -> bool:
    """Whether anything between the two may have undone the first."""
    assert first.when is not None
    assert second.when is not None
    earlier, later = sorted((first.when, second.when), key=lambda when: when.earliest)
    if any(_reborn(gazetteer().polity(party), earlier, later) for party in first.parties if party in gazetteer()):
        return True
    if first.relation == RECOGNITION.id and later.earliest - earlier.latest > _ANEW:
        undoing = [
            *undoing,
            *(event for event in events if event.relation in (RELATIONS_ESTABLISHED.id, MISSION_OPENED.id)),
        ]
    one_sided = terms_where("one_sided")  # what one party alone can undo
    return any(
        event.when is not None and event.when.latest >= earlier.earliest and event.when.earliest <= later.latest
        for event in undoing
        if event.parties == first.parties or (event.relation in one_sided and event.subject in first.parties)
    )


def _reborn(polity: Polity, earlier: When, later: When) -> bool:
    """Whether a polity's life was broken off and began again between two dates."""
    return _life(polity, earlier) != _life(polity, later)


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
    own = sum(copied_from(claim) not in originals for claim in event.claims)
    return (width, -own - len(event.support), -newest, -len(event.claims), event.claims[0].id)
