"""What each subscription has told, kept so that a crash at any moment loses nothing and a second watch waits."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from comity.errors import MailError

_MADE = """
create table if not exists told (
    name text primary key,  -- of the subscription
    scope text not null,    -- what it follows; another scope under the name begins anew
    said text not null,     -- what was known when it last told: what claims say, a JSON list
    mail blob,              -- a mail that was made and is not yet known to be handed over
    next text               -- what was known when that mail was made
)
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a subscription's reader knows (`said`), and a mail on its way with what they will know by it."""

    said: frozenset[str]
    mail: bytes | None = None
    next: frozenset[str] = frozenset()


class State:
    """The state of all subscriptions in one file, of which every change is whole or not at all."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._on = connection

    def told(self, name: str, scope: str) -> Told | None:
        """What a subscription has told of its scope; None when it is new."""
        row = self._on.execute(
            "select said, mail, next from told where (name, scope) = (?, ?)", (name, scope)
        ).fetchone()
        return Told(frozenset(json.loads(row[0])), row[1], frozenset(json.loads(row[2] or "[]"))) if row else None

    def keep(self, name: str, scope: str, told: Told) -> None:
        """Keep it, for certain once this returns."""
        said, coming = (json.dumps(sorted(held)) for held in (told.said, told.next))
        self._on.execute("insert or replace into told values (?, ?, ?, ?, ?)", (name, scope, said, told.mail, coming))


@contextmanager
def state(file: Path) -> Iterator[State]:
    """The state in a file, held by one process at a time, which a killed one no longer does.

    Raises `MailError` when another holds it, or when it can't be read or written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        # In this mode the lock of the first change is kept until the connection is closed.
        connection.execute("pragma locking_mode = exclusive")
        connection.execute("begin immediate")
        connection.execute(_MADE)
        connection.execute("commit")
        yield State(connection)
    except sqlite3.Error as error:
        held = f"another comity watch is at work on {file}; wait until it is done"
        bad = f"{file} can't be used: {error}; restore it, or remove it to begin anew"
        raise MailError(held if "locked" in str(error) else bad, offender=file) from error
    finally:
        connection.close()
