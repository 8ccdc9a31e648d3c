"""What a panel's query reads: pinned data sets, files made from claims, and a user's own files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.panel.data import parquet

if TYPE_CHECKING:
    from ibis.expr.types import Table


@dataclass(frozen=True)
class File:
    """A file that is not a pinned data set: the name of its view, and its path.

    A user's own file has its join key and the matching columns of the panel; a file made from claims lists its inputs.
    """

    name: str
    path: str
    on: tuple[str, ...] = ()
    meets: tuple[tuple[str, ...], ...] = ()
    made_of: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Inputs:
    """Returns data sets as Ibis tables, and records which were used."""

    mirror: Path | None = None
    sets: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)

    def __call__(self, name: str) -> Table:
        """A data set, without the place of its rows unless its name is followed by `+row`.

        Raises `SourceError` when it is not available.
        """
        import ibis
        from pyarrow.parquet import read_schema

        name, _, extra = name.partition("+")
        if name not in self.sets:
            self.sets.append(name)
        table = ibis.table(ibis.Schema.from_pyarrow(read_schema(parquet(name, self.mirror))), name=name)
        return table if extra else table.drop("row_")

    def derived(self, name: str, path: Path, made_of: Mapping[str, Any]) -> Table:
        """A table that was made from claims, as a Parquet file."""
        import ibis
        from pyarrow.parquet import read_schema

        self.files.append(File(name, str(path), made_of=made_of))
        return ibis.table(ibis.Schema.from_pyarrow(read_schema(path)), name=name)


def scan(file: Path) -> str:
    """The call by which DuckDB reads a user's file."""
    return f"read_{'parquet' if file.suffix == '.parquet' else 'csv'}({quoted(file)})"


def quoted(value: object) -> str:
    """A literal of SQL."""
    return "'" + str(value).replace("'", "''") + "'"
