"""Keeping rules' judgements on claims that enter a ledger, and on those about the same parties."""

from __future__ import annotations

from collections.abc import Iterable

from comity.ledger import View, Writer
from comity.model import Claim
from comity.reconcile.judging import judged_in


def record(view: View, url: str, claims: Iterable[Claim]) -> int:
    """Judge claims that were appended to a ledger with all that `view` holds of their parties; how many are new.

    `view` reads the ledger, with others that stand beside it, as it is after the append. Raises `LedgerError` when
    the judgements can't be written.
    """
    touched = {claim.parties for claim in claims}
    if not touched or url not in view.versions:
        return 0
    polities = sorted({id for parties in touched for id in parties})
    related = [claim for claim in view.of(polities) if claim.parties in touched]
    return Writer(url).record(judged_in(view, related), view.versions[url])
