"""From a recipe to one SQL query: written as Ibis expressions, compiled for DuckDB, and cached.

Loading Ibis takes longer than computing most panels. The query of a recipe is therefore kept in the cache folder,
under a hash of the recipe, the pinned data and the code that wrote it; a recipe compiled before needs only DuckDB.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity import __version__
from comity.extras import need
from comity.panel.data import cached_file, parquet, placing
from comity.panel.recipe import Recipe

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from comity.panel.draft import Draft, Part


@dataclass(frozen=True)
class Plan:
    """A query in SQL, its columns, each with the number of the step that added it (0: the rows), and what it reads:
    pinned data sets, and other files by their name."""

    sql: str
    columns: Mapping[str, int]
    sets: tuple[str, ...]
    files: tuple[File, ...] = ()


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
class Reader:
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


def plan(recipe: Recipe, mirror: Path | None = None) -> Plan:
    """The query of a recipe: from the cache, else compiled and cached."""
    path = cached_file(f"plan-{_mark(recipe)}.json")
    if path.is_file():
        cached = json.loads(path.read_text("utf-8"))
        return Plan(cached["sql"], cached["columns"], tuple(cached["sets"]))
    need("panel")
    reader = Reader(mirror)
    fresh = compiled(drafted(recipe, reader), reader)
    if not fresh.files:  # a user's file may change, and with it the query
        with placing(path) as part:
            part.write_text(json.dumps({"sql": fresh.sql, "columns": fresh.columns, "sets": fresh.sets}), "utf-8")
    return fresh


def compiled(draft: Draft, reader: Reader) -> Plan:
    """The draft as a query, its rows in the order of their keys."""
    final = ordered(draft)
    sql = _sql(final)
    if draft.parts:
        sql = f"WITH {', '.join(map(_part, draft.parts))} SELECT * FROM ({sql})"
    columns = {name: draft.added_by.get(name, 0) for name in final.columns}
    return Plan(sql, columns, tuple(reader.sets), tuple(reader.files))


def ordered(draft: Draft) -> Table:
    """The draft's rows in the order of their keys, without hidden columns."""
    from comity.panel.draft import HIDDEN

    hidden = [name for name in HIDDEN if name in draft.table.columns]
    return draft.table.order_by(*draft.key, *hidden).drop(*hidden)


def _part(part: Part) -> str:
    """A part of the query under its name."""
    sql = _sql(part.table)
    if part.condition:
        sql = f"SELECT * FROM ({sql}) AS panel WHERE {part.condition}"
    return f"{part.name} AS {'MATERIALIZED ' if part.materialized else ''}({sql})"


def drafted(recipe: Recipe, reader: Reader, *, whole: bool = False) -> Draft:
    """The recipe's rows with all its steps, as Ibis expressions.

    DuckDB computes the rows, which come from short lists of states or leaders, in one thread. They are a separate part
    of the query, so that all threads share the joins to them; `whole` leaves everything in one expression.
    """
    from comity.panel.steps import apply, begin

    draft = begin(recipe, reader)
    if not whole:
        draft = draft.closed(materialized=True)
    origins: dict[str, int] = {}
    for number, step in enumerate(recipe.steps, 1):
        before = draft.table.columns
        draft = apply(draft, step, reader)
        origins |= {name: number for name in draft.table.columns if name not in before}
    return replace(draft, added_by=origins)


def _sql(table: Table) -> str:
    import ibis

    return str(ibis.to_sql(table, dialect="duckdb", pretty=False))


def _mark(recipe: Recipe) -> str:
    """A hash of everything that the query of a recipe depends on: the recipe, comity's code, and the pinned data."""
    text = "\n".join((__version__, recipe.as_json(), _code()))
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@cache
def _code() -> str:
    """A hash of this package's code and of the manifests that pin its data."""
    from comity.sources.manifest import FOLDER

    digest = hashlib.sha256()
    for file in (
        *sorted(Path(__file__).parent.rglob("*.py")),
        FOLDER / "peacesciencer.sha256",
        FOLDER / "isard.sha256",
    ):
        digest.update(file.read_bytes())
    return digest.hexdigest()
