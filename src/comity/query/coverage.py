"""What sources cover: after the last day that a source covers, what it states is the last known, not what is so.

Theory
    A list of chiefs of mission that ends in October 2020 says nothing of who serves in 2023, though the last chief in
    it has no departure. Hardly a source states what it covers, and the day on which comity got it is no bound. So the
    end of coverage is computed: the last day on which anything of a relation began, in all that an edition states. A
    list that is kept up reaches the present by its latest records; a work that was closed long ago does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from comity.ledger import View
from comity.model import Claim


class Coverage:
    """Until when each edition of a source covers each relation; read from the ledger when first asked for."""

    def __init__(self, view: View | None, known_by: date | None = None) -> None:
        self._view, self._known_by = view, known_by

    def until(self, claims: Iterable[Claim]) -> date | None:
        """The last day that the sources of some claims cover for these relations; None without any.

        What was stated in a document holds at least until the day of its publication.
        """
        days = [day for claim in claims if (day := self._last.get((claim.source, claim.relation)))]
        days += [claim.published.when.latest for claim in claims if "@" not in claim.source and claim.published.when]
        return max(days, default=None)

    def ended(self, claims: Iterable[Claim], day: date) -> date | None:
        """The last day that the sources of some claims cover, if a day is after it; None if they cover the day."""
        until = self.until(claims)
        return until if until is not None and day > until else None

    @cached_property
    def _last(self) -> dict[tuple[str, str], date]:
        if self._view is None:
            return {}
        return {key: last for key, (_, last) in self._view.coverage(self._known_by).items()}


NO_COVERAGE = Coverage(None)
