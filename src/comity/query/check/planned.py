"""What the page still tells as to come, though its day is past."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Certainty, Claim, Modality
from comity.query.check.finding import Finding
from comity.query.check.page import Page, spans
from comity.relations.agreements import AGREEMENT_ENDED


def past(page: Page) -> Iterator[Finding]:
    """A plan whose day has come: "will come into force in January 2009", read in 2015.

    The evidence is what tells that it was done, on the page or in the ledger.
    """
    for claim in _planned(page):
        if claim.relation != AGREEMENT_ENDED.id:
            yield Finding("planned-past", spans((claim,)), (claim,), tuple(_fulfilments(page, claim)))


def ended(page: Page) -> Iterator[Finding]:
    """An end that was set and is past: "extended until December 31, 2008", read in 2015."""
    for claim in _planned(page):
        if claim.relation == AGREEMENT_ENDED.id:
            yield Finding("stale-end", spans((claim,)), (claim,), tuple(_fulfilments(page, claim)))


def _planned(page: Page) -> Iterator[Claim]:
    for claim in page.claims:
        if claim.modality is Modality.PLANNED and claim.when is not None and claim.when.latest < page.day:
            yield claim


def _fulfilments(page: Page, plan: Claim) -> Iterator[Claim]:
    """What is asserted of the same pair and kind, at or after the planned time, or at a time that holds it."""
    pair = tuple(sorted(plan.parties))
    known = [*page.claims, *(page.held((pair[0], pair[1])) if len(pair) == 2 else ())]
    for claim in known:
        alike = claim.relation == plan.relation and claim.parties == plan.parties
        said = alike and claim.modality is Modality.ASSERTED and claim.when and plan.when
        if said and claim.when.overlaps(plan.when) is not Certainty.NO:
            yield claim
