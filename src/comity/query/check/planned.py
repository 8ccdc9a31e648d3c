"""Plans in the page whose day has passed."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Claim, Intervals, Modality
from comity.query.check.finding import EVIDENCE, Finding
from comity.query.check.page import Page, spans
from comity.relations.agreements import AGREEMENT_ENDED

_Deed = tuple[str, frozenset[str]]  # a relation, and between whom


def past(page: Page) -> Iterator[Finding]:
    """A plan whose day has come: "will come into force in January 2009", read in 2015.

    The evidence are claims that it was done, on the page or in the ledger.
    """
    yield from _findings(
        page, "planned-past", [claim for claim in _planned(page) if claim.relation != AGREEMENT_ENDED.id]
    )


def ended(page: Page) -> Iterator[Finding]:
    """An end date that was set and has passed: "extended until December 31, 2008", read in 2015."""
    yield from _findings(page, "stale-end", [claim for claim in _planned(page) if claim.relation == AGREEMENT_ENDED.id])


def _planned(page: Page) -> Iterator[Claim]:
    for claim in page.claims:
        if claim.modality is Modality.PLANNED and claim.when is not None and claim.when.latest < page.day:
            yield claim


def _findings(page: Page, rule: str, plans: list[Claim]) -> Iterator[Finding]:
    """Each plan with the assertions about the same pair and relation whose dates may overlap its own."""
    feats = _feats(page, {_deed(plan) for plan in plans})
    for plan in plans:
        assert plan.when is not None
        acts = feats[_deed(plan)].meeting(*plan.when.reach, EVIDENCE)
        yield Finding(rule, spans((plan,)), (plan,), tuple(claim for _, claim in sorted(acts, key=_number)))


def _feats(page: Page, deeds: set[_Deed]) -> dict[_Deed, Intervals[tuple[int, Claim]]]:
    """The assertions of some deeds by their time, numbered: first the page's, then the ledger's."""
    pairs = {parties for _, parties in deeds if len(parties) == 2}
    known = [*page.claims, *(claim for pair in pairs for claim in page.held(pair))]
    feats: dict[_Deed, list[tuple[int, int, tuple[int, Claim]]]] = {deed: [] for deed in deeds}
    for number, claim in enumerate(known):
        if claim.when and claim.modality is Modality.ASSERTED and _deed(claim) in feats:
            feats[_deed(claim)].append((*claim.when.reach, (number, claim)))
    return {deed: Intervals(times) for deed, times in feats.items()}


def _deed(claim: Claim) -> _Deed:
    return claim.relation, claim.parties


def _number(feat: tuple[int, Claim]) -> int:
    return feat[0]
