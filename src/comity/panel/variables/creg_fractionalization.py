"""Fractionalization and polarization of ethnic and religious groups (CREG)."""

from __future__ import annotations

from comity.panel.draft import Draft
from comity.panel.variable import DYAD, STATE, Variable

_MEASURES = ("ethfrac", "ethpol", "relfrac", "relpol")


def add(draft: Draft) -> Draft:
    """The four measures.

    Where the data hold a state twice in a year (parts of a state that later split), a value missing in one row is
    taken from the other, and the row of the greater ethnic, then religious, fractionalization stays.
    """
    import ibis

    code = draft.code
    data = draft.data("creg").select(code, "year", *_MEASURES)
    group = ibis.window(group_by=[code, "year"])
    whole = data.mutate(**{name: data[name].coalesce(data[name].max().over(group)) for name in _MEASURES})
    order = [ibis.desc(name, nulls_first=False) for name in ("ethfrac", "relfrac", "ethpol", "relpol")]
    ranked = whole.mutate(place_=ibis.row_number().over(group_by=[code, "year"], order_by=order))
    return draft.by_state(ranked.filter(ranked.place_ == 0).drop("place_"), code)


VARIABLE = Variable(
    name="creg-fractionalization",
    title="Ethnic and religious fractionalization",
    add=add,
    units=(*STATE, *DYAD),
    on="ccode (or gwcode), year",
    missing="no estimate: the data cover 1945 to 2013",
    cites=("alesinaetal2003f", "montalvoreynalquerol2005eppc", "nardulli2012creg"),
    columns={
        "ethfrac": "ethnic fractionalization: the chance that two people are of different groups, 0 to 1",
        "ethpol": "ethnic polarization, 0 to 1",
        "relfrac": "religious fractionalization, 0 to 1",
        "relpol": "religious polarization, 0 to 1",
    },
)
