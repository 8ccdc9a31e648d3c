"""Memberships in intergovernmental organizations (Correlates of War)."""

from __future__ import annotations

from comity.panel.draft import Draft
from comity.panel.variable import Variable


def add(draft: Draft) -> Draft:
    """How many organizations two states share as full members, or a state's memberships by kind."""
    if draft.unit == "dyad-year":
        return draft.by_dyad(draft.data("cow_igo_ndy"), "ccode")
    return draft.by_state(draft.data("cow_igo_sy"), "ccode")


VARIABLE = Variable(
    name="igos",
    title="Intergovernmental organizations",
    add=add,
    units=("state-year", "dyad-year"),
    on="ccode1, ccode2, year (ccode, year)",
    missing="a year that the data do not cover (they end with 2014)",
    cites=("pevehouseetal2020tow", "wallacesinger1970igo"),
    columns={
        "dyadigos": "organizations of which both states were full members",
        "sum_igo_full": "organizations of which the state was a full member",
        "sum_igo_associate": "organizations of which it was an associate member",
        "sum_igo_observer": "organizations in which it was an observer",
        "sum_igo_anytype": "organizations in which it had any of these standings",
    },
)
