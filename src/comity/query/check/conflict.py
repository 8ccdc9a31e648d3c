"""What the page says against other sources, against itself, or against the order of things."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from comity.model import Certainty, Claim, Modality
from comity.query.check.finding import Finding
from comity.query.check.page import Page, spans
from comity.reconcile.conflicts import Conflict, conflicts
from comity.reconcile.events import Event
from comity.reconcile.sequence import out_of_order
from comity.sources.gazetteer import gazetteer

_YEAR = timedelta(days=366)  # the lists count a state a little later than others dealt with it


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
    """An act of state by or with a polity that was no state, more than a year before it began or after it ended."""
    for claim in page.claims:
        if claim.modality is Modality.ASSERTED and _is_of_states(claim):
            for id in sorted(claim.parties):
                if _was_no_state(id, claim):
                    yield Finding("conflict-lifespan", spans((claim,)), (claim,), words=(id,))


def _is_of_states(claim: Claim) -> bool:
    """Whether only states do this: a consulate stands in a land that is none."""
    if claim.relation.startswith("mission."):
        return claim.kind in ("embassy", "legation")
    return claim.relation.startswith(("relations.", "agreement."))


def _was_no_state(id: str, claim: Claim) -> bool:
    """Whether a polity had not begun for a year after the date, or had ended for good a year before."""
    if id not in gazetteer() or claim.when is None:
        return False
    lives = gazetteer().polity(id).lifespans
    if not lives or gazetteer().polity(id).existed(claim.when) is not Certainty.NO:
        return False
    return lives[0].earliest - claim.when.latest > _YEAR or claim.when.earliest - lives[-1].latest > _YEAR


def _finding(page: Page, conflict: Conflict, rule: str) -> Finding | None:
    """A conflict in which the page has a part: its own claims on one side, what speaks against them on the other."""
    sides = (conflict.preferred, conflict.other)
    mine = [event for event in sides if _of_page(page, event)]
    if not mine:
        return None
    own = next((event for event in mine if len(mine) == 1 or event is conflict.other), mine[0])
    against = sides[0] if own is sides[1] else sides[1]
    claims = _of_page(page, own)
    return Finding(rule, spans(claims), claims, against.evidence, (conflict.about,))


def _of_page(page: Page, event: Event) -> tuple[Claim, ...]:
    return tuple(claim for claim in event.claims if claim.id in page.ids)
