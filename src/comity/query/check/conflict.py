"""Contradictions between the page and other sources, within itself, or with the order of events."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from comity.model import Claim, Modality
from comity.query.check.finding import Finding, first
from comity.query.check.page import Page, spans
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event
from comity.reconcile.lifespans import outlived
from comity.reconcile.sequence import out_of_order


def other_dates(page: Page) -> Iterator[Finding]:
    """An event that a source, or the page itself elsewhere, gives another date, or denies.

    Relations "established in 1826" where the Office of the Historian says 21 May 1827.
    """
    for pair in page.pairs:
        yield from (f for c in page.conflicts(pair) if (f := _finding(page, c, "conflict-date")))


def sources_differ(page: Page) -> Iterator[Finding]:
    """What the page says with the better supported of several sources, while another gives a different date.

    The page may be right to say it; its reader may meet the other date elsewhere.
    """
    for conflict in (conflict for pair in page.pairs for conflict in page.conflicts(pair)):
        own = page.own(conflict.preferred)
        if conflict.other.modality is Modality.DENIED or page.own(conflict.other):
            continue
        if own and len(own) < len(conflict.preferred.claims):
            yield Finding("conflict-sources", spans(own), own, _evidence(conflict.other), (conflict.about,))


def order(page: Page) -> Iterator[Finding]:
    """Steps of one process in an impossible order: ratified before it was signed, closed before it was opened."""
    for pair in page.pairs:
        yield from (f for c in out_of_order(page.events(pair)) if (f := _finding(page, c, "conflict-order")))


def lifespans(page: Page) -> Iterator[Finding]:
    """An act of state by or with a polity that had ended for good more than a year before."""
    for claim in page.claims:
        for id in outlived(claim):
            yield Finding("conflict-lifespan", spans((claim,)), (claim,), words=(id,))


def _finding(page: Page, conflict: Conflict, rule: str) -> Finding | None:
    """A conflict that involves the page: its own claims on one side, the evidence against them on the other.

    Where sources disagree and the page follows the better supported ones, another rule applies.
    """
    better, worse = page.own(conflict.preferred), page.own(conflict.other)
    if worse:
        return Finding(rule, spans(worse), worse, _evidence(conflict.preferred), (conflict.about,))
    if not better or len(better) < len(conflict.preferred.claims):
        return None
    return Finding(rule, spans(better), better, _evidence(conflict.other), (conflict.about,))


def _evidence(event: Event) -> tuple[Claim, ...]:
    return first(chain(event.claims, event.support, event.terms))
