"""How many years a state or dyad has been at peace."""

from __future__ import annotations

from comity.panel.draft import Draft
from comity.panel.duration import conflicts, event, unit, with_quiet
from comity.panel.variable import Variable


def add(draft: Draft, pad: bool = False) -> Draft:
    """The years since the last conflict, or since the first row, for each conflict in the table."""
    table = draft.table
    for conflict in conflicts(draft, "ongoing"):
        table = with_quiet(table, f"{conflict}spell", event(conflict, "ongoing"), unit(draft), draft.key, pad=pad)
    return draft.with_table(table)


VARIABLE = Variable(
    name="peace-years",
    title="Peace years",
    add=add,
    units=("dyad-year", "state-year"),
    on="the conflicts in the table",
    missing="whether there was a conflict is missing in that year",
    cites=("becketal1998tts", "cartersignorino2010bf"),
    parameters={"pad": "begin anew after years in which the state or dyad is not there (false)"},
    notes="It counts rows of the table as it is: filter first where only some rows are to count.",
    columns={
        "cowmidspell": "years since the last dispute of cow-mids",
        "gmlmidspell": "years since the last dispute of gml-mids",
        "gmlmidinitspell": "years since the last dispute of gml-mids that the state initiated",
        "cowinterspell": "years since the last war between the two (cow-wars)",
        "cowintraspell": "years since the last civil war (cow-wars)",
        "ucdpspell": "years since the last armed conflict (ucdp-acd)",
    },
)
