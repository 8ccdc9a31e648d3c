"""Major powers (Correlates of War)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.panel.draft import Draft, yearly
from comity.panel.variable import DYAD, STATE, Variable

if TYPE_CHECKING:
    from ibis.expr.types import Table


def add(draft: Draft, mry: bool = True) -> Draft:
    """1 in every year in which a state was a major power on any day, else 0.

    `mry` carries the majors of the list's last day on to the last whole year.
    """
    import ibis

    joined = draft.by_state(_years(draft, mry), "ccode")
    table = joined.table
    last = ibis.literal(draft.last) if mry else draft.data("cow_majors").endyear.max().as_scalar()
    return joined.mutate(**{
        name: ibis.ifelse(table[name].isnull() & (table.year <= last), 0, table[name])
        for name in (f"cowmaj{side}" for side in draft.sides)
    })  # fmt: skip


def _years(draft: Draft, mry: bool) -> Table:
    import ibis

    majors = draft.data("cow_majors")
    on = (majors.endyear == majors.endyear.max().over()) & (majors.endmonth == 12) & (majors.endday == 31)
    end = ibis.ifelse(on, draft.last, majors.endyear) if mry else majors.endyear
    return yearly(majors, majors.styear, end).select("ccode", "year", ibis.literal(1, "int32").name("cowmaj"))


VARIABLE = Variable(
    name="cow-majors",
    title="Major powers",
    add=add,
    units=(*STATE, *DYAD),
    on="ccode, year",
    missing="with mry=false, a year after the list's last (2016)",
    cites=("cowstates2016",),
    parameters={"mry": "carry the majors of 2016 on to the last whole year (true)"},
    columns={"cowmaj": "1 if the state was a major power in the year, else 0"},
)
