"""The codes of Gleditsch and Ward for states of the Correlates of War system."""

from __future__ import annotations

from comity.panel.draft import Draft
from comity.panel.variable import DYAD, STATE, Variable


def add(draft: Draft) -> Draft:
    """One code a state and year."""
    return draft.by_state(draft.data("cw_gw_panel").select("ccode", "gwcode", "year"), "ccode")


VARIABLE = Variable(
    name="gwcode-to-cow",
    title="Codes of Gleditsch and Ward",
    add=add,
    units=(*STATE, *DYAD),
    on="ccode, year",
    missing="Gleditsch and Ward have no such state in that year",
    cites=("gledtischward1999rlis", "peacesciencer-package"),
    columns={"gwcode": "code of the state in the Gleditsch–Ward system"},
)
