"""Direct contiguity (Correlates of War): whether two states touch, over land or how much water."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.panel.draft import Draft, filled, yearly
from comity.panel.variable import DYAD, STATE, Variable, one_of

if TYPE_CHECKING:
    from ibis.expr.types import Table


def add(draft: Draft, slice: str = "first", mry: bool = False) -> Draft:
    """The contiguity of a dyad, or how many neighbours a state has by land and by sea.

    In a year in which it changed, `slice` takes the "first" or the "last". `mry` extends the last known one.
    """
    one_of("slice", slice, ("first", "last"))
    pairs = _years(draft, slice)
    if draft.sides == ("",):
        joined, names = _counts(draft, pairs), ["land", "sea"]
    else:
        draft.needs("ccode1", "ccode2", to="add ccode-to-gw first, or take system=cow")
        on = {name: name for name in ("ccode1", "ccode2", "year")}
        joined, names = draft.joined(pairs, on), ["conttype"]
    covered = joined.with_table(filled(joined.table, names, 1816, 2016))
    return _carried(covered, names) if mry else covered


def _years(draft: Draft, slice: str) -> Table:
    """The contiguity of each directed dyad and year.

    The spells begin on the first day of a month and are looked at month by month: the first day of a spell in a year
    is its own first or 1 January, the last is the first of its last month or 1 December.
    """
    import ibis

    spells = draft.data("cow_contdir+row")
    years = yearly(spells, spells.stdate.year(), spells.enddate.year())
    if slice == "first":
        seen = ibis.greatest(years.stdate, ibis.date(years.year, 1, 1))
        chosen = years.conttype.argmin(ibis.struct({"day": seen, "row": years.row_}))
    else:
        seen = ibis.least(years.enddate.truncate("M"), ibis.date(years.year, 12, 1))
        chosen = years.conttype.argmax(ibis.struct({"day": seen, "row": years.row_}))
    return years.group_by("ccode1", "ccode2", "year").agg(conttype=chosen)


def _counts(draft: Draft, pairs: Table) -> Draft:
    """Neighbours of each state and year, counted."""
    counted = pairs.group_by(ccode=pairs.ccode1, year=pairs.year).agg(
        land=(pairs.conttype == 1).sum().cast("int32"), sea=(pairs.conttype > 1).sum().cast("int32")
    )
    return draft.by_state(counted, "ccode")


def _carried(draft: Draft, names: list[str]) -> Draft:
    """Where a year has no value, the last one known of the same state or dyad."""
    import ibis

    states = [name for name in draft.table.columns if name in {f"ccode{side}" for side in draft.sides}]
    so_far = ibis.cumulative_window(group_by=states, order_by="year")
    for name in names:
        counted = draft.table.mutate(known_=draft.table[name].count().over(so_far))
        carried = counted[name].max().over(ibis.window(group_by=[*states, "known_"]))
        draft = draft.with_table(counted.mutate(**{name: carried}).drop("known_"))
    return draft


VARIABLE = Variable(
    name="contiguity",
    title="Direct contiguity",
    add=add,
    units=(*STATE, *DYAD),
    on="ccode1, ccode2, year (ccode, year)",
    missing="a year after the data's last (2016), unless mry carries the last known on",
    cites=("stinnettetal2002cow",),
    parameters={
        "slice": "first or last: which relationship of a year in which it changed",
        "mry": "carry the last known relationship on (false)",
    },
    columns={
        "conttype": "0 none, 1 by land or river, 2 to 5 by at most 12, 24, 150 and 400 miles of water",
        "land": "how many states it touches by land",
        "sea": "how many states it touches over at most 400 miles of water",
    },
)
