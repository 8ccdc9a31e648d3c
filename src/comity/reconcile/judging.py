"""What rules say about claims: every judgement that follows from them, each signed by its rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise

from comity.ledger import View
from comity.model import Certainty, Claim, Judgement, Modality, Source, Verdict
from comity.reconcile.conflicts import conflicts
from comity.reconcile.events import Event, gather
from comity.reconcile.independence import work_of
from comity.reconcile.lifespans import outlived
from comity.reconcile.offices import OFFICES, in_office, is_present, later_holder
from comity.reconcile.sequence import out_of_order
from comity.relations.agreements import AGREEMENT_ENDED

Holders = Callable[[str], Iterable[Claim]]
"""Of a polity, the claims of who is met in an office of it."""


def judged_in(view: View, claims: Iterable[Claim], known_by: date | None = None) -> Iterator[Judgement]:
    """Every judgement that rules make on claims of a view, today or as known by a day, with who is met in office there.

    The same rules with the same evidence wherever judgements are stored, listed, explained or taken back: the id of
    one depends on its verdict, and whether two voices are one on who published them.
    """

    @cache
    def holders(polity: str) -> list[Claim]:
        return view.about(polity, OFFICES, known_by)

    today = datetime.now(UTC).date()
    return judged(claims, min(known_by or today, today), holders, view.sources())


def judged(
    claims: Iterable[Claim], day: date, holders: Holders = lambda polity: (), sources: Mapping[str, Source] = {}
) -> Iterator[Judgement]:
    """Every judgement that rules make on claims, as they stand on a day; no person's word counts.

    Claims are judged against those of the same parties. `holders` tell who held an office after whom, and `sources`
    who published what, and when editions were made that do not say when they were published.
    """
    by_parties: dict[frozenset[str], list[Claim]] = defaultdict(list)
    for claim in claims:
        by_parties[claim.parties].append(claim)
    for _, group in sorted(by_parties.items(), key=lambda item: sorted(item[0])):
        events = gather(group)
        yield from (each for event in events for each in event.judgements(sources))
        yield from (each.judgement() for each in (*conflicts(events), *out_of_order(events)))
        yield from _outlived(group)
        yield from _fulfilled(events)
        yield from _edited(group, sources)
        yield from _stale(group, day, holders)


def _outlived(claims: Iterable[Claim]) -> Iterator[Judgement]:
    """Acts of a state that was no more: the gazetteer says so, and no second claim."""
    for claim in claims:
        for polity in outlived(claim):
            yield Judgement.ruled(Verdict.CONFLICTS, claim.id, None, f"lifespan of {polity}", "act of a state no more")


def _fulfilled(events: Iterable[Event]) -> Iterator[Judgement]:
    """Plans that another claim states as done."""
    gathered = list(events)
    for plan in (event for event in gathered if event.modality is Modality.PLANNED):
        for outcome in gathered:
            if fulfils(outcome, plan):
                first, second = outcome.claims[0].id, plan.claims[0].id
                yield Judgement.ruled(Verdict.SUPERSEDES, first, second, plan.relation, "planned, then told as done")


def fulfils(event: Event, plan: Event) -> bool:
    """Whether an event was planned: the same kind, parties and, as far as both have one, title.

    What has a title may be done after it was planned for; of what has none the times must meet.
    """
    if plan.modality is not Modality.PLANNED or event.modality is not Modality.ASSERTED:
        return False
    if (plan.relation, plan.parties) != (event.relation, event.parties):
        return False
    if not _alike(plan.label, event.label):
        return False
    if plan.when is None or event.when is None or event.when.overlaps(plan.when) is not Certainty.NO:
        return True
    return bool(plan.label and event.label) and plan.when.before(event.when) is Certainty.YES


def _alike(title: str | None, rival: str | None) -> bool:
    """Whether two titles may be of one thing: one of them is missing, or is the other's or part of it."""
    first, second = (title or "").casefold(), (rival or "").casefold()
    return first in second or second in first


def _edited(claims: Iterable[Claim], sources: Mapping[str, Source]) -> Iterator[Judgement]:
    """What two editions of one source both say: the later edition's claim stands for the earlier's."""
    alike: dict[tuple[object, ...], dict[str, Claim]] = defaultdict(dict)
    for claim in sorted(claims, key=lambda item: item.id):
        people = tuple(person.name for person in claim.participants)
        content = (claim.relation, claim.subject, claim.object, claim.label, claim.kind, claim.modality, claim.value)
        alike[work_of(claim), content, people, claim.when.edtf if claim.when else None][claim.source] = claim
    for editions in alike.values():
        dated = sorted((_made(claim, sources), claim.id, claim.relation) for claim in editions.values())
        for (before, earlier, _), (after, later, about) in pairwise(dated):
            if before and before < after:
                yield Judgement.ruled(Verdict.SUPERSEDES, later, earlier, about, "later edition of the same source")


def _made(claim: Claim, sources: Mapping[str, Source]) -> str:
    """When an edition was published, else made; empty when nobody says."""
    published = claim.published.when
    source = sources.get(claim.source)
    return f"{published.latest if published else ''} {source.commit_date if source else ''}".strip()


def _stale(claims: Iterable[Claim], day: date, holders: Holders) -> Iterator[Judgement]:
    """Statements about a government that others have followed, or about an end on a day that is past."""
    for claim in claims:
        if claim.relation == AGREEMENT_ENDED.id and claim.modality is Modality.PLANNED:
            if claim.when is not None and claim.when.latest < day:
                yield Judgement.ruled(Verdict.STALE, claim.id, None, claim.relation, "the end that was set is past")
        elif is_present(claim):
            for name in in_office(claim):
                yield from _followed(claim, name, day, holders)


def _followed(claim: Claim, name: str, day: date, holders: Holders) -> Iterator[Judgement]:
    for polity in sorted(claim.parties):
        if later := later_holder(holders(polity), polity, name, day):
            yield Judgement.ruled(Verdict.STALE, claim.id, later.id, f"government of {name}", "another held the office")
            return
