"""Tables as DuckDB reads them: the data files themselves when they are local, Arrow when they are not."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import duckdb
from deltalake import DeltaTable

from comity.errors import LedgerError
from comity.ledger.schema import SCHEMA, Row
from comity.ledger.tables import local

_SQL = Path(__file__).with_name("sql")
_GLOB = frozenset("*?[")


def connection(*tables: DeltaTable) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory whose view `claims` holds the tables' claims; of one held twice, the first table's row."""
    made = duckdb.connect(config={"autoinstall_known_extensions": False, "parquet_metadata_cache": True})
    try:
        views = [_view(made, table, f"ledger_{place}") for place, table in enumerate(tables)]
        made.execute(f"create view claims as {_union(views or [_empty(made)])}")
    except duckdb.Error as error:
        raise unreadable(error) from error
    return made


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


def unreadable(error: duckdb.Error) -> LedgerError:
    """The error to raise for what DuckDB says, of which the first line is for people."""
    return LedgerError(f"the ledger's data can't be read: {str(error).partition(chr(10))[0]}", offender=error)


def _view(on: duckdb.DuckDBPyConnection, table: DeltaTable, name: str) -> str:
    files = table.file_uris()
    # DuckDB would take these characters for a pattern; Arrow takes names as they are.
    if local(table.table_uri) is None or not files or any(_GLOB & set(file) for file in files):
        return _loaded(on, table, name)
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    on.execute(f"create view {name} as select * from read_parquet([{listed}])")
    return name


def _loaded(on: duckdb.DuckDBPyConnection, table: DeltaTable, name: str) -> str:
    on.register("scanned", table.scan())
    on.execute(f"create table {name} as select * from scanned")
    on.unregister("scanned")
    return name


def _empty(on: duckdb.DuckDBPyConnection) -> str:
    on.register("scanned", SCHEMA.empty_table())
    on.execute("create table ledger_none as select * from scanned")
    on.unregister("scanned")
    return "ledger_none"


def _union(views: list[str]) -> str:
    """All the views, each without what those before it hold."""
    parts = []
    for place, view in enumerate(views):
        before = " ".join(f"anti join {earlier} using (id)" for earlier in views[:place])
        parts.append(f"select {view}.* from {view} {before}")
    return " union all ".join(parts)
