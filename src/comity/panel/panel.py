"""The panel as users see it: lazy, composed step by step, computed only when a table is requested."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity import __version__
from comity.panel.inputs import File
from comity.panel.plan import Plan, plan
from comity.panel.recipe import Recipe, Step

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    from ibis.expr.types import Table

    from comity.panel.codebook import Column


@dataclass(frozen=True)
class Panel:
    """Rows and the steps on them; every method that adds a step returns a new panel and leaves this one unchanged.

    Nothing is read or computed until a table, the columns or the SQL are requested. `mirror` is where the data
    sets' files are (else `COMITY_MIRROR`, else they are fetched).
    """

    recipe: Recipe
    mirror: Path | None = None

    def add(self, name: str, /, **parameters: Any) -> Panel:
        """With a variable by its name, or with a file of your own (`"my.csv"`, `"my.parquet"`) joined by its key.

        Raises `PanelError`, with the nearest names, when there is no such variable.
        """
        from comity.panel.variable import check, variable

        if Path(name).suffix in {".csv", ".parquet"}:
            return self._then(Step("csv", str(Path(name).resolve())))
        definition = variable(name)
        check(name, definition.add, parameters)
        return self._then(Step("add", name, parameters))

    def filter(self, name: str) -> Panel:
        """Only the rows that a rule keeps: `"prd"`, politically relevant dyads."""
        from comity.panel.variable import module_of

        module_of(name, "rules", "filter")
        return self._then(Step("filter", name))

    def where(self, condition: str) -> Panel:
        """Only the rows that meet a condition in SQL: `"year >= 1946 and cowmaj1 = 1"`."""
        return self._then(Step("where", condition))

    def whittle(self, *rules: str) -> Panel:
        """Of several disputes of one key, those that the rules prefer, in their order."""
        panel = self
        for rule in rules:
            panel = panel._then(Step("whittle", rule))
        return panel

    def plan(self) -> str:
        """The rows and the steps, one line each."""
        return str(self.recipe)

    def __repr__(self) -> str:
        return f"Panel\n{self.plan()}"

    def _repr_html_(self) -> str:
        steps = self.plan().split("\n")
        listed = "".join(f"<li>{escape(step.partition('. ')[2])}</li>" for step in steps)
        return f"<p><strong>Panel</strong></p><ol>{listed}</ol>"

    @property
    def sql(self) -> str:
        """The query, in DuckDB's SQL, over views named like the data sets."""
        return self._plan.sql

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(self._plan.columns)

    @property
    def sets(self) -> tuple[str, ...]:
        """The names of the pinned data sets that it reads."""
        return self._plan.sets

    def expression(self) -> Table:
        """The panel as an Ibis expression over unbound tables named like the data sets, to compose further.

        Raises `PanelError` when a condition in SQL has closed a part of it.
        """
        from comity.errors import PanelError
        from comity.panel.inputs import Inputs
        from comity.panel.plan import drafted, ordered

        draft = drafted(self.recipe, Inputs(self.mirror), whole=True)
        if draft.parts:
            raise PanelError("a panel with conditions in SQL has no one expression; take .sql", offender=self)
        return ordered(draft)

    def head(self, rows: int = 5) -> list[tuple[Any, ...]]:
        """The first rows of the table."""
        from comity.panel.run import opened, relation

        with opened(self._plan, self.mirror) as connection:
            return relation(connection, self._plan).limit(rows).fetchall()

    def to_arrow(self) -> pyarrow.Table:
        """The table as Arrow."""
        from comity.panel.run import opened, relation

        with opened(self._plan, self.mirror) as connection:
            return relation(connection, self._plan).to_arrow_table()

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas data frame of NumPy's types; a whole number that is missing somewhere becomes real."""
        from comity.panel.run import frame, opened, relation

        with opened(self._plan, self.mirror) as connection:
            return frame(relation(connection, self._plan))

    def to_polars(self) -> polars.DataFrame:
        """The table as a Polars data frame; needs Polars, which comity does not install."""
        import polars

        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def to_parquet(self, file: str | Path) -> int:
        """Write the table as Parquet, with its provenance among the metadata, and return the number of rows."""
        return self.write(Path(file).with_suffix(".parquet"))

    def to_csv(self, file: str | Path) -> int:
        """Write the table as CSV, and return the number of rows."""
        return self.write(Path(file).with_suffix(".csv"))

    def to_stata(self, file: str | Path) -> int:
        """Write the table for Stata (14 and later), its columns labelled, and return the number of rows."""
        return self.write(Path(file).with_suffix(".dta"))

    def write(self, file: Path) -> int:
        """Write the table in the format of the file's suffix, and return the number of rows."""
        from comity.panel.run import write

        def labels() -> Mapping[str, str]:
            return {column.name: column.told for column in self.codebook()}

        return write(self._plan, file, json.dumps(self.provenance()), labels, self.mirror)

    def duplicates(self) -> pandas.DataFrame:
        """The rows whose key occurs more than once, in the order of their keys."""
        from comity.panel.run import duplicates

        return duplicates(self._plan, self.key, self.mirror)

    def unmatched(self) -> list[str]:
        """A sentence for each of your own files that has rows without a match in the panel."""
        from comity.panel.run import unmatched

        return unmatched(self._plan, self.mirror)

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        from comity.panel.draft import key

        return key(self.recipe.unit, self.recipe.system)

    def cite(self) -> str:
        """BibTeX of exactly what was used: the lists of states, each variable's data, the packages that carry them."""
        from comity.panel.cite import bibtex

        return bibtex(self.recipe, self.mirror)

    def codebook(self) -> tuple[Column, ...]:
        """A description of each column: its content, its origin, and what missing means."""
        from comity.panel.codebook import codebook

        return codebook(self.recipe, self._plan.columns)

    def provenance(self) -> Mapping[str, Any]:
        """What made the table: comity's version, the recipe, and every data set with its edition and sha256."""
        from comity.panel.data import pinned
        from comity.sources.rda import holder

        sets = [{"name": name, "source": holder(name).edition, "sha256": pinned(name)} for name in self.sets]
        files = [_described(file) for file in self._plan.files]
        return {"comity": __version__, "recipe": json.loads(self.recipe.as_json()), "data": [*sets, *files]}

    @cached_property
    def _plan(self) -> Plan:
        return plan(self.recipe, self.mirror)

    def _then(self, step: Step) -> Panel:
        return replace(self, recipe=replace(self.recipe, steps=(*self.recipe.steps, step)))


def _described(file: File) -> Mapping[str, Any]:
    """A user's own file by its path, a table made from claims by its name and inputs; with its sha256."""
    digest = hashlib.sha256(Path(file.path).read_bytes()).hexdigest()
    identity = {"name": file.name, "made of": file.made_of} if file.made_of else {"name": file.path}
    return {**identity, "sha256": digest}
