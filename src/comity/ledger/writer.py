"""The Writer: appends claims, one version of the ledger for each batch, atomically and without duplicates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from comity.errors import LedgerError
from comity.ledger.commit import ATTEMPTS, TableKind, committed
from comity.ledger.judgements import record, stated
from comity.ledger.read import held
from comity.ledger.schema import SCHEMA, Row, to_row, to_table
from comity.ledger.tables import Table, opened
from comity.model import Claim, Judgement, Source

KIND = TableKind("comity ledger", SCHEMA)
_JUDGED = "comity judge"


@dataclass(frozen=True, slots=True)
class Appended:
    """The result of an append: claims `added`, those `held` before, and the new `version` (None without one)."""

    added: int
    held: int
    version: int | None


class Writer:
    """Appends claims to the ledger at a URL (a folder, or a place in an object store); the first append creates it.

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
        """Add the new ones of some claims as one version; without new ones there is no version.

        The version states `who` added them with which `adapter`, describes the `source` in full, and has the `note`
        (counts: records, skips …). Other writers may append at the same time. Raises `LedgerError` when the ledger
        can't be read or written; nothing is added then.
        """
        rows: dict[str, Row] = {}
        for row in map(to_row, claims):
            rows.setdefault(row[0], row)  # of duplicates the first is stored
        statement = {"who": who, "adapter": adapter, "source": asdict(source) if source else None, "note": dict(note)}
        for _ in range(ATTEMPTS):
            table = opened(self.url)
            known = held(table, rows) if table and rows else set()
            new = [row for id, row in rows.items() if id not in known]
            if not new:
                return Appended(0, len(known), None)
            version = self._commit(table, new, statement)
            if version is not None:
                return Appended(len(new), len(known), version)
        raise self._busy()

    def judge(self, judgements: Iterable[Judgement], *, who: str) -> int:
        """Record a person's judgements as a version that adds no claim; returns the version.

        The judgements are in the version's entry: one commit. So the ledger as recorded at the version before does
        not have them. Raises `LedgerError` as `append` does.
        """
        cells = stated(judgements)
        statement = {"who": who, "adapter": _JUDGED, "source": None, "note": {"judgements": len(cells)}}
        for _ in range(ATTEMPTS):
            version = self._commit(opened(self.url), [], statement | {"judgements": cells})
            if version is not None:
                return version
        raise self._busy()

    def record(self, judgements: Iterable[Judgement], version: int) -> int:
        """Record the rules' judgements on all claims up to a version; returns how many were new."""
        return record(self.url, judgements, version)

    def _commit(self, table: Table | None, rows: list[Row], statement: dict[str, Any]) -> int | None:
        """Write the version after that of `table`; returns it, or None to try again."""
        return committed(self.url, table, to_table(rows), statement | {"added": len(rows)}, KIND)

    def _busy(self) -> LedgerError:
        return LedgerError(f"the ledger at {self.url} is too busy: others kept writing to it; try again", offender=self)
