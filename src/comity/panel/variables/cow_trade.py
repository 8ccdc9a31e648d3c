"""National trade (Correlates of War)."""

from __future__ import annotations

from comity.errors import PanelError
from comity.panel.draft import Draft
from comity.panel.unavailable import DYADIC_TRADE
from comity.panel.variable import DYAD, STATE, Variable


def add(draft: Draft) -> Draft:
    """A state's imports and exports."""
    if draft.unit in DYAD:
        raise PanelError(f"cow-trade can't be added to dyads: {DYADIC_TRADE}", offender=draft.unit)
    return draft.by_state(draft.data("cow_trade_sy"), "ccode")


VARIABLE = Variable(
    name="cow-trade",
    title="National trade",
    add=add,
    units=(*STATE, *DYAD),
    on="ccode, year",
    missing="not known, or a year that the data do not cover (1870 to 2014)",
    cites=("barbierietal2009td",),
    notes="Trade between two states is kept apart from the package and can't be added.",
    columns={
        "imports": "total imports, in millions of current US dollars",
        "exports": "total exports, in millions of current US dollars",
    },
)
