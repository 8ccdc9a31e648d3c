"""National material capabilities (Correlates of War): what a state could fight with."""

from __future__ import annotations

from collections.abc import Iterable

from comity.panel.draft import Draft, selected
from comity.panel.variable import DYAD, STATE, Variable


def add(draft: Draft, keep: Iterable[str] | None = None) -> Draft:
    """The six capabilities and their composite index."""
    return draft.by_state(selected(draft.data("cow_nmc"), keep, "ccode", "year"), "ccode")


VARIABLE = Variable(
    name="nmc",
    title="National material capabilities",
    add=add,
    units=(*STATE, *DYAD),
    on="ccode, year",
    missing="not known, or a year that the data do not cover (1816 to 2016)",
    cites=("singeretal1972cdu", "singer1987rcwd"),
    parameters={"keep": "only these columns"},
    columns={
        "milex": "military expenditures, in thousands of current pounds sterling to 1913, of US dollars since",
        "milper": "military personnel, in thousands",
        "irst": "iron and steel production, in thousands of tons",
        "pec": "primary energy consumption, in thousands of coal-ton equivalents",
        "tpop": "total population, in thousands",
        "upop": "urban population (cities of 100,000 and more), in thousands",
        "cinc": "composite index of national capability: the state's mean share of the system's six totals, 0 to 1",
    },
)
