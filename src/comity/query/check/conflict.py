"""What the page says against other sources, against itself, or against the order of things."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from comity.model import Claim, Modality
from comity.query.check.finding import Finding
from comity.query.check.page import Page, spans
from comity.reconcile.conflicts import Conflict, conflicts
from comity.reconcile.events import Event
from comity.reconcile.sequence import out_of_order
from comity.sources.gazetteer import gazetteer

_YEAR = timedelta(days=366)  # what is wound up after a state's end is still told of it


def other_dates(page: Page) -> Iterator[Finding]:
    """An event that a source, or the page itself elsewhere, gives another date, or denies.

    Relations "established in 1826" where the Office of the Historian says 21 May 1827.
    """
    for pair in page.pairs:
        yield from (f for c in conflicts(page.events(pair)) if (f := _finding(page, c, "conflict-date")))


def order(page: Page) -> Iterator[Finding]:
    """Steps of one thing told in an order that can't be: ratified before it was signed, closed before it was opened."""
    for pair in page.pairs:
        yield from (f for c in out_of_order(page.events(pair)) if (f := _finding(page, c, "conflict-order")))


def lifespans(page: Page) -> Iterator[Finding]:
    """An act of state by or with a polity that had ended for good more than a year before.

    Acts before a state began are left alone: the lists of states count many long after others dealt with them.
    """
    for claim in page.claims:
        if claim.modality is Modality.ASSERTED and _is_of_states(claim):
            for id in sorted(claim.parties):
                if _had_ended(id, claim):
                    yield Finding("conflict-lifespan", spans((claim,)), (claim,), words=(id,))


def _is_of_states(claim: Claim) -> bool:
    """Whether only states do this: a consulate stands in a land that is none."""
    if claim.relation.startswith("mission."):
        return claim.kind in ("embassy", "legation")
    return claim.relation.startswith(("relations.", "agreement."))


def _had_ended(id: str, claim: Claim) -> bool:
    if id not in gazetteer() or claim.when is None:
        return False
    lives = gazetteer().polity(id).lifespans
    return bool(lives) and claim.when.earliest - lives[-1].latest > _YEAR


def _finding(page: Page, conflict: Conflict, rule: str) -> Finding | None:
    """A conflict in which the page has a part: its own claims on one side, what speaks against them on the other.

    Where sources disagree, a page that says what the better supported of them say is right to.
    """
    better, worse = (_of_page(page, event) for event in (conflict.preferred, conflict.other))
    if worse:
        return Finding(rule, spans(worse), worse, conflict.preferred.evidence, (conflict.about,))
    if not better or len(better) < len(conflict.preferred.claims):
        return None
    return Finding(rule, spans(better), better, conflict.other.evidence, (conflict.about,))


def _of_page(page: Page, event: Event) -> tuple[Claim, ...]:
    return tuple(claim for claim in event.claims if claim.id in page.ids)
