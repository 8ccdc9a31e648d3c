"""When each claim of a ledger was recorded, and by whom: the version that added it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from comity.ledger.log import Entry, entries
from comity.ledger.read import holders
from comity.ledger.tables import local, opened


def recorded(url: str | Path, ids: Collection[str]) -> dict[str, datetime]:
    """The time (UTC) at which each of the ids that are held was recorded in the ledger at a folder.

    Raises `LedgerError` when the ledger can't be read.
    """
    return {id: entry.when for id, entry in additions(url, ids).items()}


def additions(url: str | Path, ids: Collection[str]) -> dict[str, Entry]:
    """The version that added each of the ids that are held in the ledger at a folder.

    Raises `LedgerError` when the ledger can't be read.
    """
    table, folder = opened(str(url)), local(str(url))
    if table is None or folder is None or not ids:
        return {}
    commits = entries(url)
    actions = table.get_add_actions()
    written = zip(actions["path"].to_pylist(), actions["modification_time"].to_pylist(), strict=True)
    added = {str(folder / unquote(path)): _commit(milliseconds, commits) for path, milliseconds in written}
    return {id: added[file] for id, file in holders(added, ids)}


def _commit(milliseconds: int, commits: list[Entry]) -> Entry:
    """The commit that added a file: the first after it was written, since a writer that lost a race writes anew."""
    written = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return commits[min(bisect_left(commits, written, key=lambda entry: entry.when), len(commits) - 1)]
