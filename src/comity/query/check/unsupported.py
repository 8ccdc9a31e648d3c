"""What no source at hand bears out, though sources tell of the same kind of thing for the same pair."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Certainty, Claim, Modality
from comity.query.check.finding import Finding
from comity.query.check.page import Page, spans
from comity.relations import relation


def claims(page: Page) -> Iterator[Finding]:
    """A dated event of relations that no source held tells of, where they tell of another of its kind.

    It may be right: the sources may be silent. What they contradict is a conflict, and is not told here.
    """
    for pair in page.pairs:
        held = page.held(pair)
        contradicted = {claim.id for found in page.conflicts(pair) for claim in found.other.claims}
        for claim in page.said(pair):
            if claim.id in contradicted:
                continue
            if relation(claim.relation).well_recorded and claim.when and claim.modality is Modality.ASSERTED:
                alike = [other for other in held if _is_alike(claim, other)]
                if alike and not any(other.when and _may_agree(claim, other) for other in alike):
                    yield Finding("unsupported", spans((claim,)), (claim,), tuple(alike[:3]))


def _is_alike(claim: Claim, other: Claim) -> bool:
    same = other.relation == claim.relation and other.modality is Modality.ASSERTED
    return same and (relation(claim.relation).symmetric or other.subject == claim.subject)


def _may_agree(claim: Claim, other: Claim) -> bool:
    return claim.when is not None and other.when is not None and claim.when.overlaps(other.when) is not Certainty.NO
