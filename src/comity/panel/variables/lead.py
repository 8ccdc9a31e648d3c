"""What leaders had lived through before they came to power (LEAD)."""

from __future__ import annotations

from collections.abc import Iterable

from comity.panel.draft import Draft, selected
from comity.panel.variable import Variable


def add(draft: Draft, keep: Iterable[str] | None = None) -> Draft:
    """The leader's education, service, experience and health."""
    return draft.by_state(selected(draft.data("LEAD"), keep, "obsid"), "obsid", yearly=False)


VARIABLE = Variable(
    name="lead",
    title="Leaders' experiences",
    add=add,
    units=("leader-year", "leader-dyad-year"),
    on="obsid",
    missing="not known, or a leader whom the data do not cover (they end with 2004)",
    cites=("ellisetal2015lead",),
    parameters={"keep": "only these columns"},
    columns={
        "leveledu": "education: 0 primary, 1 secondary, 2 university, 3 graduate",
        "milservice": "1 if the leader had served in a military",
        "combat": "1 if in combat there",
        "rebel": "1 if the leader had been a rebel",
        "warwin": "1 if in a war that was won",
        "warloss": "1 if in a war that was lost",
        "rebelwin": "1 if in a rebellion that was won",
        "rebelloss": "1 if in a rebellion that was lost",
        "yrsexper": "years of political experience before coming to power",
        "physhealth": "1 if in poor physical health",
        "mentalhealth": "1 if in poor mental health",
    },
)
