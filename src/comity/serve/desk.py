"""What every page, route and tool asks of: the ledgers, and the files of sources where they are at hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from comity.ledger import View, own
from comity.ledger.embedded import embedded


@dataclass(frozen=True, slots=True)
class Desk:
    """The embedded ledger and the user's own, and `mirror`, a folder with one folder a source, for passages."""

    mirror: Path | None = None

    def view(self) -> View:
        """Both ledgers, read as one."""
        return View(embedded(), own())
