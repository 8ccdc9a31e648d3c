"""The Writer: claims in, one version of the ledger a batch, nothing twice and nothing half-written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError

from comity.errors import LedgerError
from comity.ledger.read import held
from comity.ledger.schema import Row, to_row, to_table
from comity.ledger.tables import opened, unusable
from comity.model import Claim, Source

# The log is the record of what was known when: nothing may shorten it, and no row may be taken back.
_TABLE = {"delta.appendOnly": "true", "delta.enableExpiredLogCleanup": "false"}
_AFTER = PostCommitHookProperties(cleanup_expired_logs=False)
_FILES = WriterProperties(compression="ZSTD", compression_level=9, max_row_group_size=8192)
# Each attempt fails only because another writer's succeeded.
_ATTEMPTS = 100


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did: claims `added`, those `held` before, and the `version` made (None when none was)."""

    added: int
    held: int
    version: int | None


class Writer:
    """Appends claims to the ledger at a URL (a folder, or a place in an object store); the first append makes it.

    >>> import tempfile
    >>> writer = Writer(Path(tempfile.mkdtemp()) / "ledger")
    >>> claim = Claim("peru", "recognition", "united-states", source="a page")
    >>> writer.append([claim], source=None, adapter="reader 1", who="a desk officer")
    Appended(added=1, held=0, version=0)
    >>> writer.append([claim, claim], source=None, adapter="reader 1", who="a desk officer")
    Appended(added=0, held=1, version=None)
    """

    def __init__(self, url: str | Path) -> None:
        self.url = str(url)

    def append(
        self,
        claims: Iterable[Claim],
        *,
        source: Source | None,
        adapter: str,
        who: str,
        note: Mapping[str, Any] = {},
    ) -> Appended:
        """Add those of the claims that are not held, as one version; none is made when nothing is new.

        The version says `who` added them with which `adapter`, describes the `source` whole, and keeps the `note`
        (counts: records, skips …). Other writers may append at the same time. Raises `LedgerError` when the ledger
        can't be read or written; nothing is added then.
        """
        rows: dict[str, Row] = {}
        for row in map(to_row, claims):
            rows.setdefault(row[0], row)  # told twice, it is held as it was told first
        said = {"who": who, "adapter": adapter, "source": asdict(source) if source else None, "note": dict(note)}
        for _ in range(_ATTEMPTS):
            table = opened(self.url)
            known = held(table, rows) if table and rows else set()
            new = [row for id, row in rows.items() if id not in known]
            if not new:
                return Appended(0, len(known), None)
            if self._commit(table, new, said):
                return Appended(len(new), len(known), 0 if table is None else table.version())
        raise LedgerError(f"the ledger at {self.url} is too busy: others kept writing to it; try again", offender=self)

    def _commit(self, table: DeltaTable | None, rows: list[Row], said: dict[str, Any]) -> bool:
        """Write a version after the one that `table` is at; False when another writer was first."""
        entry = json.dumps(said | {"added": len(rows)}, ensure_ascii=False)
        try:
            write_deltalake(
                self.url if table is None else table,
                to_table(rows),
                mode="error" if table is None else "append",
                name="comity ledger",
                configuration=_TABLE if table is None else None,
                writer_properties=_FILES,
                # No retries: what is held has to be looked up again, else two writers could both add a claim.
                commit_properties=CommitProperties({"comity": entry}, max_commit_retries=0),
                post_commithook_properties=_AFTER,
            )
        except CommitFailedError:
            return False
        except (DeltaError, OSError) as error:
            if table is None and opened(self.url) is not None:
                return False
            raise unusable(self.url, error) from error
        return True
