"""The ledger: every claim, appended in versions and never removed, read as recorded and as known by a day."""

from comity.ledger.additions import recorded, unjudged
from comity.ledger.log import Entry, entries
from comity.ledger.open import own, stamp
from comity.ledger.verify import Verified, verify
from comity.ledger.view import View
from comity.ledger.writer import Appended, Writer

__all__ = [
    "Appended",
    "Entry",
    "Verified",
    "View",
    "Writer",
    "entries",
    "own",
    "recorded",
    "stamp",
    "unjudged",
    "verify",
]
