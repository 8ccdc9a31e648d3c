"""Claims that no available source supports, though sources have the same kind of event for the same pair."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Claim, Intervals, Modality, When
from comity.query.check.finding import Finding
from comity.query.check.page import Page, spans
from comity.relations import relation


def claims(page: Page) -> Iterator[Finding]:
    """A dated event that no available source records, where they record another of its kind.

    It may be right: the sources may be silent. What they contradict is a conflict, and not reported here.
    """
    for pair in page.pairs:
        contradicted = {conflict.other.key: conflict.other for conflict in page.conflicts(pair)}
        wrong = {claim.id for event in contradicted.values() for claim in event.claims}
        supports: dict[tuple[str, str | None], _Support] = {}
        for claim in page.said(pair):
            if (
                not relation(claim.relation).well_recorded
                or claim.when is None
                or claim.modality is not Modality.ASSERTED
            ):
                continue
            if claim.id in wrong:
                continue
            side = None if relation(claim.relation).symmetric else claim.subject
            support = supports.get((claim.relation, side))
            if support is None:
                support = supports[claim.relation, side] = _Support(page.held(pair), claim.relation, side)
            if support.claims and not support.supports_date(claim.when):
                yield Finding("unsupported", spans((claim,)), (claim,), tuple(support.claims[:3]))


class _Support:
    """The ledger's assertions of one relation for a pair and, if the relation is directed, by one side."""

    def __init__(self, stored: list[Claim], kind: str, side: str | None) -> None:
        asserted = (claim for claim in stored if claim.relation == kind and claim.modality is Modality.ASSERTED)
        self.claims = [claim for claim in asserted if side is None or claim.subject == side]
        self._times = Intervals((*claim.when.reach, claim) for claim in self.claims if claim.when)

    def supports_date(self, when: When) -> bool:
        """Whether any assertion may be of that time."""
        return self._times.any_meets(*when.reach)
