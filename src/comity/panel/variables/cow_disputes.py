"""Every dispute of a dyad and year (Correlates of War), to be whittled."""

from __future__ import annotations

from comity.panel.draft import Draft
from comity.panel.variable import Variable
from comity.panel.variables.cow_mids import COLUMNS


def add(draft: Draft) -> Draft:
    """A row for each dispute: a dyad with several in a year has several rows."""
    draft.needs("ccode1", "ccode2", to="add ccode-to-gw first, or take system=cow")
    joined = draft.natural(draft.data("cow_mid_dirdisps+row"))
    return draft.with_table(joined.table)


VARIABLE = Variable(
    name="cow-disputes",
    title="All disputes of a dyad (Correlates of War)",
    add=add,
    units=("dyad-year",),
    on="ccode1, ccode2, year",
    missing="no dispute in the year",
    cites=("palmeretal2021mid5",),
    notes="Whittle them to one a dyad and year by the rules of --whittle, in the order that you hold right.",
    columns={
        "dispongoing": "1 in each year of the dispute",
        "disponset": "1 in its first year, else 0",
        **COLUMNS,
    },
)
