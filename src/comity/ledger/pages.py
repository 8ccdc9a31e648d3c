"""Saving the claims of a page in the user's ledger: one version for each page, under its own name."""

from __future__ import annotations

from collections.abc import Iterable

from comity.ledger.place import own
from comity.ledger.writer import Appended, Writer
from comity.model import Claim, Document, Source

ADAPTER = "comity read"


def keep(document: Document, claims: Iterable[Claim], who: str) -> Appended:
    """Append a page's claims to the user's ledger; reading the same text again adds nothing.

    The page is its own source: cited by its path or address, without a licence.
    Raises `LedgerError` when the ledger can't be written.
    """
    page_claims = list(claims)
    if not page_claims:
        return Appended(0, 0, None)
    source = Source(page_claims[0].source, document.path or "standard input", "", "")
    return Writer(own()).append(page_claims, source=source, adapter=ADAPTER, who=who, note={"document": document.path})
