"""The judgements of a ledger.

A person's judgement is in the entry of the version that it makes: one commit, so that neither exists without the other.
Rules' judgements follow from the claims and change no answer; they are in an append-only table of their own within the
ledger's folder, written after the claims. Each entry of that table states up to which version of the ledger rules have
judged; so if a run is killed between the two, the next one judges the rest.
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
from comity.ledger.commit import ATTEMPTS, TableKind, committed
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
KIND = TableKind("comity judgements", SCHEMA)
_VERDICTS = {verdict.value: verdict for verdict in Verdict}
FOLDER = "_judgements"
"""Within a ledger's folder; Delta Lake ignores names that begin with an underscore."""


def record(url: str, judgements: Iterable[Judgement], version: int) -> int:
    """Add the rules' judgements on a ledger up to a version, without known ones; returns how many were added.

    Undated ones get the current time. Raises `LedgerError` when they can't be written; nothing is added then.
    """
    now, place = datetime.now(UTC), place_of(url)
    rows = {judgement.id: _row(judgement, now, version) for judgement in judgements}
    ledger = opened(url)
    for _ in range(ATTEMPTS):
        table = table_of(url)
        on = reading("judgements", table, _rows(persons(ledger) if ledger else []))
        known = {row[0] for row in query(on, "known", ids=list(rows))}
        new = [row for id, row in rows.items() if id not in known]
        if not new and through(table) >= version:
            return 0
        statement = {"added": len(new), "through": version}
        if committed(place, table, _rows(new), statement, KIND) is not None:
            return len(new)
    raise LedgerError(f"the judgements at {place} are too busy: others kept writing to them; try again", offender=url)


def through(table: Table | None) -> int:
    """The version of its ledger up to which rules have judged all claims; -1 for none."""
    return max((commit.statement.get("through", -1) for commit in table.commits), default=-1) if table else -1


def stated(judgements: Iterable[Judgement]) -> list[list[Any]]:
    """Persons' judgements as the cells of a log entry; undated ones get the current time."""
    now = datetime.now(UTC)
    return [list(_row(judgement, now, -1)[:-1]) for judgement in judgements]


class Judgements:
    """The judgements of ledgers, each up to the version at which it was opened."""

    def __init__(self, ledgers: Iterable[Table]) -> None:
        self._on: list[tuple[duckdb.DuckDBPyConnection, int]] = []
        for ledger in ledgers:
            table, rows = table_of(ledger.url), persons(ledger)
            if table or rows:
                self._on.append((reading("judgements", table, _rows(rows)), ledger.version))

    def overruling(self) -> list[Judgement]:
        """The judgements of persons, and their retractions: all that answers take into account."""
        return self._select("overruling")

    def about(self, claims: Iterable[str]) -> list[Judgement]:
        """Every judgement on any of some claims, by their ids."""
        return self._select("judgements", claims=list(claims))

    def beginning(self, id: str) -> list[Judgement]:
        """The judgements whose id begins with `id`."""
        return self._select("beginning", beginning=id)

    def count(self) -> tuple[int, int]:
        """The numbers of judgements by persons and by rules."""
        counts = [row for on, version in self._on for row in query(on, "judged", version=version)]
        return sum(row[0] for row in counts), sum(row[1] for row in counts)

    def _select(self, name: str, **parameters: object) -> list[Judgement]:
        rows = [row for on, version in self._on for row in query(on, name, version=version, **parameters)]
        return sorted({judgement.id: judgement for judgement in map(to_judgement, rows)}.values(), key=_order)


def to_judgement(row: Row) -> Judgement:
    """The judgement in a row; its id is hashed again from the content.

    Raises `LedgerError` for a row that no judgement produces.
    """
    try:
        return Judgement(_VERDICTS[row[1]], row[2], row[3], row[4], row[5], datetime.fromisoformat(row[7]), row[8])
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise LedgerError(
            "a judgement of the ledger is damaged; comity ledger verify names the file", offender=row
        ) from error


def persons(ledger: Table) -> list[Row]:
    """The judgements in the entries of a ledger, as rows: each once, with the version that added it.

    Raises `LedgerError` for an entry with anything else there.
    """
    rows: dict[str, Row] = {}
    for commit in ledger.commits:
        for cells in commit.statement.get("judgements", ()):
            row = (*cells, commit.version) if isinstance(cells, list) else ()
            if not is_sound(row):
                raise damaged(ledger.url, commit.path, "a judgement in it does not match its id")
            rows.setdefault(row[0], row)
    return list(rows.values())


def is_sound(row: Row) -> bool:
    """Whether the judgement in a row, with its id hashed again, produces the same row."""
    try:
        judged = to_judgement(row)
        return judged.dated is not None and _row(judged, judged.dated, row[9]) == row
    except (LedgerError, IndexError, TypeError, ValueError):
        return False


def table_of(url: str) -> Table | None:
    """The table of a ledger's judgements; None without judgements."""
    return opened(place_of(url), columns=KIND.columns) if _may_exist(url) else None


def place_of(url: str) -> str:
    """Where the judgements of a ledger are."""
    return f"{url.rstrip('/')}/{FOLDER}"


def _order(judgement: Judgement) -> tuple[object, ...]:
    return judgement.dated, judgement.id  # stored judgements are dated


def _may_exist(url: str) -> bool:
    """Whether there may be judgements; looking for a local folder is cheaper than opening a table."""
    folder = local(url)
    return folder is None or (folder / FOLDER).is_dir()


def _row(judgement: Judgement, now: datetime, version: int) -> Row:
    dated = (judgement.dated or now).isoformat()
    return (
        judgement.id, judgement.verdict.value, judgement.first, judgement.second, judgement.about, judgement.signed,
        judgement.by_rule, dated, judgement.why, version,
    )  # fmt: skip


def _rows(rows: list[Row]) -> Rows:
    columns: list[tuple[Any, ...]] = list(zip(*sorted(rows), strict=True)) or [()] * len(_FIELDS)
    return Rows.from_arrays([Array(c, f.type) for c, f in zip(columns, _FIELDS, strict=True)], schema=SCHEMA)
