"""Statements that held when the page was written, and that it presents as current."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from comity.model import Claim
from comity.query.check.finding import Finding
from comity.query.check.page import Page, spans
from comity.reconcile.offices import in_office
from comity.relations import relation

AGE = timedelta(days=5 * 366)
"""A figure, or a statement in the present tense, that is older than this should be checked."""
_HISTORY = timedelta(days=20 * 366)  # an older figure counts as history


def office(page: Page) -> Iterator[Finding]:
    """Relations "with President García's administration are positive", when another has held the office since.

    The evidence is the first source with a later holder of the office.
    """
    for claim in page.present:
        for name in in_office(claim):
            if later := _later_holder(page, claim, name):
                yield Finding("stale-office", spans((claim,)), (claim,), (later,), (name,))


def standing(page: Page) -> Iterator[Finding]:
    """Statements in the present tense, on a page with nothing from the five years before its reading."""
    newest = page.newest
    if newest is None or page.day - newest <= AGE:
        return
    seen = set()
    for claim in page.present:
        if relation(claim.relation).goes_stale and claim.span not in seen:
            seen.add(claim.span)
            yield Finding("stale-present", spans((claim,)), (claim,), words=(str(newest.year),))


def figures(page: Page) -> Iterator[Finding]:
    """The newest figure of its kind on the page, when it is more than five years old and not yet history."""
    newest: dict[tuple[object, ...], Claim] = {}
    for claim in page.claims:
        if claim.value is None or claim.when is None:
            continue
        kind = (claim.relation, claim.subject, claim.object, claim.label)
        known = newest.get(kind)
        if known is None or known.when is None or known.when.latest < claim.when.latest:
            newest[kind] = claim
    for claim in newest.values():
        if claim.when is not None and AGE < page.day - claim.when.latest < _HISTORY:
            yield Finding("stale-figure", spans((claim,)), (claim,))


def _later_holder(page: Page, claim: Claim, name: str) -> Claim | None:
    """The first later holder, of any of the claim's polities, of an office that the named person held."""
    return next((later for polity in sorted(claim.parties) if (later := page.offices[polity].later(name))), None)
