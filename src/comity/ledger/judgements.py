"""Judgements beside the claims, so that the two move as one.

A person's judgement is in the entry of the version that it makes: one commit, so that neither is ever without the
other. What rules say follows from the claims and changes no answer; it is in an append-only table of its own within the
ledger's folder, written after the claims. Each entry of that table says through which version of the ledger rules have
judged; so a run that was killed between the two leaves nothing out: the next one judges what is still to be judged.
Older ledgers have persons' judgements in that table too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import duckdb
from arro3.core import Array, DataType, Field, Schema
from arro3.core import Table as Rows

from comity.errors import LedgerError
from comity.ledger.commit import ATTEMPTS, Kind, committed
from comity.ledger.read import query, reading
from comity.ledger.schema import Row
from comity.ledger.store import local
from comity.ledger.tables import Table, damaged, opened
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
SCHEMA = Schema(_FIELDS)
KIND = Kind("comity judgements", SCHEMA)
_VERDICTS = {verdict.value: verdict for verdict in Verdict}
FOLDER = "_judgements"
"""Within a ledger's folder; Delta Lake leaves alone what begins with an underscore."""


def record(url: str, judgements: Iterable[Judgement], version: int) -> int:
    """Add those of rules' judgements that are not held, as made over a ledger up to a version; how many those were.

    What has no date is dated now. Raises `LedgerError` when they can't be written; nothing is added then.
    """
    now, place = datetime.now(UTC), place_of(url)
    rows = {one.id: _row(one, now, version) for one in judgements}
    ledger = opened(url)
    for _ in range(ATTEMPTS):
        table = table_of(url)
        on = reading("judgements", table, _rows(persons(ledger) if ledger else []))
        held = {row[0] for row in query(on, "known", ids=list(rows))}
        new = [row for id, row in rows.items() if id not in held]
        if not new and through(table) >= version:
            return 0
        statement = {"added": len(new), "through": version}
        if committed(place, table, _rows(new), statement, KIND) is not None:
            return len(new)
    raise LedgerError(f"the judgements at {place} are too busy: others kept writing to them; try again", offender=url)


def through(table: Table | None) -> int:
    """Up to which version of its ledger rules have judged all claims, as the table of judgements says; -1: of none."""
    return max((commit.statement.get("through", -1) for commit in table.commits), default=-1) if table else -1


def stated(judgements: Iterable[Judgement]) -> list[list[Any]]:
    """Persons' judgements as an entry of the log holds them; what has no date is dated now."""
    now = datetime.now(UTC)
    return [list(_row(one, now, -1)[:-1]) for one in judgements]


class Judgements:
    """What was judged over ledgers, up to the version at which each of them was opened."""

    def __init__(self, ledgers: Iterable[Table]) -> None:
        self._on: list[tuple[duckdb.DuckDBPyConnection, int]] = []
        for ledger in ledgers:
            table, rows = table_of(ledger.url), persons(ledger)
            if table or rows:
                self._on.append((reading("judgements", table, _rows(rows)), ledger.version))

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
    """The judgement that a row holds; its id is hashed anew from the content.

    Raises `LedgerError` for a row that no judgement can have written.
    """
    try:
        return Judgement(_VERDICTS[row[1]], row[2], row[3], row[4], row[5], datetime.fromisoformat(row[7]), row[8])
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise LedgerError(
            "a judgement of the ledger is damaged; comity ledger verify names the file", offender=row
        ) from error


def persons(ledger: Table) -> list[Row]:
    """The judgements in the entries of a ledger, as rows: each once, as of the version that brought it first.

    Raises `LedgerError` for an entry that holds anything else there.
    """
    rows: dict[str, Row] = {}
    for commit in ledger.commits:
        for cells in commit.statement.get("judgements", ()):
            row = (*cells, commit.version) if isinstance(cells, list) else ()
            if not is_sound(row):
                raise damaged(ledger.url, commit.path, "a judgement in it is not what its id says")
            rows.setdefault(row[0], row)
    return list(rows.values())


def is_sound(row: Row) -> bool:
    """Whether the judgement that a row holds writes that very row, its id hashed anew."""
    try:
        judged = to_judgement(row)
        return judged.dated is not None and _row(judged, judged.dated, row[9]) == row
    except (LedgerError, IndexError, TypeError, ValueError):
        return False


def table_of(url: str) -> Table | None:
    """The table of a ledger's judgements; None when nothing was judged."""
    return opened(place_of(url), columns=KIND.columns) if _begun(url) else None


def place_of(url: str) -> str:
    """Where the judgements of a ledger are."""
    return f"{url.rstrip('/')}/{FOLDER}"


def _order(one: Judgement) -> tuple[object, ...]:
    return one.dated, one.id  # those that are held have a date


def _begun(url: str) -> bool:
    """Whether there may be judgements; a local folder is looked for, which costs less than to open none."""
    folder = local(url)
    return folder is None or (folder / FOLDER).is_dir()


def _row(one: Judgement, now: datetime, version: int) -> Row:
    dated = (one.dated or now).isoformat()
    return (
        one.id, one.verdict.value, one.first, one.second, one.about, one.signed, one.by_rule, dated, one.why, version,
    )  # fmt: skip


def _rows(rows: list[Row]) -> Rows:
    columns: list[tuple[Any, ...]] = list(zip(*sorted(rows), strict=True)) or [()] * len(_FIELDS)
    return Rows.from_arrays([Array(c, f.type) for c, f in zip(columns, _FIELDS, strict=True)], schema=SCHEMA)
