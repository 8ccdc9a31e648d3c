"""Every dispute of a dyad and year (Gibler, Miller and Little), to be whittled."""

from __future__ import annotations

from comity.panel.draft import Draft
from comity.panel.variable import Variable
from comity.panel.variables.cow_mids import COLUMNS


def add(draft: Draft) -> Draft:
    """A row for each dispute: a dyad with several in a year has several rows."""
    draft.needs("ccode1", "ccode2", to="add ccode-to-gw first, or take system=cow")
    joined = draft.natural(draft.data("gml_dirdisp+row"))
    return draft.with_table(joined.table)


VARIABLE = Variable(
    name="gml-disputes",
    title="All disputes of a dyad (Gibler, Miller and Little)",
    add=add,
    units=("dyad-year",),
    on="ccode1, ccode2, year",
    missing="no dispute in the year",
    cites=("gibleretal2016amid",),
    notes="Whittle them to one a dyad and year by the rules of --whittle, in the order that you hold right.",
    columns={
        "midongoing": "1 in each year of the dispute",
        "midonset": "1 in its first year, else 0",
        "revstate": "1 if the state wanted the status quo revised",
        "revtype11": "what the first state wanted: 1 territory, 2 policy, 3 regime, 4 other",
        "revtype12": "what else it wanted",
        "revtype21": "what the second state wanted",
        "revtype22": "what else it wanted",
        "hiact": "highest action of the dispute, 0 to 21",
        "outcome": "outcome, 1 to 9",
        "settle": "settlement, 1 to 4",
        "fatalpre": "fatalities of the dispute, counted; -9 unknown",
        "endmon": "month in which the dispute ended",
        "numa": "states on side A",
        "numb": "states on side B",
        "ongo2010": "1 if it went on at the end of 2010",
        "version": "edition of the data",
        **COLUMNS,
    },
)
