"""The codes of the Correlates of War for states of the Gleditsch–Ward system."""

from __future__ import annotations

from comity.panel.draft import Draft
from comity.panel.variable import DYAD, STATE, Variable


def add(draft: Draft) -> Draft:
    """One code a state and year."""
    return draft.by_state(draft.data("gw_cw_panel").select("gwcode", "ccode", "year"), "gwcode")


VARIABLE = Variable(
    name="ccode-to-gw",
    title="Codes of the Correlates of War",
    add=add,
    units=(*STATE, *DYAD),
    on="gwcode, year",
    missing="the Correlates of War have no such state in that year",
    cites=("gledtischward1999rlis", "peacesciencer-package"),
    columns={"ccode": "code of the state in the Correlates of War system"},
)
