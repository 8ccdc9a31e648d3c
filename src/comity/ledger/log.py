"""The log of a ledger: who added what, when, from which source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from comity.ledger.tables import Commit, Table, damaged, opened
from comity.model import Source

_SOURCE_FIELDS = {field.name for field in fields(Source)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One version: the claims `added`, `when` (UTC), by `who`, from which `source` (edition) by which `adapter`.

    `described` is the source in full; both are None for claims of no registered source. `note` holds counts.
    """

    version: int
    when: datetime
    who: str
    source: str | None
    adapter: str
    added: int
    note: Mapping[str, Any] = field(default_factory=dict)
    described: Source | None = None


def entries(url: str | Path) -> list[Entry]:
    """Every version of the ledger at a URL, the first first; none when there is no ledger yet.

    Raises `LedgerError` when the log can't be read.
    """
    table = opened(str(url))
    return entries_of(table) if table else []


def entries_of(table: Table) -> list[Entry]:
    """Every version of a table that is open."""
    return [_entry(table.url, commit) for commit in table.commits]


def _entry(url: str, commit: Commit) -> Entry:
    statement = commit.statement
    try:
        described = _source(statement.get("source"))
    except (TypeError, ValueError) as error:
        raise damaged(url, commit.path, "it does not describe its source") from error
    return Entry(
        version=commit.version,
        when=commit.when,
        who=statement.get("who", ""),
        source=described.edition if described else None,
        adapter=statement.get("adapter", ""),
        added=statement.get("added", 0),
        note=statement.get("note", {}),
        described=described,
    )


def _source(description: Mapping[str, Any] | None) -> Source | None:
    """A source as an append described it; fields that a later comity may add are ignored."""
    if description is None:
        return None
    known = {name: value for name, value in description.items() if name in _SOURCE_FIELDS}
    if not all(isinstance(value, str | list) for value in known.values()):
        raise TypeError("a field of the source has the wrong type")
    listed = {name: tuple(description.get(name, ())) for name in ("files", "references")}
    return Source(**known | listed)
