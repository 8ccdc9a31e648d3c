"""Judgements beside the claims: an append-only table within the ledger's folder, so that the two move as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import duckdb
from arro3.core import Array, DataType, Field, Schema, Table
from deltalake import DeltaTable

from comity.errors import LedgerError
from comity.ledger.commit import ATTEMPTS, committed
from comity.ledger.read import query, reading
from comity.ledger.schema import Row
from comity.ledger.tables import local, opened
from comity.model import Judgement, Verdict

_TEXT, _WHOLE, _FLAG = DataType.utf8(), DataType.int32(), DataType.bool()
_FIELDS = [
    Field("id", _TEXT),
    Field("verdict", _TEXT),
    Field("first", _TEXT),
    Field("second", _TEXT),
    Field("about", _TEXT),
    Field("signed", _TEXT),
    Field("is_rule", _FLAG),
    Field("dated", _TEXT),
    Field("why", _TEXT),
    Field("version", _WHOLE),
]
_SCHEMA = Schema(_FIELDS)
_COLUMNS = tuple(field.name for field in _FIELDS)
_VERDICTS = {verdict.value: verdict for verdict in Verdict}
FOLDER = "_judgements"
"""Within a ledger's folder; Delta Lake leaves alone what begins with an underscore."""


def record(url: str, judgements: Iterable[Judgement], version: int) -> int:
    """Add those of the judgements that are not held to a ledger's, as made over a version of it; how many those were.

    What has no date is dated now. Raises `LedgerError` when they can't be written; nothing is added then.
    """
    now, place = datetime.now(UTC), _place(url)
    rows = {one.id: _row(one, now, version) for one in judgements}
    for _ in range(ATTEMPTS):
        table = opened(place, columns=_COLUMNS)
        known = {row[0] for row in query(_on(table), "known", ids=list(rows))} if table and rows else set()
        new = [row for id, row in rows.items() if id not in known]
        if not new:
            return 0
        if committed(place, table, _table(new), "{}", columns=_COLUMNS, name="comity judgements"):
            return len(new)
    raise LedgerError(f"the judgements at {place} are too busy: others kept writing to them; try again", offender=url)


class Judgements:
    """What was judged over ledgers, up to a version of each: `versions` are theirs by URL."""

    def __init__(self, versions: Mapping[str, int]) -> None:
        self._on: list[tuple[duckdb.DuckDBPyConnection, int]] = []
        for url, version in versions.items():
            if _begun(url) and (table := opened(_place(url), columns=_COLUMNS)):
                self._on.append((_on(table), version))

    def overruling(self) -> list[Judgement]:
        """What persons said, and what they took back of it or of a rule's: all that answers take into account."""
        return self._found("overruling")

    def about(self, claims: Iterable[str]) -> list[Judgement]:
        """Every judgement on any of some claims, by their ids."""
        return self._found("judgements", claims=list(claims))

    def beginning(self, id: str) -> list[Judgement]:
        """Those whose id begins so."""
        return self._found("beginning", beginning=id)

    def count(self) -> tuple[int, int]:
        """How many persons made, and how many rules."""
        counts = [row for on, version in self._on for row in query(on, "judged", version=version)]
        return sum(row[0] for row in counts), sum(row[1] for row in counts)

    def _found(self, name: str, **parameters: object) -> list[Judgement]:
        rows = [row for on, version in self._on for row in query(on, name, version=version, **parameters)]
        return sorted({one.id: one for one in map(to_judgement, rows)}.values(), key=_order)


def to_judgement(row: Row) -> Judgement:
    """The judgement that a row holds; its id is hashed anew from the content."""
    return Judgement(_VERDICTS[row[1]], row[2], row[3], row[4], row[5], datetime.fromisoformat(row[7]), row[8])


def rows(url: str) -> list[Row]:
    """Every row of a ledger's judgements, to be verified; none when nothing was judged."""
    table = opened(_place(url), columns=_COLUMNS) if _begun(url) else None
    return query(_on(table), "known", ids=None) if table else []


def is_sound(row: Row) -> bool:
    """Whether the judgement that a row holds writes that very row, its id hashed anew."""
    try:
        judged = to_judgement(row)
        return judged.dated is not None and _row(judged, judged.dated, row[9]) == row
    except (ValueError, KeyError, TypeError):
        return False


def _order(one: Judgement) -> tuple[object, ...]:
    return one.dated, one.id  # those that are held have a date


def _on(table: DeltaTable) -> duckdb.DuckDBPyConnection:
    return reading(table, "judgements")


def _place(url: str) -> str:
    return f"{url.rstrip('/')}/{FOLDER}"


def _begun(url: str) -> bool:
    """Whether there may be judgements; a local folder is looked for, which costs less than to open none."""
    folder = local(url)
    return folder is None or (folder / FOLDER).is_dir()


def _row(one: Judgement, now: datetime, version: int) -> Row:
    dated = (one.dated or now).isoformat()
    return (
        one.id, one.verdict.value, one.first, one.second, one.about, one.signed, one.by_rule, dated, one.why, version,
    )  # fmt: skip


def _table(rows: list[Row]) -> Table:
    columns: list[tuple[Any, ...]] = list(zip(*sorted(rows), strict=True))
    return Table.from_arrays([Array(c, f.type) for c, f in zip(columns, _FIELDS, strict=True)], schema=_SCHEMA)
