"""What the page says against other sources, against itself, or against the order of things."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Claim, Modality
from comity.query.check.finding import Finding
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
    """What the page says with the better supported of several sources, while another gives another date.

    The page may be right to say it; its reader may meet the other date elsewhere.
    """
    for found in (one for pair in page.pairs for one in page.conflicts(pair)):
        said = _of_page(page, found.preferred)
        others = tuple(claim for claim in found.other.claims if claim.id not in page.ids)
        if found.other.modality is Modality.DENIED:
            continue
        if said and others == found.other.claims and len(said) < len(found.preferred.claims):
            yield Finding("conflict-sources", spans(said), said, found.other.evidence, (found.about,))


def order(page: Page) -> Iterator[Finding]:
    """Steps of one thing told in an order that can't be: ratified before it was signed, closed before it was opened."""
    for pair in page.pairs:
        yield from (f for c in out_of_order(page.events(pair)) if (f := _finding(page, c, "conflict-order")))


def lifespans(page: Page) -> Iterator[Finding]:
    """An act of state by or with a polity that had ended for good more than a year before."""
    for claim in page.claims:
        for id in outlived(claim):
            yield Finding("conflict-lifespan", spans((claim,)), (claim,), words=(id,))


def _finding(page: Page, conflict: Conflict, rule: str) -> Finding | None:
    """A conflict in which the page has a part: its own claims on one side, what speaks against them on the other.

    Where sources disagree, a page that says what the better supported of them say is right to: that is another rule's.
    """
    better, worse = (_of_page(page, event) for event in (conflict.preferred, conflict.other))
    if worse:
        return Finding(rule, spans(worse), worse, conflict.preferred.evidence, (conflict.about,))
    if not better or len(better) < len(conflict.preferred.claims):
        return None
    return Finding(rule, spans(better), better, conflict.other.evidence, (conflict.about,))


def _of_page(page: Page, event: Event) -> tuple[Claim, ...]:
    return tuple(claim for claim in event.claims if claim.id in page.ids)
