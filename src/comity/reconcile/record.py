"""Keeping rules' judgements: as claims come into a ledger, what is said of them and of those about the same parties."""

from __future__ import annotations

from comity.ledger import View, Writer, unjudged
from comity.reconcile.judging import judged_in


def record(view: View, url: str) -> int:
    """Judge the claims of a ledger that rules have not judged yet, with all that `view` holds of their parties.

    How many judgements are new. Which claims those are is in the ledger, so that a run that was killed after its
    append leaves them to the next. `view` reads the ledger, with others that stand beside it, as it is after the
    append. Raises `LedgerError` when the ledger can't be read or the judgements can't be written.
    """
    if url not in view.versions:
        return 0
    touched = {claim.parties for claim in unjudged(url, view.versions[url])}
    if not touched:
        return 0
    polities = sorted({id for parties in touched for id in parties})
    claims = [claim for claim in view.of(polities) if claim.parties in touched]
    return Writer(url).record(judged_in(view, claims), view.versions[url])
