"""Leaders' willingness to use force."""

from __future__ import annotations

from collections.abc import Iterable

from comity.panel.draft import Draft, selected
from comity.panel.variable import Variable


def add(draft: Draft, keep: Iterable[str] | None = None) -> Draft:
    """Four estimates with their standard deviations."""
    return draft.by_state(selected(draft.data("lwuf"), keep, "obsid"), "obsid", yearly=False)


VARIABLE = Variable(
    name="lwuf",
    title="Leaders' willingness to use force",
    add=add,
    units=("leader-year", "leader-dyad-year"),
    on="obsid",
    missing="no estimate for the leader",
    cites=("cartersmith2020fml",),
    parameters={"keep": "only these columns"},
    columns={
        f"theta{number}_{part}": f"{told} of the latent willingness by the authors' model {number}"
        for number in (1, 2, 3, 4)
        for part, told in (("mean", "mean"), ("sd", "standard deviation"))
    },
)
