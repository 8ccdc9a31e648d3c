"""A user's own table, joined to a panel by the key among its columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from comity.errors import PanelError
from comity.panel.draft import Draft
from comity.panel.inputs import File, Inputs, scan

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from ibis import Schema


def joined(draft: Draft, path: Path, inputs: Inputs) -> Draft:
    """The draft with the columns of a file: by the panel's whole key, else by state (and year), leader or year.

    Raises `PanelError` when the file is missing or unreadable, has no key, or has a key twice.
    """
    import duckdb
    import ibis

    if not path.is_file():
        raise PanelError(f"there is no file {path}", offender=path)
    name = f"file_{len(inputs.files) + 1}"
    try:
        with duckdb.connect() as connection:
            connection.execute(f"CREATE VIEW {name} AS FROM {scan(path)}")
            schema = ibis.Schema.from_pyarrow(connection.sql(f"FROM {name} LIMIT 0").to_arrow_table().schema)
            on = _key(draft, path, schema.names)
            _check_kinds(draft, path, schema, on)
            _check_unique(connection, name, path, on)
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        raise PanelError(f"{path.name} can't be read: {str(error).splitlines()[0]}", offender=path) from error
    table = ibis.table(schema, name=name)
    whole = set(on) <= set(draft.table.columns)
    sides = ("",) if whole else draft.sides
    meets = tuple(tuple(key if key == "year" else f"{key}{side}" for key in on) for side in sides)
    inputs.files.append(File(name, str(path), on, meets))
    if whole:
        return draft.joined(table, {column: column for column in on})
    return draft.by_state(table, next(key for key in on if key != "year"), yearly="year" in on)


def _key(draft: Draft, path: Path, columns: Sequence[str]) -> tuple[str, ...]:
    """The join columns of a file: the longest key of rows, leaders or states that it shares with the panel."""
    states, leaders = (draft.code,), ("obsid",)
    for key in (draft.key, (*leaders, "year"), (*states, "year"), leaders, states, ("year",)):
        present = all(name in draft.table.columns or f"{name}1" in draft.table.columns for name in key)
        if present and set(key) <= set(columns):
            return key
    wanted = ", ".join(draft.key)
    raise PanelError(
        f"{path.name} has no key of this panel; its columns must hold {wanted}, or else {draft.code}, year, or both",
        offender=path,
    )


def _check_kinds(draft: Draft, path: Path, schema: Schema, on: tuple[str, ...]) -> None:
    """Raises `PanelError` when a column of the key is text and the panel's is a number, or the reverse."""
    ours = draft.table.schema()
    for column in on:
        wanted = ours[column if column in ours else f"{column}1"]
        if schema[column].is_string() != wanted.is_string():
            kinds = ("numbers", "texts")
            actual, needed = kinds[schema[column].is_string()], kinds[wanted.is_string()]
            raise PanelError(f"{path.name}: the column {column} holds {actual}; its key is {needed}", offender=path)


def _check_unique(connection: DuckDBPyConnection, name: str, path: Path, on: tuple[str, ...]) -> None:
    """Raises `PanelError`, with the first such key, when a key occurs more than once."""
    twice = connection.execute(
        f"SELECT {', '.join(on)}, count(*) FROM {name} GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL"
    ).fetchall()
    if twice:
        *values, many = twice[0]
        first = ", ".join(f"{column} {value}" for column, value in zip(on, values, strict=True))
        raise PanelError(
            f"{path.name} has the same key more than once: {first} stands {many} times (such keys: {len(twice)})",
            offender=path,
        )
