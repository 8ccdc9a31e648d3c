"""How democratic a state is, by four measures."""

from __future__ import annotations

from collections.abc import Iterable

from comity.panel.draft import Draft, selected
from comity.panel.variable import DYAD, STATE, Variable


def add(draft: Draft, keep: Iterable[str] | None = None) -> Draft:
    """The measures, by the codes of the panel's own system."""
    data = draft.data("cw_democracy" if draft.system == "cow" else "gw_democracy")
    return draft.by_state(selected(data, keep, draft.code, "year"), draft.code)


VARIABLE = Variable(
    name="democracy",
    title="Democracy",
    add=add,
    units=(*STATE, *DYAD),
    on="ccode (or gwcode), year",
    missing="the project does not cover the state in that year",
    cites=("coppedgeetal2020vdem", "marshalletal2017p", "marquez2016qme", "pemsteinetal2010dc"),
    parameters={"keep": "only these columns"},
    columns={
        "euds": "extended Unified Democracy Score, in standard deviations",
        "aeuds": "the same, adjusted so that 0 is the threshold between democracy and autocracy",
        "polity2": "Polity score, from -10 (autocracy) to 10 (democracy)",
        "v2x_polyarchy": "V-Dem's index of electoral democracy, 0 to 1",
    },
)
