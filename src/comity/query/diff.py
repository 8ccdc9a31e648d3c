"""What came to be known since a day, or was recorded since a version of the ledger: event by event, pair by pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from comity.ledger import View
from comity.model import Claim, Source, When
from comity.query.pair import ruled, today
from comity.query.status import Status, status
from comity.reconcile.conflicts import Conflict, conflicts
from comity.reconcile.events import Event, gather
from comity.reconcile.independence import independent
from comity.reconcile.judging import fulfils
from comity.reconcile.rulings import Rulings
from comity.sources.gazetteer import gazetteer


class News(Enum):
    """What is new about an event; the values are the words of answers."""

    TOLD = "new"
    CAME_ABOUT = "planned before, now done"
    FIRMER = "dated more precisely"
    BORNE_OUT = "confirmed by another source"


@dataclass(frozen=True, slots=True)
class Change:
    """An event with what is new about it: the claims that make it new, and in `before` how it stood."""

    news: News
    event: Event
    claims: tuple[Claim, ...]
    before: Event | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new of one set of parties: events, contradictions, and the state of relations today before and after."""

    parties: frozenset[str]
    events: tuple[Change, ...]
    disputed: tuple[Conflict, ...]
    status: tuple[Status, Status] | None

    def __bool__(self) -> bool:
        return bool(self.events or self.disputed or self.status_changed)

    @property
    def status_changed(self) -> bool:
        """Whether what is new changes the state of relations, or since when it holds."""
        if self.status is None:
            return False
        before, after = self.status
        return (before.state, before.since) != (after.state, after.since)


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything new between two states of knowledge, and the sources to cite."""

    changes: tuple[Changes, ...]
    sources: dict[str, Source]


def diff(before: View, after: View, parties: frozenset[str] | None = None, known_by: When | None = None) -> Diff:
    """What `after` states that `before` does not: two versions of a ledger, or one as known by a day and as it is.

    `known_by` keeps of `before` what was surely published by then, and of both what says when it was published.
    `parties` asks for one pair only.
    """
    old, new = (_by_parties(view, parties) for view in (before, after))
    if known_by is not None:
        old, new = _known(old, known_by), {key: [c for c in claims if c.published.when] for key, claims in new.items()}
    rulings = ruled(before), ruled(after)
    changed = (
        changes(key, old.get(key, []), claims, rulings)
        for key, claims in sorted(new.items(), key=lambda item: sorted(item[0]))
    )
    return Diff(tuple(change for change in changed if change), after.sources())


def _by_parties(view: View, parties: frozenset[str] | None) -> dict[frozenset[str], list[Claim]]:
    if parties is not None:
        first, second = sorted(parties)
        return {parties: view.between(first, second)}
    groups: dict[frozenset[str], list[Claim]] = defaultdict(list)
    for claim in view.claims():
        groups[claim.parties].append(claim)
    return groups


def _known(groups: dict[frozenset[str], list[Claim]], by: When) -> dict[frozenset[str], list[Claim]]:
    return {
        key: [c for c in claims if c.published.when and c.published.when.latest <= by.latest]
        for key, claims in groups.items()
    }


def changes(parties: frozenset[str], old: list[Claim], new: list[Claim], rulings: tuple[Rulings, Rulings]) -> Changes:
    """What new claims of a set of parties state that the old ones do not, as persons judged them then and now."""
    known = {claim.id for claim in old}
    judged = {id for word in set(rulings[0].words) ^ set(rulings[1].words) for id in word.claims}
    if all(claim.id in known for claim in new) and not judged & known:
        return Changes(parties, (), (), None)
    was, now = gather(old, rulings[0]), gather(new, rulings[1])
    before, after = conflicts(was, rulings[0]), conflicts(now, rulings[1])
    events = tuple(change for event in now if (change := _change(event, was, known)))
    already_disputed = {_leads(conflict) for conflict in before}
    disputed = tuple(conflict for conflict in after if _leads(conflict) not in already_disputed)
    return Changes(parties, events, disputed, _states(parties, (was, before), (now, after)))


def _change(event: Event, was: list[Event], known: set[str]) -> Change | None:
    """What is new about an event: nothing if no claim of it is, or if a source repeats what was known."""
    fresh = tuple(claim for claim in event.claims if claim.id not in known)
    if not fresh:
        return None
    before = next((rival for rival in was if {c.id for c in rival.claims} & {c.id for c in event.claims}), None)
    if before is None:
        plan = next((rival for rival in was if fulfils(event, rival)), None)
        return Change(News.CAME_ABOUT if plan else News.TOLD, event, fresh, plan)
    if event.when is not None and before.when is not None and event.when.refines(before.when):
        return Change(News.FIRMER, event, fresh, before)
    others = tuple(claim for claim in fresh if all(independent(claim, rival) for rival in before.claims))
    return Change(News.BORNE_OUT, event, others, before) if others else None


def _leads(conflict: Conflict) -> frozenset[str]:
    return frozenset((conflict.preferred.claims[0].id, conflict.other.claims[0].id))


def _states(
    parties: frozenset[str], was: tuple[list[Event], list[Conflict]], now: tuple[list[Event], list[Conflict]]
) -> tuple[Status, Status] | None:
    """The state of relations today, before and after; None for claims about one polity alone."""
    if len(parties) != 2 or not all(id in gazetteer() for id in parties):
        return None
    return _status(parties, *was), _status(parties, *now)


def _status(parties: frozenset[str], events: list[Event], disputed: list[Conflict]) -> Status:
    lost = [conflict.other for conflict in disputed]
    return status(events, today(), [gazetteer().polity(id) for id in sorted(parties)], lost)


def count(diff: Diff) -> Iterator[tuple[News, int]]:
    """How many events are new in each way."""
    for news in News:
        yield news, sum(change.news is news for changes in diff.changes for change in changes.events)
