"""Tables as DuckDB reads them: the data files themselves when they are local, Arrow when they are not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb
from deltalake import DeltaTable

from comity.errors import LedgerError
from comity.ledger.schema import SCHEMA, Row
from comity.ledger.tables import local

_SQL = Path(__file__).with_name("sql")


def connection(*tables: DeltaTable) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory whose view `claims` holds the tables' claims; of one held twice, the first table's row.

    Raises `LedgerError` when a data file is missing or damaged.
    """
    made = _engine()
    try:
        views = [_view(made, table, f"ledger_{place}") for place, table in enumerate(tables)]
        made.execute(f"create view claims as {_union(views or [_none(made)])}")
    except duckdb.Error as error:
        raise unreadable(error) from error
    return made


def reading(table: DeltaTable, name: str) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that holds one table under a name. Raises `LedgerError` when a data file can't be read."""
    made = _engine()
    try:
        _view(made, table, name)
    except duckdb.Error as error:
        raise unreadable(error) from error
    return made


def file_rows(files: Iterable[Path]) -> Iterator[tuple[Path, list[Row]]]:
    """The rows of each data file by itself. Raises `LedgerError`, naming it, for one that can't be read."""
    on = _engine()
    for file in files:
        try:
            rows = on.read_parquet(_literal(file)).fetchall()
        except duckdb.Error as error:
            raise LedgerError(f"the file {file} can't be read; restore it from a copy", offender=file) from error
        yield file, rows


def query(on: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> list[Row]:
    """The rows of a named query (`sql/<name>.sql`). Raises `LedgerError` when a data file is missing or damaged."""
    text = (_SQL / f"{name}.sql").read_text(encoding="utf-8")
    try:
        # A cursor of its own, so that threads may ask at the same time.
        return on.cursor().execute(text, parameters).fetchall()
    except duckdb.Error as error:
        raise unreadable(error) from error


def held(table: DeltaTable, ids: Collection[str]) -> set[str]:
    """Those of the ids that the table holds."""
    return {id for (id,) in query(connection(table), "held", ids=list(ids))}


def holders(files: Collection[str], ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """Those of the ids that some local data files hold, each with its file.

    Raises `LedgerError` when a file is missing or damaged.
    """
    on = _engine()
    try:
        on.read_parquet([_literal(file) for file in files], filename=True).create_view("held")
    except duckdb.Error as error:
        raise unreadable(error) from error
    yield from query(on, "holders", ids=list(ids))


def unreadable(error: duckdb.Error) -> LedgerError:
    """The error to raise for what DuckDB says, of which the first line is for people."""
    return LedgerError(f"the ledger's data can't be read: {str(error).partition(chr(10))[0]}", offender=error)


def _engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"autoinstall_known_extensions": False, "parquet_metadata_cache": True})


def _view(on: duckdb.DuckDBPyConnection, table: DeltaTable, name: str) -> str:
    """Make the table's claims readable under a name: its files where they are, or a copy of what Arrow brings."""
    files = table.file_uris()
    if local(table.table_uri) and files:
        on.read_parquet([_literal(unquote(file)) for file in files]).create_view(name)
        return name
    return _copied(on, table.scan(), name)


def _none(on: duckdb.DuckDBPyConnection) -> str:
    return _copied(on, SCHEMA.empty_table(), "ledger_none")


def _copied(on: duckdb.DuckDBPyConnection, data: object, name: str) -> str:
    on.register("arrow", data)
    on.execute(f"create table {name} as select * from arrow")
    on.unregister("arrow")
    return name


def _literal(path: str | Path) -> str:
    """The path with what DuckDB would take for a pattern set in brackets."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in str(path))


def _union(views: list[str]) -> str:
    """All the views, each without what those before it hold."""
    parts = []
    for place, view in enumerate(views):
        before = " ".join(f"anti join {earlier} using (id)" for earlier in views[:place])
        parts.append(f"select {view}.* from {view} {before}")
    return " union all ".join(parts)
