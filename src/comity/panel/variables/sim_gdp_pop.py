"""Wealth and population, simulated from several sources so that few years lack them."""

from __future__ import annotations

from collections.abc import Iterable

from comity.panel.draft import Draft, selected
from comity.panel.variable import DYAD, STATE, Variable


def add(draft: Draft, keep: Iterable[str] | None = None) -> Draft:
    """The estimates, by the codes of the panel's own system."""
    data = draft.data("cw_gdppop" if draft.system == "cow" else "gw_gdppop")
    return draft.by_state(selected(data, keep, draft.code, "year"), draft.code)


VARIABLE = Variable(
    name="sim-gdp-pop",
    title="Simulated gross domestic product and population",
    add=add,
    units=(*STATE, *DYAD),
    on="ccode (or gwcode), year",
    missing="no estimate for the state in that year",
    cites=("andersetal2020bbgb", "peacesciencer-package"),
    parameters={"keep": "only these columns"},
    columns={
        "mrgdppc": "gross domestic product per head (Maddison Project), mean of the simulations, in 2011 US dollars",
        "sd_mrgdppc": "its standard deviation",
        "pwtrgdp": "real gross domestic product (Penn World Table), mean, in millions of 2017 US dollars",
        "sd_pwtrgdp": "its standard deviation",
        "pwtpop": "population (Penn World Table), mean, in millions",
        "sd_pwtpop": "its standard deviation",
    },
)
