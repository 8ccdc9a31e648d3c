"""The time of a mood under a leader that has no date of its own: the leader's time in office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from comity.model import Certainty, Claim, When
from comity.reconcile.events import Event
from comity.reconcile.offices import in_office, is_present
from comity.reconcile.persons import persons
from comity.relations.mood import QUALITY
from comity.sources.gazetteer import fold

HEADS = ("president", "effective leader")
"""The offices whose holders give an administration its name."""
_DAY = timedelta(days=1)


def is_of_administration(claim: Claim) -> bool:
    """Whether a claim states a mood under somebody's government, and gives no date."""
    return claim.relation == QUALITY.id and claim.when is None and any(in_office(claim))


def administered(events: Iterable[Event], leaders: Sequence[Claim]) -> list[Event]:
    """The events, those of a mood under a leader with that leader's time in office, from claims of `leader`.

    What the source says stays as it is: the event's claims have no date, its `terms` are the claims that give one. Of
    a leader who came to office more than once all the terms are kept, and no date is given, unless the source's own
    date decides which it means.
    """
    return [_administered(event, leaders) for event in events]


def _administered(event: Event, leaders: Sequence[Claim]) -> Event:
    lead = event.claims[0]
    if not is_of_administration(lead):
        return event
    terms = [term for name in in_office(lead) for term in _terms(name, lead, leaders)]
    terms_meant = spells(_meant(lead, terms))
    if not terms_meant:
        return event
    when = whole(terms_meant[0]) if len(terms_meant) == 1 else None
    return replace(event, when=when, terms=tuple(term for spell in terms_meant for term in spell))


def _terms(name: str, claim: Claim, leaders: Iterable[Claim]) -> list[Claim]:
    """The terms of the leaders of either party whom a name may mean."""
    candidates = persons(name, claims=[term for term in leaders if _is_term(term, claim)])
    return [term for candidate in candidates for term in candidate.claims]


def _is_term(term: Claim, claim: Claim) -> bool:
    return term.kind in HEADS and term.subject in claim.parties and term.when is not None and term.when.is_interval


def _meant(claim: Claim, terms: list[Claim]) -> list[Claim]:
    """Of several terms those that the source can mean by the day on which it was published."""
    published = claim.published.when
    if published is None:
        return terms
    if is_present(claim):
        now = [term for term in terms if term.when and published.during(term.when) is Certainty.YES]
        if now:
            return now
        past = [term for term in terms if term.when and term.when.earliest <= published.latest]
        last = max((term.when.earliest for term in past if term.when), default=None)
        return [term for term in past if term.when and term.when.earliest == last]  # a page that was not kept up
    return [term for term in terms if term.when and term.when.earliest <= published.latest]


def spells(terms: Iterable[Claim]) -> list[list[Claim]]:
    """Terms of one person that follow each other without a break, as one; sources that agree on a term, too."""
    ordered = sorted(terms, key=lambda term: (term.when.earliest if term.when else date.max, term.id))
    runs: list[list[Claim]] = []
    for before, term in pairwise([None, *ordered]):
        if before is not None and term is not None and _goes_on(before, term):
            runs[-1].append(term)
        elif term is not None:
            runs.append([term])
    return runs


def _goes_on(before: Claim, term: Claim) -> bool:
    assert before.when is not None
    assert term.when is not None
    same = bool(set(fold(before.label or "").split()) & set(fold(term.label or "").split()))
    return same and before.subject == term.subject and term.when.earliest <= before.when.latest + _DAY


def whole(spell: Sequence[Claim]) -> When:
    """The time from the first term's beginning to the last one's end."""
    times = [term.when for term in spell if term.when]
    last = max(times, key=lambda when: when.latest)
    return When.parse(f"{times[0].begin.edtf}/{last.end.edtf}")
