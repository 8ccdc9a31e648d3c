"""From a recipe to one SQL query: written as Ibis expressions, compiled for DuckDB, and cached.

Loading Ibis takes longer than computing most panels. The query of a recipe is therefore kept in the cache folder,
under a hash of the recipe, the pinned data and the code that wrote it; a recipe compiled before needs only DuckDB.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from comity import __version__
from comity.extras import need
from comity.panel.data import cached_file, placing
from comity.panel.inputs import File, Inputs
from comity.panel.recipe import Recipe

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from comity.panel.draft import Draft, QueryPart


@dataclass(frozen=True)
class Plan:
    """A query in SQL, its columns, each with the number of the step that added it (0: the rows), and what it reads:
    pinned data sets, and other files by their name."""

    sql: str
    columns: Mapping[str, int]
    sets: tuple[str, ...]
    files: tuple[File, ...] = ()


def plan(recipe: Recipe, mirror: Path | None = None) -> Plan:
    """The query of a recipe: from the cache, else compiled and cached."""
    need("panel")
    path = cached_file(f"plan-{_mark(recipe)}.json")
    if path.is_file():
        cached = json.loads(path.read_text("utf-8"))
        return Plan(cached["sql"], cached["columns"], tuple(cached["sets"]))
    inputs = Inputs(mirror)
    fresh = compiled(drafted(recipe, inputs), inputs)
    if not fresh.files:  # a user's file may change, and with it the query
        with placing(path) as part:
            part.write_text(json.dumps({"sql": fresh.sql, "columns": fresh.columns, "sets": fresh.sets}), "utf-8")
    return fresh


def compiled(draft: Draft, inputs: Inputs) -> Plan:
    """The draft as a query, its rows in the order of their keys."""
    final = ordered(draft)
    sql = _sql(final)
    if draft.parts:
        sql = f"WITH {', '.join(map(_part, draft.parts))} SELECT * FROM ({sql})"
    columns = {name: draft.added_by.get(name, 0) for name in final.columns}
    return Plan(sql, columns, tuple(inputs.sets), tuple(inputs.files))


def ordered(draft: Draft) -> Table:
    """The draft's rows in the order of their keys, without hidden columns."""
    from comity.panel.draft import HIDDEN

    hidden = [name for name in HIDDEN if name in draft.table.columns]
    return draft.table.order_by(*draft.key, *hidden).drop(*hidden)


def _part(part: QueryPart) -> str:
    """A part of the query under its name."""
    sql = _sql(part.table)
    if part.condition:
        sql = f"SELECT * FROM ({sql}) AS panel WHERE {part.condition}"
    return f"{part.name} AS {'MATERIALIZED ' if part.materialized else ''}({sql})"


def drafted(recipe: Recipe, inputs: Inputs, *, whole: bool = False) -> Draft:
    """The recipe's rows with all its steps, as Ibis expressions.

    DuckDB computes the rows, which come from short lists of states or leaders, in one thread. They are a separate part
    of the query, so that all threads share the joins to them; `whole` leaves everything in one expression.
    """
    from comity.panel.steps import apply, begin

    draft = begin(recipe, inputs)
    if not whole:
        draft = draft.closed(materialized=True)
    origins: dict[str, int] = {}
    for number, step in enumerate(recipe.steps, 1):
        before = draft.table.columns
        draft = apply(draft, step, inputs)
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
