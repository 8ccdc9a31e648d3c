"""How rugged and mountainous a state's land is; the same in every year."""

from __future__ import annotations

from comity.panel.draft import Draft
from comity.panel.variable import DYAD, STATE, Variable


def add(draft: Draft) -> Draft:
    """Both measures, by the codes of the panel's own system."""
    unused = "gwcode" if draft.system == "cow" else "ccode"
    return draft.by_state(draft.data("rugged").drop(unused), draft.code, yearly=False)


VARIABLE = Variable(
    name="rugged-terrain",
    title="Rugged terrain",
    add=add,
    units=(*STATE, *DYAD),
    on="ccode (or gwcode)",
    missing="the state was not measured",
    cites=("fearonlaitin2003eicw", "giblermiller2014etts", "nunnpuga2012r", "rileyetal1999tri"),
    columns={
        "rugged": "terrain ruggedness index, in hundreds of metres of difference in height",
        "newlmtnest": "natural logarithm of the percentage of the land that is mountainous",
    },
)
