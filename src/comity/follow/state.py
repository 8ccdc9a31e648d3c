"""What each subscription has reported, stored so that a crash loses nothing and a second watch is refused."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from comity.errors import MailError

_SCHEMA = """
create table if not exists told (
    name text primary key,  -- of the subscription
    scope text not null,    -- what it follows; another scope under the same name starts again
    said text not null,     -- the statements known at its last report, a JSON list
    mail blob,              -- a mail that is not yet known to be delivered
    next text               -- the statements known when that mail was written
)
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """The statements that a subscription's reader knows, and a mail on its way with those known after it (`next`)."""

    known: frozenset[str]
    mail: bytes | None = None
    next: frozenset[str] = frozenset()


class WatchState:
    """The state of all subscriptions in one file; every change is atomic."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._on = connection

    def progress(self, name: str, scope: str) -> Progress | None:
        """What a subscription has reported of its scope; None when it is new."""
        row = self._on.execute(
            "select said, mail, next from told where (name, scope) = (?, ?)", (name, scope)
        ).fetchone()
        return Progress(frozenset(json.loads(row[0])), row[1], frozenset(json.loads(row[2] or "[]"))) if row else None

    def keep(self, name: str, scope: str, progress: Progress) -> None:
        """Store the progress, durably once this returns."""
        known, coming = (json.dumps(sorted(statements)) for statements in (progress.known, progress.next))
        self._on.execute(
            "insert or replace into told values (?, ?, ?, ?, ?)", (name, scope, known, progress.mail, coming)
        )


@contextmanager
def state(file: Path) -> Iterator[WatchState]:
    """The state in a file, locked by one process at a time; the system releases the lock of a killed process.

    Raises `MailError` when another process has locked it, or when it can't be read or written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        # In this mode the lock of the first change is kept until the connection is closed.
        connection.execute("pragma locking_mode = exclusive")
        connection.execute("begin immediate")
        connection.execute(_SCHEMA)
        connection.execute("commit")
        yield WatchState(connection)
    except sqlite3.Error as error:
        busy = f"another comity watch is using {file}; wait until it ends"
        bad = f"{file} can't be used: {error}; restore it, or remove it to start again"
        raise MailError(busy if "locked" in str(error) else bad, offender=file) from error
    finally:
        connection.close()
