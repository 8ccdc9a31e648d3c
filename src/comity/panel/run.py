"""Runs a plan: DuckDB reads the data sets in place and writes the table, or returns it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from comity.errors import PanelError
from comity.panel.data import parquet
from comity.panel.inputs import File, quoted, scan
from comity.panel.plan import Plan

if TYPE_CHECKING:
    import pandas
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

FORMATS = (".parquet", ".csv", ".dta")
"""The formats of a panel, by the suffix of the file."""
_LABEL = 80  # the most characters of a label in Stata


@contextmanager
def opened(plan: Plan, mirror: Path | None = None) -> Iterator[DuckDBPyConnection]:
    """A connection in which the plan's data sets are views.

    DuckDB's errors about the query become `PanelError`: their cause is the user's condition or file.
    """
    import duckdb

    with duckdb.connect() as connection:
        # DuckDB underestimates the rows made from lists of states, and would build its hash tables on the wrong side.
        connection.execute("SET disabled_optimizers = 'build_side_probe_side'")
        for name in plan.sets:
            connection.execute(f"CREATE VIEW {name} AS FROM read_parquet({quoted(parquet(name, mirror))})")
        for file in plan.files:
            connection.execute(f"CREATE VIEW {file.name} AS FROM {scan(Path(file.path))}")
        try:
            yield connection
        except (
            duckdb.ParserException, duckdb.BinderException, duckdb.ConversionException, duckdb.InvalidInputException
        ) as error:  # fmt: skip
            raise PanelError(f"the query can't be run: {str(error).splitlines()[0]}", offender=plan) from error


def relation(connection: DuckDBPyConnection, plan: Plan) -> DuckDBPyRelation:
    """The table, not yet computed."""
    return connection.sql(plan.sql)


def frame(relation: DuckDBPyRelation) -> pandas.DataFrame:
    """A relation as a data frame of NumPy's types: whole numbers with gaps become real ones, days become times."""
    return relation.to_arrow_table().to_pandas(date_as_object=False)


def write(
    plan: Plan, target: Path, about: str, labels: Callable[[], Mapping[str, str]], mirror: Path | None = None
) -> int:
    """Write the table as Parquet, CSV or Stata, by the suffix of the file, and return the number of rows.

    A Parquet file has `about`, its provenance, in its metadata; a Stata file has descriptions of the columns. The file
    appears only when it is complete. Raises `PanelError` for any other suffix, and when the folder does not exist.
    """
    if target.suffix not in FORMATS:
        raise PanelError(f"{target.name}: a panel is written as {', '.join(FORMATS)}", offender=target)
    if not target.parent.is_dir():
        raise PanelError(f"there is no folder {target.parent} to write {target.name} into", offender=target)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with opened(plan, mirror) as connection:
            if target.suffix == ".dta":
                count = _stata(connection, plan, part, labels())
            else:
                copied = connection.execute(f"COPY ({plan.sql}) TO {quoted(part)} ({_options(target.suffix, about)})")
                count = _first(copied)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return count


def duplicates(plan: Plan, key: tuple[str, ...], mirror: Path | None = None) -> pandas.DataFrame:
    """The rows whose key occurs more than once."""
    columns = ", ".join(key)
    with opened(plan, mirror) as connection:
        query = f"FROM ({plan.sql}) QUALIFY count(*) OVER (PARTITION BY {columns}) > 1 ORDER BY {columns}"
        return frame(connection.sql(query))


def unmatched(plan: Plan, mirror: Path | None) -> list[str]:
    """A sentence for each of the user's files that has rows without a match in the panel."""
    own = [file for file in plan.files if file.on]
    if not own:
        return []
    with opened(plan, mirror) as connection:
        connection.execute(f"CREATE TEMP TABLE panel_ AS {plan.sql}")
        return [sentence for file in own if (sentence := _unmatched_rows(connection, file))]


def _unmatched_rows(connection: DuckDBPyConnection, file: File) -> str:
    """How many rows of a file have no match, and the first of them; empty if all match."""
    columns = ", ".join(file.on)
    seen = " UNION ALL ".join(f"SELECT {', '.join(names)} FROM panel_" for names in file.meets)
    rows = connection.execute(
        f"SELECT {columns} FROM {file.name} ANTI JOIN ({seen}) AS seen ({columns}) USING ({columns}) ORDER BY ALL"
    ).fetchall()
    if not rows:
        return ""
    first = ", ".join(f"{column} {value}" for column, value in zip(file.on, rows[0], strict=True))
    return f"{Path(file.path).name}: rows that match no row of the panel: {len(rows):,}, the first {first}"


def _options(suffix: str, about: str) -> str:
    if suffix == ".csv":
        return "FORMAT csv, HEADER"
    # Dictionaries, and the filters over them, take a third of the time to write and make no smaller file.
    plain = "DICTIONARY_SIZE_LIMIT 1, WRITE_BLOOM_FILTER false"
    return f"FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, {plain}, KV_METADATA {{comity: {quoted(about)}}}"


def _first(cursor: DuckDBPyConnection) -> int:
    row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def _stata(connection: DuckDBPyConnection, plan: Plan, part: Path, labels: Mapping[str, str]) -> int:
    """Stata's format, in the version of Stata 14, which knows Unicode.

    Whole numbers stay whole even if some are missing. Stata has no missing texts and no infinite numbers.
    """
    import pandas
    import pyarrow

    whole = {pyarrow.int32(): pandas.Int32Dtype(), pyarrow.int64(): pandas.Int64Dtype()}
    arrow = relation(connection, plan).to_arrow_table()
    table = arrow.to_pandas(date_as_object=False, types_mapper=whole.get)
    texts = [name for name in table.columns if table[name].dtype == "str" or table[name].dtype == "object"]
    table[texts] = table[texts].astype("object").fillna("")
    real = table.select_dtypes("float").columns
    table[real] = table[real].replace([float("inf"), float("-inf")], float("nan"))
    days = dict.fromkeys(table.select_dtypes("datetime").columns, "td")
    short = {name: label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…" for name, label in labels.items()}
    table.to_stata(part, write_index=False, version=118, convert_dates=days, variable_labels=short)
    return len(table)
