"""When each claim of a ledger was recorded, and by whom: the version that added it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from comity.ledger.judgements import table_of, through
from comity.ledger.log import Entry, entries_of
from comity.ledger.read import connection, holders, query
from comity.ledger.schema import to_claim
from comity.ledger.store import local
from comity.ledger.tables import Table, opened
from comity.model import Claim


def recorded(url: str | Path, ids: Collection[str]) -> dict[str, datetime]:
    """The time (UTC) at which each of the stored ids was recorded in the ledger at a folder.

    Raises `LedgerError` when the ledger can't be read.
    """
    return {id: entry.when for id, entry in additions(url, ids).items()}


def additions(url: str | Path, ids: Collection[str]) -> dict[str, Entry]:
    """The version that added each of the ids in the ledger at a folder.

    Raises `LedgerError` when the ledger can't be read.
    """
    table, folder = opened(str(url)), local(str(url))
    if table is None or folder is None or not ids:
        return {}
    commits = entries_of(table)
    added = {str(folder / file.path): commits[file.version] for file in table.files.values()}
    return {id: added[file] for id, file in holders(added, ids)}


def _since(table: Table, version: int) -> list[Claim]:
    """The claims that versions after one added to a table; of a table in an object store, all.

    Raises `LedgerError` when a data file can't be read.
    """
    if all(file.version <= version for file in table.files.values()):
        return []
    later = replace(table, commits=table.commits[version + 1 :]) if local(table.url) else table
    return [to_claim(row) for row in query(connection(later), "claims", ids=None)]


def unjudged(url: str, version: int) -> list[Claim]:
    """The claims of a ledger at a version that rules have not judged yet.

    Raises `LedgerError` when the ledger can't be read.
    """
    table = opened(url, version)
    return _since(table, through(table_of(url))) if table else []
