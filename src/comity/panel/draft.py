"""A table under construction: an Ibis expression, and its unit of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from comity.errors import PanelError

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value

CODES = {"cow": "ccode", "gw": "gwcode"}
"""The column of a state's code, by system: Correlates of War, Gleditsch and Ward."""
_KEYS = {
    "state-year": ("{code}", "year"),
    "state-day": ("{code}", "date"),
    "dyad-year": ("{code}1", "{code}2", "year"),
    "leader-year": ("obsid", "{code}", "year"),
    "leader-day": ("obsid", "{code}", "date"),
    "leader-dyad-year": ("obsid1", "obsid2", "{code}1", "{code}2", "year"),
    "dispute-year": ("dispnum", "ccode1", "ccode2", "year"),
    "leader-dispute-year": ("dispnum", "obsid1", "obsid2", "ccode1", "ccode2", "year"),
}
_WHO = {
    "ccode",
    "ccode1",
    "ccode2",
    "gwcode",
    "gwcode1",
    "gwcode2",
    "obsid",
    "obsid1",
    "obsid2",
    "year",
    "date",
    "lower_",
    "upper_",
}


HIDDEN = ("row_", "since_")
"""Columns that order rows with the same key, or of the same leader and year; they are not in the result."""


def key(unit: str, system: str) -> tuple[str, ...]:
    """The columns that identify a row of a unit.

    >>> key("dyad-year", "cow"), key("leader-year", "none")
    (('ccode1', 'ccode2', 'year'), ('obsid', 'gwcode', 'year'))
    """
    return tuple(name.format(code=CODES.get(system, "gwcode")) for name in _KEYS[unit])


class Data(Protocol):
    """Returns data sets as tables."""

    def __call__(self, name: str) -> Table:
        """A data set by its name; with the row numbers if the name ends in `+row`."""

    def derived(self, name: str, path: Path, made_of: Mapping[str, Any]) -> Table:
        """A table made from claims, with its inputs."""


@dataclass(frozen=True)
class QueryPart:
    """A named part of the query, which later parts read: all of a table, or the rows that meet a condition in SQL.
    One that is `materialized` is computed once and shared by all of DuckDB's threads.
    """

    name: str
    table: Table
    condition: str = ""
    materialized: bool = False


@dataclass(frozen=True)
class Draft:
    """The rows so far, their unit, and the reader of data sets.

    `unit` is what a row is ("dyad-year"); `directed` says whether each dyad is in both orders; `data` returns a data
    set by its name; `last` is the last year of states that still exist; `years` are the first and last year of the
    rows if limited; `parts` are the finished parts of the query; `added_by` has the number of the step that added a
    column, from 1 (absent: the rows).
    """

    table: Table
    unit: str
    system: str
    data: Data
    last: int
    directed: bool = False
    years: tuple[int, int] | None = None
    parts: tuple[QueryPart, ...] = ()
    added_by: Mapping[str, int] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The column of a state's code in this system, without the number of a side."""
        return CODES[self.system]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        return key(self.unit, self.system)

    @property
    def ordered(self) -> bool:
        """Whether the lower of two codes of the Correlates of War always comes first.

        It does in undirected dyads of that system; dyads of the other system, with codes added, have some in reverse.
        """
        return not self.directed and self.system == "cow"

    @property
    def sides(self) -> tuple[str, ...]:
        """The suffixes of the columns of each state in a row: 1 and 2 in a dyad, else an empty one."""
        return ("1", "2") if "dyad" in self.unit or "dispute" in self.unit else ("",)

    def closed(self, *, condition: str = "", materialized: bool = False) -> Draft:
        """The same draft with the table so far as a named part of the query, which later steps read."""
        import ibis

        part = QueryPart(f"part_{len(self.parts) + 1}", self.table, condition, materialized)
        return replace(self, table=ibis.table(self.table.schema(), name=part.name), parts=(*self.parts, part))

    def with_table(self, table: Table) -> Draft:
        """The same draft with other rows or columns."""
        return replace(self, table=table)

    def needs(self, *columns: str, to: str) -> None:
        """Raises `PanelError` when the table lacks columns that a step needs; `to` says how to add them."""
        lacking = [name for name in columns if name not in self.table.columns]
        if lacking:
            raise PanelError(f"this table has no column {', '.join(lacking)}: {to}", offender=lacking)

    def mutate(self, **columns: Value) -> Draft:
        """With columns added or replaced."""
        return self.with_table(self.table.mutate(**columns))

    def natural(self, table: Table) -> Draft:
        """Joined on all common columns; missing values match each other, as in R's `left_join`."""
        shared = [name for name in table.columns if name in self.table.columns]
        return self.joined(table, {name: name for name in shared})

    def joined(self, table: Table, on: Mapping[str, str], names: Callable[[str], str] = str) -> Draft:
        """Joined to a table on our columns and theirs; `names` gives its other columns their new names.

        Raises `PanelError` when the table already has one of these.
        """
        if self.years and "year" in on.values():
            table = table.filter(table.year.between(*self.years))  # fewer rows make a faster join
        added = {names(name): table[name] for name in table.columns if name not in on.values()}
        twice = sorted(added.keys() & set(self.table.columns))
        if twice:
            raise PanelError(f"the table has a column {', '.join(twice)} already; add it once only", offender=twice)
        marks = {f"key_{place}": table[theirs] for place, theirs in enumerate(on.values())}
        right = table.select(**marks, **added)
        conditions = [
            self.table[ours] == right[mark] if ours in _WHO else self.table[ours].identical_to(right[mark])
            for ours, mark in zip(on, marks, strict=True)
        ]
        return self.with_table(self.table.left_join(right, conditions).select(*self.table.columns, *added))

    def by_state(self, table: Table, code: str, *, yearly: bool = True) -> Draft:
        """Joined to a table of states (in a year): once, or for each side of a dyad, `x` as `x1` and `x2`.

        Raises `PanelError` when the rows have no code of that system.
        """
        remedy = "add gwcode-to-cow or ccode-to-gw first, or take the other system"
        self.needs(*(f"{code}{side}" for side in self.sides), to=remedy)
        draft = self
        for side in self.sides:
            on = {f"{code}{side}": code, **({"year": "year"} if yearly else {})}
            draft = draft.joined(table, on, f"{{}}{side}".format)
        return draft

    def by_dyad(self, table: Table, code: str) -> Draft:
        """Joined to a table of pairs of states in a year, in whichever order a row has the two.

        `table` has each pair once, the lower code first. Raises `PanelError` when the rows have no such codes.
        """
        import ibis

        code1, code2 = f"{code}1", f"{code}2"
        self.needs(code1, code2, to="add gwcode-to-cow or ccode-to-gw first, or take the other system")
        if self.ordered and code == self.code:
            return self.joined(table, {code1: code1, code2: code2, "year": "year"})
        ends = (self.table[code1], self.table[code2])
        wide = self.mutate(lower_=ibis.least(*ends), upper_=ibis.greatest(*ends))
        joined = wide.joined(table, {"lower_": code1, "upper_": code2, "year": "year"})
        return joined.with_table(joined.table.drop("lower_", "upper_"))


def filled(table: Table, columns: Iterable[str], first: int, last: int) -> Table:
    """With 0 for missing values of the columns in the years that their data cover."""
    import ibis

    within = table.year.between(first, last)
    return table.mutate(**{name: ibis.ifelse(table[name].isnull() & within, 0, table[name]) for name in columns})


def yearly(table: Table, start: Value, end: Value) -> Table:
    """Each row once for every year from `start` to `end`, both included, as the column `year`."""
    import ibis

    return table.mutate(year=ibis.range(start, end + 1).unnest().cast("int32"))


def selected(table: Table, keep: Iterable[str] | None, *always: str) -> Table:
    """Only the columns in `keep`, besides those of `always`; all of them without `keep`.

    Raises `PanelError` when one does not exist.
    """
    if keep is None:
        return table
    wanted = [keep] if isinstance(keep, str) else list(keep)
    unknown = [name for name in wanted if name not in table.columns]
    if unknown:
        there = ", ".join(name for name in table.columns if name not in always)
        raise PanelError(f"keep: there is no column {', '.join(unknown)}; there are {there}", offender=unknown)
    return table.select(*always, *(name for name in wanted if name not in always))
