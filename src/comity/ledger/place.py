"""Where the user's own ledger is."""

from __future__ import annotations

from comity.sources.home import home


def own() -> str:
    """The folder of the user's ledger, `ledger` in `COMITY_HOME`; it need not be there yet."""
    return str(home() / "ledger")
