"""Keeping what a page says: its claims in the user's ledger, a version a page, under the page's own name."""

from __future__ import annotations

from collections.abc import Iterable

from comity.ledger.place import own
from comity.ledger.writer import Appended, Writer
from comity.model import Claim, Document, Source

ADAPTER = "comity read"


def keep(document: Document, claims: Iterable[Claim], who: str) -> Appended:
    """Append a page's claims to the user's ledger; reading the same text again adds nothing.

    The page is its own source: cited by the path or address under which it was given, with no licence said.
    Raises `LedgerError` when the ledger can't be written.
    """
    held = list(claims)
    if not held:
        return Appended(0, 0, None)
    source = Source(held[0].source, document.path or "standard input", "", "")
    return Writer(own()).append(held, source=source, adapter=ADAPTER, who=who, note={"document": document.path})
