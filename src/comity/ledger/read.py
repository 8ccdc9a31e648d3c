"""Tables as DuckDB reads them: the data files themselves when they are local, Arrow when they are not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb
from arro3.core import Schema
from arro3.core import Table as Rows

from comity.errors import LedgerError
from comity.extras import need
from comity.ledger.schema import SCHEMA, Row
from comity.ledger.store import local, place, unusable
from comity.ledger.tables import Table

# A damaged file may contain invalid text: then the Python binding fails before the engine does.
DAMAGE = (duckdb.Error, UnicodeDecodeError, RuntimeError)
_SQL = Path(__file__).with_name("sql")


def connection(*tables: Table) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory whose view `claims` has the tables' claims; of duplicates, the row of the first table.

    Raises `LedgerError` when a data file is missing or damaged.
    """
    engine = _engine()
    try:
        views = [_view(engine, table, f"ledger_{place}") for place, table in enumerate(tables)]
        engine.execute(f"create view claims as {_union(views or [_empty(engine)])}")
    except DAMAGE as error:
        raise unreadable(error) from error
    return engine


def reading(name: str, table: Table | None, rows: Rows) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory whose view `name` has a table's rows, and those of `rows` with other ids.

    Raises `LedgerError` when a data file can't be read.
    """
    engine = _engine()
    try:
        views = [_view(engine, table, f"{name}_0", rows.schema)] if table else []
        views.append(_copy(engine, rows, f"{name}_1"))
        engine.execute(f"create view {name} as {_union(views)}")
    except DAMAGE as error:
        raise unreadable(error) from error
    return engine


def file_rows(files: Iterable[Path], schema: Schema) -> Iterator[tuple[Path, list[Row]]]:
    """The rows of each data file separately.

    Raises `LedgerError`, naming the file, for one that can't be read or whose columns are not those of the schema.
    """
    on = _engine()
    for file in files:
        try:
            rows = on.read_parquet(_literal(file))
            if not _fits(on, rows, schema):
                raise LedgerError(f"the file {file} has other columns than a ledger has", offender=file)
            fetched = rows.fetchall()
        except DAMAGE as error:
            raise LedgerError(f"the file {file} can't be read; restore it from a copy", offender=file) from error
        yield file, fetched


def checkpoint_files(file: Path) -> set[tuple[str, int]]:
    """The data files that a checkpoint of a table names, each with its size. Raises `LedgerError` for no checkpoint."""
    try:
        rows = _engine().read_parquet(_literal(file)).filter("add is not null").select("add.path, add.size").fetchall()
    except DAMAGE as error:
        raise LedgerError(f"the file {file} can't be read; restore it from a copy", offender=file) from error
    return {(unquote(path), size) for path, size in rows}


def query(on: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> list[Row]:
    """The rows of a named query (`sql/<name>.sql`). Raises `LedgerError` when a data file is missing or damaged."""
    text = (_SQL / f"{name}.sql").read_text(encoding="utf-8")
    try:
        # A new cursor for each query, so that threads may query at the same time.
        return on.cursor().execute(text, parameters).fetchall()
    except DAMAGE as error:
        raise unreadable(error) from error


def held(table: Table, ids: Collection[str]) -> set[str]:
    """The ids that are in the table."""
    return {id for (id,) in query(connection(table), "held", ids=list(ids))}


def holders(files: Collection[str], ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """The ids that are in some local data files, each with its file.

    Raises `LedgerError` when a file is missing or damaged.
    """
    on = _engine()
    if not files:
        return
    try:
        on.read_parquet([_literal(file) for file in files], filename=True).create_view("held")
    except DAMAGE as error:
        raise unreadable(error) from error
    yield from query(on, "holders", ids=list(ids))


def unreadable(error: Exception) -> LedgerError:
    """The error to raise for DuckDB's error on reading, whose first line is for people."""
    return LedgerError(f"the ledger's data can't be read: {str(error).partition(chr(10))[0]}", offender=error)


def _engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"autoinstall_known_extensions": False, "parquet_metadata_cache": True})


def _view(on: duckdb.DuckDBPyConnection, table: Table, name: str, schema: Schema = SCHEMA) -> str:
    """Make a table's rows readable under a name: its local files in place, or a copy of its Arrow data."""
    files = [_literal(place(table.url, path)) for path in table.files]
    if local(table.url) and files:
        rows = on.read_parquet(files)
        if not _fits(on, rows, schema):
            raise LedgerError(f"the ledger's data in {table.url} can't be read: the columns of a file are others; "
                              "comity ledger verify names it", offender=table)  # fmt: skip
        rows.create_view(name)
        return name
    return _copy(on, _remote(table, schema) if files else schema.empty_table(), name)


def _fits(on: duckdb.DuckDBPyConnection, rows: duckdb.DuckDBPyRelation, schema: Schema) -> bool:
    """Whether rows have the columns of a schema: in a damaged file they may differ, and texts would arrive as bytes."""
    on.register("expected", schema.empty_table())
    expected = on.table("expected")
    return (rows.columns, rows.types) == (expected.columns, expected.types)


def _remote(table: Table, schema: Schema) -> object:
    """The Arrow data of a table in an object store."""
    need("ledger")
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError

    try:
        return DeltaTable(table.url, version=table.version).scan()
    except (DeltaError, OSError) as error:
        raise unusable(table.url, error) from error


def _empty(on: duckdb.DuckDBPyConnection) -> str:
    return _copy(on, SCHEMA.empty_table(), "ledger_none")


def _copy(on: duckdb.DuckDBPyConnection, data: object, name: str) -> str:
    on.register("arrow", data)
    on.execute(f"create table {name} as select * from arrow")
    on.unregister("arrow")
    return name


def _literal(path: str | Path) -> str:
    """The path with DuckDB's wildcards escaped by brackets."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in str(path))


def _union(views: list[str]) -> str:
    """All the views, each without the ids of those before it."""
    parts = []
    for position, view in enumerate(views):
        before = " ".join(f"anti join {earlier} using (id)" for earlier in views[:position])
        parts.append(f"select {view}.* from {view} {before}")
    return " union all ".join(parts)
