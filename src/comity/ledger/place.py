"""The location of the user's own ledger, and its state."""

from __future__ import annotations

from pathlib import Path

from comity.ledger.judgements import FOLDER
from comity.sources.home import home


def own() -> str:
    """The folder of the user's ledger, `ledger` in `COMITY_HOME`; it may not exist yet."""
    return str(home() / "ledger")


def stamp(url: str) -> tuple[int, ...]:
    """A value that changes whenever the ledger in a local folder, or its judgements, have a new version.

    >>> stamp("/no/such/folder")
    ()
    """
    folder = Path(url)
    # Every version is a new file of one of these folders.
    logs = (folder / "_delta_log", folder / FOLDER / "_delta_log")
    return tuple(log.stat().st_mtime_ns for log in logs if log.is_dir())
