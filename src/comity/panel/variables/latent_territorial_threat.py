"""Latent external threat to a state's territory."""

from __future__ import annotations

from collections.abc import Iterable

from comity.panel.draft import Draft, selected
from comity.panel.variable import DYAD, STATE, Variable


def add(draft: Draft, keep: Iterable[str] | None = None) -> Draft:
    """The two estimates with their uncertainty."""
    return draft.by_state(selected(draft.data("terrthreat"), keep, "ccode", "year"), "ccode")


VARIABLE = Variable(
    name="latent-territorial-threat",
    title="Latent external territorial threat",
    add=add,
    units=(*STATE, *DYAD),
    on="ccode, year",
    missing="no estimate: the data cover 1816 to 2010",
    cites=("miller2022rirm",),
    parameters={"keep": "only these columns"},
    columns={
        "lterrthreat": "latent threat, mean of the simulations",
        "sd": "its standard deviation",
        "lwr": "its lower bound",
        "upr": "its upper bound",
        "m_lterrthreat": "latent threat by a second model, mean of the simulations",
        "m_sd": "its standard deviation",
        "m_lwr": "its lower bound",
        "m_upr": "its upper bound",
    },
)
