"""The log of a ledger: who added what, when, from which source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from comity.ledger.tables import opened, unusable
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
    return _entries(str(url), table) if table else []


def _entries(url: str, table: DeltaTable) -> list[Entry]:
    try:
        # Of the latest table: deltalake numbers the commits of an earlier one wrongly.
        commits = table.history()
    except (DeltaError, OSError) as error:
        raise unusable(url, error) from error
    return [_entry(commit) for commit in reversed(commits)]


def _entry(commit: Mapping[str, Any]) -> Entry:
    said = json.loads(commit.get("comity", "{}"))
    described = _source(said.get("source"))
    return Entry(
        version=commit["version"],
        when=datetime.fromtimestamp(commit["timestamp"] / 1000, UTC),
        who=said.get("who", ""),
        source=described.edition if described else None,
        adapter=said.get("adapter", ""),
        added=said.get("added", 0),
        note=said.get("note", {}),
        described=described,
    )


def _source(said: Mapping[str, Any] | None) -> Source | None:
    """A source as an append described it; fields that a later comity may add are left out."""
    if said is None:
        return None
    known = {name: value for name, value in said.items() if name in _SOURCE_FIELDS}
    listed = {name: tuple(said.get(name, ())) for name in ("files", "references")}
    return Source(**known | listed)
